//! What was written into forms and not sent, in a file of the person's own: neither a crash nor a lost connection
//! takes it away. One file per desk; never part of the desk itself.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::tui::dialog::form::draft::Draft;

/// The file, and what it holds.
#[derive(Debug)]
pub struct Keeper {
    file: PathBuf,
    kept: Vec<Draft>,
}

impl Keeper {
    /// The drafts of a desk from an earlier run; a file that can't be read holds none.
    #[must_use]
    pub fn open(folder: &Path, desk: &Path) -> Keeper {
        let digest = Sha256::digest(desk.as_os_str().as_encoded_bytes());
        let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let file = folder.join(format!("drafts-{name}.json"));
        let kept = read(&file);
        Keeper { file, kept }
    }

    #[must_use]
    pub fn drafts(&self) -> &[Draft] {
        &self.kept
    }

    /// Keeps these instead, if they are others; what another console of this person wrote there stays. The file
    /// changes whole or not at all, and goes with the last draft.
    ///
    /// # Errors
    /// No room, or no right to the folder.
    pub fn keep(&mut self, drafts: Vec<Draft>) -> io::Result<()> {
        if drafts == self.kept {
            return Ok(());
        }
        let mut all = read(&self.file);
        all.retain(|other| !self.kept.contains(other) && !drafts.contains(other));
        all.extend(drafts.iter().cloned());
        match all.is_empty() {
            true => remove(&self.file)?,
            false => self.write(&all)?,
        }
        self.kept = drafts;
        Ok(())
    }

    fn write(&self, drafts: &[Draft]) -> io::Result<()> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(drafts)?)?;
        file.as_file().sync_data()?;
        file.persist(&self.file).map_err(|error| error.error)?;
        Ok(())
    }
}

fn read(file: &Path) -> Vec<Draft> {
    fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::TicketId;

    fn draft(text: &str) -> Draft {
        let fields = [(String::from("text"), text.to_owned())].into();
        Draft { form: String::from("ticket.note"), ticket: Some(TicketId(7)), fields }
    }

    #[test]
    fn drafts_survive_per_desk_and_go_when_they_are_sent() {
        let folder = tempfile::tempdir().unwrap();
        let open = |desk: &str| Keeper::open(&folder.path().join("state"), Path::new(desk));
        let mut keeper = open("/a/desk.db");
        keeper.keep(vec![draft("half a note")]).unwrap();
        assert_eq!(open("/a/desk.db").drafts(), [draft("half a note")]);
        assert_eq!(open("/b/desk.db").drafts(), []);
        keeper.keep(Vec::new()).unwrap();
        assert_eq!(open("/a/desk.db").drafts(), []);
        keeper.keep(Vec::new()).unwrap();
    }

    #[test]
    fn two_consoles_of_a_person_keep_each_others_drafts() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Keeper::open(folder.path(), Path::new("d"));
        let (mut here, mut there) = (open(), open());
        here.keep(vec![draft("here")]).unwrap();
        there.keep(vec![draft("there")]).unwrap();
        here.keep(vec![draft("here, longer")]).unwrap();
        assert_eq!(open().drafts(), [draft("there"), draft("here, longer")]);
        here.keep(Vec::new()).unwrap();
        assert_eq!(open().drafts(), [draft("there")]);
        fs::remove_file(&there.file).unwrap();
        there.keep(Vec::new()).unwrap();
    }

    #[test]
    fn a_spoilt_file_holds_no_drafts_and_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut keeper = Keeper::open(folder.path(), Path::new("d"));
        keeper.keep(vec![draft("x")]).unwrap();
        fs::write(&keeper.file, "{").unwrap();
        let mut again = Keeper::open(folder.path(), Path::new("d"));
        assert_eq!(again.drafts(), []);
        again.keep(vec![draft("y")]).unwrap();
        assert_eq!(Keeper::open(folder.path(), Path::new("d")).drafts(), [draft("y")]);
    }
}
