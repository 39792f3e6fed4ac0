//! `[calendars.NAME]`: spans of working time per weekday, days off, a zone.

use std::ops::Range;

use super::names::{ALWAYS, Kind, Once};
use super::node::{self, Node, Text};
use super::notes::Notes;
use super::{suggest, value};
use crate::domain::text::Label;
use crate::matrix::model::Calendar;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const OTHER_KEYS: [&str; 3] = ["timezone", "holidays", "holidays-ics"];
/// More spans a day than any roster has.
const MOST_SPANS: usize = 24;

type Week = [Vec<(u16, u16)>; 7];

/// All calendars in the order of the file; `always` is added where it isn't defined.
pub(super) fn read(notes: &mut Notes<'_>, root: &Node<'_>, desk_zone: &str) -> Vec<Calendar> {
    let mut calendars = Vec::new();
    let mut once = Once::new(Kind::Calendar);
    if let Some(section) = root.section(notes, "calendars") {
        for (name, value) in section.entries() {
            let new = once.admit(notes, &name);
            let table = node::node(notes, name.value, value, format!("[calendars.{}]", name.value).into());
            let label = node::label(notes, "the name of a calendar", &name);
            let calendar = table.and_then(|table| calendar(notes, &table, label?, desk_zone));
            calendars.extend(calendar.filter(|_| new));
        }
    }
    if !calendars.iter().any(|calendar| calendar.name == *ALWAYS) {
        calendars.push(always(desk_zone));
    }
    calendars
}

fn always(zone: &str) -> Calendar {
    Calendar {
        name: Label::soften(ALWAYS),
        timezone: zone.to_owned(),
        week: std::array::from_fn(|_| vec![(0, 1440)]),
        holidays: Vec::new(),
        holidays_ics: None,
    }
}

fn calendar(notes: &mut Notes<'_>, table: &Node<'_>, name: Label, desk_zone: &str) -> Option<Calendar> {
    let week = week(notes, table)?;
    let zone = table.text(notes, "timezone").and_then(|text| value::zone(notes, &text));
    let days = table.texts(notes, "holidays");
    let holidays = days.iter().filter_map(|day| value::holiday(notes, day)).collect();
    let holidays_ics = table.text(notes, "holidays-ics").and_then(|text| ics(notes, &text));
    if week.iter().all(Vec::is_empty) {
        let help = "add at least one day: mon-fri = \"09:00-17:00\"";
        notes.absent(&table.at, format!("calendar \"{name}\" has no working time"), help);
        return None;
    }
    Some(Calendar {
        name,
        timezone: zone.unwrap_or_else(|| desk_zone.to_owned()),
        week,
        holidays,
        holidays_ics,
    })
}

/// A plain file name beside the matrix: no folders, so that a matrix can't point elsewhere.
fn ics(notes: &mut Notes<'_>, text: &Text<'_>) -> Option<String> {
    let name = node::line(notes, "`holidays-ics`", text)?;
    let name = name.as_str();
    let plain = !name.contains(['/', '\\', ':']) && !name.starts_with('.');
    if plain && name.to_ascii_lowercase().ends_with(".ics") {
        return Some(name.to_owned());
    }
    let help = "name a calendar file that lies beside the matrix: \"holidays.ics\"";
    notes.error(&text.at, "`holidays-ics` is no file name of a calendar", help);
    None
}

/// `None` where a key or value could not be read: then nothing more is said about the calendar's time.
fn week(notes: &mut Notes<'_>, table: &Node<'_>) -> Option<Week> {
    let mut week = Week::default();
    let mut told: [Option<Range<usize>>; 7] = Default::default();
    let mut whole = true;
    for (key, value) in table.entries() {
        if OTHER_KEYS.contains(&key.value) {
            continue;
        }
        let days = days(notes, &key);
        let spans = node::text_of(notes, key.value, value).and_then(|text| spans(notes, &text));
        whole &= days.is_some() && spans.is_some();
        for day in days.unwrap_or_default() {
            set(notes, (&mut week, &mut told), day, &key, spans.clone().unwrap_or_default());
        }
    }
    whole.then_some(week)
}

