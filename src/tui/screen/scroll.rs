//! Finds rows that moved up or down as one block, so that the terminal can move them itself: the difference
//! between two hundred bytes and five thousand for each row a list is scrolled. Whole rows only; a pane
//! beside another is rewritten.

use super::glyph;
use super::pen::Pen;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

/// Margins, the scroll itself, margins reset and the move back into the picture take 24 bytes; the rest
/// makes up for the estimates being estimates.
const LEAST_SAVED: i64 = 80;
/// Fewer rows are cheaper to rewrite.
const FEWEST: usize = 3;
/// About what a move or a change of style takes.
const STEP_COST: i64 = 4;
/// To the end of a row, with the move there.
const ERASE_COST: i64 = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// Rows `top..=bottom` move by `rows` in `direction`; the rows left free are blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub top: u16,
    pub bottom: u16,
    pub rows: u16,
    pub direction: Direction,
}

impl Shift {
    /// Does to a picture what the terminal does to the screen.
    pub fn apply(self, buffer: &mut Buffer) {
        let width = usize::from(buffer.area.width);
        let (first, end) = (usize::from(self.top) * width, (usize::from(self.bottom) + 1) * width);
        let moved = usize::from(self.rows) * width;
        let Some(region) = buffer.content.get_mut(first..end).filter(|region| moved <= region.len()) else {
            return;
        };
        let kept = region.len() - moved;
        match self.direction {
            Direction::Up => {
                region.rotate_left(moved);
                region.iter_mut().skip(kept).for_each(Cell::reset);
            }
            Direction::Down => {
                region.rotate_right(moved);
                region.iter_mut().take(moved).for_each(Cell::reset);
            }
        }
    }
}

/// The shift that saves most bytes, if any saves some. Both pictures must be tidy and of one size.
pub(super) fn find(shown: &Buffer, next: &Buffer) -> Option<Shift> {
    let width = usize::from(next.area.width);
    if width == 0 {
        return None;
    }
    let old: Vec<&[Cell]> = shown.content.chunks(width).collect();
    let new: Vec<&[Cell]> = next.content.chunks(width).collect();
    let changed = |y: &usize| old.get(*y) != new.get(*y);
    let first = (0..new.len()).find(changed)?;
    let last = (first..new.len()).rfind(changed)?;
    if last - first < FEWEST {
        return None;
    }
    let window = Window { old: old.get(first..=last)?, new: new.get(first..=last)?, first };
    let (rows, direction) = window.likeliest()?;
    match direction {
        Direction::Up => window.best(rows, direction),
        Direction::Down => window.upside_down(rows),
    }
}

/// The rows from the first to the last one that changed.
struct Window<'a, 'b> {
    old: &'a [&'b [Cell]],
    new: &'a [&'b [Cell]],
    first: usize,
}

impl Window<'_, '_> {
    /// The distance at which most rows are found again unchanged.
    fn likeliest(&self) -> Option<(usize, Direction)> {
        let old: Vec<u64> = self.old.iter().map(|row| fingerprint(row)).collect();
        let new: Vec<u64> = self.new.iter().map(|row| fingerprint(row)).collect();
        let agree = |a: &[u64], b: &[u64]| a.iter().zip(b).filter(|(a, b)| a == b && **a != BLANK).count();
        let mut best = (1, None);
        for rows in 1..new.len() {
            let up = agree(&new, old.get(rows..).unwrap_or_default());
            let down = agree(&old, new.get(rows..).unwrap_or_default());
            for (votes, direction) in [(up, Direction::Up), (down, Direction::Down)] {
                if votes > best.0 {
                    best = (votes, Some((rows, direction)));
                }
            }
        }
        best.1
    }

    /// A scroll down is a scroll up seen in a mirror.
    fn upside_down(&self, rows: usize) -> Option<Shift> {
        let old: Vec<&[Cell]> = self.old.iter().rev().copied().collect();
        let new: Vec<&[Cell]> = self.new.iter().rev().copied().collect();
        let mirror = Window { old: &old, new: &new, first: 0 };
        let found = mirror.best(rows, Direction::Down)?;
        let last = self.first + self.new.len() - 1;
        let turned = |y: u16| (last as u16).saturating_sub(y);
        Some(Shift { top: turned(found.bottom), bottom: turned(found.top), ..found })
    }

