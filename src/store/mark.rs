//! "Is there anything new?" for the price of one `statx`, without a lock and without opening the file. A
//! time stamp stands still while two commits happen within the drive's clock grain. So a change is reported
//! only when that grain has passed, and what is read then is settled; any other fresh mark is looked at once
//! more, by SQLite's own change counter. Compares stamps with each other only, never with this host's clock.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::error::StoreError;
use super::patience::Patience;
use super::{Reader, Store};

/// A moment of the file.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// None where the system has no such call.
    stat: Option<Stat>,
    taken: Instant,
    trust: Trust,
    /// Which connection counted `version`.
    joined: u64,
    version: i64,
}

/// Longer than this, a poll does not wait for a grain to pass.
const PAUSE: Duration = Duration::from_millis(20);

/// Whether an equal stamp proves that nothing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    Fresh,
    Settled,
}

/// What has happened since a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noticed {
    Nothing,
    Something,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stat {
    file: (u32, u32, u64),
    size: u64,
    seconds: i64,
    nanoseconds: u32,
}

impl Stat {
    /// How long two changes can share a stamp: a clock tick, or a whole step where only seconds are kept.
    fn grain(self) -> Duration {
        if self.nanoseconds == 0 { Duration::from_secs(2) } else { Duration::from_millis(20) }
    }
}

/// What a poll saw, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Polled {
    stat: Stat,
    at: Instant,
}

/// Within a read transaction: nobody can commit between what was read and this. What a poll has just seen
/// saves the look: a commit since then shows at the next poll.
pub(super) fn take(reader: &Reader<'_>) -> Result<Mark, StoreError> {
    let (joined, version, taken) = (reader.joined, version(reader.conn)?, Instant::now());
    let polled = reader.polled.filter(|polled| polled.at.elapsed() >= polled.stat.grain());
    let (stat, trust) = match polled {
        Some(polled) => (Some(polled.stat), Trust::Settled),
        None => (stat(reader.path)?, Trust::Fresh),
    };
    Ok(Mark { stat, taken, trust, joined, version })
}

fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
}

impl Store {
    /// Whether anything was written since `mark` was taken, by anybody. Takes 20 ms when there was.
    ///
    /// # Errors
    /// The file is gone, or the drive does not answer.
    pub fn changed(&mut self, mark: &mut Mark, patience: &mut Patience) -> Result<Noticed, StoreError> {
        let now = stat(&self.path).map_err(|error| error.at(&self.path))?;
        match (mark.stat, now) {
            (Some(then), Some(now)) if then.file != now.file => {
                self.part();
                Ok(Noticed::Something)
            }
            (Some(then), Some(now)) if then != now => {
                self.polled = Some(Polled { stat: now, at: Instant::now() });
                if now.grain() <= PAUSE {
                    std::thread::sleep(now.grain());
                }
                Ok(Noticed::Something)
            }
            (Some(_), Some(_)) if mark.trust == Trust::Settled => Ok(Noticed::Nothing),
            (Some(then), Some(_)) if mark.taken.elapsed() < then.grain() => Ok(Noticed::Nothing),
            _ => self.count(mark, patience),
        }
    }

    /// Asks SQLite's change counter, which is exact and costs a lock.
    fn count(&mut self, mark: &mut Mark, patience: &mut Patience) -> Result<Noticed, StoreError> {
        let now = self.look(&mut patience.start(), |conn, joined| Ok((joined, version(conn)?)))?;
        if now != (mark.joined, mark.version) {
            return Ok(Noticed::Something);
        }
        mark.trust = Trust::Settled;
        Ok(Noticed::Nothing)
    }
}

#[cfg(target_os = "linux")]
fn stat(path: &Path) -> Result<Option<Stat>, StoreError> {
    use rustix::fs::{AtFlags, CWD, StatxFlags, statx};
    let wanted = StatxFlags::INO | StatxFlags::SIZE | StatxFlags::MTIME;
    match statx(CWD, path, AtFlags::STATX_FORCE_SYNC, wanted) {
        Ok(it) => Ok(Some(Stat {
            file: (it.stx_dev_major, it.stx_dev_minor, it.stx_ino),
            size: it.stx_size,
            seconds: it.stx_mtime.tv_sec,
            nanoseconds: it.stx_mtime.tv_nsec,
        })),
        Err(rustix::io::Errno::NOSYS) => Ok(None),
        Err(errno) => Err(std::io::Error::from(errno).into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn stat(_: &Path) -> Result<Option<Stat>, StoreError> {
    Ok(None)
}
