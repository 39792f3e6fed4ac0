//! The sweep: what the matrix has due is recorded, whoever's desk notices it. Reads only what has fallen due. Each firing
//! is decided on a ticket's own events and appended by compare-and-set under an id made of its key, so that many
//! sweepers do each thing once. Asks nobody's rights: the matrix acts here, not a person.

mod deferred;

use std::time::Duration;

use super::error::DeskError;
use super::opened::Desk;
use crate::domain::event::{Event, Recorded};
use crate::domain::fold::{apply, replay};
use crate::domain::ids::{EventId, Seq};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::ticket::Ticket;
use crate::rules::agenda::{Agenda, Case};
use crate::rules::sweep::{Firing, sweep};
use crate::store::{
    Appended, Base, Batch, Change, ErrorKind, Falling, Patience, Reader, StoreError, Written,
};
pub(super) use deferred::Deferred;

/// Tickets of one transaction: few, so that somebody who wants to write needn't wait long.
const SLICE: usize = 16;
/// Moments looked at in one go.
const PAGE: usize = 256;

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Swept {
    pub fired: Vec<Fired>,
    /// When to sweep again, if nobody does anything until then.
    pub next: Option<Stamp>,
    pub rest: Rest,
}

/// Whether a sweep came to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rest {
    #[default]
    Nothing,
    /// More was due than was asked for, or somebody else was faster: sweep again at once.
    Some,
}

/// One thing that was due, as the log has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fired {
    pub due: Stamp,
    /// What came, and then what it did.
    pub events: Vec<Recorded>,
}

/// A ticket whose moment has come, with its events.
#[derive(Debug)]
struct Found {
    falling: Falling,
    events: Vec<Recorded>,
}

impl Found {
    /// Whether it was read with all events that the log holds.
    fn knows(&self, seq: Seq) -> bool {
        i64::try_from(self.events.len()).is_ok_and(|length| length >= seq.0)
    }
}

impl Desk {
    /// Records what is due on at most `most` tickets.
    ///
    /// # Errors
    /// A desk that takes no commands; trouble with the file. What was recorded before it stays recorded.
    pub fn sweep(&mut self, most: usize) -> Result<Swept, DeskError> {
        self.may_sweep()?;
        let now = self.clock.now();
        self.deferred.drop_past(now);
        let (mut swept, mut after, mut left) = (Swept::default(), None, most);
        while left > 0 {
            let (found, last) = self.falling(now, after, left.min(SLICE))?;
            left = left.saturating_sub(found.len());
            match self.record(&found, now)? {
                Some(fired) => swept.fired.extend(fired),
                None => {
                    swept.rest = Rest::Some;
                    break;
                }
            }
            after = last;
            if last.is_none() {
                break;
            }
        }
        if left == 0 && after.is_some() {
            swept.rest = Rest::Some;
        }
        swept.next = self.next_sweep(now)?;
        if swept.next.is_some_and(|next| next <= now) {
            swept.rest = Rest::Some;
        }
        Ok(swept)
    }

    /// As [`Desk::sweep`], giving way: none where somebody else holds the desk for longer than `within`.
    ///
    /// # Errors
    /// As [`Desk::sweep`].
    pub fn sweep_aside(&mut self, most: usize, within: Duration) -> Result<Option<Swept>, DeskError> {
        let patience = std::mem::replace(&mut self.patience, Patience::new(within));
        let swept = self.sweep(most);
        self.patience = patience;
        match swept {
            Err(DeskError::Store(error)) if error.kind == ErrorKind::Busy => Ok(None),
            swept => swept.map(Some),
        }
    }

