//! Rows to events: what each row changed about the ticket as the rows before it had told it. History may break
//! today's rules, so nothing is decided here; what a row states for a later time is not used before a row is as
//! late. The same rows always give the same events under the same command ids.

mod ending;
mod ids;
mod place;

use super::finding::{Notice, Noticed, quoted};
use super::map::{Mapping, Rows, State};
use super::snapshot::Snapshot;
use crate::domain::event::{
    Assigned, Author, Channel, Edited, Event, Noted, Opened, Prioritised, Queue, Recorded, Released,
    Requester, Rest, Source, Taken,
};
use crate::domain::fold::apply;
use crate::domain::ids::{CommandId, EventId, TicketId};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Line};
use crate::domain::ticket::{Phase, Ticket};

use ids::Ids;

/// What stands where a source says nothing of a reason.
const UNRECORDED: &str = "not recorded in the source";

/// One ticket's events, the oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    pub source: Source,
    pub entries: Vec<Entry>,
    /// The ticket that they tell. Its number is not yet known: 0.
    pub ticket: Ticket,
    pub noticed: Vec<Noticed>,
}

/// An event with its own time and author. Its command id is the same at every import.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub at: Stamp,
    pub author: Author,
    pub command: CommandId,
    pub event: Event,
}

/// Why a ticket's rows tell no ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    pub line: u64,
    pub why: String,
}

/// The events of a ticket's rows, which must be in the order in which they happened.
///
/// # Errors
/// The first row lacks what a ticket can't be without, or the events break an invariant.
pub fn tell(key: &str, rows: &[Snapshot], mapping: &Mapping) -> Result<History, Untold> {
    let Some((first, rest)) = rows.split_first() else {
        return Err(Untold { line: 0, why: "the ticket has no rows".into() });
    };
    let mut telling = Telling::new(key, mapping);
    telling.begin(first)?;
    rest.iter().for_each(|row| telling.row(row));
    telling.end(rows.last().unwrap_or(first));
    telling.whole(first)
}

/// What rows say beyond a ticket that the desk has, where each row is the whole ticket. None: they are no younger
/// than the ticket, or say nothing new.
///
/// # Errors
/// The ticket can't have become what they say.
pub fn follow(
    key: &str,
    rows: &[Snapshot],
    mapping: &Mapping,
    known: &Ticket,
) -> Result<Option<History>, Untold> {
    let known_at = known.times.updated;
    let mut younger = rows.iter().filter(|row| row.at > known_at).peekable();
    let Some(first) = younger.peek().copied() else { return Ok(None) };
    let mut telling = Telling::new(key, mapping);
    telling.history.ticket = known.clone();
    telling.reopens = known.tally.reopens;
    telling.reopened = known.times.resolved.filter(|_| known.phase().is_live()).unwrap_or(Stamp(i64::MIN));
    let queue = Some(known.place.queue.clone());
    telling.named = queue.filter(|queue| Some(queue) != mapping.missing.group.as_ref());
    telling.ended = known.times.resolved;
    telling.now.at = known_at;
    younger.for_each(|row| telling.row(row));
    let history = telling.whole(first)?;
    Ok((!history.entries.is_empty()).then_some(history))
}

struct Telling<'a> {
    mapping: &'a Mapping,
    history: History,
    ids: Ids,
    /// The last group that a row named.
    named: Option<Queue>,
    reopens: u32,
    /// The stated end that was told last.
    ended: Option<Stamp>,
    reopened: Stamp,
    note: Option<Body>,
    now: Now,
}

/// The row being told: when and by whom.
struct Now {
    line: u64,
    at: Stamp,
    author: Author,
}

