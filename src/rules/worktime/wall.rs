//! The clock on the wall of a zone: when it shows what. Time on the wall only goes forward here: while it is set
//! back, it stands, and what it skips takes no time. So every wish like "08:00 on that day" has exactly one moment:
//! the first at which the wall shows it or more (after a gap its end, in an overlap the first of the two).

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Unusable;
use crate::domain::stamp::Stamp;

pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 86_400_000;

/// Zone changes and yearly days off are laid out for the years from 1970 to here; later years go on as the last.
pub const LAST_YEAR: i32 = 2120;
/// 2121-01-01.
const END: i64 = 55_152 * DAY;

/// What the wall shows: milliseconds since 1970-01-01 00:00 there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wall(pub i64);

impl Wall {
    /// The day it shows, counted from 1970-01-01.
    #[must_use]
    pub fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }
}

/// Between two changes of the offset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    pub from: i64,
    pub to: i64,
    /// Milliseconds that the wall is ahead of UTC.
    pub ahead: i64,
    /// From here on the wall shows what it has not shown before; until then it stands.
    pub moving: i64,
    /// What it shows at `moving`.
    pub shows: Wall,
}

impl Stretch {
    /// What the wall shows at its end; the next stretch begins there or, after a gap, later.
    #[must_use]
    pub fn end(&self) -> Wall {
        Wall(self.to.saturating_add(self.ahead))
    }

    /// What the wall shows at a moment within; while it stands, the last it showed.
    #[must_use]
    pub fn wall(&self, at: i64) -> Wall {
        if at < self.moving { Wall(self.shows.0 - 1) } else { Wall(at.saturating_add(self.ahead)) }
    }
}

/// All stretches of a zone in order; the first and the last have no end.
///
/// # Errors
/// A zone that this machine does not know.
pub fn stretches(zone: &str) -> Result<Vec<Stretch>, Unusable> {
    let tz = TimeZone::get(zone).map_err(|_| Unusable::Zone(zone.to_owned()))?;
    let mut edges = vec![(i64::MIN, offset(&tz, Timestamp::UNIX_EPOCH))];
    for change in tz.following(Timestamp::UNIX_EPOCH) {
        let at = change.timestamp().as_millisecond();
        if at >= END {
            break;
        }
        let ahead = i64::from(change.offset().seconds()) * 1_000;
        if edges.last().is_some_and(|(_, last)| *last != ahead) {
            edges.push((at, ahead));
        }
    }
    let ends: Vec<i64> = edges.iter().skip(1).map(|(at, _)| *at).chain([i64::MAX]).collect();
    let before = [None].into_iter().chain(edges.iter().map(|(_, ahead)| Some(*ahead)));
    Ok(edges.iter().zip(ends).zip(before).map(|((edge, to), before)| stretch(*edge, to, before)).collect())
}

fn offset(tz: &TimeZone, at: Timestamp) -> i64 {
    i64::from(tz.to_offset(at).seconds()) * 1_000
}

fn stretch((from, ahead): (i64, i64), to: i64, before: Option<i64>) -> Stretch {
    let stands = before.map_or(0, |before| (before - ahead).max(0));
    let moving = from.saturating_add(stands).min(to);
    Stretch { from, to, ahead, moving, shows: Wall(moving.saturating_add(ahead)) }
}

/// How many rows of a table, from its start, hold: every search here is one of these, a few looks whatever the
/// table's length.
pub fn leading<T>(table: &[T], holds: impl Fn(&T) -> bool) -> usize {
    table.partition_point(|row| {
        #[cfg(test)]
        super::tests::step();
        holds(row)
    })
}

/// The stretch a moment lies in.
#[must_use]
pub fn at(stretches: &[Stretch], moment: Stamp) -> Option<&Stretch> {
    let begun = leading(stretches, |stretch| stretch.from <= moment.0);
    begun.checked_sub(1).and_then(|place| stretches.get(place))
}

/// The first moment at which the wall shows this or more.
#[must_use]
pub fn moment(stretches: &[Stretch], wall: Wall) -> Stamp {
    let over = leading(stretches, |stretch| stretch.end() <= wall);
    let found = stretches.get(over).or(stretches.last());
    Stamp(found.map_or(wall.0, |stretch| stretch.moving.max(wall.0.saturating_sub(stretch.ahead))))
}
