//! Who must hear of which event: written with the event, each addressee once, and never taken back; beside it when it
//! was delivered, which is no part of the log. Knows nobody: who is addressed is `domain::notice`'s business. What was
//! history when it was written is quiet: nobody is told of it, now or when the outbox is made again.

use rusqlite::{Connection, params, params_from_iter, types::Value};

use super::error::StoreError;
use super::patience::Patience;
use super::read::Reader;
use super::{Store, horizon, log};
use crate::domain::event::{Event, Recorded};
use crate::domain::fold::apply;
use crate::domain::ids::{EventId, TicketId};
use crate::domain::notice::{Addressee, notices};
use crate::domain::stamp::Stamp;
use crate::domain::text::Label;
use crate::domain::ticket::Ticket;

/// A notice that was not delivered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    pub event: EventId,
    pub whom: Addressee,
    pub ticket: TicketId,
}

impl Reader<'_> {
    /// Up to `most` events behind `after`, and before `before` where that is given, that one of these must hear of; the
    /// latest first.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn outbox(
        &self,
        (after, before): (EventId, Option<EventId>),
        whom: &[Addressee],
        most: usize,
    ) -> Result<Vec<Recorded>, StoreError> {
        if whom.is_empty() {
            return Ok(Vec::new());
        }
        let marks = vec!["?"; whom.len()].join(",");
        let sql = format!(
            "SELECT {} FROM event WHERE place IN(SELECT DISTINCT place FROM outbox WHERE event>? AND event<? \
             AND whom IN({marks})ORDER BY event DESC LIMIT ?)ORDER BY id DESC",
            log::COLUMNS
        );
        let before = before.map_or(i64::MAX, |before| before.0);
        let range = [Value::Integer(after.0), Value::Integer(before)];
        let names = whom.iter().map(|one| Value::Text(one.to_string()));
        let most = Value::Integer(i64::try_from(most).unwrap_or(i64::MAX));
        let mut query = self.conn.prepare_cached(&sql)?;
        let given = params_from_iter(range.into_iter().chain(names).chain([most]));
        let events = query.query_map(given, log::Stored::of)?;
        events.map(|stored| Ok(stored?.recorded())).collect()
    }

    /// Up to `most` notices behind `after` that were not delivered yet, the oldest first.
    ///
    /// # Errors
    /// What the file or the drive refuses.
    pub fn untold(&self, after: EventId, most: usize) -> Result<Vec<Untold>, StoreError> {
        let sql =
            "SELECT event,whom,place FROM outbox WHERE event>?1 AND told IS NULL ORDER BY event LIMIT ?2";
        let mut query = self.conn.prepare_cached(sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?));
        let rows = query.query_map([after.0, most], read)?.collect::<Result<Vec<_>, _>>()?;
        // An addressee of a newer version's is that version's to deliver.
        let known = rows.into_iter().filter_map(|(event, whom, place)| {
            let (whom, ticket) = (whom.parse().ok()?, log::at_place(place).0);
            Some(Untold { event: EventId(event), whom, ticket })
        });
        Ok(known.collect())
    }
}

impl Store {
    /// Marks a notice as delivered; false if it was, or is not there: whoever delivers asks first.
    ///
    /// # Errors
    /// A lock not had; what the file or the drive refuses.
    pub fn told(
        &mut self,
        event: EventId,
        whom: &Addressee,
        at: Stamp,
        patience: &mut Patience,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE outbox SET told=?3 WHERE event=?1 AND whom=?2 AND told IS NULL";
        let marked = self.write(&mut patience.start(), |conn| {
            Ok(conn.prepare_cached(sql)?.execute(params![event.0, whom.to_string(), at.0])?)
        });
        Ok(marked.map_err(|error| error.at(&self.path))? == 1)
    }
}

/// Writes who must hear of an event that was just recorded; `ticket` is as it is after it, `was` who owned it before.
pub(super) fn post(
    conn: &Connection,
    recorded: &Recorded,
    ticket: &Ticket,
    was: Option<&Label>,
) -> Result<(), StoreError> {
    let (whom, place) = (notices(recorded, ticket, was), log::place(recorded.ticket, recorded.seq));
    whom.iter().try_for_each(|one| put(conn, recorded.id, &one.to_string(), place))?;
    if whom.is_empty() { Ok(()) } else { horizon::posted(conn, recorded.id) }
}

fn put(conn: &Connection, event: EventId, whom: &str, place: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO outbox(event,whom,place)VALUES(?1,?2,?3)";
    conn.prepare_cached(sql)?.execute(params![event.0, whom, place])?;
    Ok(())
}

/// The runs of events of which nobody is told, in order.
#[derive(Debug, Default)]
pub(super) struct Quiet(Vec<(EventId, EventId)>);

