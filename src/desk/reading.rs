//! Reading the small files that people write: matrix, settings, maps. Stops where no such file goes on, so that a
//! device or a wrong name costs a sentence and not the memory. Never opens the desk's own file.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// More than any of them has; bytes.
const LARGEST: u64 = 4 << 20;

/// The bytes of a file.
///
/// # Errors
/// What the system says, or a file of more than 4 MiB.
pub fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(io::Error::other("it is larger than 4 MiB, so it is not the file that was meant")),
        false => Ok(bytes),
    }
}

/// A file as text.
///
/// # Errors
/// As [`bytes`], and bytes that are no UTF-8.
pub fn text(path: &Path) -> io::Result<String> {
    String::from_utf8(bytes(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("line {line} is not UTF-8; save the file as UTF-8"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_file_without_an_end_is_refused() {
        let error = text(Path::new("/dev/zero")).unwrap_err();
        assert!(error.to_string().contains("larger than 4 MiB"), "{error}");
    }

    #[test]
    fn what_is_no_text_names_its_line() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"one\ntwo \xff\n").unwrap();
        let error = text(file.path()).unwrap_err();
        assert!(error.to_string().contains("line 2 is not UTF-8"), "{error}");
        std::fs::write(file.path(), "zwei \u{fc}").unwrap();
        assert_eq!(text(file.path()).unwrap(), "zwei \u{fc}");
    }
}
