//! What a console must know at each look: which matrix is in force, how far the outbox goes, and the first moment at which
//! the matrix has something to do. They lie among the counts, which every look reads and most commands write anyway, so
//! that they cost no page of their own.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::error::StoreError;
use crate::domain::ids::EventId;
use crate::domain::stamp::Stamp;

/// How things stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Horizon {
    /// The matrix in force; 0 before the first.
    pub revision: i64,
    /// The latest event that somebody must hear of.
    pub posted: EventId,
    /// The earliest next moment of all tickets; past where something waits to be done.
    pub next: Option<Stamp>,
}

/// Tells these rows from counts; part of `tally`'s key.
pub(super) const COUNTS: &str = "live>=0";

/// The group's name that stands for each.
const REVISION: &str = "revision";
const POSTED: &str = "posted";
const NEXT: &str = "next";

pub(super) fn read(conn: &Connection) -> Result<Horizon, StoreError> {
    let held = held(conn)?;
    let get = |name: &str, otherwise| held.get(name).copied().unwrap_or(otherwise);
    let next = get(NEXT, i64::MAX);
    Ok(Horizon {
        revision: get(REVISION, 0),
        posted: EventId(get(POSTED, 0)),
        next: (next < i64::MAX).then_some(Stamp(next)),
    })
}

fn held(conn: &Connection) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut query = conn.prepare_cached("SELECT grp,n FROM tally WHERE live<0")?;
    let held = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(held.collect::<Result<_, _>>()?)
}

fn set(conn: &Connection, name: &str, value: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO tally(live,phase,grp,owner,n)VALUES(-1,-1,?1,'',?2)ON CONFLICT DO UPDATE SET n=?2";
    conn.prepare_cached(sql)?.execute((name, value))?;
    Ok(())
}

/// What is written after an event was posted.
pub(super) fn posted(conn: &Connection, event: EventId) -> Result<(), StoreError> {
    set(conn, POSTED, event.0)
}

/// What is written after a matrix came into force.
pub(super) fn revised(conn: &Connection) -> Result<(), StoreError> {
    set(conn, REVISION, newest(conn)?)
}

/// A ticket's next moment was written, `was` before: whether that makes another the first.
pub(super) fn moved(conn: &Connection, was: Option<i64>, now: i64) -> Result<(), StoreError> {
    if was == Some(now) {
        return Ok(());
    }
    let first = read(conn)?.next.map_or(i64::MAX, |next| next.0);
    match was {
        _ if now < first => set(conn, NEXT, now),
        Some(was) if was == first => set(conn, NEXT, earliest(conn)?),
        _ => Ok(()),
    }
}

/// Makes all of it what outbox, tickets and revisions say.
pub(super) fn anew(conn: &Connection) -> Result<(), StoreError> {
    told(conn)?.into_iter().try_for_each(|(name, value)| set(conn, &name, value))
}

/// Whether all of it is what outbox, tickets and revisions say.
pub(super) fn is_right(conn: &Connection) -> Result<bool, StoreError> {
    Ok(held(conn)? == told(conn)?)
}

fn told(conn: &Connection) -> Result<BTreeMap<String, i64>, StoreError> {
    let told = [(REVISION, newest(conn)?), (POSTED, last(conn)?), (NEXT, earliest(conn)?)];
    Ok(told.map(|(name, value)| (name.to_owned(), value)).into())
}

fn newest(conn: &Connection) -> Result<i64, StoreError> {
    let mut query = conn.prepare_cached("SELECT ifnull(max(number),0) FROM matrix_revision")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

fn last(conn: &Connection) -> Result<i64, StoreError> {
    let mut query = conn.prepare_cached("SELECT ifnull(max(event),0) FROM outbox")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

fn earliest(conn: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT ifnull(min(next),9223372036854775807) FROM ticket WHERE next<9223372036854775807";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}
