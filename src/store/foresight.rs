//! What lies ahead of a ticket is the rules' business; the store writes it into the row and asks for it again where
//! rows are made anew. Never judges an outlook, and never lets one of another matrix than the one in force in.

use std::fmt;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use super::error::{ErrorKind, StoreError};
use super::patience::Patience;
use super::{Store, horizon, log, project, rows};
use crate::domain::event::Recorded;
use crate::domain::fold::replay;
use crate::domain::ids::TicketId;
use crate::domain::row::{Outlook, Row};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Ticket;

/// Says what lies ahead of tickets by one matrix: the same events always give the same outlook.
pub trait Foresight: fmt::Debug + Send + Sync {
    /// The matrix revision it goes by.
    fn revision(&self) -> i64;

    /// What lies ahead of a ticket; `events` are all of its, in order.
    fn outlook(&self, ticket: &Ticket, events: &[Recorded]) -> Outlook;
}

/// Whose word on the rows is taken; without one, rows know the end of waiting only.
pub(super) type Seer = Option<Arc<dyn Foresight>>;

/// A ticket that the matrix has something to do about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Falling {
    pub ticket: TicketId,
    pub next: Stamp,
}

impl Store {
    /// By whose word the rows of tickets are written from now on.
    pub fn foresee(&mut self, seer: Arc<dyn Foresight>) {
        self.seer = Some(seer);
    }

    /// Writes the outlooks of all tickets that are not closed anew, in one transaction; gives their number.
    ///
    /// # Errors
    /// A lock not had; another matrix in force by now; what the file or the drive refuses.
    pub fn look_ahead(&mut self, patience: &mut Patience) -> Result<u64, StoreError> {
        let (seer, wait) = (self.seer.clone(), &mut patience.start());
        self.write(wait, |conn| anew(conn, &seer)).map_err(|error| error.at(&self.path))
    }
}

/// The row of a ticket with these events.
pub(super) fn row(seer: &Seer, ticket: &Ticket, events: &[Recorded]) -> Row {
    let outlook = seer.as_ref().map_or_else(|| Outlook::bare(ticket), |seer| seer.outlook(ticket, events));
    Row::of(ticket, outlook)
}

/// As [`row`], with its events as the log has them. Without a seer a row keeps the outlook that one gave it.
pub(super) fn row_of(conn: &Connection, seer: &Seer, ticket: &Ticket) -> Result<Row, StoreError> {
    if seer.is_some() {
        return Ok(row(seer, ticket, &log::stream(conn, ticket.id)?));
    }
    let before = rows::of(conn, ticket.id)?.map(|row| row.outlook).filter(|outlook| outlook.clock.is_some());
    Ok(Row::of(ticket, before.unwrap_or_else(|| Outlook::bare(ticket))))
}

/// Who can say whether the outlooks of the rows are right: nobody, where another matrix wrote them.
pub(super) fn judge<'a>(conn: &Connection, seer: &'a Seer) -> Result<Option<&'a dyn Foresight>, StoreError> {
    let Some(seer) = seer else { return Ok(None) };
    let sql = "SELECT foreseen FROM matrix_revision WHERE number=?1 AND number=(SELECT max(number)FROM matrix_revision)";
    let foreseen: Option<i64> =
        conn.prepare_cached(sql)?.query_row([seer.revision()], |row| row.get(0)).optional()?;
    Ok((foreseen == Some(1)).then_some(seer.as_ref()))
}

/// Refuses to write rows by a matrix that is not in force any more.
pub(super) fn current(conn: &Connection, seer: &Seer) -> Result<(), StoreError> {
    let Some(seer) = seer else { return Ok(()) };
    let newest = horizon::read(conn)?.revision;
    if seer.revision() == newest {
        return Ok(());
    }
    let what = format!("matrix revision {newest} is in force by now, not {}", seer.revision());
    Err(StoreError::new(ErrorKind::OtherMatrix, what, "try again by the new one"))
}

/// Writes every row that a matrix can change, and marks the revision as the one they were written by.
pub(super) fn anew(conn: &Connection, seer: &Seer) -> Result<u64, StoreError> {
    current(conn, seer)?;
    if seer.is_none() {
        return Ok(0);
    }
    let ids = unfinished(conn)?;
    for id in &ids {
        let events = log::stream(conn, *id)?;
        let before = rows::standing(conn, *id)?;
        project::row(conn, &row(seer, &replay(*id, &events), &events), before.as_ref())?;
    }
    mark(conn, seer)?;
    Ok(ids.len() as u64)
}

/// Remembers by which revision the rows were written, if it is the one in force.
pub(super) fn mark(conn: &Connection, seer: &Seer) -> Result<(), StoreError> {
    let Some(seer) = seer else { return Ok(()) };
    let sql = "UPDATE matrix_revision SET foreseen=1 \
               WHERE number=?1 AND number=(SELECT max(number)FROM matrix_revision)";
    conn.prepare_cached(sql)?.execute([seer.revision()])?;
    Ok(())
}

/// Every ticket that isn't closed; by number, so that the log is read in its order.
fn unfinished(conn: &Connection) -> Result<Vec<TicketId>, StoreError> {
    let sql = "SELECT id FROM ticket WHERE live=1 UNION ALL SELECT id FROM ticket WHERE phase+0=2 ORDER BY 1";
    let mut query = conn.prepare(sql)?;
    let ids = query.query_map([], |row| Ok(TicketId(row.get(0)?)))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Tickets whose next moment has come by `now`, the earliest first, from behind `after` on.
pub(super) fn falling(
    conn: &Connection,
    now: Stamp,
    after: Option<Falling>,
    most: usize,
) -> Result<Vec<Falling>, StoreError> {
    // No `next<=now`: beside the index's own bound SQLite takes it for a filter, and walks on to the index's end.
    let sql = "SELECT id,next FROM ticket WHERE next<9223372036854775807 AND(next,id)>(?1,?2)\
               ORDER BY next,id LIMIT ?3";
    let (next, id) = after.map_or((i64::MIN, i64::MIN), |after| (after.next.0, after.ticket.0));
    let mut query = conn.prepare_cached(sql)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let found = query.query_map([next, id, most], |row| {
        Ok(Falling { ticket: TicketId(row.get(0)?), next: Stamp(row.get(1)?) })
    })?;
    let due = |found: &rusqlite::Result<Falling>| found.as_ref().map_or(true, |falling| falling.next <= now);
    Ok(found.take_while(due).collect::<Result<_, _>>()?)
}

/// The earliest next moment of all tickets that is later than `now`.
pub(super) fn earliest(conn: &Connection, now: Stamp) -> Result<Option<Stamp>, StoreError> {
    let sql = "SELECT min(next) FROM ticket WHERE next<9223372036854775807 AND next>?1";
    let next: Option<i64> = conn.prepare_cached(sql)?.query_row([now.0], |row| row.get(0))?;
    Ok(next.map(Stamp))
}
