//! The sections of a map that say what is where: source, times, columns, texts, fields, and what stands for nothing.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use toml::Spanned;

use super::Reader;
use super::node::Value;
use super::words::group_names;
use crate::domain::text::{Label, Line};
use crate::intake::map::time::{Form, Times};
use crate::intake::map::{Missing, Order, Part, Rows, SourceSection, Template, Text};

/// Columns without which there is no history.
const NEEDED: [Part; 2] = [Part::Key, Part::Priority];

impl<'a> Reader<'a> {
    pub(super) fn source(&mut self) -> Option<SourceSection> {
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

    pub(super) fn times(&mut self) -> Option<Times> {
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

    pub(super) fn columns(&mut self) -> BTreeMap<Part, String> {
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
    pub(super) fn agree(&mut self, columns: &BTreeMap<Part, String>, source: &Option<SourceSection>) {
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

    pub(super) fn texts(&mut self) -> BTreeMap<Text, Template> {
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

    pub(super) fn fields(&mut self) -> Vec<(Label, Template)> {
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

    pub(super) fn missing(&mut self) -> Missing {
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
}