    /// When to sweep next; past, if something is due.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn next_sweep(&mut self, now: Stamp) -> Result<Option<Stamp>, DeskError> {
        let deferred = &self.deferred;
        Ok(self.store.read(&mut self.patience, |reader| next_of(reader, deferred, now))?)
    }

    /// The next tickets whose moment has come and that are not deferred; and where to go on, unless that was all.
    fn falling(
        &mut self,
        now: Stamp,
        after: Option<Falling>,
        most: usize,
    ) -> Result<(Vec<Found>, Option<Falling>), DeskError> {
        let deferred = &self.deferred;
        let (revision, found, last) = self.store.read(&mut self.patience, |reader| {
            let (mut found, mut last) = (Vec::new(), after);
            loop {
                let page = reader.falling(now, last, PAGE)?;
                let whole = page.len() == PAGE;
                for falling in page {
                    if found.len() == most {
                        return Ok((reader.horizon()?.revision, found, last));
                    }
                    last = Some(falling);
                    if !deferred.holds(&falling, now) {
                        found.push(Found { falling, events: reader.stream(falling.ticket)? });
                    }
                }
                if !whole {
                    return Ok((reader.horizon()?.revision, found, None));
                }
            }
        })?;
        self.notice_matrix(revision)?;
        Ok((found, last))
    }

    /// Records what is due on these tickets; none if somebody else was faster with one of them.
    fn record(&mut self, found: &[Found], now: Stamp) -> Result<Option<Vec<Fired>>, DeskError> {
        let mut batches = Vec::new();
        for found in found {
            let due = self.due(found, now);
            if due.is_empty() {
                self.defer(found, now);
            }
            batches.extend(due);
        }
        if batches.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let written: Vec<Batch> = batches.iter().map(|(_, batch)| batch.clone()).collect();
        match self.store.append_all(&written, &mut self.patience) {
            Ok(appended) => Ok(Some(self.fired(&batches, appended, found, now))),
            Err(StoreError { kind: ErrorKind::Conflict(conflict), .. }) => {
                self.seen.clear();
                let same =
                    |found: &&Found| found.falling.ticket == conflict.ticket && found.knows(conflict.found);
                found.iter().filter(same).for_each(|found| self.put_off(found, now));
                Ok(None)
            }
            Err(error) if error.kind == ErrorKind::OtherMatrix => {
                self.reload_matrix()?;
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn due(&self, found: &Found, now: Stamp) -> Vec<(Stamp, Batch)> {
        let mut ticket = replay(found.falling.ticket, &found.events);
        let firings = sweep(&self.case(&ticket, &found.events), &self.author, now);
        let batches = firings.into_iter().map(|firing| {
            let base = Base::Ticket(Box::new(ticket.clone()));
            ticket = self.applied(ticket.clone(), &firing, now);
            let changes = vec![Change { base, events: firing.events }];
            let (author, matrix) = (self.author.clone(), self.force.revision);
            (firing.due, Batch { command: firing.command, author, at: now, matrix, changes })
        });
        batches.collect()
    }

    fn case<'a>(&'a self, ticket: &'a Ticket, events: &'a [Recorded]) -> Case<'a> {
        self.sight.case(ticket, events)
    }

    fn applied(&self, ticket: Ticket, firing: &Firing, at: Stamp) -> Ticket {
        firing.events.iter().fold(ticket, |ticket, event| {
            let recorded = self.told(&ticket, event, at);
            apply(ticket, &recorded)
        })
    }

    fn told(&self, ticket: &Ticket, event: &Event, at: Stamp) -> Recorded {
        Recorded {
            id: EventId(0),
            ticket: ticket.id,
            seq: ticket.seq.next(),
            at,
            author: self.author.clone(),
            event: event.clone(),
            matrix: self.force.revision,
            command: None,
        }
    }

    /// Looked at in vain: not again before something can happen.
    fn defer(&mut self, found: &Found, now: Stamp) {
        let ticket = replay(found.falling.ticket, &found.events);
        let until = Agenda::of(self.case(&ticket, &found.events)).after(now);
        self.deferred.put(&found.falling, until);
    }

    /// The log has it, though its own events say that it is still to come: no reason to try for ever.
    fn put_off(&mut self, found: &Found, now: Stamp) {
        self.deferred.put(&found.falling, Some(now.plus(Span::HOUR)));
    }

    fn fired(
        &mut self,
        batches: &[(Stamp, Batch)],
        appended: Vec<Appended>,
        found: &[Found],
        now: Stamp,
    ) -> Vec<Fired> {
        let mut fired = Vec::new();
        for ((due, batch), done) in batches.iter().zip(appended) {
            let Some(ticket) = done.tickets.last() else { continue };
            match done.written {
                Written::Now => fired.push(Fired { due: *due, events: recorded(batch, &done) }),
                Written::Before => {
                    let same = |found: &&Found| found.falling.ticket == ticket.id && found.knows(ticket.seq);
                    found.iter().filter(same).for_each(|found| self.put_off(found, now));
                }
            }
            self.remember(ticket.clone());
        }
        fired
    }
}

/// When to sweep next, as things stand: past where something that is due was not deferred.
pub(super) fn next_of(
    reader: &Reader<'_>,
    deferred: &Deferred,
    now: Stamp,
) -> Result<Option<Stamp>, StoreError> {
    let ahead = reader.horizon()?.next;
    if ahead.is_none_or(|next| next > now) {
        return Ok(ahead);
    }
    let first = reader.falling(now, None, deferred.count() + 1)?;
    if let Some(due) = first.iter().find(|falling| !deferred.holds(falling, now)) {
        return Ok(Some(due.next));
    }
    Ok(reader.earliest(now)?.into_iter().chain(deferred.next()).min())
}

/// A batch's events as the log has them now.
fn recorded(batch: &Batch, done: &Appended) -> Vec<Recorded> {
    let events: Vec<&Event> = batch.changes.iter().flat_map(|change| &change.events).collect();
    let Some(ticket) = done.tickets.last() else { return Vec::new() };
    let first = ticket.seq.0 - i64::try_from(events.len()).unwrap_or_default();
    let recorded = (0i64..).zip(events).map(|(n, event)| Recorded {
        id: EventId(done.first.0 + n),
        ticket: ticket.id,
        seq: Seq(first + 1 + n),
        at: batch.at,
        author: batch.author.clone(),
        event: event.clone(),
        matrix: batch.matrix,
        command: (n == 0).then_some(batch.command),
    });
    recorded.collect()
}

#[cfg(test)]
mod tests;
