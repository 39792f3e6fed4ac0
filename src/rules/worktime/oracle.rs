//! The slow and obvious way: every window of every day as a pair of moments found with jiff, and a walk over them.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::domain::stamp::Stamp;
use crate::matrix::model::{Calendar, Holiday};

/// The first moment at which clocks in the zone show this time or a later one.
pub fn moment(tz: &TimeZone, time: DateTime) -> i64 {
    let instant = match tz.to_ambiguous_timestamp(time).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(time).unwrap(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(time).unwrap(),
        AmbiguousOffset::Gap { before, .. } => {
            let beyond = before.to_timestamp(time).unwrap();
            tz.preceding(beyond + 1.nanosecond()).next().unwrap().timestamp()
        }
    };
    instant.as_millisecond()
}

pub fn zone(calendar: &Calendar) -> TimeZone {
    TimeZone::get(&calendar.timezone).unwrap()
}

fn is_off(calendar: &Calendar, date: Date) -> bool {
    calendar.holidays.iter().any(|holiday| match holiday {
        Holiday::Date(off) => off.to_string() == date.to_string(),
        Holiday::Yearly { month, day } => (date.month(), date.day()) == (*month as i8, *day as i8),
    })
}

/// The windows of working time that touch the days from one date to another.
pub fn windows(calendar: &Calendar, from: Date, to: Date) -> Vec<(i64, i64)> {
    let tz = zone(calendar);
    let mut found = Vec::new();
    let mut date = from;
    while date <= to {
        let spans = &calendar.week[date.weekday().to_monday_zero_offset() as usize];
        for (start, end) in spans.iter().filter(|_| !is_off(calendar, date)) {
            let at = |minute: u16| date.to_datetime(Default::default()) + i64::from(minute).minutes();
            found.push((moment(&tz, at(*start)), moment(&tz, at(*end))));
        }
        date = date.tomorrow().unwrap();
    }
    found.retain(|(from, to)| from < to);
    found
}

/// The windows that matter between two moments, some days before and after included.
pub fn around(calendar: &Calendar, a: Stamp, b: Stamp) -> Vec<(i64, i64)> {
    let tz = zone(calendar);
    let date = |at: i64| Timestamp::from_millisecond(at).unwrap().to_zoned(tz.clone()).date();
    windows(calendar, date(a.0.min(b.0)) - 40.days(), date(a.0.max(b.0)) + 40.days())
}

pub fn measure(windows: &[(i64, i64)], a: Stamp, b: Stamp) -> i64 {
    if b < a {
        return -measure(windows, b, a);
    }
    windows.iter().map(|(from, to)| (b.0.min(*to) - a.0.max(*from)).max(0)).sum()
}

/// Whether a moment is working time.
pub fn works(windows: &[(i64, i64)], at: Stamp) -> bool {
    windows.iter().any(|(from, to)| *from <= at.0 && at.0 < *to)
}

/// The earliest moment that is so much work after `a`.
pub fn after(windows: &[(i64, i64)], a: Stamp, span: i64) -> Option<Stamp> {
    let mut rest = span;
    for (from, to) in windows.iter().filter(|(_, to)| *to > a.0) {
        let from = a.0.max(*from);
        if rest <= to - from {
            return Some(Stamp(from + rest));
        }
        rest -= to - from;
    }
    None
}

/// The latest moment that is so much work before `b`.
pub fn before(windows: &[(i64, i64)], b: Stamp, span: i64) -> Option<Stamp> {
    let mut rest = span;
    for (from, to) in windows.iter().rev().filter(|(from, _)| *from < b.0) {
        let to = b.0.min(*to);
        if rest <= to - from {
            return Some(Stamp(to - rest));
        }
        rest -= to - from;
    }
    None
}
