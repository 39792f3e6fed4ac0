//! Reads the text of a map. Reports every mistake; gives a mapping only when there is none.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::tz::TimeZone;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::notes::Notes;
use super::time::{Form, Times};
use super::{Level, Mapping, Missing, Order, Part, Rows, SourceSection, State, Template, Text, Words};
use crate::domain::event::{Channel, Outcome, WaitOn};
use crate::domain::text::{Label, Line};
use crate::intake::finding::quoted;
use crate::matrix::{Matrix, Mistake};

const SECTIONS: [&str; 13] = [
    "source",
    "time",
    "columns",
    "texts",
    "fields",
    "missing",
    "states",
    "groups",
    "priorities",
    "impacts",
    "urgencies",
    "channels",
    "outcomes",
];

/// Columns without which there is no history.
const NEEDED: [Part; 2] = [Part::Key, Part::Priority];

/// Reads a map against the desk's matrix. `name` is the file's name, for the mistakes.
///
/// # Errors
/// Every mistake in it, in the order of the text.
pub fn read(text: &str, name: &str, matrix: &Matrix) -> Result<Mapping, Vec<Mistake>> {
    let (document, broken) = DeTable::parse_recoverable(text);
    let mut reader = Reader { notes: Notes::new(name, text), root: document.get_ref(), matrix };
    if !broken.is_empty() {
        for error in &broken {
            reader.notes.add(error.span().unwrap_or(0..0), quoted(error.message()), None);
        }
        return Err(reader.notes.into_found());
    }
    let mapping = reader.mapping();
    match (reader.notes.into_found(), mapping) {
        (found, Some(mapping)) if found.is_empty() => Ok(mapping),
        (found, _) => Err(found),
    }
}

type Value<'a> = Spanned<DeValue<'a>>;
type Entry<'a> = (&'a str, &'a Value<'a>, Range<usize>);

struct Reader<'a> {
    notes: Notes<'a>,
    root: &'a DeTable<'a>,
    matrix: &'a Matrix,
}

impl<'a> Reader<'a> {
    /// None only beside at least one mistake.
    fn mapping(&mut self) -> Option<Mapping> {
        for key in self.root.keys() {
            if !SECTIONS.contains(&key.get_ref().as_ref()) {
                self.notes.unknown(key.span(), "section", key.get_ref(), SECTIONS);
            }
        }
        let source = self.source();
        let times = self.times();
        let columns = self.columns();
        let texts = self.texts();
        let fields = self.fields();
        let words = self.words();
        let missing = self.missing();
        self.agree(&columns, &source);
        Some(Mapping { source: source?, times: times?, columns, texts, fields, words, missing })
    }

