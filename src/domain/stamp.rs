//! Moments and spans: UTC milliseconds, never a zone. Writing them for people is the business of higher
//! floors, where the zone is known; the short form of a span (`2h`, `3d`) is the same everywhere and lives here.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stamp(pub i64);

/// A length of time in milliseconds; negative when it lies in the past.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Span(pub i64);

impl Stamp {
    /// The time from `earlier` to this moment.
    #[must_use]
    pub fn since(self, earlier: Stamp) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// This moment moved by `span`.
    #[must_use]
    pub fn plus(self, span: Span) -> Stamp {
        Stamp(self.0.saturating_add(span.0))
    }
}

impl Span {
    pub const SECOND: Span = Span(1_000);
    pub const MINUTE: Span = Span(60_000);
    pub const HOUR: Span = Span(3_600_000);
    pub const DAY: Span = Span(86_400_000);

    /// `n` times this span.
    #[must_use]
    pub fn times(self, n: i64) -> Span {
        Span(self.0.saturating_mul(n))
    }

    /// Reads `90s`, `15m`, `4h`, `2d`, `1w` and sums of them (`1h30m`). `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Span> {
        let mut total = 0i64;
        let mut digits = String::new();
        for c in text.chars() {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            let unit = match c {
                's' => Span::SECOND,
                'm' => Span::MINUTE,
                'h' => Span::HOUR,
                'd' => Span::DAY,
                'w' => Span::DAY.times(7),
                _ => return None,
            };
            let count: i64 = digits.parse().ok()?;
            total = total.checked_add(unit.0.checked_mul(count)?)?;
            digits.clear();
        }
        (digits.is_empty() && !text.is_empty()).then_some(Span(total))
    }
}

/// The short form of lists: the two largest units that matter, `4m`, `3h`, `2d`, `-1h20m`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let seconds = self.0.unsigned_abs() / 1_000;
        let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
        match (days, hours, minutes) {
            (0, 0, 0) => write!(f, "{sign}{seconds}s"),
            (0, 0, m) => write!(f, "{sign}{m}m"),
            (0, h, m) if h < 10 && m % 60 != 0 => write!(f, "{sign}{h}h{:02}m", m % 60),
            (0, h, _) => write!(f, "{sign}{h}h"),
            (d, _, _) => write!(f, "{sign}{d}d"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_and_write_in_the_short_form() {
        let table = [("90s", 90_000), ("15m", 900_000), ("1h30m", 5_400_000), ("2d", 172_800_000)];
        for (text, ms) in table {
            assert_eq!(Span::parse(text), Some(Span(ms)), "{text}");
        }
        for bad in ["", "5", "m", "1x", "-3m", "99999999999999999d"] {
            assert_eq!(Span::parse(bad), None, "{bad}");
        }
        let shown = [(0, "0s"), (59_000, "59s"), (240_000, "4m"), (5_400_000, "1h30m"), (-3_600_000, "-1h")];
        for (ms, text) in shown {
            assert_eq!(Span(ms).to_string(), text);
        }
        assert_eq!(Span::DAY.times(40).to_string(), "40d");
    }
}
