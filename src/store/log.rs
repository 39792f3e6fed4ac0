//! The event table: where an event lies, how it is written and read back. Writes each event once and never
//! touches it again.

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use super::chain::{Hash, Head, Sealed, digest};
use super::error::{ErrorKind, StoreError};
use crate::domain::event::{Author, Event, Recorded};
use crate::domain::ids::{CommandId, EventId, Seq, TicketId};
use crate::domain::stamp::Stamp;
use crate::domain::text::Label;

/// Bits of a place that hold the number within the stream.
const SEQ_BITS: i64 = 20;

/// The longest stream.
const SEQ_MAX: i64 = (1 << SEQ_BITS) - 1;

/// Where an event lies, and the row of its words.
pub(super) fn place(ticket: TicketId, seq: Seq) -> i64 {
    ticket.0 << SEQ_BITS | seq.0
}

/// The first and the last place of a stream.
pub(super) fn stretch(ticket: TicketId) -> (i64, i64) {
    (place(ticket, Seq(0)), place(ticket, Seq(SEQ_MAX)))
}

pub(super) fn at_place(place: i64) -> (TicketId, Seq) {
    (TicketId(place >> SEQ_BITS), Seq(place & SEQ_MAX))
}

pub(super) const COLUMNS: &str = "place,id,at,actor,host,kind,body,matrix,command,digest,hash";

/// An event as it lies in the table.
#[derive(Debug)]
pub(super) struct Stored {
    pub id: EventId,
    pub ticket: TicketId,
    pub seq: Seq,
    pub at: Stamp,
    /// Word for word, as the chain covers it.
    pub actor: String,
    pub host: String,
    pub kind: String,
    pub body: String,
    pub matrix: i64,
    pub command: Option<CommandId>,
    pub digest: Hash,
    pub hash: Hash,
}

impl Stored {
    pub fn of(row: &SqlRow<'_>) -> rusqlite::Result<Stored> {
        let (ticket, seq) = at_place(row.get(0)?);
        Ok(Stored {
            id: EventId(row.get(1)?),
            ticket,
            seq,
            at: Stamp(row.get(2)?),
            actor: row.get(3)?,
            host: row.get(4)?,
            kind: row.get(5)?,
            body: row.get(6)?,
            matrix: row.get(7)?,
            command: row.get::<_, Option<[u8; 16]>>(8)?.map(CommandId),
            digest: Hash(row.get(9)?),
            hash: Hash(row.get(10)?),
        })
    }

    /// What the chain covers of it.
    pub fn sealed(&self) -> Sealed<'_> {
        Sealed {
            id: self.id,
            ticket: self.ticket,
            seq: self.seq,
            at: self.at,
            actor: &self.actor,
            host: &self.host,
            kind: &self.kind,
            matrix: self.matrix,
            command: self.command,
            digest: self.digest,
        }
    }

    pub fn recorded(&self) -> Recorded {
        Recorded {
            id: self.id,
            ticket: self.ticket,
            seq: self.seq,
            at: self.at,
            author: Author { actor: Label::soften(&self.actor), host: Label::soften(&self.host) },
            event: Event::read(&self.kind, &self.body),
            matrix: self.matrix,
            command: self.command,
        }
    }
}

/// A ticket's events in order.
pub(super) fn stream(conn: &Connection, ticket: TicketId) -> Result<Vec<Recorded>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM event WHERE place BETWEEN ?1 AND ?2 ORDER BY place");
    let mut query = conn.prepare_cached(&sql)?;
    let (first, last) = stretch(ticket);
    let events = query.query_map([first, last], Stored::of)?;
    events.map(|stored| Ok(stored?.recorded())).collect()
}

/// The log's end.
pub(super) fn head(conn: &Connection) -> Result<Head, StoreError> {
    let mut query = conn.prepare_cached("SELECT id,hash FROM event ORDER BY id DESC LIMIT 1")?;
    let head = query.query_row([], |row| Ok(Head { id: EventId(row.get(0)?), hash: Hash(row.get(1)?) }));
    Ok(head.optional()?.unwrap_or_default())
}

/// The highest ticket number given so far; 0 before the first.
pub(super) fn last_ticket(conn: &Connection) -> Result<TicketId, StoreError> {
    let mut query = conn.prepare_cached("SELECT max(place) FROM event")?;
    let place: Option<i64> = query.query_row([], |row| row.get(0))?;
    Ok(at_place(place.unwrap_or_default()).0)
}

/// The number that the next ticket gets.
pub(super) fn next_ticket(conn: &Connection) -> Result<TicketId, StoreError> {
    Ok(TicketId(last_ticket(conn)?.0 + 1))
}

/// How many events a stream holds, by the log itself.
pub(super) fn length(conn: &Connection, ticket: TicketId) -> Result<Seq, StoreError> {
    let (first, last) = stretch(ticket);
    let mut query = conn.prepare_cached("SELECT max(place) FROM event WHERE place BETWEEN ?1 AND ?2")?;
    let place: Option<i64> = query.query_row([first, last], |row| row.get(0))?;
    Ok(place.map_or(Seq(0), |place| at_place(place).1))
}

/// Writes one event behind `head` and gives the new head.
pub(super) fn write(conn: &Connection, head: Head, it: &Recorded) -> Result<Head, StoreError> {
    if it.seq.0 > SEQ_MAX {
        let what = format!("{} has {SEQ_MAX} events, and a ticket can't hold more", it.ticket);
        return Err(StoreError::new(ErrorKind::Full, what, "open another and link the two"));
    }
    let body = it.event.to_body().map_err(|error| {
        StoreError::new(ErrorKind::Io, format!("an event can't be written as JSON: {error}"), "report it")
    })?;
    let digest = digest(&body);
    let hash = seal(it, digest).after(head.hash);
    let sql = "INSERT INTO event(place,id,at,actor,host,kind,body,matrix,command,digest,hash)\
               VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)";
    conn.prepare_cached(sql)?.execute(params![
        place(it.ticket, it.seq),
        it.id.0,
        it.at.0,
        it.author.actor.as_str(),
        it.author.host.as_str(),
        it.event.kind(),
        body,
        it.matrix,
        it.command.map(|command| command.0),
        digest.0,
        hash.0,
    ])?;
    Ok(Head { id: it.id, hash })
}

fn seal(it: &Recorded, digest: Hash) -> Sealed<'_> {
    Sealed {
        id: it.id,
        ticket: it.ticket,
        seq: it.seq,
        at: it.at,
        actor: it.author.actor.as_str(),
        host: it.author.host.as_str(),
        kind: it.event.kind(),
        matrix: it.matrix,
        command: it.command,
        digest,
    }
}
