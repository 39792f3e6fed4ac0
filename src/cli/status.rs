//! Exit statuses: the contract with scripts. A number never changes its meaning.

use std::process::ExitCode;

/// How a run of `tierline VERB` ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Done = 0,
    Failed = 1,
    /// Wrong usage, an unknown name, or missing information, which the message names.
    Usage = 2,
    /// The matrix or the ticket's state does not allow it.
    Refused = 3,
    /// Somebody else was faster, or the lock was not had.
    Conflict = 4,
    /// The desk is unsafe to write, damaged, or no desk.
    Unsafe = 5,
}

impl Status {
    /// The word in `--json`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Done => "done",
            Status::Failed => "failed",
            Status::Usage => "usage",
            Status::Refused => "refused",
            Status::Conflict => "conflict",
            Status::Unsafe => "unsafe",
        }
    }

    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status.code())
    }
}
