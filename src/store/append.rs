//! One command's events into the log: compare, insert, project, commit. All or nothing; the same command
//! twice is once. Whether the command was right is not asked here.

use rusqlite::Connection;

use super::chain::Head;
use super::error::StoreError;
use super::foresight::{self, Seer};
use super::patience::Patience;
use super::rows::Standing;
use super::{Reader, Store, commands, horizon, log, outbox, project, rows};
use crate::domain::event::{Author, Event, Recorded};
use crate::domain::fold::{apply, replay};
use crate::domain::ids::{CommandId, EventId, Seq, TicketId};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Ticket;

/// On what a decision was taken: compared before anything is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Base {
    /// A ticket that gets the next free number.
    New,
    /// A new ticket whose number others are told of in the same batch: the one that was free when it was asked for.
    Numbered(TicketId),
    /// A ticket as it was read.
    Ticket(Box<Ticket>),
    /// The desk's own stream and its length.
    Desk(Seq),
}

/// What a command does to one stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub base: Base,
    pub events: Vec<Event>,
}

/// A command's whole effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    pub command: CommandId,
    pub author: Author,
    pub at: Stamp,
    /// The matrix revision in force.
    pub matrix: i64,
    pub changes: Vec<Change>,
}

/// When the events were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Now,
    /// An earlier call with the same command had done it.
    Before,
}

/// What the log holds after an append.
#[derive(Debug, Clone, PartialEq)]
pub struct Appended {
    /// The tickets that were changed, as they are now, in the order of the changes.
    pub tickets: Vec<Ticket>,
    pub first: EventId,
    pub last: EventId,
    pub written: Written,
}

impl Store {
    /// Writes a command's events and everything that follows from them, in one transaction.
    ///
    /// # Errors
    /// A conflict if a stream has grown since; otherwise what the file or the drive refuses. Except where the
    /// error says that the outcome is unknown, nothing was changed; the same batch can always be tried again.
    pub fn append(&mut self, batch: &Batch, patience: &mut Patience) -> Result<Appended, StoreError> {
        let (seer, wait) = (self.seer.clone(), &mut patience.start());
        self.write(wait, |conn| put(conn, batch, &seer)).map_err(|error| error.at(&self.path))
    }

    /// As [`Store::append`]; then reads what `work` asks for, once the commit is safe and before anybody else can write:
    /// it keeps the lock that the commit leaves over. None where that failed: the events are in the log all the same.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn append_reading<T>(
        &mut self,
        batch: &Batch,
        patience: &mut Patience,
        mut work: impl FnMut(&Appended, &Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<(Appended, Option<T>), StoreError> {
        let (seer, path, mut seen) = (self.seer.clone(), self.path.clone(), None);
        let mut then = |appended: &Appended, conn: &Connection, joined: u64| {
            seen = work(appended, &Reader { conn, path: &path, joined, polled: None }).ok();
        };
        let done = self.write_then(&mut patience.start(), |conn| put(conn, batch, &seer), Some(&mut then));
        Ok((done.map_err(|error| error.at(&self.path))?, seen))
    }

    /// As [`Store::append`], several commands in one transaction: all of them or none. One on a ticket may have been
    /// decided on what those before it do to it; if one of these was in the log before, that is a conflict too.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn append_all(
        &mut self,
        batches: &[Batch],
        patience: &mut Patience,
    ) -> Result<Vec<Appended>, StoreError> {
        let (seer, wait) = (self.seer.clone(), &mut patience.start());
        self.write(wait, |conn| put_all(conn, batches, &seer)).map_err(|error| error.at(&self.path))
    }
}

fn put_all(conn: &Connection, batches: &[Batch], seer: &Seer) -> Result<Vec<Appended>, StoreError> {
    let mut done: Vec<Appended> = Vec::new();
    for batch in batches {
        founded(batch, &done)?;
        done.push(put(conn, batch, seer)?);
    }
    Ok(done)
}

/// Refuses what was decided on a command that somebody else had carried out: its ticket need not be what it was
/// foretold to be, even at the same length.
fn founded(batch: &Batch, done: &[Appended]) -> Result<(), StoreError> {
    let before = done.iter().filter(|done| done.written == Written::Before).flat_map(|done| &done.tickets);
    let before: Vec<&Ticket> = before.collect();
    for change in &batch.changes {
        let Base::Ticket(base) = &change.base else { continue };
        if let Some(found) = before.iter().find(|ticket| ticket.id == base.id) {
            return Err(StoreError::conflict(base.id, base.seq, found.seq));
        }
    }
    Ok(())
}

