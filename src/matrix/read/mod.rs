//! Reads `escalation.toml`: all mistakes at once, each with its place. Never stops at the first one, never
//! reads a file or a clock, and never makes a [`Matrix`] out of a text that holds a mistake.

mod calendars;
mod closing;
mod condition;
mod contacts;
mod desk;
mod grid;
mod groups;
mod handoff;
mod ladder;
mod names;
mod node;
mod notes;
mod order;
mod routes;
mod steps;
mod suggest;
mod syntax;
mod targets;
mod team;
mod tiers;
mod value;

#[cfg(test)]
mod tests;

use toml::de::DeTable;

use self::names::Names;
use self::node::Node;
use self::notes::{Notes, Syntax};
use super::mistake::{Mistake, Severity};
use super::model::Matrix;

/// The text of the matrix that is built into the binary, so that the program runs with none.
pub const BUILTIN: &str = include_str!("../../../assets/minimal.toml");

/// Longer texts are refused unread: no desk needs a tenth of it.
const LONGEST: usize = 1 << 20;

const SECTIONS: [&str; 14] = [
    "desk",
    "calendars",
    "priority",
    "tiers",
    "groups",
    "roles",
    "people",
    "targets",
    "routes",
    "steps",
    "handoff",
    "fields",
    "closing",
    "pauses",
];

/// A matrix without mistakes; there may be warnings.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub matrix: Matrix,
    pub warnings: Vec<Mistake>,
}

/// Reads a matrix. `file` is only for the messages.
///
/// # Errors
/// All mistakes and warnings in the order of the file (the first 200).
pub fn read(text: &str, file: &str) -> Result<Reading, Vec<Mistake>> {
    let mut notes = Notes::new(text, file);
    if text.len() > LONGEST {
        notes.error(&(0..0), "the matrix is larger than 1 MiB", "is this the right file?");
        return Err(notes.into_found());
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        notes.syntax = Syntax::Patchy;
        syntax::report(&mut notes, &errors);
    }
    let matrix = sections(&mut notes, &Node::root(&document));
    let found = notes.into_found();
    match found.iter().any(|mistake| mistake.severity == Severity::Mistake) {
        true => Err(found),
        false => Ok(Reading { matrix, warnings: found }),
    }
}

impl Matrix {
    /// The matrix of [`BUILTIN`].
    #[must_use]
    pub fn builtin() -> Matrix {
        let mut notes = Notes::new(BUILTIN, "built-in");
        let (document, _) = DeTable::parse_recoverable(BUILTIN);
        sections(&mut notes, &Node::root(&document))
    }
}

fn sections(notes: &mut Notes<'_>, root: &Node<'_>) -> Matrix {
    root.only(notes, &SECTIONS);
    let names = Names::gather(root);
    let desk = desk::read(notes, root, &names);
    let calendars = calendars::read(notes, root, &desk.timezone);
    let grid = grid::read(notes, root);
    let tiers = tiers::read(notes, root);
    let groups = groups::read(notes, root, &names);
    ladder::check(notes, root, &names, &groups);
    let targets = targets::read(notes, root, &names, &grid.levels);
    order::check(notes, &targets, &calendars);
    Matrix {
        team: team::read(notes, root, &names),
        routes: routes::read(notes, root, &names),
        steps: steps::read(notes, root, &names, &targets),
        handoff: handoff::read(notes, root, &names),
        closing: closing::closing(notes, root),
        pauses: closing::pauses(notes, root),
        groups: groups.into_iter().filter_map(|draft| draft.group).collect(),
        targets: targets.into_iter().map(|draft| draft.target).collect(),
        desk,
        calendars,
        grid,
        tiers,
    }
}

/// A mistake that only reading the files beside the matrix brings to light, at the word that names the file.
#[must_use]
pub fn mistake_at(text: &str, file: &str, word: &str, message: &str, help: &str) -> Vec<Mistake> {
    let mut notes = Notes::new(text, file);
    let at = text.find(word).unwrap_or_default();
    notes.error(&(at..at + word.len()), message, help);
    notes.into_found()
}

/// The bytes of a file as text.
///
/// # Errors
/// Bytes that are no UTF-8: the mistake, and the text with marks in their places to show it in.
pub fn decode(bytes: Vec<u8>, file: &str) -> Result<String, (Box<Mistake>, String)> {
    let bad = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(bad) => bad,
    };
    let at = bad.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(bad.as_bytes()).into_owned();
    let mut notes = Notes::new(&text, file);
    notes.error(&(at..at + 1), "this is no UTF-8 text", "save the file as UTF-8");
    let mistake = notes.into_found().into_iter().next();
    match mistake {
        Some(mistake) => Err((Box::new(mistake), text)),
        None => Ok(text),
    }
}
