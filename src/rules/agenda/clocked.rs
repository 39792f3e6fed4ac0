//! What a clock gives by itself: warnings and the breach. A breach is a fact and is told even of a round that is over.

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
    let dated = {
        let graded = log.graded;
        move |it: Item| Item { due: it.due.max(graded), opens: it.opens.max(graded), ..it }
    };
    let warnings = reading.warnings().filter(move |(share, _)| !breached && *share > warned);
    let warnings = warnings.map(move |(share, at)| item(What::Warn(clock, share), at));
    let breach = reading.due().filter(|_| !breached).map(|at| item(What::Breach(clock), at));
    warnings.chain(breach).filter(|item| comes(reading, item.due)).map(dated)
}

/// The breach of a round that is over, if nobody noticed it while it ran.
pub fn missed(reading: &Reading<'_>, log: &Log) -> Option<Item> {
    let (clock, round) = (reading.clock, u32::from(reading.round.number));
    let over = matches!(reading.state, State::Stopped(_)) && !log.breached(clock, round);
    let due = reading.breached().filter(|_| over)?;
    Some(Item { what: What::Breach(clock), round, due, opens: due })
}

/// Whether a point of a clock was reached, or will be if nobody does anything.
pub fn comes(reading: &Reading, at: Stamp) -> bool {
    match reading.state {
        State::Running => true,
        State::Paused(_) => at <= reading.paused_at(),
        State::Stopped(_) => false,
    }
}