    fn section(&mut self, name: &str) -> Vec<Entry<'a>> {
        let Some((_, value)) = self.root.iter().find(|(key, _)| key.get_ref().as_ref() == name) else {
            return Vec::new();
        };
        match value.get_ref().as_table() {
            Some(table) => {
                let entry = |(key, value): (&'a Spanned<_>, &'a Value<'a>)| {
                    let key: &'a Spanned<toml::de::DeString<'a>> = key;
                    (key.get_ref().as_ref(), value, key.span())
                };
                table.iter().map(entry).collect()
            }
            None => {
                self.notes.add(
                    value.span(),
                    format!("\"{name}\" must be a table"),
                    format!("write [{name}]"),
                );
                Vec::new()
            }
        }
    }

    /// The section's entries, those with a key that it can't have reported and left out.
    fn known(&mut self, name: &str, keys: &[&str]) -> BTreeMap<&'a str, &'a Value<'a>> {
        let mut out = BTreeMap::new();
        for (key, value, span) in self.section(name) {
            if keys.contains(&key) {
                out.insert(key, value);
            } else {
                self.notes.unknown(span, &format!("key in [{name}]"), key, keys.iter().copied());
            }
        }
        out
    }

    fn text(&mut self, value: &'a Value<'a>) -> Option<&'a str> {
        let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            let said = format!("a text is wanted here, not {}", kind(value.get_ref()));
            self.notes.add(value.span(), said, Some("put it in quotes".into()));
        }
        text
    }

    /// A text, or several in a list.
    fn list(&mut self, value: &'a Value<'a>) -> Vec<(&'a str, Range<usize>)> {
        let items: Vec<&Value<'a>> = match value.get_ref().as_array() {
            Some(array) => array.iter().collect(),
            None => vec![value],
        };
        items.into_iter().filter_map(|item| Some((self.text(item)?, item.span()))).collect()
    }

    fn label(&mut self, value: &'a Value<'a>) -> Option<Label> {
        let text = self.text(value)?;
        let said = Label::new(text);
        said.map_err(|bad| self.notes.add(value.span(), format!("this can't be used: {bad}"), None)).ok()
    }

    fn line(&mut self, value: &'a Value<'a>) -> Option<Line> {
        let text = self.text(value)?;
        let said = Line::new(text);
        said.map_err(|bad| self.notes.add(value.span(), format!("this can't be used: {bad}"), None)).ok()
    }

    fn choice<T: Copy>(&mut self, value: &'a Value<'a>, what: &str, choices: &[(&str, T)]) -> Option<T> {
        let word = self.text(value)?;
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
        if found.is_none() {
            self.notes.unknown(value.span(), what, word, choices.iter().map(|(name, _)| *name));
        }
        found
    }

    fn source(&mut self) -> Option<SourceSection> {
        let said = self.known("source", &["system", "rows", "order", "delimiter"]);
        let system = match said.get("system") {
            Some(value) => self.label(value),
            None => {
                let help = "name the system it comes from under [source]: system = \"ServiceNow\"";
                self.notes.add(0..0, "the map does not name its source", Some(help.into()));
                None
            }
        };
        let rows = [("change", Rows::Change), ("ticket", Rows::Ticket)];
        let order = [("file", Order::File), ("time", Order::Time)];
        let delimiters =
            [(",", Some(b',')), (";", Some(b';')), ("\t", Some(b'\t')), ("|", Some(b'|')), ("auto", None)];
        let rows = said.get("rows").and_then(|value| self.choice(value, "kind of rows", &rows));
        let order = said.get("order").and_then(|value| self.choice(value, "order", &order));
        let delimiter = said.get("delimiter").and_then(|value| self.choice(value, "delimiter", &delimiters));
        Some(SourceSection {
            system: system?,
            rows: rows.unwrap_or_default(),
            order: order.unwrap_or_default(),
            delimiter: delimiter.flatten(),
        })
    }

    fn times(&mut self) -> Option<Times> {
        let said = self.known("time", &["format", "zone"]);
        let (Some(format), Some(zone)) = (said.get("format"), said.get("zone")) else {
            let help = "write under [time]: format = \"%Y-%m-%d %H:%M\" and zone = \"Europe/Berlin\"";
            self.notes.add(
                0..0,
                "the map does not say how times are written and in which zone",
                Some(help.into()),
            );
            return None;
        };
        let mut forms = Vec::new();
        for (text, span) in self.list(format) {
            match Form::parse(text) {
                Ok(form) => forms.push(form),
                Err(why) => self.notes.add(
                    span,
                    format!("no time can be read by this: {why}"),
                    Some("such as %d/%m/%Y %H:%M, or the words iso, unix, unix-ms".into()),
                ),
            }
        }
        let name = self.text(zone)?;
        match TimeZone::get(name) {
            Ok(zone) => Some(Times { forms, zone }),
            Err(_) => {
                let known: Vec<String> =
                    jiff::tz::db().available().map(|zone| zone.as_str().to_owned()).collect();
                self.notes.unknown(zone.span(), "time zone", name, known.iter().map(String::as_str));
                None
            }
        }
    }

    fn columns(&mut self) -> BTreeMap<Part, String> {
        let words: Vec<&str> = Part::ALL.iter().map(|part| part.word()).collect();
        let said = self.known("columns", &words);
        let mut out = BTreeMap::new();
        for part in Part::ALL {
            if let Some(column) = said.get(part.word()).and_then(|value| self.text(value)) {
                out.insert(*part, column.to_owned());
            }
        }
        out
    }

    /// What no section can see alone.
    fn agree(&mut self, columns: &BTreeMap<Part, String>, source: &Option<SourceSection>) {
        for part in NEEDED.iter().filter(|part| !columns.contains_key(part)) {
            if *part == Part::Priority
                && columns.contains_key(&Part::Impact)
                && columns.contains_key(&Part::Urgency)
            {
                continue;
            }
            self.absent(*part, "");
        }
        match source.as_ref().map(|source| source.rows) {
            Some(Rows::Change) => {
                for part in [Part::At, Part::Status].into_iter().filter(|part| !columns.contains_key(part)) {
                    self.absent(part, " (each row is a change)");
                }
            }
            Some(Rows::Ticket) if !columns.contains_key(&Part::Opened) => {
                self.absent(Part::Opened, " (each row is a ticket)");
            }
            _ => {}
        }
    }

    fn absent(&mut self, part: Part, why: &str) {
        let span =
            self.root.keys().find(|key| key.get_ref().as_ref() == "columns").map_or(0..0, Spanned::span);
        let help = format!("write under [columns]: {} = \"NAME OF THE COLUMN\"", part.word());
        self.notes.add(span, format!("no column is named for \"{}\"{why}", part.word()), Some(help));
    }

    fn template(&mut self, value: &'a Value<'a>) -> Option<Template> {
        let text = self.text(value)?;
        let read = Template::parse(text);
        read.map_err(|bad| {
            self.notes.add(value.span(), format!("at character {}: {}", bad.at + 1, bad.why), None)
        })
        .ok()
    }

    fn texts(&mut self) -> BTreeMap<Text, Template> {
        let words: Vec<&str> = Text::ALL.iter().map(|text| text.word()).collect();
        let said = self.known("texts", &words);
        let mut out = BTreeMap::new();
        for text in Text::ALL {
            if let Some(template) = said.get(text.word()).and_then(|value| self.template(value)) {
                out.insert(*text, template);
            }
        }
        out
    }

    fn fields(&mut self) -> Vec<(Label, Template)> {
        let mut out = Vec::new();
        for (name, value, span) in self.section("fields") {
            let Some(field) = self.matrix.field(name) else {
                let known = self.matrix.handoff.fields.iter().map(|field| field.name.as_str());
                self.notes.unknown(span, "hand-off field", name, known);
                continue;
            };
            out.extend(self.template(value).map(|template| (field.name.clone(), template)));
        }
        out
    }

    fn missing(&mut self) -> Missing {
        let said = self.known("missing", &["marks", "group", "subject", "requester", "author"]);
        let marks = said.get("marks").map(|value| self.list(value)).unwrap_or_default();
        let group = said.get("group").and_then(|value| {
            let word = self.text(value)?;
            let queue = self.matrix.queue(word);
            if queue.is_none() {
                self.notes.unknown(value.span(), "group", word, group_names(self.matrix));
            }
            queue
        });
        let mut line = |key: &str, other: &str| {
            said.get(key).and_then(|value| self.line(value)).unwrap_or_else(|| Line::soften(other))
        };
        let subject = line("subject", "(no subject)");
        let requester = line("requester", "unknown");
        let author = line("author", "unknown");
        Missing {
            marks: marks.into_iter().map(|(mark, _)| mark.trim().to_owned()).collect(),
            group,
            subject,
            requester,
            author: Label::soften(author.as_str()),
        }
    }

    fn words(&mut self) -> Words {
        let matrix = self.matrix;
        let levels: Vec<(&str, Level)> = (0..)
            .zip(&matrix.grid.levels)
            .map(|(rank, name)| (name.as_str(), Level { name: name.clone(), rank }))
            .collect();
        let groups: Vec<_> = matrix
            .groups
            .iter()
            .filter_map(|group| Some((group.name.as_str(), matrix.queue(group.name.as_str())?)))
            .collect();
        let named =
            |names: &'a [Label]| names.iter().map(|name| (name.as_str(), name.clone())).collect::<Vec<_>>();
        let channels: Vec<_> = Channel::ALL.iter().map(|channel| (channel.name(), *channel)).collect();
        let outcomes: Vec<_> = Outcome::ALL.iter().map(|outcome| (outcome.name(), *outcome)).collect();
        Words {
            states: self.table("states", "status", &states(), Own::Apart),
            groups: self.table("groups", "group", &groups, Own::Included),
            priorities: self.table("priorities", "priority", &levels, Own::Included),
            impacts: self.table("impacts", "impact", &named(&matrix.grid.impacts), Own::Included),
            urgencies: self.table("urgencies", "urgency", &named(&matrix.grid.urgencies), Own::Included),
            channels: self.table("channels", "channel", &channels, Own::Included),
            outcomes: self.table("outcomes", "outcome", &outcomes, Own::Included),
            grid: grid(matrix),
        }
    }

    /// A section of `"their word" = "our word"`.
    fn table<T: Clone>(
        &mut self,
        section: &str,
        what: &str,
        ours: &[(&str, T)],
        own: Own,
    ) -> BTreeMap<String, T> {
        let mut out = BTreeMap::new();
        if own == Own::Included {
            out.extend(ours.iter().map(|(name, meaning)| (squeezed(name), meaning.clone())));
        }
        for (theirs, value, _) in self.section(section) {
            let Some(word) = self.text(value) else { continue };
            match ours.iter().find(|(name, _)| *name == word) {
                Some((_, meaning)) => {
                    out.insert(squeezed(theirs), meaning.clone());
                }
                None => self.notes.unknown(value.span(), what, word, ours.iter().map(|(name, _)| *name)),
            }
        }
        out
    }
}

