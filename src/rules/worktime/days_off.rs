//! Days without work, in order, with the work that they and those before them take from the plain week.

use chrono::NaiveDate;

use super::wall::{DAY, LAST_YEAR, Stretch, Wall, leading};
use super::week::Week;
use crate::matrix::model::Holiday;

const FIRST_YEAR: i32 = 1970;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct DaysOff(Vec<DayOff>);

/// A day that the week gives work to, and that has none.
#[derive(Debug, Clone, Copy, PartialEq)]
struct DayOff {
    day: i64,
    /// Work taken by the days off before it.
    lost: i64,
    work: i64,
    /// Work done when it begins.
    done: i64,
}

impl DaysOff {
    /// From the matrix's holidays, dates read elsewhere, and the days that a change of the zone's offset swallows.
    #[must_use]
    pub fn new(week: &Week, holidays: &[Holiday], dates: &[NaiveDate], zone: &[Stretch]) -> DaysOff {
        let mut days: Vec<i64> = holidays.iter().flat_map(laid_out).collect();
        days.extend(dates.iter().map(|date| day(*date)));
        days.extend(swallowed(week, zone));
        days.sort_unstable();
        days.dedup();
        let mut lost = 0;
        let taken = days.into_iter().filter(|day| week.of_day(*day) > 0).map(|day| {
            let done = week.done(Wall(day * DAY)) - lost;
            let off = DayOff { day, lost, work: week.of_day(day), done };
            lost += off.work;
            off
        });
        DaysOff(taken.collect())
    }

    /// Whether there is no work on a day that would have some.
    #[must_use]
    pub fn has(&self, day: i64) -> bool {
        self.0.binary_search_by_key(&day, |off| off.day).is_ok()
    }

    /// Work done from 1970-01-01 to a moment on the wall.
    #[must_use]
    pub fn done(&self, week: &Week, wall: Wall) -> i64 {
        let day = wall.day();
        let begun = leading(&self.0, |off| off.day <= day);
        let Some(last) = begun.checked_sub(1).and_then(|at| self.0.get(at)) else { return week.done(wall) };
        if last.day == day {
            return last.done;
        }
        week.done(wall) - last.lost - last.work
    }

    /// The earliest moment on the wall at which that much is done.
    #[must_use]
    pub fn when(&self, week: &Week, done: i64) -> Wall {
        let passed = leading(&self.0, |off| off.done < done);
        let last = passed.checked_sub(1).and_then(|at| self.0.get(at));
        week.when(done + last.map_or(0, |last| last.lost + last.work))
    }

    /// The day with work that is `n` such days after a day with work.
    #[must_use]
    pub fn day_after(&self, week: &Week, day: i64, n: i64) -> i64 {
        let count = |days: usize| i64::try_from(days).unwrap_or(i64::MAX);
        let before = leading(&self.0, |off| off.day < day);
        let wanted = week.days_done(day) - count(before) + n;
        // How many days off lie before the wanted day: those whose own number, days off apart, is not beyond it.
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let number = self.0.get(middle).map_or(i64::MAX, |off| week.days_done(off.day) - count(middle));
            if number <= wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        week.day_of(wanted + count(low))
    }
}

fn laid_out(holiday: &Holiday) -> Vec<i64> {
    match holiday {
        Holiday::Date(date) => vec![day(*date)],
        Holiday::Yearly { month, day: of_month } => (FIRST_YEAR..=LAST_YEAR)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, u32::from(*month), u32::from(*of_month)))
            .map(day)
            .collect(),
    }
}

/// Days counted from 1970-01-01.
pub(super) fn day(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

/// Days whose whole work falls into a gap, as 2011-12-30 in Apia, which never was.
fn swallowed(week: &Week, zone: &[Stretch]) -> Vec<i64> {
    let gaps = zone.iter().zip(zone.iter().skip(1)).map(|(before, after)| (before.end(), after.shows));
    let days = gaps.filter(|(from, to)| from < to).flat_map(|(from, to)| {
        (from.day()..=to.day()).filter(move |day| {
            let (start, end) = (Wall(day * DAY), Wall((day + 1) * DAY));
            let work = week.done(to.clamp(start, end)) - week.done(from.clamp(start, end));
            work > 0 && work == week.of_day(*day)
        })
    });
    days.collect()
}
