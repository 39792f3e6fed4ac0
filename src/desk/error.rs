//! Why the desk could not do it: a refusal by the rules, trouble with the file, or a setting that is wrong. Each
//! says what failed, on what, why, and what to do next.

use crate::rules::Refusal;

/// Anything that can go wrong above the store.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What was given is wrong or incomplete.
    #[error("{what}: {why}; {help}")]
    Input { what: String, why: String, help: String },
    /// The desk is open for reading only.
    #[error("the desk is open for reading only: {why}; {help}")]
    ReadOnly { why: String, help: String },
    /// Others changed the ticket again and again while this was being decided.
    #[error("{ticket} was changed {tries} times by others meanwhile; look at it and try again")]
    Contended { ticket: crate::domain::ids::TicketId, tries: u32 },
}
