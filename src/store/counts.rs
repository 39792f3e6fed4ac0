//! How many: from the tally where phase, group and owner alone decide, so that a header never scans tickets;
//! from the tickets otherwise.

use rusqlite::{Connection, params_from_iter};

use super::error::StoreError;
use super::filter;
use super::horizon::COUNTS;
use crate::domain::query::{NameField, Query, Scope, State, Test};
use crate::domain::stamp::Stamp;

/// What to count, for whom.
#[derive(Debug, Clone, PartialEq)]
pub struct CountsRequest {
    pub queries: Vec<Query>,
    pub scope: Scope,
}

pub(super) fn count(conn: &Connection, query: &Query, scope: &Scope) -> Result<u64, StoreError> {
    let filter = filter::sql(query, scope);
    let condition = &filter.condition;
    let sql = match tallied(query) {
        true => format!("SELECT ifnull(sum(n),0) FROM tally WHERE {COUNTS} AND({condition})"),
        false => format!("SELECT count(*) FROM ticket WHERE {condition}"),
    };
    let mut query = conn.prepare_cached(&sql)?;
    Ok(query.query_row(params_from_iter(&filter.params), |row| row.get::<_, i64>(0))?.unsigned_abs())
}

/// As [`count`], but no further than `most`: reads no more tickets than that if an index leads to them.
pub(super) fn up_to(conn: &Connection, query: &Query, scope: &Scope, most: u64) -> Result<u64, StoreError> {
    let filter = filter::sql(query, scope);
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM ticket WHERE {} LIMIT {most})", filter.condition);
    let mut query = conn.prepare_cached(&sql)?;
    Ok(query.query_row(params_from_iter(&filter.params), |row| row.get::<_, i64>(0))?.unsigned_abs())
}

/// Along the index of what is to be confirmed alone, whose condition has to stand here as it stands there.
pub(super) const UNCONFIRMED: &str =
    "SELECT count(*) FROM (SELECT 1 FROM ticket WHERE phase+0=2 AND due<=?1 AND clock>0 LIMIT ?2)";

/// Tickets to be confirmed whose clock has run out, no further than `most`.
pub(super) fn unconfirmed(conn: &Connection, now: Stamp, most: u64) -> Result<u64, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(conn.prepare_cached(UNCONFIRMED)?.query_row([now.0, most], |row| row.get::<_, i64>(0))?.unsigned_abs())
}

/// Whether every term looks at nothing but the tally's columns, which have the same names there.
fn tallied(query: &Query) -> bool {
    query.terms.iter().all(|term| match &term.test {
        Test::Is(states) => states.iter().all(|state| match state {
            State::Open | State::Waiting | State::Resolved | State::Closed => true,
            State::Unowned | State::Owned | State::Mine | State::OurGroups => true,
            State::Due | State::Breached | State::Warned | State::Escalated | State::Reopened => false,
        }),
        Test::Status(_) | Test::Name(NameField::Group | NameField::Owner, _) => true,
        _ => false,
    })
}
