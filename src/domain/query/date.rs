//! Dates and moments of the language: `2026-11-05`, and `2026-11-05T08:30` with seconds and their thousandths
//! where wanted, always UTC.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};

use super::Point;
use crate::domain::stamp::{Span, Stamp};

const DAY: &str = "%Y-%m-%d";
const MOMENTS: [&str; 2] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f"];

pub(super) fn read(text: &str) -> Option<Point> {
    let year = text.get(..5)?.strip_suffix('-')?;
    if !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, DAY) {
        return Some(Point::Day(days(day)?));
    }
    let text = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    let at = MOMENTS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    Some(Point::Moment(Stamp(at.and_utc().timestamp_millis())))
}

fn epoch() -> i32 {
    DateTime::UNIX_EPOCH.num_days_from_ce()
}

fn days(day: NaiveDate) -> Option<i32> {
    day.num_days_from_ce().checked_sub(epoch())
}

/// As [`read`] reads it.
pub(super) fn write(point: Point) -> Option<String> {
    match point {
        Point::Day(days) => {
            let day = NaiveDate::from_num_days_from_ce_opt(days.checked_add(epoch())?)?;
            Some(day.format(DAY).to_string())
        }
        Point::Moment(at) => {
            let at = DateTime::from_timestamp_millis(at.0)?;
            Some(at.format("%Y-%m-%dT%H:%M:%S%.3f").to_string())
        }
        Point::Span(span) => Some(span_text(span)),
    }
}

/// A span to the second, which its short form is not.
fn span_text(span: Span) -> String {
    let mut seconds = span.0.unsigned_abs() / 1_000;
    let mut out = String::from(if span.0 < 0 { "-" } else { "" });
    for (unit, length) in [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)] {
        if seconds >= length {
            out.push_str(&format!("{}{unit}", seconds / length));
            seconds %= length;
        }
    }
    if out.len() < 2 {
        out.push_str("0s");
    }
    out
}

impl Point {
    /// The first millisecond of a date; a span has none of its own.
    pub(super) fn first_moment(self) -> i64 {
        match self {
            Point::Day(day) => Span::DAY.times(day.into()).0,
            Point::Moment(at) => at.0,
            Point::Span(span) => span.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_and_write() {
        let table = [
            ("1970-01-01", Some(Point::Day(0))),
            ("2026-11-05", Some(Point::Day(20_762))),
            ("1969-12-31", Some(Point::Day(-1))),
            ("1970-01-01T00:01Z", Some(Point::Moment(Stamp(60_000)))),
            ("1970-01-02T00:00:01.500", Some(Point::Moment(Stamp(86_401_500)))),
            ("2026-02-29", None),
            ("2026-11", None),
            ("+2026-11-05", None),
            ("20261-11-05", None),
            ("2026-11-05T25:00", None),
        ];
        for (text, point) in table {
            assert_eq!(read(text), point, "{text}");
            assert_eq!(point.and_then(write).map(|text| read(&text)), point.map(Some), "{text}");
        }
        for (ms, text) in [(0, "0s"), (-60_000, "-1m"), (90_061_000, "1d1h1m1s")] {
            assert_eq!(write(Point::Span(Span(ms))).as_deref(), Some(text));
        }
    }
}
