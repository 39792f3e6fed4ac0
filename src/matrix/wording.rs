//! Parts of a matrix in words: limits, days, conditions and acts, as the chart, the diff and messages say
//! them.

use super::model::{Act, At, Calendar, Clock, Holiday, Limit, Step};
use crate::domain::stamp::Span;

pub(crate) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `4h`, `1h30m`, `2 working days`: exact, for a promise is not rounded.
pub(crate) fn limit(limit: Limit) -> String {
    match limit {
        Limit::Time(span) => exact(span),
        Limit::WorkingDays(days) => format!("{days}wd"),
    }
}

/// A span with all its units: `1h30m`, `2d4h`, never rounded.
pub(crate) fn exact(span: Span) -> String {
    let mut rest = span.0.unsigned_abs() / 1_000;
    let mut out = String::from(if span.0 < 0 { "-" } else { "" });
    for (length, unit) in [(86_400, 'd'), (3_600, 'h'), (60, 'm'), (1, 's')] {
        // Hours up to two days stay hours: nobody says 1d12h.
        let count =
            if unit == 'd' && rest < 172_800 && !rest.is_multiple_of(86_400) { 0 } else { rest / length };
        if count > 0 {
            out.push_str(&format!("{count}{unit}"));
            rest -= count * length;
        }
    }
    if out.is_empty() { "0s".to_owned() } else { out }
}

/// Days in a row, first and last, and the spans they share.
type Days<'c> = (usize, usize, &'c [(u16, u16)]);

/// `mon-fri 08:00-12:00, 13:00-18:00; sat 09:00-13:00`.
pub(crate) fn week(calendar: &Calendar) -> String {
    let mut parts: Vec<Days<'_>> = Vec::new();
    for (day, spans) in calendar.week.iter().enumerate().filter(|(_, spans)| !spans.is_empty()) {
        match parts.last_mut() {
            Some((_, last, same)) if *last + 1 == day && *same == spans.as_slice() => *last = day,
            _ => parts.push((day, day, spans)),
        }
    }
    let said = parts.iter().map(|(from, to, spans)| format!("{} {}", days(*from, *to), hours(spans)));
    said.collect::<Vec<_>>().join("; ")
}

fn days(from: usize, to: usize) -> String {
    let name = |day: usize| DAYS.get(day).copied().unwrap_or_default();
    match (from, to) {
        (0, 6) => "every day".to_owned(),
        (from, to) if from == to => name(from).to_owned(),
        (from, to) => format!("{}-{}", name(from), name(to)),
    }
}

pub(crate) fn hours(spans: &[(u16, u16)]) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let said = spans.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to)));
    said.collect::<Vec<_>>().join(", ")
}

pub(crate) fn holiday(holiday: &Holiday) -> String {
    match holiday {
        Holiday::Date(date) => date.to_string(),
        Holiday::Yearly { month, day } => format!("{month:02}-{day:02}"),
    }
}

/// `tier clock at 75%`, `resolve clock 10m before its limit`.
pub(crate) fn point(clock: Clock, at: At) -> String {
    let name = clock.name();
    match at {
        At::Share(100) => format!("when the {name} limit is reached"),
        At::Share(share) => format!("at {share}% of the {name} limit"),
        At::Offset(span) if span.0 < 0 => format!("{} before the {name} limit", exact(Span(-span.0))),
        At::Offset(span) => format!("{} after the {name} limit", exact(span)),
    }
}

pub(crate) fn act(act: &Act) -> String {
    match act {
        Act::Escalate(None) => "escalate to the next group".to_owned(),
        Act::Escalate(Some(group)) => format!("escalate to {group}"),
        Act::Notify(who) => format!("notify {who}"),
        Act::Release => "release the owner".to_owned(),
        Act::Raise => "raise the priority".to_owned(),
        Act::Suggest => "suggest to escalate".to_owned(),
    }
}

/// The act as the matrix writes it: `notify:supervisor`.
pub(crate) fn act_word(act: &Act) -> String {
    match act {
        Act::Escalate(None) => "escalate".to_owned(),
        Act::Escalate(Some(group)) => format!("escalate:{group}"),
        Act::Notify(who) => format!("notify:{who}"),
        Act::Release => "release".to_owned(),
        Act::Raise => "raise".to_owned(),
        Act::Suggest => "suggest".to_owned(),
    }
}

/// The point as the matrix writes it: `75%`, `-10m`.
pub(crate) fn at_word(at: At) -> String {
    match at {
        At::Share(share) => format!("{share}%"),
        At::Offset(span) if span.0 < 0 => exact(span),
        At::Offset(span) => format!("+{}", exact(span)),
    }
}

/// A whole step as a sentence without its name.
pub(crate) fn step(step: &Step) -> String {
    let mut out = match step.clock {
        Some((clock, at)) => point(clock, at),
        None => "as soon as it holds".to_owned(),
    };
    if let Some(when) = step.when.as_ref().filter(|when| !when.text.is_empty()) {
        out.push_str(&format!(", if {}", when.text));
    }
    let acts: Vec<String> = step.acts.iter().map(act).collect();
    out.push_str(&format!(": {}", acts.join(", ")));
    if let Some(repeat) = step.repeat {
        out.push_str(&format!("; again every {}, {} times", exact(repeat.every), repeat.times));
    }
    out
}
