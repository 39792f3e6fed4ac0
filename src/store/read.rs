//! Reading: everything that is wanted at one moment, in one read transaction, which is ended before the call
//! returns. Never leaves a statement open.

use rusqlite::{Connection, OptionalExtension};

use super::chain::{Hash, Head, digest};
use super::error::StoreError;
use super::mark::{Mark, Polled};
use super::patience::{Patience, Wait};
use super::{
    CountsRequest, Falling, Horizon, Page, PageRequest, Store, commands, counts, foresight, header, horizon,
    log, mark, page, rows, schema,
};
use crate::domain::event::{Author, Event, MatrixApplied, Recorded};
use crate::domain::fold::replay;
use crate::domain::ids::{CommandId, EventId, TicketId};
use crate::domain::row::Row;
use crate::domain::stamp::Stamp;
use crate::domain::text::Label;
use crate::domain::ticket::Ticket;

/// A read transaction: all answers are of the same moment.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) conn: &'a Connection,
    pub(super) path: &'a std::path::Path,
    /// Which connection of the store's.
    pub(super) joined: u64,
    /// What a poll saw just before.
    pub(super) polled: Option<Polled>,
}

/// A matrix that came into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// From 1; what [`Recorded::matrix`] names.
    pub number: i64,
    pub at: Stamp,
    pub author: Author,
    /// Of the whole text.
    pub digest: Hash,
    pub outlooks: Outlooks,
}

/// By which matrix the outlooks of the tickets' rows were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlooks {
    /// By this revision.
    Current,
    /// By an older one, or by none: they have to be written anew.
    Stale,
}

impl Revision {
    /// Whether `text` is, byte for byte, the matrix of this revision.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.digest == digest(text)
    }
}

impl Store {
    /// Reads what `work` asks for, all of one moment. `work` may run twice, after a lost connection.
    ///
    /// # Errors
    /// A lock not had, or what the file or the drive refuses.
    pub fn read<T>(
        &mut self,
        patience: &mut Patience,
        mut work: impl FnMut(&Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let path = self.path.clone();
        let polled = self.polled.take();
        self.look(&mut patience.start(), |conn, joined| work(&Reader { conn, path: &path, joined, polled }))
    }

    /// As [`Store::read`], with the bare connection.
    pub(super) fn look<T>(
        &mut self,
        wait: &mut Wait<'_>,
        mut work: impl FnMut(&Connection, u64) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = match self.look_once(wait, &mut work) {
            Err(error) if error.wants_reconnect() => {
                self.part();
                self.look_once(wait, &mut work)
            }
            other => other,
        };
        done.map_err(|error| error.at(&self.path))
    }

    fn look_once<T>(
        &mut self,
        wait: &mut Wait<'_>,
        work: &mut impl FnMut(&Connection, u64) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let (conn, joined) = self.link(wait)?.parts();
        let done = wait.until(|| begin(conn)).and_then(|()| work(conn, joined));
        if !conn.is_autocommit() && conn.prepare_cached("COMMIT").and_then(|mut end| end.execute([])).is_err()
        {
            self.part();
        }
        done
    }
}

/// Takes the shared lock at once, so that nothing later can meet a busy file.
fn begin(conn: &Connection) -> Result<(), StoreError> {
    conn.prepare_cached("BEGIN")?.execute([])?;
    let checked = schema::version(conn).and_then(|version| header::ours(schema::APPLICATION, version));
    if checked.is_err() {
        conn.execute_batch("ROLLBACK")?;
    }
    checked
}

impl Reader<'_> {
    /// A stream's events in order; empty for a ticket that is not there.
    ///
    /// # Errors
    /// What the file or the drive refuses; so with all that follow.
    pub fn stream(&self, ticket: TicketId) -> Result<Vec<Recorded>, StoreError> {
        log::stream(self.conn, ticket)
    }

