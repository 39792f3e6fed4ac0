//! Working time as an algebra over a calendar of the matrix: how much lies between two moments, which moment is so
//! much work away. Everything is laid out once in tables that hold sums, so that ten years cost what an hour costs:
//! a few binary searches. Durations are absolute: a day on which the clock is set back has an hour more.
//!
//! Never reads a clock or a file: the text of an `.ics` file is handed in ([`ics`]).

pub mod calendars;
mod days_off;
pub mod ics;
mod wall;
mod week;

use chrono::NaiveDate;

use crate::domain::stamp::{Span, Stamp};
use crate::matrix::model::{Calendar, Limit};
pub use calendars::Calendars;
use days_off::DaysOff;
use wall::{DAY, Stretch, Wall};
use week::Week;

/// Moments are kept within some 100,000 years, so that no sum overflows.
const FURTHEST: i64 = 1 << 52;

/// A calendar, laid out for reckoning.
#[derive(Debug, Clone, PartialEq)]
pub struct Worktime {
    week: Week,
    off: DaysOff,
    zone: Vec<Stretch>,
    /// Per stretch of the zone.
    sums: Vec<Sums>,
}

/// How the running sum goes through a stretch of the zone.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sums {
    /// At its start; less than any sum for the first, which has no start.
    before: i64,
    /// While the wall stands: all of that time, or nothing.
    standing: i64,
    /// What the sum is ahead of the sum that the wall's own days give.
    ahead: i64,
}

/// Why no working time can be reckoned with a calendar. The matrix's reader lets neither pass.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("the time zone {0} is not known on this machine: install its time zone data (tzdata)")]
    Zone(String),
    #[error("the calendar {0} has no working time: give at least one day hours")]
    NoTime(String),
}

impl Worktime {
    /// Lays a calendar out; `dates` are the days off of its `.ics` file.
    ///
    /// # Errors
    /// A zone that is not known here, or no working time at all.
    pub fn new(calendar: &Calendar, dates: &[NaiveDate]) -> Result<Worktime, Unusable> {
        let week = Week::new(&calendar.week);
        if week.total() == 0 {
            return Err(Unusable::NoTime(calendar.name.as_str().to_owned()));
        }
        let zone = wall::stretches(&calendar.timezone)?;
        let off = DaysOff::new(&week, &calendar.holidays, dates, &zone);
        let mut laid = Worktime { week, off, zone, sums: Vec::new() };
        laid.sums = laid.summed();
        Ok(laid)
    }

    /// Working time from `a` to `b`; negative where `b` lies before `a`.
    #[must_use]
    pub fn measure(&self, a: Stamp, b: Stamp) -> Span {
        Span(self.done(b) - self.done(a))
    }

    /// A running sum of work in milliseconds, from a day of 1970: the difference of two is what lies between.
    #[must_use]
    pub fn done(&self, moment: Stamp) -> i64 {
        let at = kept(moment).0;
        let place = wall::leading(&self.zone, |stretch| stretch.from <= at).saturating_sub(1);
        self.zone
            .get(place)
            .zip(self.sums.get(place))
            .map_or(0, |(stretch, sums)| self.sum(stretch, *sums, at))
    }

    /// The moment that is `span` of working time away. Forward the earliest (Friday's end rather than Monday's
    /// start), back the latest; nothing leaves the moment where it is.
    #[must_use]
    pub fn add(&self, moment: Stamp, span: Span) -> Stamp {
        let done = self.done(moment).saturating_add(span.0.clamp(-FURTHEST, FURTHEST));
        match span.0 {
            0 => moment,
            1.. => self.when(done),
            _ => self.last_with(done),
        }
    }

    /// The moment so many whole working days later: at the same time of the day, or where there is no work at that
    /// time, when the work before it was done. Outside working time the count begins with the next working moment,
    /// so that one day from a weekend is the end of Monday.
    #[must_use]
    pub fn add_days(&self, moment: Stamp, days: u16) -> Stamp {
        let start = self.next(moment);
        let shown = self.wall(start);
        let stands = wall::at(&self.zone, start).is_some_and(|stretch| start.0 < stretch.moving);
        let time = shown.0.rem_euclid(DAY) + i64::from(stands);
        let day = self.off.day_after(&self.week, shown.day(), i64::from(days));
        let there = wall::moment(&self.zone, Wall(day * DAY + time));
        self.add(moment, self.measure(moment, there))
    }

