//! Opening and making a desk's file, and every setting of a connection. The settings are what trials on real
//! network drives left over; none is a preference. A new connection does all its checks in one transaction.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Connection, OpenFlags};

use super::error::{ErrorKind, StoreError};
use super::header::{self, Held};
use super::patience::{Patience, Wait};
use super::{Reader, Store, schema};
use crate::domain::event::{Author, DeskCreated, Event, Rest};
use crate::domain::ids::{CommandId, Seq};
use crate::domain::stamp::Stamp;

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Write,
    ReadOnly,
}

/// A connection. The order matters: it closes before the file counts as not open here.
#[derive(Debug)]
pub(super) struct Link {
    pub conn: Connection,
    /// A number of its own within the process: what one connection counted means nothing to the next.
    joined: u64,
    _held: Held,
}

static JOINED: AtomicU64 = AtomicU64::new(0);

impl Link {
    pub fn parts(&self) -> (&Connection, u64) {
        (&self.conn, self.joined)
    }
}

/// Pages in memory, in KiB. A transaction that outgrew it would take the exclusive lock early and lay
/// half-written pages before others.
pub(super) const CACHE_KIB: i64 = 16_000;

impl Store {
    /// Makes a desk's file with its tables and its first event.
    ///
    /// # Errors
    /// Something of that name, no folder, no right, no room.
    pub fn create(path: &Path, by: &str, author: &Author, at: Stamp) -> Result<Store, StoreError> {
        make(path, &mut Patience::default().start()).map_err(|error| error.at(path))?;
        let mut store = Store::open(path, Access::Write)?;
        let created = Event::from(DeskCreated { by: by.to_owned(), rest: Rest::new() });
        let batch = super::Batch {
            command: CommandId(uuid::Uuid::now_v7().into_bytes()),
            author: author.clone(),
            at,
            matrix: 0,
            changes: vec![super::Change { base: super::Base::Desk(Seq(0)), events: vec![created] }],
        };
        store.append(&batch, &mut Patience::default())?;
        Ok(store)
    }

    /// Opens a desk's file; an older format is led to the newest.
    ///
    /// # Errors
    /// Missing, foreign, too new, unsafe, not allowed, read-only, damaged, or a lock not had for ten seconds.
    pub fn open(path: &Path, access: Access) -> Result<Store, StoreError> {
        Store::open_with(path, access, &mut Patience::default())
    }

    /// As [`Store::open`], with a patience of the caller's own.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(path: &Path, access: Access, patience: &mut Patience) -> Result<Store, StoreError> {
        Store::open_reading(path, access, patience, |_| Ok(())).map(|(store, ())| store)
    }

    /// Opens a desk's file and reads in the same transaction that checks it: the shortest way to a first page.
    ///
    /// # Errors
    /// As [`Store::open`], and what `work` gives.
    pub fn open_reading<T>(
        path: &Path,
        access: Access,
        patience: &mut Patience,
        work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<(Store, T), StoreError> {
        let opened = join(path, access, &mut patience.start()).and_then(|link| {
            let value = work(&Reader { conn: &link.conn, path, joined: link.joined, polled: None })?;
            link.conn.execute_batch("COMMIT")?;
            let path = path.to_owned();
            Ok((Store { path, access, link: Some(link), polled: None, seer: None }, value))
        });
        opened.map_err(|error| error.at(path))
    }

    /// The connection, made anew where the last was given up.
    pub(super) fn link(&mut self, wait: &mut Wait<'_>) -> Result<&mut Link, StoreError> {
        let link = match self.link.take() {
            Some(link) => link,
            None => {
                let link = join(&self.path, self.access, wait)?;
                link.conn.execute_batch("COMMIT")?;
                link
            }
        };
        Ok(self.link.insert(link))
    }

    /// Gives the connection up: its cache may be void.
    pub(super) fn part(&mut self) {
        self.link = None;
    }
}