impl Quiet {
    pub fn read(conn: &Connection) -> Result<Quiet, StoreError> {
        let mut query = conn.prepare_cached("SELECT first,last FROM quiet ORDER BY first")?;
        let runs = query.query_map([], |row| Ok((EventId(row.get(0)?), EventId(row.get(1)?))))?;
        Ok(Quiet(runs.collect::<Result<_, _>>()?))
    }

    fn holds(&self, event: EventId) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= event);
        self.0.get(..after).and_then(|runs| runs.last()).is_some_and(|(_, last)| event <= *last)
    }
}

/// Remembers that the events behind `before`, up to `last`, were history when they were written.
pub(super) fn hush(conn: &Connection, before: EventId, last: EventId) -> Result<(), StoreError> {
    if last <= before {
        return Ok(());
    }
    let longer = "UPDATE quiet SET last=?2 WHERE last=?1";
    if conn.prepare_cached(longer)?.execute([before.0, last.0])? == 0 {
        let another = "INSERT INTO quiet(first,last)VALUES(?1+1,?2)";
        conn.prepare_cached(another)?.execute([before.0, last.0])?;
    }
    Ok(())
}

/// Takes the whole log for history.
pub(super) fn hush_all(conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch(
        "DELETE FROM quiet;INSERT INTO quiet SELECT 1,id FROM event NOT INDEXED ORDER BY id DESC LIMIT 1",
    )?;
    Ok(())
}

/// Who must hear of each event of a stream. None: what that is about is a newer version's business.
fn expected<'e>(quiet: &Quiet, events: &'e [Recorded]) -> Vec<(&'e Recorded, Option<Vec<Addressee>>)> {
    let Some(first) = events.first() else { return Vec::new() };
    let mut ticket = Ticket::blank(first.ticket);
    let told = events.iter().map(|recorded| {
        let was = ticket.owner.as_ref().map(|owner| owner.name.clone());
        ticket = apply(std::mem::replace(&mut ticket, Ticket::blank(first.ticket)), recorded);
        let whom = match &recorded.event {
            _ if quiet.holds(recorded.id) => Some(Vec::new()),
            Event::Unknown { .. } => None,
            _ => Some(notices(recorded, &ticket, was.as_ref())),
        };
        (recorded, whom)
    });
    told.collect()
}

/// The rows there are: whom, and the event's place.
fn kept(conn: &Connection, recorded: &Recorded) -> Result<Vec<(String, i64)>, StoreError> {
    let mut query = conn.prepare_cached("SELECT whom,place FROM outbox WHERE event=?1 ORDER BY whom")?;
    let rows = query.query_map([recorded.id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The rows there should be.
fn wanted(recorded: &Recorded, whom: &[Addressee]) -> Vec<(String, i64)> {
    let place = log::place(recorded.ticket, recorded.seq);
    let mut rows: Vec<(String, i64)> = whom.iter().map(|one| (one.to_string(), place)).collect();
    rows.sort();
    rows
}

/// What is wrong with the outbox of a ticket.
pub(super) fn wrong(conn: &Connection, quiet: &Quiet, id: TicketId) -> Result<Vec<String>, StoreError> {
    let events = log::stream(conn, id)?;
    let mut wrong = Vec::new();
    for (recorded, whom) in expected(quiet, &events) {
        let Some(whom) = whom else { continue };
        if kept(conn, recorded)? != wanted(recorded, &whom) {
            wrong.push(format!("who must hear of event {} is not what the outbox says", recorded.id.0));
        }
    }
    Ok(wrong)
}

/// Makes the outbox of a stream what its events say; what was delivered stays so.
pub(super) fn mend(conn: &Connection, quiet: &Quiet, events: &[Recorded]) -> Result<(), StoreError> {
    for (recorded, whom) in expected(quiet, events) {
        let Some(whom) = whom else { continue };
        let (kept, wanted) = (kept(conn, recorded)?, wanted(recorded, &whom));
        for (name, _) in kept.iter().filter(|row| !wanted.contains(row)) {
            let drop = "DELETE FROM outbox WHERE event=?1 AND whom=?2";
            conn.prepare_cached(drop)?.execute(params![recorded.id.0, name])?;
        }
        for (name, place) in wanted.iter().filter(|row| !kept.contains(row)) {
            put(conn, recorded.id, name, *place)?;
        }
    }
    Ok(())
}

/// Rows of no ticket's event.
const STRAYS: &str = "FROM outbox WHERE place<1<<20 OR NOT EXISTS(SELECT 1 FROM event WHERE id=outbox.event)";

pub(super) fn has_strays(conn: &Connection) -> Result<bool, StoreError> {
    Ok(conn.prepare(&format!("SELECT 1 {STRAYS}"))?.exists([])?)
}

pub(super) fn drop_strays(conn: &Connection) -> Result<(), StoreError> {
    conn.execute(&format!("DELETE {STRAYS}"), [])?;
    Ok(())
}
