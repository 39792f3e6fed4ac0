//! Foreign times: several ways to write them, and the zone they are in where they don't say.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;

use crate::domain::stamp::Stamp;

/// How times are written.
#[derive(Debug, Clone)]
pub struct Times {
    pub forms: Vec<Form>,
    pub zone: TimeZone,
}

/// One way to write a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// As of `strptime`: `%d/%m/%Y %H:%M`.
    Pattern(String),
    /// RFC 3339 and its relatives.
    Iso,
    UnixSeconds,
    UnixMillis,
}

impl Form {
    /// Reads the word of a map: `iso`, `unix`, `unix-ms` or a pattern.
    ///
    /// # Errors
    /// Why the pattern can never give a date.
    pub fn parse(text: &str) -> Result<Form, String> {
        match text {
            "iso" => Ok(Form::Iso),
            "unix" => Ok(Form::UnixSeconds),
            "unix-ms" => Ok(Form::UnixMillis),
            pattern => tried(pattern).map(|()| Form::Pattern(pattern.to_owned())),
        }
    }

    fn read(&self, text: &str, zone: &TimeZone) -> Option<Stamp> {
        match self {
            Form::Pattern(pattern) => broken_down(&BrokenDownTime::parse(pattern, text).ok()?, zone),
            Form::Iso => iso(text, zone),
            Form::UnixSeconds => text.parse::<i64>().ok()?.checked_mul(1_000).and_then(bounded),
            Form::UnixMillis => text.parse::<i64>().ok().and_then(bounded),
        }
    }
}

impl Times {
    /// The moment that a text names, in the first form that fits.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Stamp> {
        self.forms.iter().find_map(|form| form.read(text, &self.zone))
    }
}

/// Writes a known moment by the pattern and reads it again: what loses the day can't be a time.
fn tried(pattern: &str) -> Result<(), String> {
    let zone = TimeZone::UTC;
    let sample = Timestamp::from_second(1_456_786_800).map_err(|e| e.to_string())?.to_zoned(zone.clone());
    let written = jiff::fmt::strtime::format(pattern, &sample).map_err(|e| e.to_string())?;
    let read = BrokenDownTime::parse(pattern, &written).map_err(|e| e.to_string())?;
    match read.to_date().is_ok() || read.timestamp().is_some() {
        true => Ok(()),
        false => Err("it has no year, month and day".into()),
    }
}

fn broken_down(read: &BrokenDownTime, zone: &TimeZone) -> Option<Stamp> {
    if read.offset().is_some() || read.timestamp().is_some() {
        return read.to_timestamp().ok().map(stamp);
    }
    let date = read.to_date().ok()?;
    let time = read.to_time().unwrap_or_default();
    local(DateTime::from_parts(date, time), zone)
}

fn iso(text: &str, zone: &TimeZone) -> Option<Stamp> {
    match text.parse::<Timestamp>() {
        Ok(moment) => Some(stamp(moment)),
        Err(_) => local(text.parse::<DateTime>().ok()?, zone),
    }
}

/// A local time that the zone skips or repeats is read as most calendars do: after the gap, before the repeat.
fn local(time: DateTime, zone: &TimeZone) -> Option<Stamp> {
    zone.to_ambiguous_timestamp(time).compatible().ok().map(stamp)
}

fn stamp(moment: Timestamp) -> Stamp {
    Stamp(moment.as_millisecond())
}

fn bounded(ms: i64) -> Option<Stamp> {
    Timestamp::from_millisecond(ms).ok().map(stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(forms: &[&str], zone: &str) -> Times {
        let forms = forms.iter().map(|form| Form::parse(form).unwrap()).collect();
        Times { forms, zone: TimeZone::get(zone).unwrap() }
    }

    #[test]
    fn a_time_without_padding_or_zone_reads_in_the_maps_zone() {
        let berlin = times(&["%d/%m/%Y %H:%M"], "Europe/Berlin");
        assert_eq!(berlin.read("29/2/2016 1:23"), Some(Stamp(1_456_705_380_000)));
        assert_eq!(berlin.read("29/02/2016 01:23"), Some(Stamp(1_456_705_380_000)));
        let skipped = berlin.read("27/3/2016 02:30").unwrap();
        assert_eq!(skipped, berlin.read("27/3/2016 03:30").unwrap());
        for bad in [
            "",
            "30/2/2016 01:23",
            "29/2/2016",
            "29/2/2016 25:00",
            "29/2/2016 01:23 x",
            "?",
            "31/12/99999 1:1",
        ] {
            assert_eq!(berlin.read(bad), None, "{bad}");
        }
    }

    #[test]
    fn other_forms_and_the_first_that_fits() {
        let any = times(&["%Y-%m-%d %H:%M %z", "iso", "unix"], "UTC");
        let moment = Some(Stamp(1_456_705_380_000));
        for text in
            ["2016-02-29 02:23 +0200", "2016-02-29T00:23:00Z", "2016-02-29T01:23:00+01:00", "1456705380"]
        {
            assert_eq!(any.read(text), moment, "{text}");
        }
        assert_eq!(any.read("99999999999999999"), None);
        assert_eq!(times(&["%d.%m.%Y"], "UTC").read("1.1.1970"), Some(Stamp(0)));
        assert_eq!(times(&["unix-ms"], "UTC").read("12"), Some(Stamp(12)));
    }

    #[test]
    fn a_pattern_that_gives_no_day_is_refused() {
        for bad in ["%H:%M", "%d/%m", "%", "%!", "no time at all"] {
            assert!(Form::parse(bad).is_err(), "{bad}");
        }
    }
}
