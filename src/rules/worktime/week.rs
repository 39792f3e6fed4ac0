//! A week of working time on the clock on the wall, and its sums. Knows no zone and no days off: every week is
//! like every other, so that any number of them is one multiplication.

use super::wall::{DAY, MINUTE, Wall, leading};

const WEEK: i64 = 7 * DAY;
/// 1970-01-01 was a Thursday; weeks begin on Monday.
const MONDAY: i64 = 3 * DAY;

/// Spans of work from Monday 00:00, in milliseconds, ordered, not touching but at midnight.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    spans: Vec<Spell>,
    /// Work per weekday from Monday.
    days: [i64; 7],
    total: i64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Spell {
    from: i64,
    to: i64,
    /// Work of the week before it.
    before: i64,
}

impl Week {
    /// From minutes of the day per weekday, Monday first.
    #[must_use]
    pub fn new(minutes: &[Vec<(u16, u16)>; 7]) -> Week {
        let (mut spans, mut days, mut total) = (Vec::new(), [0; 7], 0);
        for ((spells, day), start) in minutes.iter().zip(&mut days).zip((0..).step_by(86_400_000)) {
            for (from, to) in spells.iter().filter(|(from, to)| from < to) {
                let (from, to) = (start + i64::from(*from) * MINUTE, start + i64::from(*to) * MINUTE);
                spans.push(Spell { from, to, before: total });
                total += to - from;
                *day += to - from;
            }
        }
        Week { spans, days, total }
    }

    /// Work in a week.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.total
    }

    /// Work on a day, counted from 1970-01-01.
    #[must_use]
    pub fn of_day(&self, day: i64) -> i64 {
        usize::try_from((day + 3).rem_euclid(7)).ok().and_then(|d| self.days.get(d)).copied().unwrap_or(0)
    }

    /// Work from 1970-01-01 to a moment on the wall; negative before.
    #[must_use]
    pub fn done(&self, wall: Wall) -> i64 {
        let since = wall.0.saturating_add(MONDAY);
        let (week, rest) = (since.div_euclid(WEEK), since.rem_euclid(WEEK));
        let begun = leading(&self.spans, |spell| spell.from <= rest);
        let spell = begun.checked_sub(1).and_then(|at| self.spans.get(at));
        let inside = spell.map_or(0, |spell| spell.before + (rest.min(spell.to) - spell.from));
        week.saturating_mul(self.total).saturating_add(inside)
    }

    /// The earliest moment at which that much is done. There must be work in the week.
    #[must_use]
    pub fn when(&self, done: i64) -> Wall {
        let week = (done - 1).div_euclid(self.total.max(1));
        let rest = done - week * self.total;
        let reached = leading(&self.spans, |spell| spell.before < rest);
        let spell = reached.checked_sub(1).and_then(|at| self.spans.get(at));
        let inside = spell.map_or(0, |spell| spell.from + (rest - spell.before));
        Wall(week.saturating_mul(WEEK).saturating_add(inside).saturating_sub(MONDAY))
    }

    /// The end of the span a moment on the wall lies in; none outside.
    #[must_use]
    pub fn end_of_span(&self, wall: Wall) -> Option<Wall> {
        let since = wall.0.saturating_add(MONDAY);
        let rest = since.rem_euclid(WEEK);
        let spell = self.spans.iter().find(|spell| spell.from <= rest && rest < spell.to)?;
        Some(Wall(wall.0 + (spell.to - rest)))
    }

    /// Days with work from 1970-01-01 to the start of a day.
    #[must_use]
    pub fn days_done(&self, day: i64) -> i64 {
        let since = day + 3;
        let (week, rest) = (since.div_euclid(7), since.rem_euclid(7));
        let begun = self.days.iter().zip(0..rest).filter(|(work, _)| **work > 0).count();
        week * self.days_a_week() + i64::try_from(begun).unwrap_or(0)
    }

    /// The day that is the `n`th with work, as [`Week::days_done`] counts: the first has none before it.
    #[must_use]
    pub fn day_of(&self, n: i64) -> i64 {
        let a_week = self.days_a_week().max(1);
        let (week, rest) = (n.div_euclid(a_week), n.rem_euclid(a_week));
        let place = usize::try_from(rest).unwrap_or(0);
        let day = (0..7).zip(&self.days).filter(|(_, work)| **work > 0).nth(place).map_or(0, |(day, _)| day);
        week * 7 + day - 3
    }

    fn days_a_week(&self) -> i64 {
        self.days.iter().map(|work| i64::from(*work > 0)).sum()
    }
}
