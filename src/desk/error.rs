//! Why the desk could not do it: a refusal by the rules, trouble with the file, a setting or a matrix that is
//! wrong. Each says what failed, on what, why, and what to do next.

use std::path::PathBuf;

use crate::domain::ids::TicketId;
use crate::matrix::mistake::{Mistake, count};
use crate::rules::Refusal;
use crate::store::StoreError;

/// Anything that can go wrong above the store.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was given is wrong or incomplete.
    #[error("{what}: {why}; {help}")]
    Input { what: String, why: String, help: String },
    /// A matrix with mistakes; they can be drawn over its text.
    #[error("{} has {}; `tierline matrix check` shows each with its line", file.display(), count(mistakes))]
    Matrix { file: PathBuf, text: String, mistakes: Vec<Mistake> },
    /// The desk is open for reading only.
    #[error("the desk is open for reading only: {why}; {help}")]
    ReadOnly { why: String, help: String },
    #[error("there is no ticket {0}; look for it with `tierline list`")]
    NoTicket(TicketId),
    /// Others changed the ticket again and again while this was being decided.
    #[error("{ticket} was changed by others {tries} times meanwhile; look at it and try again")]
    Contended { ticket: TicketId, tries: u32 },
}
