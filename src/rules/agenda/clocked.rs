//! What a clock gives by itself: warnings and the breach. A breach is a fact and is told even of a round that is over.
//! What was told by a limit that holds no more, of a priority or a matrix that has changed since, does not count for the
//! one that holds now: that one is told in a turn of its own.

use super::log::{Log, Told};
use super::{Item, What};
use crate::domain::stamp::Stamp;
use crate::matrix::model::At;
use crate::rules::clocks::{Reading, State};

/// Of a clock's latest round, what it has not said yet.
pub fn items<'r>(reading: &'r Reading<'_>, log: &'r Log) -> impl Iterator<Item = Item> + use<'r> {
    let (clock, graded) = (reading.clock, log.graded());
    let breached = is_breach_told(reading, log);
    let warned =
        told(reading, log).filter_map(|it| it.share.filter(|share| holds(reading, it, *share))).max();
    let warnings = reading.warnings().filter(move |(share, _)| !breached && Some(*share) > warned);
    let warnings = warnings.map(move |(share, at)| item(reading, log, What::Warn(clock, share), at));
    let breach = reading.due().filter(|_| !breached).map(|at| item(reading, log, What::Breach(clock), at));
    let dated = move |it: Item| Item { due: it.due.max(graded), opens: it.opens.max(graded), ..it };
    warnings.chain(breach).filter(|item| comes(reading, item.due)).map(dated)
}

fn item(reading: &Reading, log: &Log, what: What, due: Stamp) -> Item {
    let share = match what {
        What::Warn(_, share) => Some(share),
        What::Breach(_) | What::Resume | What::Step { .. } => None,
    };
    let before = told(reading, log).filter(|it| it.share == share).count();
    let turn = u16::try_from(before).unwrap_or(u16::MAX).saturating_add(1);
    Item { what, round: u32::from(reading.round.number), turn, due, opens: due }
}

/// What the log tells of a round.
fn told<'r>(reading: &'r Reading<'_>, log: &'r Log) -> impl Iterator<Item = &'r Told> + use<'r> {
    let of = (reading.clock, u32::from(reading.round.number));
    log.told.iter().filter(move |it| (it.clock, it.round) == of)
}

fn is_breach_told(reading: &Reading, log: &Log) -> bool {
    told(reading, log).any(|it| it.share.is_none() && holds(reading, it, 100))
}

/// Whether by the limit that holds now it had come to so much of it, in percent, when that was told.
fn holds(reading: &Reading, told: &Told, share: u8) -> bool {
    reading.point(At::Share(share.into())).is_none_or(|at| at <= told.at)
}

/// The breach of a round that is over, if nobody noticed it while it ran.
pub fn missed(reading: &Reading<'_>, log: &Log) -> Option<Item> {
    let over = matches!(reading.state, State::Stopped(_)) && !is_breach_told(reading, log);
    let due = reading.breached().filter(|_| over)?.max(log.graded_before(reading.end));
    Some(item(reading, log, What::Breach(reading.clock), due))
}

/// Whether a point of a clock was reached, or will be if nobody does anything.
pub fn comes(reading: &Reading, at: Stamp) -> bool {
    match reading.state {
        State::Running => true,
        State::Paused(_) => at <= reading.paused_at(),
        State::Stopped(_) => false,
    }
}
