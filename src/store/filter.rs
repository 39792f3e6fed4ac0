//! Queries as SQL.

use rusqlite::types::Value;

use crate::domain::ids::TicketId;
use crate::domain::query::{Query, Scope};

pub(super) struct Filter {
    pub condition: String,
    pub params: Vec<Value>,
    pub order: String,
}

pub(super) fn sql(_: &Query, _: &Scope) -> Filter {
    Filter { condition: "live=1".into(), params: Vec::new(), order: "prio_rank,due,opened,id".into() }
}

pub(super) fn rank(_: &Query, ticket: TicketId) -> (String, Vec<Value>) {
    let sql = "(prio_rank,due,opened,id)<(SELECT prio_rank,due,opened,id FROM ticket WHERE id=?)";
    (sql.into(), vec![Value::Integer(ticket.0)])
}
