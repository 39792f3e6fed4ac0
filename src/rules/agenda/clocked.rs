//! What a clock gives by itself: warnings and the breach.

use super::log::Log;
use super::{Item, What};
use crate::domain::stamp::Stamp;
use crate::rules::clocks::{Reading, State};

/// Of a clock's latest round, what it has not said yet.
pub fn items<'r>(reading: &'r Reading<'_>, log: &Log) -> impl Iterator<Item = Item> + use<'r> {
    let (clock, round) = (reading.clock, u32::from(reading.round.number));
    let breached = log.breached(clock, round);
    let warned = log.warned(clock, round).unwrap_or(0);
    let item = move |what, due| Item { what, round, due, opens: due };
    let warnings = reading.warnings().filter(move |(share, _)| !breached && *share > warned);
    let warnings = warnings.map(move |(share, at)| item(What::Warn(clock, share), at));
    let breach = reading.due().filter(|_| !breached).map(|at| item(What::Breach(clock), at));
    warnings.chain(breach).filter(|item| comes(reading, item.due))
}

/// Whether a point of a clock was reached, or will be if nobody does anything.
pub fn comes(reading: &Reading, at: Stamp) -> bool {
    match reading.state {
        State::Running => true,
        State::Paused(_) => at <= reading.paused_at(),
        State::Stopped(_) => false,
    }
}
