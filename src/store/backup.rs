//! A copy of a desk in use: whole, of one moment, checked, and only then under its name. Never overwrites.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::error::{ErrorKind, StoreError};
use super::header::folder_of;
use super::patience::{Go, Patience};
use super::verify::{Progress, Report, Stage};
use super::{Access, Store};

/// Pages copied between two words of progress.
const PAGES_A_STEP: i32 = 2_000;

impl Store {
    /// Copies the desk to `target` and checks the copy; others can go on reading meanwhile, and write again
    /// when the copying is done.
    ///
    /// # Errors
    /// `target` is there already or can't be written, a lock not had, `watch` stopped it, or the copy has the
    /// desk's own damage: then there is no file of that name.
    pub fn backup(
        &mut self,
        target: &Path,
        patience: &mut Patience,
        watch: &mut dyn FnMut(Progress) -> Go,
    ) -> Result<Report, StoreError> {
        unused(target)?;
        let draft = draft(target).map_err(|error| StoreError::from(error).at(target))?;
        self.look(&mut patience.start(), |conn, _| {
            copy(conn, &draft, watch).map_err(|error| of_the_copy(error, target))
        })?;
        let mut copied = Store::open(&draft, Access::ReadOnly)?;
        copied.seer = self.seer.clone();
        let report = copied.verify(patience, watch)?;
        if !report.is_clean() {
            let what = "the copy does not hold together, so it was thrown away";
            return Err(
                StoreError::new(ErrorKind::Damaged, what, "run `tierline verify` on the desk").at(target)
            );
        }
        keep(draft, target).map_err(|error| StoreError::from(error).at(target))?;
        Ok(report)
    }
}

pub(super) fn unused(target: &Path) -> Result<(), StoreError> {
    if target.symlink_metadata().is_err() {
        return Ok(());
    }
    let what = "there is something of that name, and a backup overwrites nothing";
    Err(StoreError::new(ErrorKind::Exists, what, "choose another name").at(target))
}

/// Only what is written can run out of room.
fn of_the_copy(error: StoreError, target: &Path) -> StoreError {
    if error.kind == ErrorKind::Full { error.at(target) } else { error }
}

fn draft(target: &Path) -> std::io::Result<tempfile::TempPath> {
    let draft =
        tempfile::Builder::new().prefix(".tierline-").suffix(".partial").tempfile_in(folder_of(target))?;
    Ok(draft.into_temp_path())
}

/// Within the caller's read transaction, so that the copy is of one moment however many steps it takes.
fn copy(from: &Connection, draft: &Path, watch: &mut dyn FnMut(Progress) -> Go) -> Result<(), StoreError> {
    let mut to = Connection::open_with_flags(draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let backup = Backup::new(from, &mut to)?;
    loop {
        let step = backup.step(PAGES_A_STEP)?;
        let progress = backup.progress();
        let total = u64::try_from(progress.pagecount).unwrap_or(0);
        let done = total.saturating_sub(u64::try_from(progress.remaining).unwrap_or(0));
        match (step, watch(Progress { stage: Stage::File, done, total })) {
            (StepResult::Done, _) => return Ok(()),
            (StepResult::More, Go::On) => {}
            (StepResult::More, Go::Stop) => {
                return Err(StoreError::new(ErrorKind::Stopped, "the backup was stopped", ""));
            }
            _ => return Err(StoreError::new(ErrorKind::Busy, "the copy is locked by another program", "")),
        }
    }
}

pub(super) fn keep(draft: tempfile::TempPath, target: &Path) -> std::io::Result<()> {
    std::fs::File::open(&draft)?.sync_all()?;
    draft.persist_noclobber(target)?;
    sync_folder(&folder_of(target))
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}
