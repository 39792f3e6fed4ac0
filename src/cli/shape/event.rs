//! An event of the log: its head, and its body as it is stored.

use serde_json::{Value, json};

use super::time;
use crate::domain::event::Recorded;

/// An event; a body that is no JSON is given as the text it is.
#[must_use]
pub fn event(event: &Recorded) -> Value {
    let text = event.event.to_body().unwrap_or_default();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    json!({
        "id": event.id.0,
        "ticket": event.ticket.0,
        "seq": event.seq.0,
        "at": time(Some(event.at)),
        "actor": event.author.actor.as_str(),
        "host": event.author.host.as_str(),
        "kind": event.event.kind(),
        "body": body,
        "matrix": event.matrix,
        "command": event.command.map(|id| id.to_string()),
    })
}
