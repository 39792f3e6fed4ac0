//! `escalation.toml`: reads it, resolves it, and explains every mistake with its line. Never touches a file:
//! text comes in, a matrix or a list of mistakes goes out.

pub mod chart;
mod diff;
mod json;
pub mod mistake;
pub mod model;
mod read;
pub(crate) mod wording;

pub use diff::diff;
pub use json::to_json;
pub use mistake::{Colour, Mistake, Severity, compact, render};
pub use model::Matrix;
pub use read::{BUILTIN, Reading, decode, mistake_at, read};
pub(crate) use wording::limit as limit_in_words;
