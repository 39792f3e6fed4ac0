//! The one clock, and the zone in which people read it. Injected, so that tests and drills have their own time.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::domain::stamp::{Span, Stamp};

/// Where "now" comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    System,
    /// `TIERLINE_NOW`: stands still.
    Fixed(Stamp),
    /// `TIERLINE_NOW` and `TIERLINE_PACE`: it was `from` at `since` on the machine's clock, and runs `pace` times as fast.
    Paced {
        from: Stamp,
        since: Stamp,
        pace: u32,
    },
}

impl Clock {
    /// Now, UTC.
    #[must_use]
    pub fn now(self) -> Stamp {
        match self {
            Clock::System => Stamp(Timestamp::now().as_millisecond()),
            Clock::Fixed(stamp) => stamp,
            Clock::Paced { from, since, pace } => {
                from.plus(Clock::System.now().since(since).times(i64::from(pace)))
            }
        }
    }

    /// How long to wait, by the machine's own clock, until `moment` has come; a clock that stands still is as good as
    /// the machine's.
    #[must_use]
    pub fn wait_for(self, moment: Stamp) -> Duration {
        let ahead = u64::try_from(moment.since(self.now()).0).unwrap_or_default();
        self.shortened(Duration::from_millis(ahead))
    }

    /// How long a span of this clock lasts by the machine's own.
    #[must_use]
    pub fn lasts(self, span: Span) -> Span {
        match self {
            Clock::System | Clock::Fixed(_) => span,
            Clock::Paced { pace, .. } => Span(span.0 / i64::from(pace.max(1))),
        }
    }

    /// A span of this clock by the machine's own.
    #[must_use]
    pub fn shortened(self, span: Duration) -> Duration {
        match self {
            Clock::System | Clock::Fixed(_) => span,
            Clock::Paced { pace, .. } => span / pace.max(1),
        }
    }
}

/// How moments are written for people: in the zone of whoever reads, the shorter the nearer.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// The machine's zone.
    #[must_use]
    pub fn system() -> Zone {
        Zone(TimeZone::system())
    }

    /// A zone by its IANA name.
    #[must_use]
    pub fn named(name: &str) -> Option<Zone> {
        TimeZone::get(name).ok().map(Zone)
    }

    /// `09:41` today, `Tue 09:41` within a week, else `2026-11-03 09:41`.
    #[must_use]
    pub fn short(&self, at: Stamp, now: Stamp) -> String {
        let (then, today) = (self.local(at), self.local(now));
        let near = now.since(at).0.abs() < Span::DAY.times(6).0;
        match () {
            () if then.date() == today.date() => then.strftime("%H:%M").to_string(),
            () if near => then.strftime("%a %H:%M").to_string(),
            () => then.strftime("%Y-%m-%d %H:%M").to_string(),
        }
    }

    /// `2026-11-03 09:41 CET`.
    #[must_use]
    pub fn long(&self, at: Stamp) -> String {
        self.local(at).strftime("%Y-%m-%d %H:%M %Z").to_string()
    }

    /// As [`Zone::long`], with the seconds where there are any.
    #[must_use]
    pub fn exact(&self, at: Stamp) -> String {
        let whole = at.0.rem_euclid(60_000) < 1_000;
        if whole { self.long(at) } else { self.local(at).strftime("%Y-%m-%d %H:%M:%S %Z").to_string() }
    }

    /// Reads a moment that somebody typed: a span from now (`2d`, `+90m`, `in 2h`), a time of day that is still to
    /// come (`17:00`), a day (`tomorrow`, `fri`: the next one; `2026-11-03`), its start where no time of day
    /// follows (`fri 9:00`, `2026-11-03 09:41`).
    #[must_use]
    pub fn read(&self, text: &str, now: Stamp) -> Option<Stamp> {
        let text = text.trim().to_ascii_lowercase();
        let text = ["in ", "+"].into_iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(&text).trim();
        if let Some(span) = Span::parse(text) {
            return Some(now.plus(span));
        }
        let today = self.local(now).date();
        if let Ok(time) = jiff::civil::Time::strptime("%H:%M", text) {
            let at = self.stamp(today.to_datetime(time))?;
            let later = || self.stamp(today.tomorrow().ok()?.to_datetime(time));
            return if at > now { Some(at) } else { later() };
        }
        let (day, time) = text.split_once(' ').map_or((text, None), |(day, time)| (day, Some(time.trim())));
        let time = time.map(|time| jiff::civil::Time::strptime("%H:%M", time)).transpose().ok()?;
        let day = named_day(day, today).or_else(|| jiff::civil::Date::strptime("%Y-%m-%d", day).ok())?;
        self.stamp(day.to_datetime(time.unwrap_or(jiff::civil::Time::midnight())))
    }

    fn local(&self, at: Stamp) -> Zoned {
        Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.0.clone())
    }

    fn stamp(&self, at: jiff::civil::DateTime) -> Option<Stamp> {
        at.to_zoned(self.0.clone()).ok().map(|zoned| Stamp(zoned.timestamp().as_millisecond()))
    }
}

