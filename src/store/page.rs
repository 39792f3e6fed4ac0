//! A piece of a list: which rows, in which order, from where, out of how many. Reads no more rows than asked.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::StoreError;
use super::{counts, filter, rows};
use crate::domain::ids::TicketId;
use crate::domain::query::{Query, Scope};
use crate::domain::row::Row;

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Top,
    /// So many rows lie before it.
    Offset(u64),
    /// This ticket in the middle; where it would be, if the query does not find it.
    Around(TicketId),
}

/// Which piece of which list.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRequest {
    pub query: Query,
    pub scope: Scope,
    pub anchor: Anchor,
    /// At most so many.
    pub rows: u64,
}

/// How long the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    Known(u64),
}

/// A piece of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// How many rows lie before the first.
    pub offset: u64,
    pub total: Total,
    pub rows: Vec<Row>,
}

pub(super) fn page(conn: &Connection, request: &PageRequest) -> Result<Page, StoreError> {
    let total = counts::count(conn, &request.query, &request.scope)?;
    let wanted = match request.anchor {
        Anchor::Top => 0,
        Anchor::Offset(offset) => offset,
        Anchor::Around(ticket) => before(conn, request, ticket)?.saturating_sub(request.rows / 2),
    };
    let offset = wanted.min(total.saturating_sub(request.rows));
    Ok(Page { offset, total: Total::Known(total), rows: piece(conn, request, offset)? })
}

fn piece(conn: &Connection, request: &PageRequest, offset: u64) -> Result<Vec<Row>, StoreError> {
    let filter = filter::sql(&request.query, &request.scope);
    let (columns, condition, order) = (rows::COLUMNS, &filter.condition, &filter.order);
    let sql = format!(
        "SELECT {columns} FROM ticket WHERE {condition} ORDER BY {order} LIMIT {} OFFSET {offset}",
        request.rows
    );
    let mut query = conn.prepare_cached(&sql)?;
    let found = query.query_map(params_from_iter(&filter.params), rows::read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// How many rows of the list stand before a ticket.
fn before(conn: &Connection, request: &PageRequest, ticket: TicketId) -> Result<u64, StoreError> {
    let Some(row) = rows::of(conn, ticket)? else { return Ok(0) };
    let filter = filter::sql(&request.query, &request.scope);
    let before = filter::before(&request.query.sort, &row);
    let sql = format!("SELECT count(*) FROM ticket WHERE {} AND {}", filter.condition, before.sql);
    let params: Vec<Value> = filter.params.into_iter().chain(before.params).collect();
    let mut query = conn.prepare_cached(&sql)?;
    Ok(query.query_row(params_from_iter(params), |row| row.get::<_, i64>(0))?.unsigned_abs())
}