type Told<'w> = (&'w mut Week, &'w mut [Option<Range<usize>>; 7]);

fn set(notes: &mut Notes<'_>, (week, told): Told<'_>, day: usize, key: &Text<'_>, spans: Vec<(u16, u16)>) {
    let (Some(slot), Some(first), Some(name)) = (week.get_mut(day), told.get_mut(day), DAYS.get(day)) else {
        return;
    };
    match first {
        Some(first) => {
            let help = "give each day once; leave it out of the range";
            notes.error_also(&key.at, (&format!("{name} is given twice"), help), first, "given here already");
        }
        None => {
            *first = Some(key.at.clone());
            *slot = spans;
        }
    }
}

/// The days of a key: `mon`, `mon-fri`, `"mon, wed"`, `every-day`.
fn days(notes: &mut Notes<'_>, key: &Text<'_>) -> Option<Vec<usize>> {
    if key.value == "every-day" {
        return Some((0..7).collect());
    }
    let mut days = Vec::new();
    for part in key.value.split(',').map(str::trim).take(8) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let place = |day: &str| DAYS.iter().position(|known| *known == day.trim());
        let (Some(from), Some(to)) = (place(from), place(to)) else {
            let known = DAYS.iter().copied().chain(["every-day", "mon-fri"]).chain(OTHER_KEYS);
            let help = suggest::advice(key.value, known);
            notes.error(&key.at, format!("unknown key `{}` in a calendar", key.value), help);
            return None;
        };
        let length = (to + 7 - from) % 7;
        days.extend((0..=length).map(|offset| (from + offset) % 7));
    }
    Some(days)
}

/// `08:00-12:00, 13:00-18:00`, ordered, touching ones joined. Nothing: a day off.
fn spans(notes: &mut Notes<'_>, text: &Text<'_>) -> Option<Vec<(u16, u16)>> {
    let parts: Vec<&str> = text.value.split(',').map(str::trim).collect();
    if parts.len() > MOST_SPANS {
        notes.error(&text.at, "too many spans in a day", format!("{MOST_SPANS} at most"));
        return None;
    }
    let mut spans = Vec::new();
    for part in parts.iter().filter(|_| !text.value.trim().is_empty()) {
        spans.push(one_span(notes, text, part)?);
    }
    spans.sort_unstable();
    let mut joined: Vec<(u16, u16)> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from < last.1 => {
                let message =
                    format!("{}-{} overlaps {}-{}", clock(from), clock(to), clock(last.0), clock(last.1));
                notes.error(&text.at, message, "let each span begin where the one before has ended");
                return None;
            }
            Some(last) if from == last.1 => last.1 = to,
            _ => joined.push((from, to)),
        }
    }
    Some(joined)
}

fn one_span(notes: &mut Notes<'_>, text: &Text<'_>, part: &str) -> Option<(u16, u16)> {
    let Some((from, to)) = part.split_once('-').and_then(|(from, to)| Some((minute(from)?, minute(to)?)))
    else {
        let help = "write hours and minutes: \"08:00-12:00, 13:00-18:00\" (a day ends at 24:00)";
        notes.error(&text.at, format!("no span of time: \"{part}\""), help);
        return None;
    };
    if from == to {
        notes.error(
            &text.at,
            format!("no time between {0} and {0}", clock(from)),
            "write the whole day as 00:00-24:00",
        );
        return None;
    }
    if from > to {
        let (late, early) = (clock(from), clock(to));
        let help =
            format!("past midnight? Write \"{late}-24:00\" here and \"00:00-{early}\" on the day after");
        notes.error(&text.at, format!("{late}-{early} ends before it begins"), help);
        return None;
    }
    Some((from, to))
}

/// `08:30` and `8:30` as minutes of the day, `24:00` included.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str, least: usize| {
        (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(hours, 1) || !digits(minutes, 2) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 1440).then_some(total)
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
