//! The desk's file: SQLite, an append-only log with its hash chain, and the projections beside it. The only
//! room that knows SQL; it knows no policy: it compares, appends and reads, and never judges what was decided.
//! The face is narrow on purpose (append, bulk, read, changed, verify, backup), so that another store can
//! stand in its place. A database file is never opened here by anything but SQLite once SQLite has it open:
//! closing any descriptor of it would drop the process's locks.

mod append;
mod backup;
mod bulk;
mod chain;
mod commands;
mod connect;
mod counts;
mod error;
mod filter;
mod foresight;
mod header;
mod horizon;
mod log;
mod mark;
mod outbox;
mod page;
mod patience;
mod project;
mod read;
mod rebuild;
mod rows;
mod salvage;
mod schema;
mod texts;
mod verify;
mod vocabulary;
mod write;

pub use append::{Appended, Base, Batch, Change, Written};
pub use bulk::{Added, Bulk, Entry};
pub use chain::{Hash, Head};
pub use connect::Access;
pub use counts::CountsRequest;
pub use error::{Conflict, ErrorKind, StoreError};
pub use foresight::{Falling, Foresight};
pub use horizon::Horizon;
pub use mark::{Mark, Noticed};
pub use outbox::Untold;
pub use page::{Anchor, Page, PageRequest, Total};
pub use patience::{Go, Patience};
pub use read::{Outlooks, Reader, Revision};
pub use schema::VERSION;
pub use verify::{Progress, Report, Stage, Trouble};

use std::path::{Path, PathBuf};

use connect::Link;

/// The version of SQLite inside, for `doctor`.
#[must_use]
pub fn engine() -> &'static str {
    rusqlite::version()
}

/// A desk's file, open. One thread owns it; every call takes and frees its locks before it returns.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    access: Access,
    /// None after a connection was given up: the next call makes a new one.
    link: Option<Link>,
    /// What the last poll saw, until the next read or write.
    polled: Option<mark::Polled>,
    seer: foresight::Seer,
}

impl Store {
    /// Where the desk is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What this connection may do.
    #[must_use]
    pub fn access(&self) -> Access {
        self.access
    }
}

#[cfg(test)]
mod tests;
