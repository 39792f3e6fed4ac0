//! A look at the file before SQLite touches it: what is no desk is refused with its own sentence, and a file
//! in WAL mode before SQLite lays a `-wal` beside it. Never opens a file that this process already has open
//! through SQLite, for closing it again would drop SQLite's locks.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::{ErrorKind, KEEP, StoreError};
use super::schema::{APPLICATION, VERSION};

/// Which file: device and number.
type Identity = (u64, u64);

static HELD: Mutex<BTreeMap<Identity, usize>> = Mutex::new(BTreeMap::new());

fn held() -> MutexGuard<'static, BTreeMap<Identity, usize>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As long as it lives, this process has the file open through SQLite.
#[derive(Debug)]
pub(super) struct Held(Option<Identity>);

impl Drop for Held {
    fn drop(&mut self) {
        let Some(identity) = self.0 else { return };
        let mut held = held();
        match held.get_mut(&identity) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(held.remove(&identity)),
        }
    }
}

/// Checks that there is a desk, and notes it as open.
pub(super) fn look(path: &Path) -> Result<Held, StoreError> {
    let meta = fs::metadata(path).map_err(|error| absent(path, error))?;
    let mut held = held();
    let identity = identity(&meta);
    let open_here = identity.and_then(|identity| held.get(&identity).copied()).unwrap_or(0);
    if open_here == 0 {
        check(path, &meta)?;
    }
    if let Some(identity) = identity {
        held.insert(identity, open_here + 1);
    }
    Ok(Held(identity))
}

#[cfg(unix)]
pub(super) fn identity(meta: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
pub(super) fn identity(_: &Metadata) -> Option<Identity> {
    None
}

fn absent(path: &Path, error: std::io::Error) -> StoreError {
    if error.kind() != std::io::ErrorKind::NotFound {
        return error.into();
    }
    if path.is_symlink() {
        let what = "this is a link to a file that is not there";
        return StoreError::new(
            ErrorKind::Missing,
            what,
            "see where it leads, and whether the drive is connected",
        );
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.exists() => {
            let what = format!("the folder {} is not there", folder.display());
            StoreError::new(ErrorKind::Missing, what, "check the path, or whether the drive is connected")
        }
        _ => StoreError::new(
            ErrorKind::Missing,
            "there is no such file",
            "check the path, or make a desk with `tierline init`",
        ),
    }
}

fn check(path: &Path, meta: &Metadata) -> Result<(), StoreError> {
    let foreign = |what: &str, help| Err(StoreError::new(ErrorKind::Foreign, what, help));
    if meta.is_dir() {
        return foreign("this is a folder, not a desk", "name the file in it");
    }
    if !meta.is_file() {
        return foreign("this is no ordinary file", "name a desk's file");
    }
    if meta.len() == 0 {
        return foreign(
            "the file is empty, so it is no desk",
            "remove it, then make a desk with `tierline init`",
        );
    }
    let mut header = Vec::with_capacity(100);
    File::open(path)?.take(100).read_to_end(&mut header)?;
    judge(&header)
}

fn judge(header: &[u8]) -> Result<(), StoreError> {
    if !header.starts_with(b"SQLite format 3\0") || header.len() < 100 {
        let what = "this is no SQLite file, so it is no desk";
        return Err(StoreError::new(ErrorKind::Foreign, what, "name a desk's file"));
    }
    if header.get(18..20).is_some_and(|versions| versions.contains(&2)) {
        let what = "the file is in WAL mode, which loses saved work on a shared drive";
        let help = "close every program that uses it, then run: sqlite3 FILE 'PRAGMA journal_mode=DELETE'";
        return Err(StoreError::new(ErrorKind::Unsafe, what, help));
    }
    ours(number(header, 68), number(header, 60))
}

/// Whether this version of tierline can read a file with these marks.
pub(super) fn ours(application: i64, version: i64) -> Result<(), StoreError> {
    if application != APPLICATION {
        let what = "this SQLite file belongs to another program";
        return Err(StoreError::new(ErrorKind::Foreign, what, "name a desk's file"));
    }
    if version < 1 {
        let what = "the file is damaged: it has lost the number of its format";
        return Err(StoreError::new(ErrorKind::Damaged, what, KEEP));
    }
    if version > VERSION {
        let what =
            format!("this desk was made by a newer tierline (format {version}; this one knows {VERSION})");
        return Err(StoreError::new(ErrorKind::TooNew, what, "install that version; nothing was changed"));
    }
    Ok(())
}

fn number(header: &[u8], at: usize) -> i64 {
    let bytes = header.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    bytes.map_or(0, |bytes| i64::from(i32::from_be_bytes(bytes)))
}

/// Checks that a desk can be made here: the folder is there, and nothing of that name but an empty file.
pub(super) fn vacant(path: &Path) -> Result<Held, StoreError> {
    match fs::metadata(path) {
        Ok(meta) if meta.is_file() && meta.len() == 0 => Ok(Held(None)),
        Ok(_) => {
            Err(StoreError::new(ErrorKind::Exists, "there is something of that name", "choose another name"))
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        Err(error) => match folder_of(path).metadata() {
            Ok(folder) if folder.is_dir() => Ok(Held(None)),
            _ => Err(absent(path, error)),
        },
    }
}

/// The folder a file is in.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or_else(|| PathBuf::from("."), Path::to_owned)
}
