//! A foreign file as a table of the columns that its map names. Cells are kept once however often they are
//! repeated: a hundred thousand rows take some ten megabytes. Knows nothing of what they mean.

mod open;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::finding::{Notice, Noticed, ReadError, Trouble, quoted};
use super::map::{Mapping, Part};

/// A row longer than this is no row but an open quote.
const ROW_MAX: usize = 32 << 20;
/// Rows between two words about how far it is.
const PULSE: u64 = 1024;

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    pub done: u64,
    /// 0: not known.
    pub total: u64,
}

/// What an import does, in this order. Reading counts bytes of the file, the others tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Read,
    Check,
    Write,
}

/// The rows of a file, by ticket.
#[derive(Debug)]
pub struct Table {
    /// Wanted columns by name, and where each stands in a row.
    slots: BTreeMap<String, usize>,
    parts: BTreeMap<Part, usize>,
    rows: Vec<Cells>,
    pool: Pool,
    tickets: Vec<TicketRows>,
    /// Rows that are no rows of this table.
    pub troubles: Vec<Trouble>,
    /// Keys of such rows.
    spoilt: HashSet<String>,
    pub noticed: Vec<Noticed>,
    /// Rows below the header.
    pub read: u64,
}

/// The rows of one ticket, in the order of the file.
#[derive(Debug)]
pub struct TicketRows {
    pub key: String,
    rows: Vec<u32>,
}

#[derive(Debug)]
struct Cells {
    line: u64,
    texts: Box<[u32]>,
}

/// Every distinct cell once.
#[derive(Debug, Default)]
struct Pool {
    texts: Vec<Arc<str>>,
    known: HashMap<Arc<str>, u32>,
}

impl Pool {
    fn add(&mut self, text: &str) -> u32 {
        if let Some(id) = self.known.get(text) {
            return *id;
        }
        let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = text.into();
        self.texts.push(text.clone());
        self.known.insert(text, id);
        id
    }
}

/// A row as its reader sees it. A cell without value is none.
#[derive(Clone, Copy)]
pub struct RowView<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    cells: &'a Cells,
    pub key: &'a str,
}

impl<'a> RowView<'a> {
    pub fn line(&self) -> u64 {
        self.cells.line
    }

    pub fn part(&self, part: Part) -> Option<&'a str> {
        self.slot(*self.table.parts.get(&part)?).map(|(_, text)| text)
    }

    /// The cell and its number, the same for equal cells.
    pub fn numbered(&self, part: Part) -> Option<(u32, &'a str)> {
        self.slot(*self.table.parts.get(&part)?)
    }

    pub fn column(&self, name: &str) -> Option<&'a str> {
        self.slot(*self.table.slots.get(name)?).map(|(_, text)| text)
    }

    fn slot(&self, slot: usize) -> Option<(u32, &'a str)> {
        let id = *self.cells.texts.get(slot)?;
        let text: &'a str = self.table.pool.texts.get(id as usize)?;
        (!self.mapping.is_missing(text)).then_some((id, text))
    }
}

impl Table {
    /// Reads the file at `path`; see [`Table::read`].
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn open(path: &Path, mapping: &Mapping, tell: &mut dyn FnMut(Progress)) -> Result<Table, ReadError> {
        let (file, length) = open::file(path)?;
        Table::read(file, length, mapping, tell)
    }

    /// Reads CSV, packed with gzip or not. `length` is the number of bytes to come, 0 if unknown. Rows that do
    /// not fit the header are in `troubles`; text that is not UTF-8 is read with marks in its
    /// place, which is noticed.
    ///
    /// # Errors
    /// The file can't be read to its end, or its header does not have what the map names.
    pub fn read(
        from: impl Read,
        length: u64,
        mapping: &Mapping,
        tell: &mut dyn FnMut(Progress),
    ) -> Result<Table, ReadError> {
        let source = open::plain(from, mapping.source.delimiter)?;
        let meter = source.meter.clone();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(source.separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(Bounded { from: source.text, since: 0 });
        let mut record = csv::ByteRecord::new();
        let mut table: Option<Filling> = None;
        loop {
            let row = table.as_ref().map_or(0, |table| table.table.read);
            reader.get_mut().since = 0;
            let more = reader.read_byte_record(&mut record);
            let line = record.position().map_or(0, csv::Position::line);
            if !more.map_err(|why| broken(row, line, &why))? {
                break;
            }
            match &mut table {
                None => table = Some(Filling::new(&record, mapping)?),
                Some(table) => table.row(&record, line),
            }
            if row.is_multiple_of(PULSE) {
                tell(Progress { stage: Stage::Read, done: meter.done(), total: length });
            }
        }
        tell(Progress { stage: Stage::Read, done: meter.done(), total: length });
        let table = table.ok_or(ReadError::Empty)?.table;
        if table.read == 0 { Err(ReadError::Empty) } else { Ok(table) }
    }

    #[must_use]
    pub fn tickets(&self) -> &[TicketRows] {
        &self.tickets
    }

    /// Whether a row of this ticket is no row of the table.
    #[must_use]
    pub fn is_spoilt(&self, key: &str) -> bool {
        self.spoilt.contains(key)
    }

    /// A ticket's rows, in the order of the file.
    pub fn rows<'a>(&'a self, of: &'a TicketRows, mapping: &'a Mapping) -> impl Iterator<Item = RowView<'a>> {
        let cells = of.rows.iter().filter_map(|n| self.rows.get(*n as usize));
        cells.map(move |cells| RowView { table: self, mapping, cells, key: &of.key })
    }
}

