//! A clock's life as a row of cells: each shows what took most of its time, unless something happened in it. What was
//! counted leaves a mark however short it was.

use super::{CELLS, Strip, letter};
use crate::domain::event::WaitOn;
use crate::domain::stamp::Stamp;
use crate::matrix::model::Clock;
use crate::rules::clocks::life::Ending;
use crate::rules::clocks::{Kind, Reading, Spell, State};

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Counting,
    /// Counting after the limit.
    Late,
    Outside,
    Paused(WaitOn),
    Settled,
    /// Still to come, until the limit is used up.
    Ahead,
    HandedOver,
    Warned,
    Breached,
}

/// Which signs to draw with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Signs {
    #[default]
    Blocks,
    Ascii,
}

/// What the signs mean, for the foot of a page: what a cell is, in words.
pub const LEGEND: [(Cell, &str); 9] = [
    (Cell::Counting, "counting"),
    (Cell::Late, "after the limit"),
    (Cell::Outside, "outside hours"),
    (Cell::Paused(WaitOn::Requester), "waits on requester (vendor, change, other)"),
    (Cell::Settled, "resolved"),
    (Cell::Ahead, "still to come"),
    (Cell::HandedOver, "handed over"),
    (Cell::Warned, "warned"),
    (Cell::Breached, "breached"),
];

impl Cell {
    /// One column wide. The signs differ in shape, never in colour alone.
    #[must_use]
    pub fn sign(self, signs: Signs) -> char {
        let (blocks, ascii) = match self {
            Cell::Counting => ('█', '#'),
            Cell::Late => ('▒', '%'),
            Cell::Outside => ('·', '.'),
            Cell::Paused(on) => (letter(on), letter(on)),
            Cell::Settled => ('=', '='),
            Cell::Ahead => ('─', '-'),
            Cell::HandedOver => ('>', '>'),
            Cell::Warned => ('!', '!'),
            Cell::Breached => ('X', 'X'),
        };
        if signs == Signs::Ascii { ascii } else { blocks }
    }
}

/// The strip of a round: from its start to its end, or to its limit where that is still to come.
pub fn strip(reading: &Reading, moves: &[Stamp]) -> Strip {
    let (from, to) = (reading.round.start, last(reading));
    let edge = |cell: usize| {
        let share = i128::from(to.since(from).0) * i128::try_from(cell).unwrap_or(0);
        Stamp(from.0.saturating_add(i64::try_from(share / CELLS as i128).unwrap_or(0)))
    };
    let mut cells: Vec<Cell> = (0..CELLS).map(|cell| most(reading, edge(cell), edge(cell + 1))).collect();
    for (place, mark) in short(reading, &cells, &edge) {
        if let Some(cell) = cells.get_mut(place) {
            *cell = mark;
        }
    }
    for (at, mark) in marks(reading, moves) {
        let place = (0..CELLS).find(|cell| at < edge(cell + 1)).unwrap_or(CELLS - 1);
        if let Some(cell) = cells.get_mut(place) {
            *cell = mark;
        }
    }
    Strip { from, to, cells }
}

/// Where a stretch that counted shows in no cell: the cell that has most of it.
fn short(reading: &Reading, cells: &[Cell], edge: &impl Fn(usize) -> Stamp) -> Vec<(usize, Cell)> {
    let counted = reading.spells.iter().filter(|spell| spell.kind == Kind::Counting && spell.worked.0 > 0);
    let hidden = |spell: &Spell| {
        let within = |place: &usize| spell.from < edge(place + 1) && edge(*place) < spell.to;
        let mut places = (0..cells.len()).filter(within);
        !places.any(|place| matches!(cells.get(place), Some(Cell::Counting | Cell::Late)))
    };
    let most = |spell: &Spell| {
        let in_cell = |place: &usize| {
            let (from, to) = (spell.from.max(edge(*place)), spell.to.min(edge(place + 1)));
            if from < to { reading.worktime.measure(from, to).0 } else { 0 }
        };
        let place = (0..cells.len()).rev().max_by_key(in_cell)?;
        Some((place, counting(reading, spell.from)))
    };
    counted.filter(|spell| hidden(spell)).filter_map(most).collect()
}

/// What a stretch that counts shows, from its beginning.
fn counting(reading: &Reading, from: Stamp) -> Cell {
    if reading.breached().is_some_and(|at| at <= from) { Cell::Late } else { Cell::Counting }
}

fn last(reading: &Reading) -> Stamp {
    let due = reading.due().filter(|_| reading.state == State::Running);
    due.unwrap_or(reading.end).max(reading.end).max(Stamp(reading.round.start.0.saturating_add(1)))
}

/// What happened, the weightiest last.
fn marks(reading: &Reading, moves: &[Stamp]) -> Vec<(Stamp, Cell)> {
    let inside = |at: &&Stamp| reading.round.start < **at && **at <= reading.end;
    let promise_to_requester = matches!(reading.clock, Clock::Response | Clock::Update | Clock::Resolve);
    let handed: Vec<Stamp> = match reading.round.stop {
        Some((at, Ending::HandedOver)) => vec![at],
        _ if promise_to_requester => moves.iter().filter(inside).copied().collect(),
        _ => Vec::new(),
    };
    let handed = handed.into_iter().map(|at| (at, Cell::HandedOver));
    let warned = reading.warned().map(|(_, at)| (at, Cell::Warned));
    handed.chain(warned).chain(reading.breached().map(|at| (at, Cell::Breached))).collect()
}

/// What takes most of a cell's time; of equals the first.
fn most(reading: &Reading, from: Stamp, to: Stamp) -> Cell {
    let mut shares: Vec<(Cell, i64)> = Vec::new();
    let mut add = |cell, time: i64| shares.push((cell, time));
    for spell in &reading.spells {
        let (from, to) = (spell.from.max(from), spell.to.min(to));
        if from < to {
            let worked = reading.worktime.measure(from, to).0;
            let cell = match spell.kind {
                Kind::Counting => counting(reading, from),
                Kind::Paused(on) => Cell::Paused(on),
                Kind::Settled => Cell::Settled,
            };
            add(cell, worked);
            add(Cell::Outside, to.since(from).0 - worked);
        }
    }
    let ahead = from.max(reading.end);
    if ahead < to {
        let work = reading.worktime.measure(ahead, to).0;
        add(Cell::Ahead, work);
        add(Cell::Outside, to.since(ahead).0 - work);
    }
    let total =
        |cell: Cell| shares.iter().filter(|(other, _)| *other == cell).map(|(_, time)| time).sum::<i64>();
    let best = shares.iter().rev().max_by_key(|(cell, _)| total(*cell));
    best.map_or(Cell::Outside, |(cell, _)| *cell)
}