    /// A ticket as its events tell it.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn ticket(&self, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        let events = self.stream(id)?;
        Ok((!events.is_empty() && id != TicketId::DESK).then(|| replay(id, &events)))
    }

    /// A ticket's row.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn row(&self, id: TicketId) -> Result<Option<Row>, StoreError> {
        rows::of(self.conn, id)
    }

    /// The number that the next ticket gets, unless somebody is faster.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn next_ticket(&self) -> Result<TicketId, StoreError> {
        log::next_ticket(self.conn)
    }

    /// A piece of a list, and how long the list is.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn page(&self, request: &PageRequest) -> Result<Page, StoreError> {
        page::page(self.conn, request)
    }

    /// How many tickets each query finds, in the same order.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn counts(&self, request: &CountsRequest) -> Result<Vec<u64>, StoreError> {
        request.queries.iter().map(|query| counts::count(self.conn, query, &request.scope)).collect()
    }

    /// As [`Reader::counts`], each no further than `most`.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn counts_up_to(&self, request: &CountsRequest, most: u64) -> Result<Vec<u64>, StoreError> {
        let count = |query| counts::up_to(self.conn, query, &request.scope, most);
        request.queries.iter().map(count).collect()
    }

    /// How many tickets to be confirmed are past their limit, counted no further than `most`.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn unconfirmed(&self, now: Stamp, most: u64) -> Result<u64, StoreError> {
        counts::unconfirmed(self.conn, now, most)
    }

    /// Up to `most` events of the whole log behind `after`, in the log's order.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn events_since(&self, after: EventId, most: usize) -> Result<Vec<Recorded>, StoreError> {
        let sql = format!("SELECT {} FROM event WHERE id>?1 ORDER BY id LIMIT ?2", log::COLUMNS);
        let mut query = self.conn.prepare_cached(&sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let events = query.query_map([after.0, most], log::Stored::of)?;
        events.map(|stored| Ok(stored?.recorded())).collect()
    }

    /// Every verdict on a hand-off, each ticket's in the order of its log.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn rated(&self) -> Result<Vec<Recorded>, StoreError> {
        // The kind as the index has it: a bound one would read the whole log.
        let sql =
            format!("SELECT {} FROM event WHERE kind='ticket.handoff_rated' ORDER BY place", log::COLUMNS);
        let mut query = self.conn.prepare_cached(&sql)?;
        let events = query.query_map([], log::Stored::of)?;
        events.map(|stored| Ok(stored?.recorded())).collect()
    }

    /// Every confirmation and breach, in the order of the log, which is read from end to end: for figures, not for a
    /// screen.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn outcomes(&self) -> Result<Vec<Recorded>, StoreError> {
        let sql = format!(
            "SELECT {} FROM event WHERE kind IN('ticket.confirmed','ticket.breached') ORDER BY place",
            log::COLUMNS
        );
        let mut query = self.conn.prepare_cached(&sql)?;
        let events = query.query_map([], log::Stored::of)?;
        events.map(|stored| Ok(stored?.recorded())).collect()
    }

    /// The log's last event and its hash.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn head(&self) -> Result<Head, StoreError> {
        log::head(self.conn)
    }

    /// The first event of a command and its stream, if the log holds it.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn known(&self, command: CommandId) -> Result<Option<(EventId, TicketId)>, StoreError> {
        commands::find(self.conn, command)
    }

    /// Every matrix that was in force, the latest last.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn revisions(&self) -> Result<Vec<Revision>, StoreError> {
        let sql = "SELECT number,at,actor,host,digest,foreseen FROM matrix_revision ORDER BY number";
        let mut query = self.conn.prepare_cached(sql)?;
        let revisions = query.query_map([], revision)?;
        Ok(revisions.collect::<Result<_, _>>()?)
    }

    /// How things stand: what every look must know, for no page of its own.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn horizon(&self) -> Result<Horizon, StoreError> {
        horizon::read(self.conn)
    }

    /// The matrix in force; none before the first.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn revision(&self) -> Result<Option<Revision>, StoreError> {
        let sql =
            "SELECT number,at,actor,host,digest,foreseen FROM matrix_revision ORDER BY number DESC LIMIT 1";
        Ok(self.conn.prepare_cached(sql)?.query_row([], revision).optional()?)
    }

    /// A matrix revision as it was applied: its whole text, and the calendar files that came with it.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn matrix(&self, number: i64) -> Result<Option<MatrixApplied>, StoreError> {
        let sql =
            "SELECT kind,body FROM event WHERE place=(SELECT place FROM matrix_revision WHERE number=?1)";
        let mut query = self.conn.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
        let found = query.query_row([number], read).optional()?;
        Ok(found.and_then(|(kind, body)| match Event::read(&kind, &body) {
            Event::MatrixApplied(applied) => Some(applied),
            _ => None,
        }))
    }

    /// Tickets whose next moment has come by `now`, the earliest first, from behind `after` on: reads no others.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn falling(
        &self,
        now: Stamp,
        after: Option<Falling>,
        most: usize,
    ) -> Result<Vec<Falling>, StoreError> {
        foresight::falling(self.conn, now, after, most)
    }

    /// The earliest moment after `now` at which the matrix has something to do.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn earliest(&self, now: Stamp) -> Result<Option<Stamp>, StoreError> {
        foresight::earliest(self.conn, now)
    }

    /// Remembers this moment, to ask later whether anything is new.
    ///
    /// # Errors
    /// The file is not to be seen any more.
    pub fn mark(&self) -> Result<Mark, StoreError> {
        mark::take(self)
    }
}

fn revision(row: &rusqlite::Row<'_>) -> rusqlite::Result<Revision> {
    let (actor, host): (String, String) = (row.get(2)?, row.get(3)?);
    Ok(Revision {
        number: row.get(0)?,
        at: Stamp(row.get(1)?),
        author: Author { actor: Label::soften(&actor), host: Label::soften(&host) },
        digest: Hash(row.get(4)?),
        outlooks: if row.get::<_, i64>(5)? == 1 { Outlooks::Current } else { Outlooks::Stale },
    })
}
