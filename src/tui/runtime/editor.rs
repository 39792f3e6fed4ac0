//! A text written in the person's own editor: a private file, their command, what it left there. Never a shell, so
//! nothing in the text or the file's name is ever run.

use std::io::{self, Read, Write};
use std::process::Command;

/// Why there is no text.
#[derive(Debug, thiserror::Error)]
pub enum NoText {
    #[error("the editor `{0}` can't be read as a command: {1}; set `editor` in the config file or EDITOR")]
    Command(String, String),
    #[error("the editor `{0}` could not be started: {1}; set `editor` in the config file or EDITOR")]
    Start(String, io::Error),
    #[error("the editor `{0}` ended with {1}; nothing was taken over")]
    Failed(String, std::process::ExitStatus),
    #[error("the text could not be passed to the editor: {0}")]
    File(#[from] io::Error),
}

/// More is no note.
const MOST: u64 = 1024 * 1024;

/// Has a text edited; none when it came back empty or as it was.
///
/// # Errors
/// No editor, one that failed, or no room for the file.
pub fn edit(editor: &str, text: &str) -> Result<Option<String>, NoText> {
    let wrong = |why: &dyn ToString| NoText::Command(editor.to_owned(), why.to_string());
    let words = shell_words::split(editor).map_err(|why| wrong(&why))?;
    let Some((program, arguments)) = words.split_first() else { return Err(wrong(&"it is empty")) };
    // Readable by its owner alone, and gone with the handle.
    let mut file = tempfile::Builder::new().prefix("tierline-").suffix(".txt").tempfile()?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    let status = Command::new(program).args(arguments).arg(file.path()).status();
    let status = status.map_err(|error| NoText::Start(editor.to_owned(), error))?;
    if !status.success() {
        return Err(NoText::Failed(editor.to_owned(), status));
    }
    // An editor may have put another file in its place.
    let mut bytes = Vec::new();
    std::fs::File::open(file.path())?.take(MOST).read_to_end(&mut bytes)?;
    let written = String::from_utf8_lossy(&bytes).into_owned();
    let unchanged = written.trim_end() == text.trim_end() || written.trim().is_empty();
    Ok((!unchanged).then_some(written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn what_the_editor_wrote_comes_back() {
        assert_eq!(edit("sh -c 'echo more >> \"$0\"'", "note\n").unwrap().as_deref(), Some("note\nmore\n"));
    }

    #[test]
    #[cfg(unix)]
    fn empty_or_unchanged_is_nothing() {
        assert_eq!(edit("true", "note").unwrap(), None);
        assert_eq!(edit("sh -c ': > \"$0\"'", "note").unwrap(), None);
    }

    #[test]
    #[cfg(unix)]
    fn the_file_is_private() {
        let mode =
            edit("sh -c 'ls -l \"$0\" > \"$0.x\"; cat \"$0.x\" > \"$0\"; rm \"$0.x\"'", "").unwrap().unwrap();
        assert!(mode.starts_with("-rw-------"), "{mode}");
    }

    #[test]
    fn a_bad_editor_is_explained() {
        let said = |editor: &str| edit(editor, "x").unwrap_err().to_string();
        assert!(said("no-such-editor-here -x").contains("could not be started"));
        assert!(said("vi 'half").contains("can't be read as a command"));
        assert!(said("").contains("it is empty"));
        assert!(!cfg!(unix) || said("false").contains("ended with"));
    }
}
