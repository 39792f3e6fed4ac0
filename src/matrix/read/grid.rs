//! `[priority]`: the levels, and the grid of impact and urgency.

use super::names::{IMPACTS, Kind, LEVELS, Once, URGENCIES};
use super::node::{self, Node, Text};
use super::notes::Notes;
use super::suggest;
use crate::domain::text::Label;
use crate::matrix::model::Grid;

/// More than any desk tells apart; a cell is a small number.
const MOST: usize = 20;

/// The grid of a matrix that has none.
pub(super) fn standard() -> Grid {
    let labels = |names: &[&str]| names.iter().map(|name| Label::soften(name)).collect();
    Grid {
        levels: labels(&LEVELS),
        urgencies: labels(&URGENCIES),
        impacts: labels(&IMPACTS),
        cells: vec![vec![0, 1, 2], vec![1, 2, 3], vec![2, 3, 3]],
    }
}

pub(super) fn read(notes: &mut Notes<'_>, root: &Node<'_>) -> Grid {
    let Some(section) = root.section(notes, "priority") else { return standard() };
    section.only(notes, &["levels", "urgency", "impact"]);
    let levels = axis(notes, &section, "levels", "[\"P1\", \"P2\", \"P3\"]");
    let urgencies = axis(notes, &section, "urgency", "[\"high\", \"low\"]");
    let (mut impacts, mut cells) = (Vec::new(), Vec::new());
    for (name, row) in rows(notes, &section) {
        cells.push(row.iter().filter_map(|cell| level(notes, &levels, cell)).collect());
        let row_end = row.last().map_or(name.at.end, |cell| cell.at.end);
        if row.len() != urgencies.len() {
            let (found, wanted) = (row.len(), urgencies.len());
            let message = format!("impact \"{}\": levels for {found} of {wanted} urgencies", name.value);
            let help = "write one level per urgency, in their order";
            notes.absent(&(name.at.start..row_end), message, help);
        }
        impacts.extend(node::label(notes, "an impact", &name));
    }
    Grid { levels, urgencies, impacts, cells }
}

fn axis(notes: &mut Notes<'_>, section: &Node<'_>, key: &'static str, example: &str) -> Vec<Label> {
    let texts = section.texts(notes, key);
    if texts.is_empty() {
        notes.absent(&section.at, format!("[priority] without `{key}`"), format!("add: {key} = {example}"));
    }
    if let Some(extra) = texts.get(MOST) {
        notes.error(&extra.at, format!("more than {MOST} of `{key}`"), "merge some");
    }
    let mut once = Once::new(if key == "levels" { Kind::Level } else { Kind::Urgency });
    let new: Vec<_> = texts.iter().take(MOST).filter(|text| once.admit(notes, text)).collect();
    new.into_iter().filter_map(|text| node::label(notes, &format!("`{key}`"), text)).collect()
}

type Row<'a> = (Text<'a>, Vec<Text<'a>>);

fn rows<'a>(notes: &mut Notes<'_>, section: &Node<'a>) -> Vec<Row<'a>> {
    let Some(impact) = section.section(notes, "impact") else {
        let help = "add a row per impact: impact.extensive = [\"P1\", \"P2\"]";
        notes.absent(&section.at, "[priority] without `impact`", help);
        return Vec::new();
    };
    let mut once = Once::new(Kind::Impact);
    let mut rows = Vec::new();
    let entries = impact.entries();
    if let Some((extra, _)) = entries.get(MOST) {
        notes.error(&extra.at, format!("more than {MOST} of `impact`"), "merge some");
    }
    for (name, value) in entries.into_iter().take(MOST) {
        if once.admit(notes, &name) {
            let row = node::texts_of(notes, name.value, value);
            rows.extend(value.get_ref().is_array().then_some((name, row)));
        }
    }
    rows
}

fn level(notes: &mut Notes<'_>, levels: &[Label], cell: &Text<'_>) -> Option<u8> {
    let place = levels.iter().position(|level| level == cell.value);
    if place.is_none() && !levels.is_empty() && !notes.is_full() {
        let help = suggest::advice(cell.value, levels.iter().map(Label::as_str));
        notes.absent(&cell.at, format!("unknown priority \"{}\"", cell.value), help);
    }
    place.and_then(|place| u8::try_from(place).ok())
}
