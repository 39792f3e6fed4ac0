//! Command ids that are the same at every import of the same row, so that the log recognises what it holds. They
//! come from the ticket's key, the row's time and its place among the rows of that time, and the event's kind:
//! not from cells, for a later export may know more of an old row, and not from the row's place in the file, for
//! a longer export shifts it.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::domain::event::Source;
use crate::domain::ids::CommandId;
use crate::domain::stamp::Stamp;

pub struct Ids {
    ticket: Sha256,
    /// None: before the first row.
    row: Option<(Stamp, u32)>,
    rows_at: HashMap<Stamp, u32>,
    /// How often each kind was there in this row.
    kinds: Vec<(String, u32)>,
}

impl Ids {
    pub fn new(source: &Source) -> Ids {
        let mut ticket = Sha256::new_with_prefix(b"tierline import 1\0");
        for text in [source.system.as_str(), source.key.as_str()] {
            ticket.update(text.as_bytes());
            ticket.update([0]);
        }
        Ids { ticket, row: None, rows_at: HashMap::new(), kinds: Vec::new() }
    }

    /// The next row of the ticket.
    pub fn row(&mut self, at: Stamp) {
        let nth = self.rows_at.entry(at).or_insert(0);
        *nth += 1;
        self.row = Some((at, *nth));
        self.kinds.clear();
    }

    /// The id of the next event of this kind in this row.
    pub fn command(&mut self, kind: &str) -> CommandId {
        let nth = match self.kinds.iter_mut().find(|(known, _)| known == kind) {
            Some((_, nth)) => {
                *nth += 1;
                *nth
            }
            None => {
                self.kinds.push((kind.to_owned(), 0));
                0
            }
        };
        let (at, row) = self.row.map_or((0, 0), |(at, row)| (at.0, row));
        let mut hash = self.ticket.clone();
        hash.update(at.to_le_bytes());
        hash.update(row.to_le_bytes());
        hash.update(nth.to_le_bytes());
        hash.update(kind.as_bytes());
        let mut id = [0; 16];
        id.iter_mut().zip(hash.finalize()).for_each(|(to, byte)| *to = byte);
        CommandId(id)
    }
}
