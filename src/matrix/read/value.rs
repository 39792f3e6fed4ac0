//! Lengths of time, shares, dates and zones as the matrix writes them.

use chrono::NaiveDate;
use jiff::tz::TimeZone;

use super::node::Text;
use super::notes::Notes;
use super::suggest;
use crate::domain::stamp::Span;
use crate::matrix::model::{Holiday, Limit};

/// Ten years: a longer time is a slip of the finger.
const LONGEST: Span = Span(Span::DAY.0 * 3_650);
const UNITS: &str = "write a number and a unit: 90s, 15m, 4h, 2d (24 hours each)";

/// A length of time: `15m`, `1h30m`, `2d`.
pub(super) fn span(notes: &mut Notes<'_>, key: &str, text: &Text<'_>) -> Option<Span> {
    let span = Span::parse(text.value).filter(|span| span.0 > 0 && *span <= LONGEST);
    if span.is_none() {
        bad_span(notes, key, text);
    }
    span
}

/// A length of time, or of working days: `2wd`.
pub(super) fn limit(notes: &mut Notes<'_>, key: &str, text: &Text<'_>) -> Option<Limit> {
    let Some(days) = text.value.strip_suffix("wd") else {
        return span(notes, key, text).map(Limit::Time);
    };
    let days = days.parse().ok().filter(|days| (1..=1_000).contains(days));
    if days.is_none() {
        let message = format!("`{key}` is no number of working days: \"{}\"", text.value);
        notes.error(&text.at, message, "write 1wd to 1000wd");
    }
    days.map(Limit::WorkingDays)
}

fn bad_span(notes: &mut Notes<'_>, key: &str, text: &Text<'_>) {
    let message = match Span::parse(text.value) {
        Some(span) if span.0 == 0 => format!("`{key}` must be longer than nothing"),
        Some(_) => format!("`{key}` is longer than ten years"),
        None => format!("`{key}` is no length of time: \"{}\"", text.value),
    };
    let meant = guess(text.value).filter(|meant| meant != text.value);
    let help = match meant {
        Some(meant) => format!("did you mean \"{meant}\"? {UNITS}"),
        None if text.value.ends_with("wd") => format!("working days make no sense here; {UNITS}"),
        None => UNITS.to_owned(),
    };
    notes.error(&text.at, message, help);
}

/// What `4 hours`, `30min` or `2 D` were meant to say.
fn guess(text: &str) -> Option<String> {
    let squeezed = text.to_lowercase().replace([' ', ','], "");
    let digits: String = squeezed.chars().take_while(char::is_ascii_digit).collect();
    let unit = match squeezed.strip_prefix(&digits)? {
        "s" | "sec" | "secs" | "second" | "seconds" => "s",
        "" | "m" | "min" | "mins" | "minute" | "minutes" => "m",
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "wd" | "workingday" | "workingdays" | "businessdays" => "wd",
        _ => return None,
    };
    (!digits.is_empty() && digits.len() < 6 && digits.parse::<u32>().ok()? > 0)
        .then(|| format!("{digits}{unit}"))
}

/// A share: `75%`.
pub(super) fn share(notes: &mut Notes<'_>, key: &str, text: &Text<'_>, bounds: (u16, u16)) -> Option<u16> {
    let share = text.value.trim().strip_suffix('%').and_then(|digits| digits.trim().parse().ok());
    let share = share.filter(|share| (bounds.0..=bounds.1).contains(share));
    if share.is_none() {
        let help = format!("write a share from {}% to {}%, like \"75%\"", bounds.0, bounds.1);
        notes.error(&text.at, format!("`{key}` is no share of the limit: \"{}\"", text.value), help);
    }
    share
}

/// A day off: `2026-12-25`, or each year `12-25`.
pub(super) fn holiday(notes: &mut Notes<'_>, text: &Text<'_>) -> Option<Holiday> {
    let day = text.value.trim();
    let shaped = day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    // A leap year, so that 02-29 is a day.
    let yearly = || NaiveDate::parse_from_str(&format!("2024-{day}"), "%Y-%m-%d").ok();
    let found = match day.len() {
        10 if shaped => NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().map(Holiday::Date),
        5 if shaped => yearly().map(|date| {
            use chrono::Datelike;
            Holiday::Yearly { month: narrow(date.month()), day: narrow(date.day()) }
        }),
        _ => None,
    };
    if found.is_none() {
        let help = "write the day as \"2026-12-25\", or \"12-25\" for each year";
        notes.error(&text.at, format!("no such day: \"{}\"", text.value), help);
    }
    found
}

fn narrow(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// A zone of the time zone database, by its proper name.
pub(super) fn zone(notes: &mut Notes<'_>, text: &Text<'_>) -> Option<String> {
    let name = text.value.trim();
    let shaped = name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b));
    let zone = shaped.then(|| TimeZone::get(name).ok()).flatten();
    if let Some(known) = zone.as_ref().and_then(TimeZone::iana_name).filter(|known| *known != "Etc/Unknown") {
        return Some(known.to_owned());
    }
    if !notes.is_full() {
        notes.error(&text.at, format!("unknown time zone \"{name}\""), zone_advice(name));
    }
    None
}

fn zone_advice(name: &str) -> String {
    let zones: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    let city = name.rsplit(['/', ' ']).next().unwrap_or(name).replace(' ', "_");
    let same_city = |zone: &&String| {
        let last = zone.rsplit('/').next().unwrap_or(zone);
        last.eq_ignore_ascii_case(&city) || last.eq_ignore_ascii_case(&name.replace(' ', "_"))
    };
    let by_city = zones.iter().find(same_city).map(String::as_str);
    match by_city.or_else(|| suggest::nearest(name, zones.iter().map(String::as_str))) {
        Some(meant) => format!("did you mean \"{meant}\"?"),
        None => "write a zone as area and city: \"America/Chicago\", \"Europe/Berlin\", \"UTC\"".to_owned(),
    }
}
