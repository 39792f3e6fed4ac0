//! The chain that ties each event to all before it: SHA-256 over the previous hash, every field in one
//! unambiguous form, and a digest of the body instead of the body, so that a person's data can be taken out
//! by law and the chain still holds. The encoding is part of the file's format: never change it.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::domain::ids::{CommandId, EventId, Seq, TicketId};
use crate::domain::stamp::Stamp;

/// A SHA-256.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The log's last event and its hash: written down elsewhere, it proves the whole log up to there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Head {
    pub id: EventId,
    pub hash: Hash,
}

/// All of an event that the chain covers.
#[derive(Debug)]
pub(super) struct Sealed<'a> {
    pub id: EventId,
    pub ticket: TicketId,
    pub seq: Seq,
    pub at: Stamp,
    pub actor: &'a str,
    pub host: &'a str,
    pub kind: &'a str,
    pub matrix: i64,
    pub command: Option<CommandId>,
    pub digest: Hash,
}

/// The digest of a body, or of any text.
pub(super) fn digest(text: &str) -> Hash {
    Hash(Sha256::digest(text.as_bytes()).into())
}

impl Sealed<'_> {
    /// The event's hash on top of the previous one's.
    pub fn after(&self, previous: Hash) -> Hash {
        let mut sum = Sha256::new();
        sum.update(b"tierline event 1\0");
        sum.update(previous.0);
        for number in [self.id.0, self.ticket.0, self.seq.0, self.at.0, self.matrix] {
            sum.update(number.to_le_bytes());
        }
        for text in [self.actor, self.host, self.kind] {
            sum.update((text.len() as u64).to_le_bytes());
            sum.update(text.as_bytes());
        }
        match self.command {
            Some(command) => {
                sum.update([1]);
                sum.update(command.0);
            }
            None => sum.update([0]),
        }
        sum.update(self.digest.0);
        Hash(sum.finalize().into())
    }
}
