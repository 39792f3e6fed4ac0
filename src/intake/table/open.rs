//! Bytes to a CSV reader: packed or not, with or without a byte order mark, whatever separates its cells.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

use super::super::finding::ReadError;

/// Bytes of the header looked at to tell what separates cells.
const LOOKED_AT: usize = 64 * 1024;
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many bytes of the file itself were read, shared with whoever shows it.
#[derive(Clone, Default)]
pub struct Meter(Rc<Cell<u64>>);

impl Meter {
    pub fn done(&self) -> u64 {
        self.0.get()
    }
}

struct Metered<R> {
    from: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let n = self.from.read(into)?;
        self.meter.0.set(self.meter.0.get().saturating_add(n as u64));
        Ok(n)
    }
}

/// Plain text of the file, and what separates its cells.
pub struct Source<'a> {
    pub text: Chain<Cursor<Vec<u8>>, Box<dyn Read + 'a>>,
    pub separator: u8,
    pub meter: Meter,
}

/// Opens a file for [`plain`], with its length.
///
/// # Errors
/// The system's reason.
pub fn file(path: &Path) -> Result<(File, u64), ReadError> {
    let opened = File::open(path).and_then(|file| {
        let about = file.metadata()?;
        match about.is_dir() {
            true => Err(std::io::Error::other("it is a folder")),
            false => Ok((file, about.len())),
        }
    });
    opened.map_err(|why| ReadError::Open { path: path.display().to_string(), why: why.to_string() })
}

/// Unpacks if need be and looks at the beginning.
///
/// # Errors
/// The beginning can't be read, or is in an encoding that is not UTF-8.
pub fn plain<'a>(from: impl Read + 'a, separator: Option<u8>) -> Result<Source<'a>, ReadError> {
    let meter = Meter::default();
    let mut packed = BufReader::with_capacity(1 << 16, Metered { from, meter: meter.clone() });
    let is_packed = packed.fill_buf().map_err(broken)?.starts_with(&[0x1f, 0x8b]);
    let mut text: Box<dyn Read + 'a> =
        if is_packed { Box::new(MultiGzDecoder::new(packed)) } else { Box::new(packed) };
    let mut head = Vec::new();
    text.by_ref().take(LOOKED_AT as u64).read_to_end(&mut head).map_err(broken)?;
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(ReadError::Utf16);
    }
    if head.starts_with(b"\xef\xbb\xbf") {
        head.drain(..3);
    }
    let separator = separator.unwrap_or_else(|| guessed(&head));
    Ok(Source { text: Cursor::new(head).chain(text), separator, meter })
}

fn broken(why: std::io::Error) -> ReadError {
    ReadError::Broken { row: 0, why: why.to_string() }
}

/// The separator that stands most often in the first line, outside of quotes.
fn guessed(head: &[u8]) -> u8 {
    let mut counts = SEPARATORS.map(|byte| (0usize, byte));
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(_, separator)| separator == byte).for_each(|(n, _)| *n += 1),
        }
    }
    counts.iter().rev().max_by_key(|(n, _)| *n).filter(|(n, _)| *n > 0).map_or(b',', |(_, byte)| *byte)
}
