//! The names of things: tickets, events and commands. Numbers here are what people type and what the log
//! stores; they never change meaning once given.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A ticket's number, as people say it. 0 is the desk's own stream (its creation, its matrix revisions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketId(pub i64);

impl TicketId {
    /// The stream of the desk itself.
    pub const DESK: TicketId = TicketId(0);
}

impl fmt::Display for TicketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Why a text is no ticket number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no ticket number: write it like 1042 or #1042")]
pub struct NoTicketId(pub String);

impl FromStr for TicketId {
    type Err = NoTicketId;

    fn from_str(text: &str) -> Result<Self, NoTicketId> {
        let digits = text.trim().trim_start_matches('#');
        match digits.parse::<i64>() {
            Ok(n) if n > 0 => Ok(TicketId(n)),
            _ => Err(NoTicketId(text.to_owned())),
        }
    }
}

/// How many events a ticket's stream holds: what a command was decided on, and what an append compares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub i64);

impl Seq {
    /// The number of the event that follows.
    #[must_use]
    pub fn next(self) -> Seq {
        Seq(self.0.saturating_add(1))
    }
}

/// An event's place in the whole log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub i64);

/// A command's own id: looked for in the log when a commit's outcome is unknown, so nothing is doubled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(pub [u8; 16]);

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_number_reads_with_and_without_its_mark() {
        assert_eq!("1042".parse(), Ok(TicketId(1042)));
        assert_eq!(" #7 ".parse(), Ok(TicketId(7)));
        for bad in ["", "#", "0", "-3", "x1", "1.5", "99999999999999999999"] {
            assert!(bad.parse::<TicketId>().is_err(), "{bad}");
        }
    }
}
