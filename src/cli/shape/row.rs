//! A ticket's row.

use serde_json::{Value, json};

use super::{filled, time};
use crate::domain::row::Row;

/// What a list knows of a ticket.
#[must_use]
pub fn row(row: &Row) -> Value {
    json!({
        "id": row.id.0,
        "seq": row.seq.0,
        "status": row.phase.name(),
        "subject": row.subject,
        "requester": row.requester,
        "category": filled(&row.category),
        "channel": row.channel.name(),
        "priority": row.grade.priority,
        "impact": row.grade.impact,
        "urgency": row.grade.urgency,
        "tier": row.place.tier,
        "group": row.place.group,
        "owner": filled(&row.owner),
        "opened": time(Some(row.times.opened)),
        "updated": time(Some(row.times.updated)),
        "clock": row.outlook.clock.map(|clock| clock.name()),
        "due": time(row.outlook.due),
        "resolved": time(row.times.resolved),
        "closed": time(row.times.closed),
        "handoffs": row.tally.handoffs,
        "escalations": row.tally.escalations,
        "bounces": row.tally.bounces,
        "reopens": row.tally.reopens,
    })
}
