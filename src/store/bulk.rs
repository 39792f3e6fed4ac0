//! Many commands at once, each with its own author and time: an import, in one transaction or not at all.
//! Tickets stay in memory and are projected once at the end; commands the log already holds are skipped. What is
//! written so was history before: nobody is told of it.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

use super::chain::Head;
use super::error::StoreError;
use super::foresight::{self, Seer};
use super::patience::Patience;
use super::rows::Standing;
use super::write::begin;
use super::{Store, commands, connect, horizon, log, outbox, project, rows, texts};
use crate::domain::event::{Author, Event, Recorded};
use crate::domain::fold::{apply, replay};
use crate::domain::ids::{CommandId, EventId, TicketId};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Ticket;

/// One command's events on one stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub command: CommandId,
    pub author: Author,
    pub at: Stamp,
    pub matrix: i64,
    pub ticket: TicketId,
    pub events: Vec<Event>,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    Now,
    /// The log held its command already, in this stream.
    Before(TicketId),
}

/// A bulk write in progress.
#[derive(Debug)]
pub struct Bulk<'a> {
    conn: &'a Connection,
    path: &'a Path,
    seer: Seer,
    head: Head,
    /// The log's end before it.
    begun: EventId,
    last: TicketId,
    tickets: BTreeMap<TicketId, Touched>,
    /// Places and their words, kept to the end because the index wants them in order.
    words: Vec<(i64, String)>,
}

#[derive(Debug)]
struct Touched {
    ticket: Ticket,
    before: Option<Standing>,
}

/// Pages in memory during a bulk write, in KiB: random places of a whole history, without a spill.
const CACHE_KIB: i64 = 400_000;

impl Store {
    /// Runs `work` and commits everything it added, or nothing if it fails.
    ///
    /// # Errors
    /// What `work` gives; a lock not had; what the file or the drive refuses.
    pub fn bulk<T, E: From<StoreError>>(
        &mut self,
        patience: &mut Patience,
        work: impl FnOnce(&mut Bulk<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (path, seer) = (self.path.clone(), self.seer.clone());
        let wait = &mut patience.start();
        let conn = &self.link(wait).map_err(|error| error.at(&path))?.conn;
        connect::cache(conn, CACHE_KIB).map_err(|error| error.at(&path))?;
        let begun = wait.until(|| begin(conn)).map_err(|error| E::from(error.at(&path)));
        let done = begun.and_then(|()| {
            let mut bulk = Bulk::new(conn, &path, seer)?;
            let value = work(&mut bulk)?;
            bulk.finish().map_err(|error| error.at(&path))?;
            wait.until(|| Ok(conn.execute_batch("COMMIT")?)).map_err(|error| error.at(&path))?;
            Ok(value)
        });
        let undone = conn.is_autocommit() || conn.execute_batch("ROLLBACK").is_ok();
        if !undone || connect::cache(conn, connect::CACHE_KIB).is_err() {
            self.part();
        }
        done
    }
}

impl<'a> Bulk<'a> {
    fn new(conn: &'a Connection, path: &'a Path, seer: Seer) -> Result<Bulk<'a>, StoreError> {
        let (head, last) = (log::head(conn)?, log::last_ticket(conn)?);
        Ok(Bulk { conn, path, seer, head, begun: head.id, last, tickets: BTreeMap::new(), words: Vec::new() })
    }

    /// A ticket number that is free, and from now on given.
    pub fn next_ticket(&mut self) -> TicketId {
        self.last = TicketId(self.last.0 + 1);
        self.last
    }

    /// The stream that holds a command, if the log has it: before this bulk write, or in it.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn known(&self, command: CommandId) -> Result<Option<TicketId>, StoreError> {
        let found = commands::find(self.conn, command).map_err(|error| error.at(self.path))?;
        Ok(found.map(|(_, ticket)| ticket))
    }

    /// A ticket as it stands after what was added so far.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn ticket(&mut self, id: TicketId) -> Result<&Ticket, StoreError> {
        let path = self.path;
        self.touch(id).map(|touched| &touched.ticket).map_err(|error| error.at(path))
    }

    /// Adds a command's events to the end of the log.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn add(&mut self, entry: &Entry) -> Result<Added, StoreError> {
        match self.known(entry.command)? {
            Some(ticket) => Ok(Added::Before(ticket)),
            None => self.put(entry).map(|()| Added::Now).map_err(|error| error.at(self.path)),
        }
    }

    fn put(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let mut command = Some(entry.command);
        self.last = self.last.max(entry.ticket);
        let (conn, mut head) = (self.conn, self.head);
        for event in &entry.events {
            let touched = self.touch(entry.ticket)?;
            let recorded = Recorded {
                id: EventId(head.id.0 + 1),
                ticket: entry.ticket,
                seq: touched.ticket.seq.next(),
                at: entry.at,
                author: entry.author.clone(),
                event: event.clone(),
                matrix: entry.matrix,
                command: command.take(),
            };
            touched.ticket = apply(touched.ticket.clone(), &recorded);
            head = log::write(conn, head, &recorded)?;
            project::revision(conn, &recorded)?;
            self.words.push((log::place(recorded.ticket, recorded.seq), texts::indexed(event)));
        }
        self.head = head;
        Ok(())
    }

    fn touch(&mut self, id: TicketId) -> Result<&mut Touched, StoreError> {
        use std::collections::btree_map::Entry as Place;
        match self.tickets.entry(id) {
            Place::Occupied(place) => Ok(place.into_mut()),
            Place::Vacant(place) => {
                let ticket = replay(id, &log::stream(self.conn, id)?);
                Ok(place.insert(Touched { ticket, before: rows::standing(self.conn, id)? }))
            }
        }
    }

    fn finish(mut self) -> Result<(), StoreError> {
        self.words.sort_unstable();
        for (place, words) in &self.words {
            project::spell(self.conn, *place, words)?;
        }
        outbox::hush(self.conn, self.begun, self.head.id)?;
        foresight::current(self.conn, &self.seer)?;
        horizon::anew(self.conn)?;
        for (id, touched) in &self.tickets {
            let grown = touched.before.as_ref().is_none_or(|before| before.seq != touched.ticket.seq);
            if *id != TicketId::DESK && touched.ticket.seq.0 > 0 && grown {
                let row = foresight::row_of(self.conn, &self.seer, &touched.ticket)?;
                project::row(self.conn, &row, touched.before.as_ref())?;
            }
        }
        if self.tickets.contains_key(&TicketId::DESK) {
            foresight::anew(self.conn, &self.seer)?;
        }
        Ok(())
    }
}
