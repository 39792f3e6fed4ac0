//! What the matrix did by itself while the demo's stories were told: somebody's console was always open. Decides
//! nothing of its own: the sweep's rules do.

use std::collections::BTreeMap;

use super::USER;
use crate::desk::error::DeskError;
use crate::domain::event::{Author, Recorded};
use crate::domain::fold::replay;
use crate::domain::ids::{EventId, Seq, TicketId};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::Label;
use crate::matrix::Matrix;
use crate::rules::agenda::{Agenda, Case};
use crate::rules::sweep::sweep;
use crate::rules::worktime::Calendars;
use crate::store::{Bulk, Entry};

/// How long a console takes to notice.
const NOTICED: Span = Span(2_000);

/// The tickets so far, and when something comes to each.
pub struct Watch<'a> {
    matrix: &'a Matrix,
    calendars: Calendars,
    author: Author,
    told: BTreeMap<TicketId, (Vec<Recorded>, Option<Stamp>)>,
}

impl<'a> Watch<'a> {
    pub fn new(matrix: &'a Matrix, host: &Label) -> Watch<'a> {
        let calendars = Calendars::new(matrix, &BTreeMap::new()).unwrap_or_default();
        let author = Author { actor: Label::soften(USER), host: host.clone() };
        Watch { matrix, calendars, author, told: BTreeMap::new() }
    }

    /// Records what somebody did.
    pub fn add(&mut self, bulk: &mut Bulk<'_>, entry: &Entry) -> Result<(), DeskError> {
        bulk.add(entry)?;
        let (log, _) = self.told.entry(entry.ticket).or_default();
        for event in &entry.events {
            let seq = Seq(i64::try_from(log.len()).unwrap_or_default() + 1);
            let Entry { at, author, matrix, ticket, .. } = entry.clone();
            let (id, event) = (EventId(0), event.clone());
            log.push(Recorded { id, ticket, seq, at, author, event, matrix, command: None });
        }
        self.foresee(entry.ticket);
        Ok(())
    }

    /// Records what came by itself before a moment.
    pub fn until(&mut self, bulk: &mut Bulk<'_>, end: Stamp) -> Result<(), DeskError> {
        while let Some((ticket, next)) = self.first().filter(|(_, next)| next.plus(NOTICED) < end) {
            self.fire(bulk, ticket, next.plus(NOTICED))?;
        }
        Ok(())
    }

    fn first(&self) -> Option<(TicketId, Stamp)> {
        let nexts = self.told.iter().filter_map(|(id, (_, next))| Some((*id, (*next)?)));
        nexts.min_by_key(|(_, next)| *next)
    }

    fn fire(&mut self, bulk: &mut Bulk<'_>, ticket: TicketId, at: Stamp) -> Result<(), DeskError> {
        let Some((log, next)) = self.told.get_mut(&ticket) else { return Ok(()) };
        let now = replay(ticket, log.iter());
        let (matrix, calendars) = (self.matrix, &self.calendars);
        let case = Case { ticket: &now, events: log, matrix, calendars, since: Stamp(i64::MIN) };
        *next = Agenda::of(case).after(at);
        for firing in sweep(&case, &self.author, at) {
            let (command, events, author) = (firing.command, firing.events, self.author.clone());
            self.add(bulk, &Entry { command, author, at, matrix: 1, ticket, events })?;
        }
        Ok(())
    }

    fn foresee(&mut self, ticket: TicketId) {
        let Some((log, next)) = self.told.get_mut(&ticket) else { return };
        let now = replay(ticket, log.iter());
        let (matrix, calendars) = (self.matrix, &self.calendars);
        let case = Case { ticket: &now, events: log, matrix, calendars, since: Stamp(i64::MIN) };
        *next = Agenda::of(case).next();
    }
}
