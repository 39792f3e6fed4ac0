//! One row as the ticket it shows: every cell read into what it means here, or a list of the cells that can't be.
//! Knows nothing of the rows before it.

use std::collections::{BTreeMap, HashMap};

use super::finding::{Trouble, quoted};
use super::map::{Level, Mapping, Part, Rows, State, Text, squeezed};
use super::table::RowView;
use crate::domain::event::{Channel, Outcome, Queue, Requester};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Label, Line};

/// What one row says. None: the row says nothing of it.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub line: u64,
    /// When it was written.
    pub at: Stamp,
    pub author: Option<Label>,
    pub state: State,
    pub group: Option<Queue>,
    pub owner: Option<Label>,
    pub grade: Grade,
    pub about: AboutRow,
    pub reopens: Option<u32>,
    pub stated: Stated,
    pub ending: Ending,
    pub note: Option<Body>,
}

#[derive(Debug, Clone)]
pub struct Grade {
    pub priority: Option<Level>,
    pub impact: Option<Label>,
    pub urgency: Option<Label>,
}

#[derive(Debug, Clone)]
pub struct AboutRow {
    pub subject: Option<Line>,
    pub category: Option<Label>,
    pub description: Option<Body>,
    pub requester: Option<Requester>,
    pub channel: Option<Channel>,
    pub fields: BTreeMap<Label, Body>,
}

/// Times that a row states. They may lie after the row: not to be believed before a row is as late.
#[derive(Debug, Clone, Copy)]
pub struct Stated {
    pub opened: Option<Stamp>,
    pub resolved: Option<Stamp>,
    pub closed: Option<Stamp>,
}

/// What the source knows of the end, in every row; to be believed no earlier than the end itself.
#[derive(Debug, Clone)]
pub struct Ending {
    pub root_cause: Option<Line>,
    pub resolution: Option<Body>,
    pub outcome: Option<Outcome>,
    pub by: Option<Label>,
    pub opened_by: Option<Label>,
}

/// Reads rows; remembers the times it has read.
pub struct RowReader<'a> {
    mapping: &'a Mapping,
    times: HashMap<u32, Option<Stamp>>,
}