/// A weekday is the next one of its name, never today.
fn named_day(name: &str, today: jiff::civil::Date) -> Option<jiff::civil::Date> {
    use jiff::civil::Weekday as W;
    const DAYS: [(&str, W); 7] = [
        ("monday", W::Monday),
        ("tuesday", W::Tuesday),
        ("wednesday", W::Wednesday),
        ("thursday", W::Thursday),
        ("friday", W::Friday),
        ("saturday", W::Saturday),
        ("sunday", W::Sunday),
    ];
    match name {
        "today" => Some(today),
        "tomorrow" => today.tomorrow().ok(),
        _ => {
            let (_, day) = DAYS.into_iter().find(|(day, _)| name.len() >= 3 && day.starts_with(name))?;
            today.nth_weekday(1, day).ok()
        }
    }
}

/// RFC 3339 in UTC: what `--json` and CSV carry.
#[must_use]
pub fn rfc3339(at: Stamp) -> String {
    Timestamp::from_millisecond(at.0).map_or_else(|_| at.0.to_string(), |at| at.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Stamp = Stamp(1_795_341_660_000);

    #[test]
    fn moments_are_written_the_shorter_the_nearer() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        assert_eq!(zone.long(NOW), "2026-11-22 11:01 CET");
        assert_eq!(zone.short(NOW, NOW), "11:01");
        assert_eq!(zone.short(NOW.plus(Span::DAY.times(-2)), NOW), "Fri 11:01");
        assert_eq!(zone.short(NOW.plus(Span::DAY.times(-30)), NOW), "2026-10-23 12:01");
        assert_eq!(rfc3339(NOW), "2026-11-22T10:01:00Z");
    }

    #[test]
    fn typed_moments_are_read() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let read = |text| zone.read(text, NOW).map(|at| zone.long(at));
        assert_eq!(read("2h").as_deref(), Some("2026-11-22 13:01 CET"));
        assert_eq!(read("17:00").as_deref(), Some("2026-11-22 17:00 CET"));
        assert_eq!(read("09:00").as_deref(), Some("2026-11-23 09:00 CET"));
        assert_eq!(read("2026-12-01").as_deref(), Some("2026-12-01 00:00 CET"));
        assert_eq!(read("2026-12-01 08:30").as_deref(), Some("2026-12-01 08:30 CET"));
        assert_eq!(read("+2h"), read("2h"));
        assert_eq!(read("in 2h"), read("2h"));
        assert_eq!(read("Tomorrow").as_deref(), Some("2026-11-23 00:00 CET"));
        assert_eq!(read("fri 9:00").as_deref(), Some("2026-11-27 09:00 CET"));
        assert_eq!(read("sunday 17:00").as_deref(), Some("2026-11-29 17:00 CET"), "today is a Sunday");
        assert_eq!(read("today 17:00").as_deref(), Some("2026-11-22 17:00 CET"));
        for no in ["soon", "fr", "fri 9:00 sharp", "tomorrow 25:00", "next fri", "in", "+", ""] {
            assert_eq!(read(no), None, "{no:?}");
        }
    }
}