pub(super) fn make(path: &Path, wait: &mut Wait<'_>) -> Result<(), StoreError> {
    header::vacant(path)?;
    let conn = raw(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    settle(&conn)?;
    wait.until(|| persist(&conn))?;
    wait.until(|| Ok(conn.execute_batch("BEGIN IMMEDIATE")?))?;
    lay(&conn)?;
    wait.until(|| Ok(conn.execute_batch("COMMIT")?))
}

fn lay(conn: &Connection) -> Result<(), StoreError> {
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 {
        let what = "somebody else has just made it";
        return Err(StoreError::new(ErrorKind::Exists, what, "open it instead"));
    }
    schema::lay(conn)
}

/// A new connection, in the read transaction that checked it.
fn join(path: &Path, access: Access, wait: &mut Wait<'_>) -> Result<Link, StoreError> {
    let held = header::look(path)?;
    let flags = match access {
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let mut conn = raw(path, flags)?;
    if access == Access::Write && conn.is_readonly(rusqlite::MAIN_DB)? {
        let what = "the file can only be read";
        let help = "ask its owner for the right to write, or open it read-only";
        return Err(StoreError::new(ErrorKind::ReadOnly, what, help));
    }
    settle(&conn)?;
    if wait.until(|| greet(&conn))? < schema::VERSION {
        conn.execute_batch("COMMIT")?;
        raise(&mut conn, access, wait)?;
        wait.until(|| greet(&conn))?;
    }
    Ok(Link { conn, joined: JOINED.fetch_add(1, Ordering::Relaxed), _held: held })
}

fn raw(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.set_prepared_statement_cache_capacity(64);
    super::filter::register(&conn)?;
    Ok(conn)
}

/// What can be set before the file is first read. Exclusive until [`persist`]: a recovery of a crashed
/// writer's transaction would otherwise delete the journal, whose lasting presence the other hosts rely on.
fn settle(conn: &Connection) -> Result<(), StoreError> {
    conn.busy_timeout(std::time::Duration::ZERO)?;
    conn.execute_batch("PRAGMA locking_mode=EXCLUSIVE;PRAGMA temp_store=MEMORY;PRAGMA mmap_size=0")?;
    Ok(())
}

/// Begins the first transaction: whose file it is, and the rest of the settings, which need the tables' names.
fn greet(conn: &Connection) -> Result<i64, StoreError> {
    conn.execute_batch("BEGIN")?;
    let greeted = schema::check(conn).and_then(|version| persist(conn).map(|()| version));
    if greeted.is_err() {
        conn.execute_batch("ROLLBACK")?;
    }
    greeted
}

fn persist(conn: &Connection) -> Result<(), StoreError> {
    let mode: String = conn.query_row("PRAGMA journal_mode=PERSIST", [], |row| row.get(0))?;
    let full: i64 = conn.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
    cache(conn, CACHE_KIB)?;
    conn.execute_batch("PRAGMA locking_mode=NORMAL")?;
    if mode == "persist" && full == 2 {
        return Ok(());
    }
    let what = format!("SQLite keeps its journal as {mode} with sync level {full}, not as persist with 2");
    Err(StoreError::new(ErrorKind::Unsafe, what, "report it: saved work would not be safe on a shared drive"))
}

/// Sets how many KiB of pages are kept in memory.
pub(super) fn cache(conn: &Connection, kib: i64) -> Result<(), StoreError> {
    Ok(conn.execute_batch(&format!("PRAGMA cache_size=-{kib}"))?)
}

fn raise(conn: &mut Connection, access: Access, wait: &mut Wait<'_>) -> Result<(), StoreError> {
    if access == Access::ReadOnly {
        let what = "this desk has an older format, which can't be brought up to date read-only";
        return Err(StoreError::new(
            ErrorKind::ReadOnly,
            what,
            "start `tierline` on it once, without --read-only, as somebody who may write the file",
        ));
    }
    wait.until(|| schema::migrate(conn, &schema::STEPS))
}
