//! One fact and what to think of it.

use crate::cli::error::Failure;
use crate::cli::status::Status;

/// What to think of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Ok,
    Warning,
    Fail,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Fail => "fail",
        }
    }
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub name: &'static str,
    pub state: State,
    pub said: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What it makes of the exit status.
    pub status: Option<Status>,
}

impl Finding {
    pub fn ok(name: &'static str, said: impl Into<String>) -> Finding {
        Finding { name, state: State::Ok, said: said.into(), help: None, status: None }
    }

    pub fn warning(name: &'static str, said: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding { name, state: State::Warning, said: said.into(), help: Some(help.into()), status: None }
    }

    pub fn fail(name: &'static str, said: impl Into<String>, help: impl Into<String>) -> Finding {
        let status = Some(Status::Failed);
        Finding { name, state: State::Fail, said: said.into(), help: Some(help.into()), status }
    }

    /// As a verb that failed would say it.
    pub fn failure(name: &'static str, failure: Failure) -> Finding {
        let help = Some(failure.help.join("; ")).filter(|help| !help.is_empty());
        Finding { name, state: State::Fail, said: failure.message, help, status: Some(failure.status) }
    }
}