fn put(conn: &Connection, batch: &Batch, seer: &Seer) -> Result<Appended, StoreError> {
    if let Some((first, _)) = commands::find(conn, batch.command)? {
        return before(conn, batch, first);
    }
    let mut writer = Writer { conn, batch, seer, head: log::head(conn)?, command: Some(batch.command) };
    let first = EventId(writer.head.id.0 + 1);
    let mut tickets = Vec::new();
    for change in &batch.changes {
        tickets.extend(writer.change(change)?);
    }
    Ok(Appended { tickets, first, last: writer.head.id, written: Written::Now })
}

fn before(conn: &Connection, batch: &Batch, first: EventId) -> Result<Appended, StoreError> {
    let count: usize = batch.changes.iter().map(|change| change.events.len()).sum();
    let last = EventId(first.0 + i64::try_from(count).unwrap_or(0) - 1);
    let touched = commands::touched(conn, first, last)?;
    let tickets = touched.into_iter().filter(|id| *id != TicketId::DESK);
    let tickets = tickets.map(|id| Ok(replay(id, &log::stream(conn, id)?)));
    let tickets = tickets.collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Appended { tickets, first, last, written: Written::Before })
}

/// The log's growing end within one transaction.
struct Writer<'a> {
    conn: &'a Connection,
    batch: &'a Batch,
    seer: &'a Seer,
    head: Head,
    /// Taken by the first event.
    command: Option<CommandId>,
}

impl Writer<'_> {
    fn change(&mut self, change: &Change) -> Result<Option<Ticket>, StoreError> {
        match &change.base {
            Base::Desk(expected) => {
                compare(TicketId::DESK, *expected, log::length(self.conn, TicketId::DESK)?)?;
                self.desk(*expected, &change.events)?;
                Ok(None)
            }
            Base::New => {
                let id = log::next_ticket(self.conn)?;
                self.ticket(Ticket::blank(id), None, &change.events).map(Some)
            }
            Base::Numbered(id) => {
                if log::next_ticket(self.conn)? != *id {
                    return Err(StoreError::conflict(*id, Seq(0), log::length(self.conn, *id)?));
                }
                self.ticket(Ticket::blank(*id), None, &change.events).map(Some)
            }
            Base::Ticket(ticket) => {
                let before = rows::standing(self.conn, ticket.id)?;
                compare(ticket.id, ticket.seq, before.as_ref().map_or(Seq(0), |before| before.seq))?;
                self.ticket(ticket.as_ref().clone(), before.as_ref(), &change.events).map(Some)
            }
        }
    }

    fn desk(&mut self, mut seq: Seq, events: &[Event]) -> Result<(), StoreError> {
        for event in events {
            seq = seq.next();
            let recorded = self.record(TicketId::DESK, seq, event)?;
            project::revision(self.conn, &recorded)?;
        }
        let applied = events.iter().any(|event| matches!(event, Event::MatrixApplied(_)));
        if applied {
            foresight::anew(self.conn, self.seer)?;
            horizon::anew(self.conn)?;
        }
        Ok(())
    }

    fn ticket(
        &mut self,
        mut ticket: Ticket,
        before: Option<&Standing>,
        events: &[Event],
    ) -> Result<Ticket, StoreError> {
        foresight::current(self.conn, self.seer)?;
        for event in events {
            let recorded = self.record(ticket.id, ticket.seq.next(), event)?;
            project::words(self.conn, &recorded)?;
            let was = ticket.owner.as_ref().map(|owner| owner.name.clone());
            ticket = apply(ticket, &recorded);
            outbox::post(self.conn, &recorded, &ticket, was.as_ref())?;
        }
        if !events.is_empty() {
            let row = foresight::row_of(self.conn, self.seer, &ticket)?;
            project::row(self.conn, &row, before)?;
        }
        Ok(ticket)
    }

    fn record(&mut self, ticket: TicketId, seq: Seq, event: &Event) -> Result<Recorded, StoreError> {
        let recorded = Recorded {
            id: EventId(self.head.id.0 + 1),
            ticket,
            seq,
            at: self.batch.at,
            author: self.batch.author.clone(),
            event: event.clone(),
            matrix: self.batch.matrix,
            command: self.command.take(),
        };
        self.head = log::write(self.conn, self.head, &recorded)?;
        Ok(recorded)
    }
}

fn compare(ticket: TicketId, expected: Seq, found: Seq) -> Result<(), StoreError> {
    if expected == found { Ok(()) } else { Err(StoreError::conflict(ticket, expected, found)) }
}