/// Whether our own words mean themselves without being listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    Included,
    Apart,
}

fn states() -> Vec<(&'static str, State)> {
    vec![
        ("open", State::Open),
        ("wait:requester", State::Waiting(WaitOn::Requester)),
        ("wait:vendor", State::Waiting(WaitOn::Vendor)),
        ("wait:change", State::Waiting(WaitOn::Change)),
        ("wait:other", State::Waiting(WaitOn::Other)),
        ("resolved", State::Resolved),
        ("closed", State::Closed),
        ("keep", State::Keep),
    ]
}

fn grid(matrix: &Matrix) -> BTreeMap<(Label, Label), Level> {
    let mut out = BTreeMap::new();
    for (impact, cells) in matrix.grid.impacts.iter().zip(&matrix.grid.cells) {
        for (urgency, rank) in matrix.grid.urgencies.iter().zip(cells) {
            if let Some(name) = matrix.grid.levels.get(usize::from(*rank)) {
                out.insert((impact.clone(), urgency.clone()), Level { name: name.clone(), rank: *rank });
            }
        }
    }
    out
}

fn group_names(matrix: &Matrix) -> impl Iterator<Item = &str> {
    matrix.groups.iter().map(|group| group.name.as_str())
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "an empty text",
        other => other.type_str(),
    }
}

/// Runs of blanks as one: some systems pad names.
pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
