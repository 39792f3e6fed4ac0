//! Opening a desk, and making one. The user's own desk is made when it is first wanted; any other is only made
//! by `init`, so that a typing mistake in a path never starts an empty desk.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::clock::{Clock, Zone};
use super::days;
use super::error::DeskError;
use super::force::{self, Beside, InForce, Seers};
use super::foresight::Sight;
use super::looking::{Caught, Sought};
use super::reading;
use super::settings::{Access, MATRIX_FILE, Origin, Settings};
use super::surroundings::Surroundings;
use super::sweep::Deferred;
use super::view::{Look, Seen};
use crate::domain::event::{Author, Event, MatrixApplied};
use crate::domain::ids::{CommandId, Seq, TicketId};
use crate::domain::query::Scope;
use crate::domain::ticket::Ticket;
use crate::matrix::mistake::count;
use crate::matrix::{self, Matrix};
use crate::rules::Context;
use crate::store::{
    self, Base, Batch, Change, ErrorKind, Mark, Outlooks, Patience, Reader, Revision, Store, StoreError,
};

/// An open desk. One thread owns it.
#[derive(Debug)]
pub struct Desk {
    pub(super) store: Store,
    pub(super) force: InForce,
    pub(super) author: Author,
    pub(super) clock: Clock,
    pub(super) zone: Zone,
    /// Whether the file takes commands at all.
    pub(super) file_takes: Writing,
    /// Whether this desk does: a matrix with mistakes forbids it too.
    pub(super) writing: Writing,
    pub(super) patience: Patience,
    pub(super) mark: Option<Mark>,
    /// The tickets last seen: what the next command is first decided on. Compare-and-set catches a stale one.
    pub(super) seen: Vec<Ticket>,
    pub(super) sight: Arc<Sight>,
    pub(super) deferred: Deferred,
}

/// What to look at first, given who asks.
pub type First<'a> = &'a dyn Fn(&Scope) -> Look;

/// Whether this desk takes commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writing {
    Allowed,
    /// Why not, and what would help.
    Refused {
        why: String,
        help: String,
    },
}

/// How long a call waits for a lock held elsewhere.
const PATIENCE: Duration = Duration::from_secs(10);

impl Desk {
    /// Opens the desk that the settings name.
    ///
    /// # Errors
    /// Trouble with the file; a matrix file that can't be read. A matrix with mistakes is no error: the desk
    /// opens for reading, with the diagnosis.
    pub fn open(settings: &Settings, around: &Surroundings) -> Result<Desk, DeskError> {
        Desk::open_with(settings, around, Patience::new(PATIENCE))
    }