    /// The moment at which a limit that starts now is used up.
    #[must_use]
    pub fn due(&self, start: Stamp, limit: Limit) -> Stamp {
        match limit {
            Limit::Time(span) => self.add(start, span),
            Limit::WorkingDays(days) => self.add_days(start, days),
        }
    }

    /// A limit as working time, if it starts at this moment: days of work differ in length.
    #[must_use]
    pub fn length(&self, start: Stamp, limit: Limit) -> Span {
        match limit {
            Limit::Time(span) => span,
            Limit::WorkingDays(_) => self.measure(start, self.due(start, limit)),
        }
    }

    /// The first working moment from here on.
    #[must_use]
    pub fn next(&self, moment: Stamp) -> Stamp {
        self.last_with(self.done(moment))
    }

    /// The moment at which the work done by now was done: this one in the midst of work, else the last end of work.
    #[must_use]
    pub fn previous(&self, moment: Stamp) -> Stamp {
        self.when(self.done(moment))
    }

    /// Whether this moment is working time.
    #[must_use]
    pub fn is_working(&self, moment: Stamp) -> bool {
        self.next(moment) == kept(moment)
    }

    /// The moment at which the spell of work or of rest that `moment` lies in ends, as far as `until`.
    #[must_use]
    pub fn change(&self, moment: Stamp, until: Stamp) -> Stamp {
        if !self.is_working(moment) {
            return self.next(moment).min(until);
        }
        let mut at = moment;
        while at < until && self.is_working(at) {
            let Some(end) = self.week.end_of_span(self.wall(at)) else { break };
            at = wall::moment(&self.zone, end).max(Stamp(at.0.saturating_add(1)));
        }
        at.min(until)
    }

    fn summed(&self) -> Vec<Sums> {
        let mut last = Sums { before: i64::MIN, standing: 0, ahead: 0 };
        let mut sums = vec![last];
        for (stretch, next) in self.zone.iter().zip(self.zone.iter().skip(1)) {
            let before = self.sum(stretch, last, next.from);
            let stands = self.works(Wall(next.shows.0 - 1));
            let standing = if stands { next.moving - next.from } else { 0 };
            last =
                Sums { before, standing, ahead: before + standing - self.off.done(&self.week, next.shows) };
            sums.push(last);
        }
        sums
    }

    /// The running sum at a moment within a stretch or at its end.
    fn sum(&self, stretch: &Stretch, sums: Sums, at: i64) -> i64 {
        if at < stretch.moving {
            return sums.before + (at - stretch.from).min(sums.standing);
        }
        sums.ahead + self.off.done(&self.week, Wall(at.saturating_add(stretch.ahead)))
    }

    /// The earliest moment at which that much is done.
    fn when(&self, done: i64) -> Stamp {
        let place = wall::leading(&self.sums, |sums| sums.before < done).saturating_sub(1);
        let Some((stretch, sums)) = self.zone.get(place).zip(self.sums.get(place)) else { return Stamp(0) };
        if place > 0 && done - sums.before <= sums.standing {
            return Stamp(stretch.from + done - sums.before);
        }
        Stamp(self.off.when(&self.week, done - sums.ahead).0 - stretch.ahead)
    }

    /// The latest moment by which no more than that is done: work goes on from there.
    fn last_with(&self, done: i64) -> Stamp {
        Stamp(self.when(done + 1).0 - 1)
    }

    fn works(&self, wall: Wall) -> bool {
        self.week.end_of_span(wall).is_some() && !self.off.has(wall.day())
    }

    fn wall(&self, moment: Stamp) -> Wall {
        wall::at(&self.zone, moment).map_or(Wall(moment.0), |stretch| stretch.wall(moment.0))
    }
}

fn kept(moment: Stamp) -> Stamp {
    Stamp(moment.0.clamp(-FURTHEST, FURTHEST))
}

#[cfg(test)]
pub(crate) use tests::looks;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