    /// The region, top to bottom, whose move up by `rows` saves most. What a region saves is a sum over its
    /// rows, so the best pair of edges is found in one pass: for each lower edge the best upper one so far.
    fn best(&self, rows: usize, direction: Direction) -> Option<Shift> {
        let stay = sums(self.new.iter().zip(self.old).map(|(new, old)| cost(old, new)));
        let moved = sums(self.new.iter().zip(self.old.iter().skip(rows)).map(|(new, old)| cost(old, new)));
        let filled = sums(self.new.iter().map(|new| cost_on_blank(new)));
        let at = |sums: &[i64], y: usize| sums.get(y).copied().unwrap_or_default();
        let mut upper = (i64::MIN, 0);
        let mut best = (LEAST_SAVED, None);
        for bottom in rows..self.new.len() {
            let top = bottom - rows;
            let gained_above = at(&moved, top) - at(&stay, top);
            if gained_above > upper.0 {
                upper = (gained_above, top);
            }
            let entering = at(&filled, bottom + 1) - at(&filled, bottom + 1 - rows);
            let saved = at(&stay, bottom + 1) - at(&moved, bottom + 1 - rows) - entering + upper.0;
            if saved > best.0 {
                best = (saved, Some((upper.1, bottom)));
            }
        }
        let (top, bottom) = best.1?;
        let place = |y: usize| u16::try_from(self.first + y).ok();
        Some(Shift { top: place(top)?, bottom: place(bottom)?, rows: u16::try_from(rows).ok()?, direction })
    }
}

/// `sums[i]` is the total of the first `i` values.
fn sums(values: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut total = 0;
    std::iter::once(0)
        .chain(values.map(|value| {
            total += value;
            total
        }))
        .collect()
}

/// Roughly the bytes that painting `new` over `old` takes.
fn cost(old: &[Cell], new: &[Cell]) -> i64 {
    let end = new.iter().rposition(|cell| !glyph::is_erased(cell)).map_or(0, |last| last + 1);
    let mut painted = Estimate::default();
    for (old, new) in old.iter().zip(new).take(end) {
        painted.cell(new, old != new);
    }
    let stale = old.iter().skip(end).any(|cell| !glyph::is_erased(cell));
    painted.bytes + if stale { ERASE_COST } else { 0 }
}

fn cost_on_blank(new: &[Cell]) -> i64 {
    let mut painted = Estimate::default();
    for cell in new {
        painted.cell(cell, !glyph::is_erased(cell));
    }
    painted.bytes
}

#[derive(Default)]
struct Estimate {
    bytes: i64,
    /// What it takes to write the unchanged cells since the last painted one again.
    gap: i64,
    pen: Option<Pen>,
}

impl Estimate {
    fn cell(&mut self, cell: &Cell, changed: bool) {
        let bytes = cell.symbol().len() as i64;
        if !changed {
            self.gap += bytes;
            return;
        }
        let pen = Pen::of(cell);
        if self.pen.is_some_and(|last| last != pen) {
            self.bytes += STEP_COST;
        }
        self.bytes += bytes + if self.pen.is_some() { self.gap.min(STEP_COST) } else { STEP_COST };
        (self.gap, self.pen) = (0, Some(pen));
    }
}

/// The fingerprint of a row of erased cells.
const BLANK: u64 = 0;

/// Not for anything but guessing: two rows of one fingerprint are still compared cell by cell.
fn fingerprint(row: &[Cell]) -> u64 {
    let mut hash = BLANK;
    for (x, cell) in (1u64..).zip(row) {
        if !glyph::is_erased(cell) {
            hash = mix(hash, x);
            cell.symbol().bytes().for_each(|byte| hash = mix(hash, u64::from(byte)));
            let pen = Pen::of(cell);
            if pen != Pen::PLAIN {
                let modifier = u64::from(pen.modifier.bits());
                hash = mix(mix(mix(hash, colour(pen.fg)), colour(pen.bg)), modifier);
            }
        }
    }
    hash
}

fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn colour(colour: Color) -> u64 {
    match colour {
        Color::Reset => 0,
        Color::Indexed(n) => 0x100 | u64::from(n),
        Color::Rgb(r, g, b) => u64::from(u32::from_be_bytes([1, r, g, b])),
        named => 0x200 + named.to_string().bytes().map(u64::from).sum::<u64>(),
    }
}