    /// As [`Desk::open`]; `patience` is told while a lock held elsewhere is waited for.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_with(
        settings: &Settings,
        around: &Surroundings,
        patience: Patience,
    ) -> Result<Desk, DeskError> {
        Desk::open_looking(settings, around, patience, None).map(|(desk, _)| desk)
    }

    /// As [`Desk::open_with`], with a look that costs no lock of its own: what `first` wants to see, once it is known who
    /// asks. No look where that failed, or where rows had to be made anew.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_looking(
        settings: &Settings,
        around: &Surroundings,
        mut patience: Patience,
        first: Option<First<'_>>,
    ) -> Result<(Desk, Option<(Look, Seen)>), DeskError> {
        let path = settings.desk.value.as_path();
        if settings.desk.origin == Origin::BuiltIn && settings.access == Access::Write && !path.exists() {
            unless_there(Desk::create(settings, around, None))?;
        }
        let now = around.clock.now();
        let (store, found, file_takes) = open_store(path, settings.access, &mut patience, |reader| {
            let force = force::settle(path, recorded(reader)?);
            let author =
                Author { actor: force.matrix.spelled(&settings.user.value), host: settings.host.clone() };
            let ctx = Context { now, author: &author, matrix: &force.matrix };
            let seen = first.and_then(|first| look_first(first(&ctx.scope()), &ctx, reader));
            Ok((force, author, seen))
        })?;
        let (force, author, caught) = found;
        let caught = caught.filter(|_| force.outlooks != Seers::Desk(Outlooks::Stale));
        let writing = unless_broken(&file_takes, &force);
        let (clock, zone) = (around.clock, around.zone.clone());
        let (mark, seen, deferred) = (None, Vec::new(), Deferred::default());
        let sight = Sight::of(&force.matrix, (force.revision, force.since), &force.files, path);
        let mut desk = Desk {
            store,
            force,
            author,
            clock,
            zone,
            file_takes,
            writing,
            patience,
            mark,
            seen,
            sight,
            deferred,
        };
        desk.look_ahead()?;
        let seen = caught.and_then(|(look, caught)| Some((look, desk.taken_in(caught).ok()?)));
        Ok((desk, seen))
    }

    /// Makes the desk that the settings name, with `matrix` in force; without one, the `escalation.toml` in its
    /// folder, else the built-in one. Gives the name of the matrix it took.
    ///
    /// # Errors
    /// Something is there already; no folder, right or room; a matrix with mistakes. Nothing is left behind.
    pub fn create(
        settings: &Settings,
        around: &Surroundings,
        matrix: Option<&Path>,
    ) -> Result<String, DeskError> {
        let path = settings.desk.value.as_path();
        let (name, text) = first_matrix(path, matrix)?;
        let reading = crate::matrix::read(&text, &name).map_err(|mistakes| DeskError::Matrix {
            file: name.clone().into(),
            text: text.clone(),
            mistakes,
        })?;
        let folder = matrix.unwrap_or(path).parent().unwrap_or(Path::new(""));
        let files = days::beside(&reading.matrix, folder)?;
        if let (Origin::BuiltIn, Some(folder)) = (&settings.desk.origin, path.parent()) {
            fs::create_dir_all(folder).map_err(|error| no_folder(folder, &error))?;
        }
        let author = Author { actor: settings.user.value.clone(), host: settings.host.clone() };
        let now = around.clock.now();
        let applied = Event::from(MatrixApplied { text, files, ..MatrixApplied::default() });
        let by = env!("CARGO_PKG_VERSION");
        let mut store = Store::create(path, by, &author, now)?;
        let changes = vec![Change { base: Base::Desk(Seq(1)), events: vec![applied] }];
        let batch = Batch { command: new_id(), author, at: now, matrix: 0, changes };
        if let Err(error) = store.append(&batch, &mut Patience::new(PATIENCE)) {
            drop(store);
            // A desk without its matrix would take commands by the built-in one.
            let _ = fs::remove_file(path);
            return Err(error.into());
        }
        Ok(name)
    }

    /// The matrix in force.
    #[must_use]
    pub fn matrix(&self) -> Arc<Matrix> {
        Arc::clone(&self.force.matrix)
    }

    /// Its revision, and how the file beside the desk stands to it.
    #[must_use]
    pub fn in_force(&self) -> &InForce {
        &self.force
    }

    /// Whether this desk takes commands.
    #[must_use]
    pub fn writing(&self) -> &Writing {
        &self.writing
    }

    /// Who works here.
    #[must_use]
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// The desk's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context { now: self.clock.now(), author: &self.author, matrix: &self.force.matrix }
    }

    /// Refuses unless the desk takes commands.
    pub(super) fn may_write(&self) -> Result<(), DeskError> {
        may_write(&self.writing)
    }

    /// Refuses unless what the matrix has due can be recorded: also while people are refused because the file beside the
    /// desk has mistakes, for the recorded matrix goes on being in force.
    ///
    /// # Errors
    /// Why not.
    pub fn may_sweep(&self) -> Result<(), DeskError> {
        match self.force.outlooks {
            Seers::Desk(_) if self.force.revision > 0 => may_write(&self.file_takes),
            Seers::Desk(_) | Seers::Nobody => self.may_write(),
        }
    }

    pub(super) fn remember(&mut self, ticket: Ticket) {
        const REMEMBERED: usize = 16;
        self.seen.retain(|seen| seen.id != ticket.id);
        self.seen.truncate(REMEMBERED);
        self.seen.insert(0, ticket);
    }

    pub(super) fn remembered(&self, id: TicketId) -> Option<Ticket> {
        self.seen.iter().find(|ticket| ticket.id == id).cloned()
    }
}

