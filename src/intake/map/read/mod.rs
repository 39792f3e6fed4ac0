//! Reads the text of a map. Reports every mistake; gives a mapping only when there is none.

mod node;
mod sections;
mod words;

use toml::de::DeTable;

use super::Mapping;
use super::notes::Notes;
use crate::intake::finding::quoted;
use crate::matrix::{Matrix, Mistake};

const SECTIONS: [&str; 13] = [
    "source",
    "time",
    "columns",
    "texts",
    "fields",
    "missing",
    "states",
    "groups",
    "priorities",
    "impacts",
    "urgencies",
    "channels",
    "outcomes",
];

/// Reads a map against the desk's matrix. `name` is the file's name, for the mistakes.
///
/// # Errors
/// Every mistake in it, in the order of the text.
pub fn read(text: &str, name: &str, matrix: &Matrix) -> Result<Mapping, Vec<Mistake>> {
    let (document, broken) = DeTable::parse_recoverable(text);
    let mut reader = Reader { notes: Notes::new(name, text), root: document.get_ref(), matrix };
    if !broken.is_empty() {
        for error in &broken {
            reader.notes.add(error.span().unwrap_or(0..0), quoted(error.message()), None);
        }
        return Err(reader.notes.into_found());
    }
    let mapping = reader.mapping();
    match (reader.notes.into_found(), mapping) {
        (found, Some(mapping)) if found.is_empty() => Ok(mapping),
        (found, _) => Err(found),
    }
}

struct Reader<'a> {
    notes: Notes<'a>,
    root: &'a DeTable<'a>,
    matrix: &'a Matrix,
}
impl<'a> Reader<'a> {
    /// None only beside at least one mistake.
    fn mapping(&mut self) -> Option<Mapping> {
        for key in self.root.keys() {
            if !SECTIONS.contains(&key.get_ref().as_ref()) {
                self.notes.unknown(key.span(), "section", key.get_ref(), SECTIONS);
            }
        }
        let source = self.source();
        let times = self.times();
        let columns = self.columns();
        let texts = self.texts();
        let fields = self.fields();
        let words = self.words();
        let missing = self.missing();
        self.agree(&columns, &source);
        Some(Mapping { source: source?, times: times?, columns, texts, fields, words, missing })
    }
}

/// Runs of blanks as one: some systems pad names.
pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
