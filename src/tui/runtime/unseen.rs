//! Which notices a person has not seen yet, in a file of their own beside the drafts: one per desk and name, never part
//! of the desk itself.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::domain::text::Label;
use crate::tui::model::inbox::Unseen;

/// The file, and what it holds.
#[derive(Debug)]
pub struct Keeper {
    file: PathBuf,
    kept: Option<Unseen>,
}

impl Keeper {
    /// What was kept at the end of the last console; a file that can't be read holds nothing.
    #[must_use]
    pub fn open(folder: &Path, desk: &Path, me: &Label) -> Keeper {
        let mut digest = Sha256::new_with_prefix(desk.as_os_str().as_encoded_bytes());
        digest.update([0]);
        digest.update(me.as_str());
        let name: String = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let file = folder.join(format!("notices-{name}.json"));
        let kept = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Keeper { file, kept }
    }

    #[must_use]
    pub fn kept(&self) -> Option<&Unseen> {
        self.kept.as_ref()
    }

    /// Keeps this instead, if it is something else. The file changes whole or not at all.
    ///
    /// # Errors
    /// No room, or no right to the folder.
    pub fn keep(&mut self, unseen: Unseen) -> io::Result<()> {
        if self.kept.as_ref() == Some(&unseen) {
            return Ok(());
        }
        let folder = self.file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(&unseen)?)?;
        file.as_file().sync_data()?;
        file.persist(&self.file).map_err(|error| error.error)?;
        self.kept = Some(unseen);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::EventId;

    #[test]
    fn it_is_kept_per_desk_and_person_and_a_spoilt_file_holds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let open = |desk: &str, me: &str| Keeper::open(&state, Path::new(desk), &Label::soften(me));
        let unseen = Unseen { upto: EventId(9), waiting: vec![EventId(4)] };
        let mut keeper = open("/a/desk.db", "mia");
        assert_eq!(keeper.kept(), None);
        keeper.keep(unseen.clone()).unwrap();
        assert_eq!(open("/a/desk.db", "mia").kept(), Some(&unseen));
        assert_eq!((open("/b/desk.db", "mia").kept(), open("/a/desk.db", "jo").kept()), (None, None));
        fs::write(&keeper.file, "{").unwrap();
        assert_eq!(open("/a/desk.db", "mia").kept(), None);
    }
}