/// A fresh id for a command.
#[must_use]
pub fn new_id() -> CommandId {
    CommandId(uuid::Uuid::now_v7().into_bytes())
}

type Recorded = Option<(Revision, MatrixApplied)>;

/// Opens the file and reads what `work` wants in the transaction that checks it.
fn open_store<T>(
    path: &Path,
    access: Access,
    patience: &mut Patience,
    work: impl Fn(&Reader<'_>) -> Result<T, StoreError>,
) -> Result<(Store, T, Writing), DeskError> {
    let asked =
        || Writing::Refused { why: "that was asked for".into(), help: "start without --read-only".into() };
    if access == Access::ReadOnly {
        let (store, found) = Store::open_reading(path, store::Access::ReadOnly, patience, work)?;
        return Ok((store, found, asked()));
    }
    match Store::open_reading(path, store::Access::Write, patience, &work) {
        Ok((store, found)) => Ok((store, found, Writing::Allowed)),
        Err(error) if error.kind == ErrorKind::ReadOnly => {
            let help = "make the file and its folder writable for you, then start again".into();
            let (store, found) = Store::open_reading(path, store::Access::ReadOnly, patience, work)?;
            Ok((store, found, Writing::Refused { why: error.what, help }))
        }
        Err(error) => Err(error.into()),
    }
}

/// What can't be read is asked for again once the desk is open, and told then.
fn look_first(look: Look, ctx: &Context<'_>, reader: &Reader<'_>) -> Option<(Look, Caught)> {
    let caught = Sought::new(&look, ctx, Deferred::default()).read(reader).ok()?;
    Some((look, caught))
}

/// The matrix that the desk holds, with its text.
pub(super) fn recorded(reader: &Reader<'_>) -> Result<Recorded, StoreError> {
    let Some(revision) = reader.revision()? else { return Ok(None) };
    let applied = reader.matrix(revision.number)?.unwrap_or_default();
    Ok(Some((revision, applied)))
}

/// Refuses unless commands are taken.
pub(super) fn may_write(writing: &Writing) -> Result<(), DeskError> {
    match writing {
        Writing::Allowed => Ok(()),
        Writing::Refused { why, help } => Err(DeskError::ReadOnly { why: why.clone(), help: help.clone() }),
    }
}

/// Somebody else may have made the user's own desk at the same moment.
fn unless_there<T>(made: Result<T, DeskError>) -> Result<(), DeskError> {
    match made {
        Err(DeskError::Store(error)) if error.kind == ErrorKind::Exists => Ok(()),
        made => made.map(|_| ()),
    }
}

pub(super) fn unless_broken(file_takes: &Writing, force: &InForce) -> Writing {
    match (&force.beside, file_takes.clone()) {
        (Beside::Broken(diagnosis), Writing::Allowed) => Writing::Refused {
            why: format!("{} has {}", diagnosis.file.display(), count(&diagnosis.mistakes)),
            help: "correct them (`tierline matrix check` shows each with its line), then start again".into(),
        },
        (_, writing) => writing,
    }
}

fn first_matrix(desk: &Path, named: Option<&Path>) -> Result<(String, String), DeskError> {
    let beside = desk.with_file_name(MATRIX_FILE);
    let file = match named {
        Some(file) => file.to_owned(),
        None if beside.symlink_metadata().is_ok() => beside,
        None => return Ok((String::from("the built-in matrix"), String::from(matrix::BUILTIN))),
    };
    let text = reading::text(&file).map_err(|error| DeskError::Input {
        what: file.display().to_string(),
        why: error.to_string(),
        help: String::from("name a readable escalation.toml"),
    })?;
    Ok((file.display().to_string(), text))
}

fn no_folder(folder: &Path, error: &std::io::Error) -> DeskError {
    DeskError::Input {
        what: folder.display().to_string(),
        why: format!("the folder can't be made: {error}"),
        help: String::from("name a desk elsewhere with --desk FILE"),
    }
}
