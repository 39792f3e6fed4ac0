//! What a console must know at each look: how far the outbox goes, and the first moment at which the matrix has something
//! to do. Both lie in the row of the matrix in force, which every look reads, so that they cost it no page of their own.

use rusqlite::{Connection, OptionalExtension};

use super::error::StoreError;
use crate::domain::ids::EventId;
use crate::domain::stamp::Stamp;

/// How things stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Horizon {
    /// The latest event that somebody must hear of.
    pub posted: EventId,
    /// The earliest next moment of all tickets; past where something waits to be done.
    pub next: Option<Stamp>,
}

/// As the row has it.
pub(super) fn of(posted: i64, next: i64) -> Horizon {
    Horizon { posted: EventId(posted), next: (next < i64::MAX).then_some(Stamp(next)) }
}

/// What is written after an event was posted.
pub(super) fn posted(conn: &Connection, event: EventId) -> Result<(), StoreError> {
    let sql = "UPDATE matrix_revision SET posted=?1 WHERE number=(SELECT max(number)FROM matrix_revision)";
    conn.prepare_cached(sql)?.execute([event.0])?;
    Ok(())
}

/// A ticket's next moment was written, `was` before: whether that makes another the first.
pub(super) fn moved(conn: &Connection, was: Option<i64>, now: i64) -> Result<(), StoreError> {
    let sql = "SELECT next FROM matrix_revision ORDER BY number DESC LIMIT 1";
    let held: Option<i64> = conn.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    let next = match held {
        Some(held) if now < held => now,
        Some(held) if was == Some(held) && now != held => earliest(conn)?,
        _ => return Ok(()),
    };
    let sql = "UPDATE matrix_revision SET next=?1 WHERE number=(SELECT max(number)FROM matrix_revision)";
    conn.prepare_cached(sql)?.execute([next])?;
    Ok(())
}

/// Makes both what outbox and tickets say.
pub(super) fn anew(conn: &Connection) -> Result<(), StoreError> {
    let (posted, next) = (last(conn)?, earliest(conn)?);
    let sql =
        "UPDATE matrix_revision SET posted=?1,next=?2 WHERE number=(SELECT max(number)FROM matrix_revision)";
    conn.prepare_cached(sql)?.execute([posted, next])?;
    Ok(())
}

/// Whether both are what outbox and tickets say.
pub(super) fn is_right(conn: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT posted,next FROM matrix_revision ORDER BY number DESC LIMIT 1";
    let held = conn.prepare(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let right = (last(conn)?, earliest(conn)?);
    Ok(held.is_none_or(|held| held == right))
}

fn last(conn: &Connection) -> Result<i64, StoreError> {
    let mut query = conn.prepare_cached("SELECT ifnull(max(event),0) FROM outbox")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

fn earliest(conn: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT ifnull(min(next),9223372036854775807) FROM ticket WHERE next<9223372036854775807";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}
