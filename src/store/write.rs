//! A write transaction: begun with the write lock, all or nothing, tried once more on a new connection after what a lost
//! lease gives. Knows whether an outcome is unknown; knows nothing of what is written.

use rusqlite::Connection;

use super::error::StoreError;
use super::patience::Wait;
use super::{Store, header, schema};

/// What is read right after a commit: given what was done, the connection and its number.
pub(super) type Then<'a, T> = Option<&'a mut dyn FnMut(&T, &Connection, u64)>;

impl Store {
    /// Runs `work` in a write transaction; after an error that a lost lease would give too, once more on a
    /// new connection. `work` must find out by itself whether its first run was committed.
    pub(super) fn write<T>(
        &mut self,
        wait: &mut Wait<'_>,
        work: impl FnMut(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write_then(wait, work, None)
    }

    /// As [`Store::write`]; `then` reads in what is left of the lock.
    pub(super) fn write_then<T>(
        &mut self,
        wait: &mut Wait<'_>,
        mut work: impl FnMut(&Connection) -> Result<T, StoreError>,
        mut then: Then<'_, T>,
    ) -> Result<T, StoreError> {
        self.polled = None;
        let first = match self.write_once(wait, &mut work, &mut then) {
            Err(failed) if failed.error.wants_reconnect() => failed,
            other => return other.map_err(|failed| failed.error),
        };
        self.part();
        self.write_once(wait, &mut work, &mut then).map_err(|second| match (first.stage, second.stage) {
            (Stage::Work, Stage::Work) => second.error,
            _ if second.error.wants_reconnect() => second.error.unknown_outcome(),
            _ => second.error,
        })
    }

    fn write_once<T>(
        &mut self,
        wait: &mut Wait<'_>,
        work: &mut impl FnMut(&Connection) -> Result<T, StoreError>,
        then: &mut Then<'_, T>,
    ) -> Result<T, Failed> {
        let (conn, joined) = self.link(wait).map_err(Failed::working)?.parts();
        let worked = wait.until(|| begin(conn)).and_then(|()| work(conn)).map_err(Failed::working);
        let done = worked.and_then(|value| match then {
            None => commit(conn, wait).map(|()| value),
            Some(then) => commit_then(conn, wait, || then(&value, conn, joined)).map(|()| value),
        });
        let open = done.is_err() && !conn.is_autocommit();
        if open && conn.execute_batch("ROLLBACK").is_err() {
            self.part();
        }
        done
    }
}

/// How far a write had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Work,
    Commit,
}

#[derive(Debug)]
struct Failed {
    stage: Stage,
    error: StoreError,
}

impl Failed {
    fn working(error: StoreError) -> Failed {
        Failed { stage: Stage::Work, error }
    }

    fn committing(error: StoreError) -> Failed {
        Failed { stage: Stage::Commit, error }
    }
}

/// Takes the write lock, and looks again whose format it is: another host may have raised it meanwhile.
pub(super) fn begin(conn: &Connection) -> Result<(), StoreError> {
    conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    header::ours(schema::APPLICATION, schema::version(conn)?)
}

fn commit(conn: &Connection, wait: &mut Wait<'_>) -> Result<(), Failed> {
    wait.until(|| Ok(conn.prepare_cached("COMMIT")?.execute([])?)).map_err(Failed::committing)?;
    Ok(())
}

/// Commits under a statement that is still being read: SQLite then goes back to the shared lock instead of giving it up,
/// and what `then` reads costs no lock of its own. The statement reads the header, which is in memory.
fn commit_then(conn: &Connection, wait: &mut Wait<'_>, then: impl FnOnce()) -> Result<(), Failed> {
    let working = |error: rusqlite::Error| Failed::working(error.into());
    let mut holding = conn.prepare_cached("PRAGMA user_version").map_err(working)?;
    let mut rows = holding.query([]).map_err(working)?;
    rows.next().map_err(working)?;
    commit(conn, wait)?;
    then();
    Ok(())
}
