//! Command ids in the log: how a write whose outcome was lost is found again instead of being doubled.

use rusqlite::{Connection, OptionalExtension};

use super::error::StoreError;
use super::log;
use crate::domain::ids::{CommandId, EventId, TicketId};

/// The first event of a command, and the stream it is in.
pub(super) fn find(conn: &Connection, command: CommandId) -> Result<Option<(EventId, TicketId)>, StoreError> {
    let mut query = conn.prepare_cached("SELECT id,place FROM event WHERE command=?1")?;
    let found = query.query_row([command.0], |row| {
        let (ticket, _) = log::at_place(row.get(1)?);
        Ok((EventId(row.get(0)?), ticket))
    });
    Ok(found.optional()?)
}

/// The streams that a run of events touched, in the order of the log.
pub(super) fn touched(conn: &Connection, first: EventId, last: EventId) -> Result<Vec<TicketId>, StoreError> {
    let mut query = conn.prepare_cached("SELECT place FROM event WHERE id BETWEEN ?1 AND ?2 ORDER BY id")?;
    let places = query.query_map([first.0, last.0], |row| row.get(0))?;
    let mut tickets: Vec<TicketId> = Vec::new();
    for place in places {
        let (ticket, _) = log::at_place(place?);
        if !tickets.contains(&ticket) {
            tickets.push(ticket);
        }
    }
    Ok(tickets)
}
