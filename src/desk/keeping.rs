//! Looking after a desk's file: checking it, making its projections anew, copying it while it is in use.

use std::path::Path;

use super::error::DeskError;
use super::force::{self, Seers};
use super::foresight::Sight;
use super::opened::{Desk, recorded};
use super::settings::Settings;
use crate::matrix::model::Right;
use crate::rules::authority;
use crate::store::{Access, Go, Patience, Progress, Report, Store};

impl Desk {
    /// Recomputes the hash chain and every projection and runs SQLite's own check; changes nothing.
    ///
    /// # Errors
    /// Trouble with the file that keeps it from being read at all.
    pub fn verify(&mut self, watch: &mut dyn FnMut(Progress) -> Go) -> Result<Report, DeskError> {
        Ok(self.store.verify(&mut self.patience, watch)?)
    }

    /// Throws the projections away and makes them anew from the log.
    ///
    /// # Errors
    /// A desk that takes no commands; trouble with the file.
    pub fn rebuild(&mut self, watch: &mut dyn FnMut(Progress) -> Go) -> Result<(), DeskError> {
        self.may_write()?;
        self.seen.clear();
        Ok(self.store.rebuild(&mut self.patience, watch)?)
    }

    /// Copies the desk, as of one moment, into a new file, and checks the copy.
    ///
    /// # Errors
    /// Something of that name is there; no room; trouble with either file.
    pub fn backup(&mut self, to: &Path, watch: &mut dyn FnMut(Progress) -> Go) -> Result<Report, DeskError> {
        Ok(self.store.backup(to, &mut self.patience, watch)?)
    }

    /// As [`Desk::verify`], for a desk that may be too damaged to be opened as one.
    ///
    /// # Errors
    /// Trouble with the file that keeps it from being read at all.
    pub fn examine(settings: &Settings, watch: &mut dyn FnMut(Progress) -> Go) -> Result<Report, DeskError> {
        let mut store = Store::open(&settings.desk.value, Access::ReadOnly)?;
        let patience = &mut Patience::default();
        // A damaged desk may not even tell its matrix: then its outlooks are not looked at.
        if let Ok(recorded) = store.read(patience, recorded) {
            let force = force::settle(store.path(), recorded);
            if let Seers::Desk(_) = force.outlooks {
                store.foresee(Sight::of(
                    &force.matrix,
                    (force.revision, force.since),
                    &force.files,
                    store.path(),
                ));
            }
        }
        Ok(store.verify(patience, watch)?)
    }

    /// Makes a new desk out of the log of one that may be too damaged to be opened.
    ///
    /// # Errors
    /// Something of that name is there; no room; a log that does not hold together.
    pub fn salvage(
        settings: &Settings,
        to: &Path,
        watch: &mut dyn FnMut(Progress) -> Go,
    ) -> Result<Report, DeskError> {
        let mut store = Store::open(&settings.desk.value, Access::ReadOnly)?;
        Ok(store.salvage(to, &mut Patience::default(), watch)?)
    }

    /// Hands the file to an import, with the matrix revision in force: history is brought in as it was, not decided.
    ///
    /// # Errors
    /// A desk that takes no commands; an actor who may not open tickets; whatever `work` gives.
    pub fn bring_in<T, E: From<DeskError>>(
        &mut self,
        work: impl FnOnce(&mut Store, i64, &mut Patience) -> Result<T, E>,
    ) -> Result<T, E> {
        self.may_write()?;
        authority::check(&self.context(), Right::Open, None).map_err(DeskError::from)?;
        self.seen.clear();
        work(&mut self.store, self.force.revision, &mut self.patience)
    }
}
