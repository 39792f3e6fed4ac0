//! Whether the full-text index holds exactly the log's words: both sides become one sum that does not depend
//! on their order, so that millions of words need no memory.

use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::Connection;

use super::error::StoreError;
use super::log::{self, Stored};
use super::verify::words_of;

/// Number of words and the sum of their hashes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    words: u64,
    hashes: u64,
}

impl Sum {
    fn add(&mut self, word: &str, place: i64, offset: i64) {
        let mut hasher = DefaultHasher::new();
        (word, place, offset).hash(&mut hasher);
        self.words += 1;
        self.hashes = self.hashes.wrapping_add(hasher.finish());
    }
}

/// What the index holds.
pub(super) fn indexed(conn: &Connection) -> Result<Sum, StoreError> {
    conn.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.spoken USING fts5vocab(main,words,instance)",
    )?;
    let mut query = conn.prepare("SELECT term,doc,\"offset\" FROM temp.spoken")?;
    let mut found = query.query([])?;
    let mut sum = Sum::default();
    while let Some(row) = found.next()? {
        sum.add(row.get_ref(0)?.as_str().unwrap_or_default(), row.get(1)?, row.get(2)?);
    }
    Ok(sum)
}

/// What the log's events say.
pub(super) fn told(conn: &Connection) -> Result<Sum, StoreError> {
    let (_, desk) = log::stretch(crate::domain::ids::TicketId::DESK);
    let sql = format!("SELECT {} FROM event WHERE place>?1", log::COLUMNS);
    let mut query = conn.prepare(&sql)?;
    let mut found = query.query([desk])?;
    let mut sum = Sum::default();
    while let Some(row) = found.next()? {
        let stored = Stored::of(row)?;
        let place = log::place(stored.ticket, stored.seq);
        for (offset, word) in (0..).zip(words_of(&stored).split_ascii_whitespace()) {
            sum.add(word, place, offset);
        }
    }
    Ok(sum)
}