/// Stops reading inside one endless row.
struct Bounded<R> {
    from: R,
    since: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.since > ROW_MAX {
            return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "endless row"));
        }
        let n = self.from.read(into)?;
        self.since = self.since.saturating_add(n);
        Ok(n)
    }
}

fn broken(row: u64, line: u64, why: &csv::Error) -> ReadError {
    match why.kind() {
        csv::ErrorKind::Io(io) if io.kind() == std::io::ErrorKind::FileTooLarge => {
            ReadError::Endless { row: row + 1, line: line + 1, limit: ROW_MAX }
        }
        _ => ReadError::Broken { row, why: quoted(&why.to_string()) },
    }
}

struct Filling<'a> {
    table: Table,
    mapping: &'a Mapping,
    /// Where each slot stands in the file.
    places: Vec<usize>,
    header: Vec<String>,
    by_key: HashMap<String, usize>,
}

impl<'a> Filling<'a> {
    fn new(header: &csv::ByteRecord, mapping: &'a Mapping) -> Result<Filling<'a>, ReadError> {
        let header: Vec<String> = header.iter().map(|cell| decoded(cell).trim().to_owned()).collect();
        let wanted: BTreeSet<&str> = mapping.wanted().collect();
        let mut bad = Vec::new();
        let mut slots = BTreeMap::new();
        let mut places = Vec::new();
        for name in wanted {
            let found: Vec<usize> =
                header.iter().enumerate().filter(|(_, h)| *h == name).map(|(n, _)| n).collect();
            match found.as_slice() {
                [place] => {
                    slots.insert(name.to_owned(), places.len());
                    places.push(*place);
                }
                [] => {
                    let known = header.iter().map(String::as_str).collect();
                    let help = super::map::advice(name, &known);
                    bad.push(format!("the column \"{}\" is not there ({help})", quoted(name)));
                }
                _ => bad.push(format!("the column \"{}\" is there {} times", quoted(name), found.len())),
            }
        }
        if !bad.is_empty() {
            return Err(ReadError::Header(bad));
        }
        let parts =
            mapping.columns.iter().filter_map(|(part, name)| Some((*part, *slots.get(name)?))).collect();
        let table = Table {
            slots,
            parts,
            rows: Vec::new(),
            pool: Pool::default(),
            tickets: Vec::new(),
            troubles: Vec::new(),
            spoilt: HashSet::new(),
            noticed: Vec::new(),
            read: 0,
        };
        Ok(Filling { table, mapping, places, header, by_key: HashMap::new() })
    }

    fn row(&mut self, record: &csv::ByteRecord, line: u64) {
        self.table.read += 1;
        if let Err(trouble) = self.keep(record, line) {
            self.table.troubles.push(trouble);
        }
    }

    fn keep(&mut self, record: &csv::ByteRecord, line: u64) -> Result<(), Trouble> {
        let slot = self.table.parts.get(&Part::Key).copied().unwrap_or_default();
        let place = self.places.get(slot).copied().unwrap_or_default();
        let key = record.get(place).map(decoded).unwrap_or_default();
        let column = self.header.get(place).map(|name| quoted(name)).unwrap_or_default();
        let key = key.trim();
        let wrong = |column: String, key: &str, why: String| Trouble {
            line,
            key: quoted(key),
            column,
            found: quoted(key),
            why,
        };
        if record.len() != self.header.len() {
            let why = format!("the row has {} cells, the header {}", record.len(), self.header.len());
            self.table.spoilt.insert(key.to_owned());
            return Err(wrong(String::new(), key, why));
        }
        if self.mapping.is_missing(key) {
            return Err(wrong(column, "", "the row names no ticket".into()));
        }
        // With marks in their place two keys would become one.
        if record.get(place).is_some_and(|cell| !is_utf8(cell)) {
            return Err(wrong(column, key, "the ticket's key is not UTF-8".into()));
        }
        let Ok(key) = crate::domain::text::Line::new(key) else {
            let why = "the ticket's key is too long or holds characters that can't be shown safely";
            return Err(wrong(column, key, why.into()));
        };
        if self.places.iter().any(|place| record.get(*place).is_some_and(|cell| !is_utf8(cell))) {
            let key = key.as_str().to_owned();
            self.table.noticed.push(Noticed { line, key, what: Notice::Marked });
        }
        let texts = self.places.iter().map(|place| {
            let text = record.get(*place).map(decoded).unwrap_or_default();
            self.table.pool.add(text.trim())
        });
        let texts = texts.collect();
        let number = u32::try_from(self.table.rows.len()).unwrap_or(u32::MAX);
        self.table.rows.push(Cells { line, texts });
        let ticket = *self.by_key.entry(key.as_str().to_owned()).or_insert_with(|| {
            self.table.tickets.push(TicketRows { key: key.as_str().to_owned(), rows: Vec::new() });
            self.table.tickets.len() - 1
        });
        if let Some(ticket) = self.table.tickets.get_mut(ticket) {
            ticket.rows.push(number);
        }
        Ok(())
    }
}

fn is_utf8(cell: &[u8]) -> bool {
    std::str::from_utf8(cell).is_ok()
}

fn decoded(cell: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(cell)
}
