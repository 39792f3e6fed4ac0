//! What a ticket's view takes from the matrix: contacts and the hand-off's check list.

use serde_json::{Value, json};

use crate::desk::{Applied, Newness};
use crate::matrix::model::Contact;
use crate::rules::handoff::Item;

/// What putting a matrix into force came to.
#[must_use]
pub fn applied(file: &str, applied: Applied) -> Value {
    json!({
        "file": file,
        "revision": applied.revision,
        "new": applied.newness == Newness::New,
        "open": applied.open,
        "breached": applied.breached,
        "breached_before": applied.breached_before,
        "done_before": applied.done_before,
    })
}

/// How a group is reached.
#[must_use]
pub fn contact(contact: &Contact) -> Value {
    json!({
        "channel": contact.channel.as_str(),
        "to": contact.to.as_str(),
        "respond_within": contact.respond_within.map(|span| span.to_string()),
    })
}

/// A line of the check list.
#[must_use]
pub fn item(item: &Item) -> Value {
    json!({
        "field": item.field.name.as_str(),
        "label": item.field.label.as_str(),
        "value": item.value.as_ref().map(|value| value.as_str()),
        "gap": item.gap,
    })
}