impl<'a> RowReader<'a> {
    pub fn new(mapping: &'a Mapping) -> RowReader<'a> {
        RowReader { mapping, times: HashMap::new() }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Every cell of it that can't be read.
    pub fn read(&mut self, row: RowView<'_>) -> Result<Snapshot, Vec<Trouble>> {
        let mut reading =
            Reading { mapping: self.mapping, times: &mut self.times, row, troubles: Vec::new() };
        let snapshot = reading.snapshot();
        match (reading.troubles, snapshot) {
            (troubles, Some(snapshot)) if troubles.is_empty() => Ok(snapshot),
            (troubles, _) => Err(troubles),
        }
    }
}

struct Reading<'r, 'a> {
    mapping: &'a Mapping,
    times: &'r mut HashMap<u32, Option<Stamp>>,
    row: RowView<'r>,
    troubles: Vec<Trouble>,
}

impl Reading<'_, '_> {
    /// None only beside at least one trouble.
    fn snapshot(&mut self) -> Option<Snapshot> {
        let stated = Stated {
            opened: self.time(Part::Opened),
            resolved: self.time(Part::Resolved),
            closed: self.time(Part::Closed),
        };
        let at = self.written(stated);
        let state = self.state(stated);
        let words = &self.mapping.words;
        let group = self.word(Part::Group, &words.groups, "group");
        let grade = Grade {
            priority: self.word(Part::Priority, &words.priorities, "priority"),
            impact: self.word(Part::Impact, &words.impacts, "impact"),
            urgency: self.word(Part::Urgency, &words.urgencies, "urgency"),
        };
        let outcome = self.word(Part::Outcome, &words.outcomes, "outcome");
        let channel = self.word(Part::Channel, &words.channels, "channel");
        let reopens = self.count(Part::Reopens);
        Some(Snapshot {
            line: self.row.line(),
            at: at?,
            author: self.label(Part::Author),
            state: state?,
            group,
            owner: self.label(Part::Owner),
            grade,
            about: self.about(channel),
            reopens,
            stated,
            ending: self.ending(outcome),
            note: self.filled(Text::Note).and_then(|text| body(&text)),
        })
    }

    fn about(&self, channel: Option<Channel>) -> AboutRow {
        let name = self.row.part(Part::Requester).and_then(line);
        let contact = self.row.part(Part::Contact).and_then(line);
        let fields = self.mapping.fields.iter().filter_map(|(name, template)| {
            let text = template.fill(|column| self.row.column(column))?;
            Some((name.clone(), body(&text)?))
        });
        AboutRow {
            subject: self.filled(Text::Subject).and_then(|text| line(&text)),
            category: self.filled(Text::Category).and_then(|text| label(&text)),
            description: self.filled(Text::Description).and_then(|text| body(&text)),
            requester: name.map(|name| Requester { name, contact }),
            channel,
            fields: fields.collect(),
        }
    }

    fn ending(&self, outcome: Option<Outcome>) -> Ending {
        Ending {
            root_cause: self.filled(Text::RootCause).and_then(|text| line(&text)),
            resolution: self.filled(Text::Resolution).and_then(|text| body(&text)),
            outcome,
            by: self.label(Part::ResolvedBy),
            opened_by: self.label(Part::OpenedBy),
        }
    }

    fn filled(&self, text: Text) -> Option<String> {
        self.mapping.texts.get(&text)?.fill(|column| self.row.column(column))
    }

    fn label(&self, part: Part) -> Option<Label> {
        self.row.part(part).and_then(label)
    }

    /// When the row was written; a ticket's only row was written when the last thing it states happened.
    fn written(&mut self, stated: Stated) -> Option<Stamp> {
        let at = self.time(Part::At);
        let last = match self.mapping.source.rows {
            Rows::Ticket => stated.opened.max(stated.resolved).max(stated.closed),
            Rows::Change => None,
        };
        let unread =
            self.troubles.iter().any(|trouble| Some(&trouble.column) == self.name(Part::At).as_ref());
        let moment = at.or(last);
        if moment.is_none() && !unread {
            let part = if self.mapping.source.rows == Rows::Ticket { Part::Opened } else { Part::At };
            self.trouble(part, "", "the row does not say when it was written".into());
        }
        moment
    }

    fn state(&mut self, stated: Stated) -> Option<State> {
        if self.mapping.columns.contains_key(&Part::Status) {
            let Some(cell) = self.row.part(Part::Status) else { return Some(State::Keep) };
            let known = self.mapping.words.states.get(squeezed(cell).as_str()).copied();
            if known.is_none() {
                let why = format!(
                    "the map gives no meaning to the status \"{}\": add it to [states]",
                    quoted(cell)
                );
                self.trouble(Part::Status, cell, why);
            }
            return known;
        }
        Some(match stated {
            Stated { closed: Some(_), .. } => State::Closed,
            Stated { resolved: Some(_), .. } => State::Resolved,
            _ => State::Open,
        })
    }

    fn time(&mut self, part: Part) -> Option<Stamp> {
        let (number, text) = self.row.numbered(part)?;
        let mapping = self.mapping;
        let read = *self.times.entry(number).or_insert_with(|| mapping.times.read(text));
        if read.is_none() {
            self.trouble(part, text, format!("\"{}\" is no time as the map has them", quoted(text)));
        }
        read
    }

    fn word<T: Clone>(&mut self, part: Part, known: &BTreeMap<String, T>, what: &str) -> Option<T> {
        let cell = self.row.part(part)?;
        let word = squeezed(cell);
        if let Some(meaning) = known.get(&word) {
            return Some(meaning.clone());
        }
        let names = known.keys().map(String::as_str).collect();
        let help = super::map::advice(&word, &names);
        self.trouble(part, cell, format!("unknown {what} \"{}\" ({help})", quoted(cell)));
        None
    }

    fn count(&mut self, part: Part) -> Option<u32> {
        let text = self.row.part(part)?;
        let read = text.parse::<u32>().ok();
        if read.is_none() {
            self.trouble(part, text, format!("\"{}\" is no count", quoted(text)));
        }
        read
    }

    fn name(&self, part: Part) -> Option<String> {
        self.mapping.columns.get(&part).map(|name| quoted(name))
    }

    fn trouble(&mut self, part: Part, found: &str, why: String) {
        let column = self.name(part).unwrap_or_default();
        let (line, key) = (self.row.line(), quoted(self.row.key));
        self.troubles.push(Trouble { line, key, column, found: quoted(found), why });
    }
}

fn label(text: &str) -> Option<Label> {
    Some(Label::soften(&squeezed(text))).filter(|label| !label.is_empty())
}

fn line(text: &str) -> Option<Line> {
    Some(Line::soften(&squeezed(text))).filter(|line| !line.is_empty())
}

fn body(text: &str) -> Option<Body> {
    Some(Body::soften(text)).filter(|body| !body.as_str().trim().is_empty())
}
