//! The tables: what is promised per priority, and the grid that priorities come from.

use super::Tone;
use super::canvas::{Canvas, table_width};
use crate::domain::text::Label;
use crate::matrix::model::{Limit, Matrix, Target};
use crate::matrix::wording::limit;

type Column = (&'static str, fn(&Target) -> String);

fn said(value: Option<Limit>) -> String {
    value.map_or_else(|| "-".to_owned(), limit)
}

const COLUMNS: [Column; 8] = [
    ("priority", |target| target.priority.to_string()),
    ("calendar", |target| target.calendar.to_string()),
    ("response", |target| said(target.response)),
    ("own", |target| said(target.own)),
    ("update", |target| said(target.update)),
    ("resolve", |target| said(target.resolve)),
    ("confirm", |target| said(target.confirm)),
    ("warned at", |target| {
        target.warn_at.iter().map(|share| format!("{share}%")).collect::<Vec<_>>().join(" ")
    }),
];

pub(super) fn draw(canvas: &mut Canvas, matrix: &Matrix) {
    canvas.heading("Limits per priority");
    if matrix.targets.is_empty() {
        canvas.entry(("none", 4), Tone::Warn, "no ticket has a time limit: add [targets.P1]");
        return;
    }
    let unused =
        |(_, cell): &Column| matrix.targets.iter().all(|target| matches!(cell(target).as_str(), "-" | ""));
    let columns: Vec<Column> = COLUMNS.into_iter().filter(|column| !unused(column)).collect();
    let heads: Vec<String> = columns.iter().map(|(head, _)| (*head).to_owned()).collect();
    let rows: Vec<Vec<String>> =
        matrix.targets.iter().map(|target| columns.iter().map(|(_, cell)| cell(target)).collect()).collect();
    canvas.table(&heads, &rows);
    untargeted(canvas, matrix);
    per_tier(canvas, matrix);
}

fn untargeted(canvas: &mut Canvas, matrix: &Matrix) {
    let missing: Vec<&str> =
        matrix.grid.levels.iter().map(Label::as_str).filter(|level| matrix.target(level).is_none()).collect();
    if !missing.is_empty() {
        canvas.entry((&missing.join(", "), 8), Tone::Warn, "without any limit");
    }
}

fn per_tier(canvas: &mut Canvas, matrix: &Matrix) {
    let tiers: Vec<&Label> = matrix
        .tiers
        .iter()
        .map(|tier| &tier.name)
        .filter(|tier| matrix.targets.iter().any(|t| t.tier.contains_key(*tier)))
        .collect();
    if tiers.is_empty() {
        return;
    }
    canvas.heading("Limits per tier");
    let row = |target: &Target, tiers: &[&Label]| -> Vec<String> {
        let cells = tiers.iter().map(|tier| said(target.tier.get(*tier).copied()));
        std::iter::once(target.priority.to_string()).chain(cells).collect()
    };
    let heads = |tiers: &[&Label]| -> Vec<String> {
        std::iter::once("priority".to_owned()).chain(tiers.iter().map(ToString::to_string)).collect()
    };
    let rows = |tiers: &[&Label]| -> Vec<Vec<String>> {
        matrix.targets.iter().map(|target| row(target, tiers)).collect()
    };
    // As many tiers beside each other as fit; the rest below.
    let mut rest = tiers.as_slice();
    while !rest.is_empty() {
        let fits = |count: &usize| {
            let part = rest.get(..*count).unwrap_or_default();
            *count == 1 || 2 + table_width(&heads(part), &rows(part)) <= canvas.width
        };
        let count = (1..=rest.len()).rev().find(fits).unwrap_or(1);
        let (part, tail) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        canvas.table(&heads(part), &rows(part));
        rest = tail;
    }
}

pub(super) fn grid(canvas: &mut Canvas, matrix: &Matrix) {
    let grid = &matrix.grid;
    canvas.heading("Priority from impact and urgency");
    let heads = std::iter::once("impact \\ urgency".to_owned())
        .chain(grid.urgencies.iter().map(ToString::to_string))
        .collect::<Vec<_>>();
    let level = |cell: &u8| grid.levels.get(usize::from(*cell)).map(ToString::to_string).unwrap_or_default();
    let rows = grid.impacts.iter().zip(&grid.cells);
    let rows: Vec<Vec<String>> = rows
        .map(|(impact, cells)| std::iter::once(impact.to_string()).chain(cells.iter().map(level)).collect())
        .collect();
    canvas.table(&heads, &rows);
}
