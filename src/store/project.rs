//! What follows from an event: the ticket's row, the tally, the words, the matrix revisions. All of it can be
//! thrown away and made again from the log; nothing here is decided.

use rusqlite::{Connection, params};

use super::chain::digest;
use super::error::StoreError;
use super::rows::{self, Standing};
use super::{horizon, log, texts};
use crate::domain::event::{Event, Recorded};
use crate::domain::row::Row;

/// Brings a ticket's row and the tally up to date.
pub(super) fn row(conn: &Connection, row: &Row, before: Option<&Standing>) -> Result<(), StoreError> {
    rows::write(conn, row, before)?;
    let now = Standing::of(row);
    horizon::moved(conn, before.map(|before| before.next), now.next)?;
    if before.is_some_and(|before| before.counts_as(&now)) {
        return Ok(());
    }
    if let Some(before) = before {
        fewer(conn, before)?;
    }
    more(conn, &now)
}

pub(super) fn more(conn: &Connection, standing: &Standing) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO tally(phase,live,grp,owner,n)VALUES(?1,?1<2,?2,?3,1)ON CONFLICT DO UPDATE SET n=n+1";
    conn.prepare_cached(sql)?.execute(params![standing.phase, standing.group, standing.owner])?;
    Ok(())
}

fn fewer(conn: &Connection, standing: &Standing) -> Result<(), StoreError> {
    let head = params![standing.phase, standing.group, standing.owner];
    let last = "DELETE FROM tally WHERE live=(?1<2)AND phase=?1 AND grp=?2 AND owner=?3 AND n=1";
    if conn.prepare_cached(last)?.execute(head)? == 0 {
        let one = "UPDATE tally SET n=n-1 WHERE live=(?1<2)AND phase=?1 AND grp=?2 AND owner=?3";
        conn.prepare_cached(one)?.execute(head)?;
    }
    Ok(())
}

/// Makes an event's words findable.
pub(super) fn words(conn: &Connection, it: &Recorded) -> Result<(), StoreError> {
    spell(conn, log::place(it.ticket, it.seq), &texts::indexed(&it.event))
}

/// Puts words into the index; places must rise within a transaction, or each call costs a flush.
pub(super) fn spell(conn: &Connection, place: i64, words: &str) -> Result<(), StoreError> {
    if !words.is_empty() {
        conn.prepare_cached("INSERT INTO words(rowid,text)VALUES(?1,?2)")?.execute(params![place, words])?;
    }
    Ok(())
}

/// Numbers a matrix that came into force.
pub(super) fn revision(conn: &Connection, it: &Recorded) -> Result<(), StoreError> {
    let Event::MatrixApplied(applied) = &it.event else { return Ok(()) };
    let sql = "INSERT INTO matrix_revision(number,place,at,actor,host,digest)\
               VALUES((SELECT ifnull(max(number),0)+1 FROM matrix_revision),?1,?2,?3,?4,?5)";
    conn.prepare_cached(sql)?.execute(params![
        log::place(it.ticket, it.seq),
        it.at.0,
        it.author.actor.as_str(),
        it.author.host.as_str(),
        digest(&applied.text).0,
    ])?;
    horizon::revised(conn)
}
