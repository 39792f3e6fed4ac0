//! What can go wrong with the file: its kind, where, why, and what to do next. The only place where SQLite's
//! codes are read. Never hides the cause; never says "damaged" where a lost lease would say the same.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::domain::ids::{Seq, TicketId};

/// A failed call on the desk's file. Unless its sentence says that the outcome is unknown, nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct StoreError {
    pub kind: ErrorKind,
    pub path: PathBuf,
    /// What failed and why, one sentence without its full stop.
    pub what: String,
    /// What to do next.
    pub help: &'static str,
}

/// What kind of failure: an exit status and a reaction hang on it, never on the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A lock is held elsewhere and patience ran out.
    Busy,
    /// Whoever waited for the lock gave up.
    Stopped,
    /// Somebody else was faster.
    Conflict(Conflict),
    /// Decided by a matrix that is not in force any more.
    OtherMatrix,
    /// The drive does not answer; the file may be whole.
    Offline,
    /// The file contradicts itself, on a fresh connection too.
    Damaged,
    /// No desk: another program's file, a folder, an empty file.
    Foreign,
    /// Made by a newer tierline.
    TooNew,
    /// A way of working with this file that loses commits.
    Unsafe,
    ReadOnly,
    /// Not allowed by the system.
    Denied,
    /// No room on the drive.
    Full,
    Missing,
    /// Something is there already.
    Exists,
    Io,
}

/// What was decided on, and what the log holds by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    pub ticket: TicketId,
    pub expected: Seq,
    pub found: Seq,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.as_os_str().is_empty() {
            write!(f, "{}: ", self.path.display())?;
        }
        write!(f, "{}", self.what)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, ": {}", self.help) }
    }
}

impl StoreError {
    pub(super) fn new(kind: ErrorKind, what: impl Into<String>, help: &'static str) -> StoreError {
        StoreError { kind, path: PathBuf::new(), what: what.into(), help }
    }

    /// Names the file, where that was not done further down.
    pub(super) fn at(mut self, path: &Path) -> StoreError {
        if self.path.as_os_str().is_empty() {
            self.path = path.to_owned();
        }
        self
    }

    pub(super) fn conflict(ticket: TicketId, expected: Seq, found: Seq) -> StoreError {
        let what = format!("{ticket} has changed: it holds {} events, not {}", found.0, expected.0);
        let kind = ErrorKind::Conflict(Conflict { ticket, expected, found });
        StoreError::new(kind, what, "look at it again and repeat what still makes sense")
    }

    /// The same failure, of a write whose commit may have reached the file.
    pub(super) fn unknown_outcome(mut self) -> StoreError {
        self.what.push_str("; whether the change was saved is not known yet");
        self.help = "repeat it when the drive is back: its id keeps it from being saved twice";
        self
    }

    /// Whether another try may meet a free lock.
    pub(super) fn is_busy(&self) -> bool {
        self.kind == ErrorKind::Busy
    }

    /// Whether a lost lease or a passing fault may be behind it: reconnect and look again.
    pub(super) fn wants_reconnect(&self) -> bool {
        matches!(self.kind, ErrorKind::Offline | ErrorKind::Damaged | ErrorKind::Io)
    }
}

/// What to do about damage.
pub(super) const KEEP: &str = "keep a copy of the file before anything else; `tierline verify` says what is wrong, \
                               `tierline verify --rebuild` mends projections, `tierline backup --from-log FILE` makes a new desk of the log";

/// Kind and advice per SQLite code.
fn judge(code: ErrorCode) -> (ErrorKind, &'static str) {
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            (ErrorKind::Busy, "somebody else is writing: try again")
        }
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => (ErrorKind::Damaged, KEEP),
        ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed => {
            (ErrorKind::Offline, "see whether the drive is connected, then try again")
        }
        ErrorCode::CannotOpen => {
            (ErrorKind::Offline, "see whether the drive is connected and the folder may be written to")
        }
        ErrorCode::ReadOnly => {
            (ErrorKind::ReadOnly, "ask whoever owns the file and its folder for the right to write in both")
        }
        ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied => {
            (ErrorKind::Denied, "ask whoever owns the file for the right to use it")
        }
        ErrorCode::DiskFull => (ErrorKind::Full, "make room on the drive, then try again"),
        _ => (ErrorKind::Io, "run `tierline verify`; if it finds nothing, this is a mistake in tierline"),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        let (kind, help) = error.sqlite_error_code().map_or((ErrorKind::Damaged, KEEP), judge);
        let said = match error {
            // Without the statement, which tells a reader nothing.
            rusqlite::Error::SqlInputError { msg, .. } => msg,
            other => other.to_string(),
        };
        let what = if kind == ErrorKind::Damaged { format!("the file is damaged: {said}") } else { said };
        StoreError::new(kind, what, help)
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> StoreError {
        use std::io::ErrorKind as Os;
        let (kind, help) = match error.kind() {
            Os::NotFound => (ErrorKind::Missing, "check the path"),
            Os::PermissionDenied => (ErrorKind::Denied, "ask whoever owns the file for the right to use it"),
            Os::StorageFull | Os::QuotaExceeded => {
                (ErrorKind::Full, "make room on the drive, then try again")
            }
            Os::ReadOnlyFilesystem => {
                (ErrorKind::ReadOnly, "the drive can only be read: choose another place")
            }
            Os::AlreadyExists => (ErrorKind::Exists, "choose another name"),
            _ => (ErrorKind::Offline, "see whether the drive is connected, then try again"),
        };
        StoreError::new(kind, error.to_string(), help)
    }
}
