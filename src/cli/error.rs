//! A failed verb: what failed, on what, why, what to do next, and the exit status. Never loses the words of a
//! refusal, for the console says the same.

use std::io;

use serde_json::{Value, json};

use super::shape;
use super::status::Status;
use crate::desk::DeskError;
use crate::domain::text::{neutral, neutral_lines};
use crate::matrix::{self, Colour, mistake};
use crate::rules::refusal::Gap;
use crate::rules::{Reason, Refusal};
use crate::store::{ErrorKind, StoreError};

/// What a verb comes to.
pub type Ran<T = ()> = Result<T, Failure>;

/// Why it did not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub status: Status,
    /// A clause without a full stop; empty where all was said already.
    pub message: String,
    pub help: Vec<String>,
    /// Missing or unfit fields, each named.
    pub missing: Vec<Gap>,
    /// Rows of a file that can't be read, in JSON.
    pub troubles: Vec<Value>,
}

impl Failure {
    pub fn new(status: Status, message: impl Into<String>, help: impl Into<String>) -> Failure {
        let help = Some(help.into()).filter(|help| !help.is_empty());
        Failure {
            status,
            message: message.into(),
            help: help.into_iter().collect(),
            missing: Vec::new(),
            troubles: Vec::new(),
        }
    }

    /// With the rows it is about.
    #[must_use]
    pub fn about(self, troubles: Vec<Value>) -> Failure {
        Failure { troubles, ..self }
    }

    /// Wrong or missing arguments.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::new(Status::Usage, message, help)
    }

    /// Only an exit status: whatever there is to say stands on the screen.
    pub fn quiet(status: Status) -> Failure {
        Failure::new(status, "", "")
    }

    /// Trouble with a file that is not the desk.
    pub fn file(doing: &str, path: &std::path::Path, error: &io::Error) -> Failure {
        Failure::new(
            Status::Failed,
            format!("can't {doing} {}: {error}", path.display()),
            "check the path and the rights",
        )
    }

    /// The lines for people.
    #[must_use]
    pub fn lines(&self) -> String {
        let mut out = String::new();
        if !self.message.is_empty() {
            out.push_str(&format!("tierline: {}\n", neutral_lines(&self.message)));
        }
        for gap in self.missing.iter().filter(|gap| gap.why != self.message) {
            out.push_str(&format!("  {}: {}\n", neutral(gap.field.as_str()), neutral(&gap.why)));
        }
        for help in &self.help {
            out.push_str(&format!("help: {}\n", neutral_lines(help)));
        }
        out
    }

    /// The object for scripts.
    #[must_use]
    pub fn json(&self) -> Value {
        let gap = |gap: &Gap| json!({ "field": gap.field.as_str(), "why": gap.why });
        let missing: Vec<Value> = self.missing.iter().map(gap).collect();
        shape::versioned(json!({ "error": {
            "status": self.status.code(),
            "kind": self.status.name(),
            "message": self.message,
            "help": self.help,
            "missing": missing,
            "troubles": self.troubles,
        }}))
    }
}

/// A closed pipe is no failure: whoever read has seen enough.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::quiet(Status::Done),
            _ => Failure::new(
                Status::Failed,
                format!("can't write the output: {error}"),
                "see where it goes to",
            ),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        let Refusal { reason, why, help } = refusal;
        let (status, missing) = match reason {
            Reason::Authority | Reason::State => (Status::Refused, Vec::new()),
            Reason::Missing(gaps) => (Status::Usage, gaps),
            Reason::Unknown => (Status::Usage, Vec::new()),
        };
        let mut failure = Failure { missing, ..Failure::new(status, why, help) };
        if failure.missing.iter().any(|gap| gap.why != failure.message) {
            failure.help.push(String::from("a field of the hand-off is given as --field NAME=TEXT"));
        }
        failure
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let status = match error.kind {
            ErrorKind::Busy | ErrorKind::Stopped | ErrorKind::Conflict(_) | ErrorKind::OtherMatrix => {
                Status::Conflict
            }
            ErrorKind::Damaged | ErrorKind::Foreign | ErrorKind::TooNew | ErrorKind::Unsafe => Status::Unsafe,
            ErrorKind::Offline
            | ErrorKind::ReadOnly
            | ErrorKind::Denied
            | ErrorKind::Full
            | ErrorKind::Missing
            | ErrorKind::Exists
            | ErrorKind::Io => Status::Failed,
        };
        let place = if error.path.as_os_str().is_empty() {
            String::new()
        } else {
            format!("{}: ", error.path.display())
        };
        Failure::new(status, format!("{place}{}", error.what), error.help)
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Failure {
        match error {
            DeskError::Refused(refusal) => refusal.into(),
            DeskError::Input { what, why, help } => Failure::usage(format!("{what}: {why}"), help),
            DeskError::ReadOnly { why, help } => {
                Failure::new(Status::Failed, format!("the desk is open for reading only: {why}"), help)
            }
            DeskError::Store(error) => error.into(),
            DeskError::Matrix { file, text, mistakes } => {
                let drawn = matrix::render(&mistakes, &text, Colour::Plain);
                let message = format!("{} has {}\n{drawn}", file.display(), mistake::count(&mistakes));
                Failure::new(Status::Failed, message.trim_end(), "correct them; nothing was changed")
            }
            DeskError::NoTicket(id) => {
                Failure::usage(format!("there is no ticket {id}"), "look for it with `tierline list`")
            }
            DeskError::Contended { .. } => Failure::new(Status::Conflict, error.to_string(), ""),
        }
    }
}
