//! A ticket's ends and new beginnings as rows show them. A stated end counts from the first row that is as late,
//! and only while the ticket was not reopened after it.

use super::{Telling, UNRECORDED};
use crate::domain::event::{Closed, HowClosed, Reopened, Resolved, Rest, Resumed, WaitOn, WaitStarted};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Line};
use crate::domain::ticket::{Phase, Status};
use crate::intake::finding::Notice;
use crate::intake::map::{Rows, State};
use crate::intake::snapshot::Snapshot;

/// A counter may jump, and a broken one by a lot.
const REOPENS_A_ROW: u32 = 20;

impl Telling<'_> {
    /// By the source's counter, or because the row shows life after an end.
    pub(super) fn reopen(&mut self, row: &Snapshot) {
        let counted = row.reopens.map_or(0, |n| n.saturating_sub(self.reopens));
        self.reopens = row.reopens.map_or(self.reopens, |n| n.max(self.reopens));
        let phase = self.ticket().phase();
        let shown = match row.state {
            State::Open | State::Waiting(_) => !phase.is_live(),
            State::Resolved => phase == Phase::Closed,
            State::Closed | State::Keep => false,
        };
        for _ in 0..counted.min(REOPENS_A_ROW).max(u32::from(shown)) {
            self.add(Reopened { reason: Line::soften(UNRECORDED), to: None, rest: Rest::new() });
            self.reopened = self.now.at;
        }
    }

    /// Brings the status to what the row shows.
    pub(super) fn settle(&mut self, row: &Snapshot) {
        match row.state {
            State::Keep => {}
            State::Open => self.go_on(),
            State::Waiting(on) => self.wait(on),
            State::Resolved => self.resolve(row),
            State::Closed => self.close(row),
        }
    }

    fn go_on(&mut self) {
        if self.ticket().phase() == Phase::Waiting {
            self.add(Resumed { due: None, reason: None, rest: Rest::new() });
        }
    }

    fn wait(&mut self, on: WaitOn) {
        let waits = matches!(&self.ticket().status, Status::Waiting(waiting) if waiting.on == on);
        if !waits {
            self.add(WaitStarted { on, until: None, reason: None, rest: Rest::new() });
        }
    }

    fn resolve(&mut self, row: &Snapshot) {
        let end = self.new_end(row);
        if end.is_some() || self.ticket().phase() != Phase::Resolved {
            self.resolved(row, end);
        }
    }

    fn close(&mut self, row: &Snapshot) {
        let end = self.new_end(row);
        if end.is_some() {
            self.resolved(row, end);
        }
        let known = self.ticket().times.closed;
        let later = self.stated_close(row).filter(|stated| known.is_some_and(|known| known < *stated));
        if self.ticket().phase() != Phase::Closed || later.is_some() {
            let at = self.moment(self.stated_close(row));
            let author = self.now.author.clone();
            self.now.at = at;
            self.add_by(
                at,
                author,
                Closed { how: HowClosed::Imported, reason: None, rest: Rest::new() }.into(),
            );
        }
    }

    fn resolved(&mut self, row: &Snapshot, end: Option<Stamp>) {
        let at = self.moment(end);
        self.ended = end.or(self.ended);
        let ending = &row.ending;
        let event = Resolved {
            root_cause: ending.root_cause.clone().unwrap_or_else(|| Line::soften(UNRECORDED)),
            resolution: ending.resolution.clone().unwrap_or_else(|| Body::soften(UNRECORDED)),
            outcome: ending.outcome.unwrap_or_default(),
            to: None,
            ended: end,
            rest: Rest::new(),
        };
        let mut author = self.now.author.clone();
        if let Some(by) = ending.by.clone().filter(|_| end.is_some()) {
            author.actor = by;
        }
        self.now.at = at;
        self.add_by(at, author, event.into());
    }

    /// A row that is a whole ticket tells its ends at their own times; a change is told when it was written.
    fn moment(&self, stated: Option<Stamp>) -> Stamp {
        let stated = stated.filter(|_| self.mapping.source.rows == Rows::Ticket);
        stated.map_or(self.now.at, |stated| stated.max(self.now.at))
    }

    /// The stated end of the trouble, where this row is the first to know it.
    fn new_end(&self, row: &Snapshot) -> Option<Stamp> {
        let end = row.stated.resolved.filter(|end| *end <= row.at && *end >= self.reopened)?;
        (self.ended != Some(end)).then_some(end)
    }

    fn stated_close(&self, row: &Snapshot) -> Option<Stamp> {
        row.stated.closed.filter(|closed| *closed <= row.at)
    }

    /// What the last row states for a time that no row reached.
    pub(super) fn end(&mut self, last: &Snapshot) {
        let ahead =
            [(last.stated.resolved, Notice::ResolvedAhead), (last.stated.closed, Notice::ClosedAhead)];
        for (stated, what) in ahead {
            if stated.is_some_and(|stated| stated > last.at) {
                self.notice(last, what);
            }
        }
    }
}
