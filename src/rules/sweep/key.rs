//! The name of a firing: the same whoever notices it, so that it can be in the log only once. Never change how a key
//! is written or hashed: two versions of tierline may look after the same desk.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::domain::ids::{CommandId, TicketId};
use crate::matrix::Matrix;
use crate::rules::agenda::{Item, What};

/// What came, to which ticket, in which round and turn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub ticket: TicketId,
    /// `resume`, `warn tier 75`, `breach tier`, `step tier P1 stuck at L1`, `step - forgotten`.
    pub what: String,
    pub round: u32,
    pub turn: u16,
}

impl Key {
    #[must_use]
    pub fn of(ticket: TicketId, item: &Item, matrix: &Matrix) -> Key {
        let what = match item.what {
            What::Resume => String::from("resume"),
            What::Warn(clock, share) => format!("warn {} {share}", clock.name()),
            What::Breach(clock) => format!("breach {}", clock.name()),
            What::Step { .. } => named(item, matrix),
        };
        Key { ticket, what, round: item.round, turn: item.turn }
    }

    /// The command under which it is recorded: a UUID of version 8, made from the key.
    #[must_use]
    pub fn command(&self) -> CommandId {
        let digest = Sha256::digest(format!("tierline firing 1\n{self}"));
        let mut bytes = [0; 16];
        for (byte, hashed) in bytes.iter_mut().zip(digest) {
            *byte = hashed;
        }
        CommandId(uuid::Builder::from_custom_bytes(bytes).into_uuid().into_bytes())
    }
}

/// One line of it: ticket, round, turn, what.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.ticket, self.round, self.turn, self.what)
    }
}

fn named(item: &Item, matrix: &Matrix) -> String {
    let step = item.step(matrix);
    let clock = step.and_then(|step| step.clock).map_or("-", |(clock, _)| clock.name());
    format!("step {clock} {}", step.map_or("", |step| step.name.as_str()))
}