impl<'a> Telling<'a> {
    fn new(key: &str, mapping: &'a Mapping) -> Telling<'a> {
        let source = Source { system: mapping.source.system.clone(), key: Line::soften(key) };
        let ids = Ids::new(&source);
        let author = Author { actor: mapping.missing.author.clone(), host: mapping.source.system.clone() };
        let ticket = Ticket::blank(TicketId(0));
        Telling {
            mapping,
            history: History { source, entries: Vec::new(), ticket, noticed: Vec::new() },
            ids,
            named: None,
            reopens: 0,
            ended: None,
            reopened: Stamp(i64::MIN),
            note: None,
            now: Now { line: 0, at: Stamp(i64::MIN), author },
        }
    }

    fn whole(self, first: &Snapshot) -> Result<History, Untold> {
        match self.history.ticket.broken_invariants().first() {
            None => Ok(self.history),
            Some(broken) => {
                let why = format!("its rows tell no possible ticket: it does not hold that {broken}");
                Err(Untold { line: first.line, why })
            }
        }
    }

    fn ticket(&self) -> &Ticket {
        &self.history.ticket
    }

    /// Adds an event of the present row.
    fn add(&mut self, event: impl Into<Event>) {
        let (at, author) = (self.now.at, self.now.author.clone());
        self.add_by(at, author, event.into());
    }

    fn add_by(&mut self, at: Stamp, author: Author, event: Event) {
        let command = self.ids.command(event.kind());
        let ticket = std::mem::replace(&mut self.history.ticket, Ticket::blank(TicketId(0)));
        let recorded = Recorded {
            id: EventId(0),
            ticket: ticket.id,
            seq: ticket.seq.next(),
            at,
            author,
            event,
            matrix: 0,
            command: Some(command),
        };
        self.history.ticket = apply(ticket, &recorded);
        let Recorded { at, author, event, .. } = recorded;
        self.history.entries.push(Entry { at, author, command, event });
    }

    fn begin(&mut self, row: &Snapshot) -> Result<(), Untold> {
        let lacks =
            |what: &str| Untold { line: row.line, why: format!("the ticket's first row names no {what}") };
        let group = row.group.clone().or(self.mapping.missing.group.clone());
        let queue = group.ok_or_else(|| lacks("group, and the map has none under [missing]"))?;
        let grade = self.graded(row);
        if grade.priority.is_empty() {
            return Err(lacks("priority"));
        }
        self.named.clone_from(&row.group);
        self.now.at = row.stated.opened.unwrap_or(row.at);
        self.now.line = row.line;
        let author = row.ending.opened_by.clone().or(row.author.clone());
        self.now.author.actor = author.unwrap_or(self.mapping.missing.author.clone());
        let source = Some(self.history.source.clone());
        let (about, missing) = (&row.about, &self.mapping.missing);
        let unknown = || Requester { name: missing.requester.clone(), contact: None };
        self.add(Opened {
            subject: about.subject.clone().unwrap_or(missing.subject.clone()),
            description: about.description.clone(),
            requester: about.requester.clone().unwrap_or_else(unknown),
            category: about.category.clone(),
            channel: about.channel.unwrap_or(Channel::Other),
            grade,
            queue,
            route: None,
            fields: about.fields.clone(),
            source,
            brought_in: None,
            rest: Rest::new(),
        });
        self.row(row);
        Ok(())
    }

    /// What this row changed.
    fn row(&mut self, row: &Snapshot) {
        self.enter(row);
        self.edit(row);
        self.prioritise(row);
        self.reopen(row);
        self.place(row);
        self.own(row);
        self.settle(row);
        self.write_down(row);
    }

    fn enter(&mut self, row: &Snapshot) {
        let at = match self.mapping.source.rows {
            Rows::Change => row.at,
            Rows::Ticket => row.first_end().unwrap_or(row.at),
        };
        if at < self.now.at {
            self.notice(row, Notice::TimeWentBack);
        }
        let at = at.max(self.now.at);
        let actor = row.author.clone().unwrap_or(self.mapping.missing.author.clone());
        let host = self.mapping.source.system.clone();
        self.now = Now { line: row.line, at, author: Author { actor, host } };
        self.ids.row(row.at);
    }

    fn notice(&mut self, row: &Snapshot, what: Notice) {
        let key = quoted(self.history.source.key.as_str());
        self.history.noticed.push(Noticed { line: row.line, key, what });
    }

    fn edit(&mut self, row: &Snapshot) {
        let (new, old) = (&row.about, &self.ticket().about);
        let fields = new.fields.iter().filter(|(name, text)| old.fields.get(*name) != Some(*text));
        let edited = Edited {
            subject: changed(&new.subject, Some(&old.subject)),
            description: changed(&new.description, old.description.as_ref()),
            requester: changed(&new.requester, Some(&old.requester)),
            category: changed(&new.category, old.category.as_ref()),
            fields: fields.map(|(name, text)| (name.clone(), text.clone())).collect(),
            ..Edited::default()
        };
        if edited != Edited::default() {
            self.add(edited);
        }
    }

    /// The row's priority; what it does not name is as it was, or as the grid gives it.
    fn graded(&self, row: &Snapshot) -> Prioritised {
        let old = &self.ticket().grade;
        let impact = row.grade.impact.clone().unwrap_or(old.impact.clone());
        let urgency = row.grade.urgency.clone().unwrap_or(old.urgency.clone());
        let by_grid = self.mapping.words.grid.get(&(impact.clone(), urgency.clone()));
        let moved = (&impact, &urgency) != (&old.impact, &old.urgency);
        let level = row.grade.priority.as_ref().or(by_grid.filter(|_| moved));
        let (priority, rank) = match level {
            Some(level) => (level.name.clone(), level.rank),
            None => (old.priority.clone(), old.rank),
        };
        let against = by_grid.is_some_and(|level| level.name != priority);
        let override_reason = against.then(|| Line::soften(UNRECORDED));
        Prioritised { impact, urgency, priority, rank, override_reason, ..Prioritised::default() }
    }

    fn prioritise(&mut self, row: &Snapshot) {
        let grade = self.graded(row);
        if grade != self.ticket().grade {
            self.add(grade);
        }
    }

    fn own(&mut self, row: &Snapshot) {
        let phase = self.ticket().phase();
        if row.state == State::Closed || (row.state == State::Keep && phase == Phase::Closed) {
            return;
        }
        let from = self.ticket().owner.as_ref().map(|owner| owner.name.clone());
        let rest = Rest::new();
        match (from, row.owner.clone()) {
            (from, owner) if from == owner => {}
            (Some(owner), None) => self.add(Released { owner, reason: None, rest }),
            (from, Some(owner)) if owner == self.now.author.actor => {
                self.add(Taken { owner, from, reason: None, rest });
            }
            (from, Some(owner)) => self.add(Assigned { owner, from, reason: None, rest }),
            (None, None) => {}
        }
    }

    fn write_down(&mut self, row: &Snapshot) {
        if let Some(text) = row.note.clone().filter(|text| self.note.as_ref() != Some(text)) {
            self.note = Some(text.clone());
            self.add(Noted { text, rest: Rest::new() });
        }
    }
}

/// What an edit says of a part: nothing where the row says nothing, or nothing new.
fn changed<T: PartialEq + Clone>(new: &Option<T>, old: Option<&T>) -> Option<T> {
    new.clone().filter(|new| Some(new) != old)
}

impl Snapshot {
    /// The first end that the row states and reaches.
    fn first_end(&self) -> Option<Stamp> {
        let ends = [self.stated.resolved, self.stated.closed];
        ends.into_iter().flatten().filter(|end| *end <= self.at).min()
    }
}
