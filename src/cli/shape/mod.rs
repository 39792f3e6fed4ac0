//! The JSON that `--json` prints: a versioned shape of its own, so that neither the log's format nor a struct's
//! name leaks into scripts. Fields are added, never renamed; times are RFC 3339 in UTC.

mod clocks;
mod event;
mod matrix;
mod row;
mod ticket;

pub use clocks::explained;
pub use event::event;
pub use matrix::{applied, contact, item};
pub use row::row;
pub use ticket::{links, ticket};

use serde_json::{Value, json};

use crate::desk::clock::rfc3339;
use crate::domain::stamp::Stamp;

/// The version of all shapes.
pub const VERSION: i64 = 1;

/// An object with the version in front.
#[must_use]
pub fn versioned(object: Value) -> Value {
    let mut out = serde_json::Map::new();
    out.insert(String::from("v"), VERSION.into());
    if let Value::Object(fields) = object {
        out.extend(fields);
    }
    Value::Object(out)
}

pub fn time(at: Option<Stamp>) -> Value {
    at.map_or(Value::Null, |at| json!(rfc3339(at)))
}

/// Nothing there is null, never an empty text.
fn filled(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}
