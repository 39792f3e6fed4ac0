//! A new desk out of a damaged one: its log is taken over event by event, everything else is made from it. Never
//! changes the damaged file; the new one gets its name only when it holds together, and tells nobody of what was before.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::backup::{keep, unused};
use super::error::{ErrorKind, StoreError};
use super::foresight::Seer;
use super::header::folder_of;
use super::patience::{Go, Patience};
use super::verify::{Progress, Report};
use super::{Access, Store, connect, log, outbox};

impl Store {
    /// Makes a whole desk at `target` out of this one's log.
    ///
    /// # Errors
    /// `target` is there already or can't be written, a lock not had, `watch` stopped it, or the log itself is
    /// damaged: then there is no file of that name.
    pub fn salvage(
        &mut self,
        target: &Path,
        patience: &mut Patience,
        watch: &mut dyn FnMut(Progress) -> Go,
    ) -> Result<Report, StoreError> {
        unused(target)?;
        let named = |error: StoreError| StoreError { path: target.to_owned(), ..error };
        // A folder of its own, so that the journal goes away with it.
        let folder = tempfile::Builder::new().prefix(".tierline-").tempdir_in(folder_of(target));
        let folder = folder.map_err(|error| named(error.into()))?;
        let draft = tempfile::TempPath::try_from_path(folder.path().join("desk.db"));
        let draft = draft.map_err(|error| named(error.into()))?;
        connect::make(&draft, &mut patience.start()).map_err(named)?;
        self.look(&mut patience.start(), |conn, _| take_over(conn, &draft))?;
        let report = made(&draft, &self.seer, patience, watch).map_err(named)?;
        if !report.is_clean() {
            let what = "the log itself does not hold together, so no desk was made of it";
            return Err(named(StoreError::new(ErrorKind::Damaged, what, "go back to a backup")));
        }
        keep(draft, target).map_err(|error| named(error.into()))?;
        Ok(report)
    }
}

fn made(
    draft: &Path,
    seer: &Seer,
    patience: &mut Patience,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Result<Report, StoreError> {
    let mut desk = Store::open(draft, Access::Write)?;
    desk.seer = seer.clone();
    desk.rebuild(patience, watch)?;
    desk.verify(patience, watch)
}

/// Reads the table itself and none of its indexes, which may be what is damaged.
fn take_over(from: &Connection, draft: &Path) -> Result<(), StoreError> {
    let mut to = Connection::open_with_flags(draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let columns = log::COLUMNS;
    let marks = vec!["?"; columns.split(',').count()].join(",");
    let new = to.transaction()?;
    {
        let mut events = from.prepare(&format!("SELECT {columns} FROM event NOT INDEXED ORDER BY place"))?;
        let mut insert = new.prepare(&format!("INSERT INTO event({columns})VALUES({marks})"))?;
        let mut rows = events.query([])?;
        while let Some(row) = rows.next()? {
            let cells: Result<Vec<Value>, _> = (0..columns.split(',').count()).map(|n| row.get(n)).collect();
            insert.execute(params_from_iter(cells?))?;
        }
    }
    outbox::hush_all(&new)?;
    Ok(new.commit()?)
}
