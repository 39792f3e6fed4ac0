//! The page that explains a ticket's clocks, in words: `tierline explain` and the console's pane print the same. What
//! is counted comes from `rules` alone.

use super::clock::Zone;
use super::days::laid_out;
use super::error::DeskError;
use super::opened::Desk;
use crate::domain::event::{Recorded, WaitOn};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::neutral;
use crate::matrix::model::Limit;
use crate::rules::clocks::{Ground, Kind, State};
use crate::rules::explain::{Coming, Explained, Graded, LEGEND, Past, Signs, Story, Sum, Verdict, explain};
use crate::rules::worktime::Calendars;

/// A line of the page, and what it is; neutralised.
pub type PageLine = (Tone, String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Title,
    Plain,
    Faint,
    Alarm,
}

/// How the page is written.
#[derive(Debug, Clone, Copy)]
pub struct Hand<'a> {
    pub zone: &'a Zone,
    pub signs: Signs,
    /// Of the matrix in force.
    pub revision: i64,
}

impl Desk {
    /// The calendars of the matrix in force, with the days off of the files that came with it.
    ///
    /// # Errors
    /// A file that is missing or not understood; a zone this machine does not know.
    pub fn calendars(&self) -> Result<Calendars, DeskError> {
        laid_out(&self.matrix(), &self.in_force().files, self.path())
    }

    /// Explains the clocks of a ticket from its events, as they stand now.
    #[must_use]
    pub fn explain(&self, events: &[Recorded], calendars: &Calendars) -> Explained {
        explain(events, &Ground { matrix: &self.matrix(), calendars, now: self.clock().now() })
    }
}

/// The whole page.
#[must_use]
pub fn page(told: &Explained, hand: Hand<'_>) -> Vec<PageLine> {
    let mut page = vec![head(told, hand)];
    page.extend(told.next.as_ref().map(|next| plain(coming(next, hand.zone))));
    page.extend(told.until.map(|until| plain(format!("waits until {}", hand.zone.long(until)))));
    page.extend(told.grades.iter().map(|grade| plain(graded(grade, hand.zone))));
    for story in told.clocks.iter().filter(|story| story.verdict.is_some()) {
        page.push(plain(String::new()));
        page.extend(clock(story, hand));
    }
    let free = told.clocks.iter().filter(|story| story.verdict.is_none());
    let free: Vec<&str> = free.map(|story| story.clock.name()).collect();
    if !free.is_empty() {
        page.push(plain(String::new()));
        page.push(plain(format!("no limit: {}", free.join(", "))));
    }
    if !told.clocks.is_empty() {
        page.push(plain(String::new()));
        page.extend(legend(hand.signs).into_iter().map(|line| (Tone::Faint, line)));
    }
    page.into_iter().map(|(tone, line)| (tone, neutral(line.trim_end()).into_owned())).collect()
}

fn coming((at, what): &(Stamp, Option<Coming>), zone: &Zone) -> String {
    let what = match what {
        None => String::new(),
        Some(Coming::EndOfWaiting) => String::from(": the end of waiting"),
        Some(Coming::Warning(clock, share)) => format!(": {} clock at {share}% of its limit", clock.name()),
        Some(Coming::Breach(clock)) => format!(": {} clock over its limit", clock.name()),
        Some(Coming::Step(name)) => format!(": step \"{name}\""),
    };
    format!("next {}{what}", zone.long(*at))
}

fn graded(grade: &Graded, zone: &Zone) -> String {
    let Graded { at, from, to, by, step } = grade;
    let by = match step {
        Some(step) => format!("step \"{step}\", noticed by {by}"),
        None => by.clone(),
    };
    format!("priority {from} to {to} {} by {by}", zone.long(*at))
}

fn plain(line: String) -> PageLine {
    (Tone::Plain, line)
}

fn head(told: &Explained, hand: Hand<'_>) -> PageLine {
    let force = match (told.in_force, told.clocks.is_empty()) {
        (Some(clock), _) => format!("in force: {}", clock.name()),
        (None, true) => "no target for this priority, so no clock counts".to_owned(),
        (None, false) => "no clock counts towards a limit".to_owned(),
    };
    (Tone::Title, format!("{} by matrix revision {}; {force}", hand.zone.long(told.now), hand.revision))
}

fn clock(story: &Story, hand: Hand<'_>) -> Vec<PageLine> {
    let broken = story.verdict.as_ref().is_some_and(|verdict| verdict.breached.is_some());
    let round = if story.number > 1 { format!(", round {}", story.number) } else { String::new() };
    let title = format!("{}{round}: {}", story.clock.name(), standing(story, hand.zone));
    let mut page = vec![(if broken { Tone::Alarm } else { Tone::Title }, title)];
    page.push(plain(format!("  {}", strip(story, hand.signs))));
    page.extend(table(story, hand.zone).into_iter().map(|line| plain(format!("  {line}"))));
    page.extend(story.verdict.iter().flat_map(|verdict| promise(verdict, hand.zone)).map(plain));
    page.extend(earlier(&story.before, hand.zone).into_iter().map(plain));
    page
}

/// `running, 1h30m of 4h used, 2h30m left, due 2026-06-01 13:00 CDT`.
fn standing(story: &Story, zone: &Zone) -> String {
    let state = match story.state {
        State::Running => "running".to_owned(),
        State::Paused(on) => format!("paused, waits on {}", on.name()),
        State::Stopped(ending) => format!("stopped ({})", ending.name()),
    };
    let Some(verdict) = &story.verdict else {
        return state;
    };
    let used = format!("{} of {} used", hours(story.sum.counted), hours(verdict.span));
    let left = match verdict.left {
        Span(..0) => format!("{} over", hours(Span(-verdict.left.0))),
        left => format!("{} left", hours(left)),
    };
    let due = zone.long(verdict.due);
    let due = match (story.state, verdict.breached) {
        (_, Some(at)) => format!("breached {}", zone.long(at)),
        (State::Running, None) => format!("due {due}"),
        (State::Paused(_), None) => format!("due {due} if it went on now"),
        (State::Stopped(_), None) => "kept".to_owned(),
    };
    format!("{state}, {used}, {left}, {due}")
}

fn strip(story: &Story, signs: Signs) -> String {
    story.strip.cells.iter().map(|cell| cell.sign(signs)).collect()
}

/// Since when, what, and a number per column; each line lasts until the next, the last one is the sum. Set in, it is
/// 78 columns wide: what a frame leaves of 80.
fn table(story: &Story, zone: &Zone) -> Vec<String> {
    let row = |from: &str, what: &str, numbers: [String; 4]| {
        let [passed, outside, paused, counted] = numbers;
        format!("{from:<23} {what:<18} {passed:>7} {outside:>7} {paused:>8} {counted:>8}")
    };
    let numbers = |sum: Sum| [sum.passed, sum.outside, sum.paused, sum.counted].map(hours);
    let titles = ["passed", "outside", "paused", "counted"].map(str::to_owned);
    let mut lines = vec![row("from", "what", titles)];
    lines.extend(
        story.lines.iter().map(|line| row(&zone.exact(line.from), kind(line.kind), numbers(line.sum))),
    );
    lines.push(row(&zone.exact(story.to), "sum", numbers(story.sum)));
    lines
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Counting => "counting",
        Kind::Paused(WaitOn::Requester) => "waits on requester",
        Kind::Paused(WaitOn::Vendor) => "waits on vendor",
        Kind::Paused(WaitOn::Change) => "waits on change",
        Kind::Paused(WaitOn::Other) => "waits",
        Kind::Settled => "resolved",
    }
}

fn promise(verdict: &Verdict, zone: &Zone) -> Vec<String> {
    let tier = verdict.tier.as_ref().map_or(String::new(), |tier| format!(" in {tier}"));
    let limit = match verdict.limit {
        Limit::Time(span) => hours(span),
        Limit::WorkingDays(1) => format!("1 working day, here {}", hours(verdict.span)),
        Limit::WorkingDays(days) => format!("{days} working days, here {}", hours(verdict.span)),
    };
    let calendar = &verdict.calendar;
    let mut lines = vec![format!("  promised for {}{tier}: {limit} (calendar {calendar})", verdict.priority)];
    let used: Vec<String> = verdict
        .warned
        .iter()
        .map(|(share, at)| format!("{share}% of it was used up {}", zone.long(*at)))
        .collect();
    lines.extend((!used.is_empty()).then(|| format!("  {}", used.join(", "))));
    lines
}

/// Rounds that are told one by one.
const TOLD: usize = 5;

fn earlier(rounds: &[Past], zone: &Zone) -> Vec<String> {
    let (older, told) = rounds.split_at(rounds.len().saturating_sub(TOLD));
    let late = older.iter().filter(|past| past.breached.is_some()).count();
    let mut lines: Vec<String> = (!older.is_empty())
        .then(|| format!("  {} rounds before, {late} of them late", older.len()))
        .into_iter()
        .collect();
    lines.extend(told.iter().map(|past| {
        let limit = past.limit.map_or(String::new(), |limit| match limit {
            Limit::Time(span) => format!(" of {}", hours(span)),
            Limit::WorkingDays(1) => String::from(" of 1 working day"),
            Limit::WorkingDays(days) => format!(" of {days} working days"),
        });
        let verdict = past.breached.map_or("", |_| ", late");
        let (from, to) = (zone.long(past.from), zone.long(past.to));
        let (number, ending) = (past.number, past.ending.name());
        format!("  round {number}: {from} to {to}, {ending} after {}{limit}{verdict}", hours(past.counted))
    }));
    lines
}

/// As few lines as fit the width of a strip and its table.
fn legend(signs: Signs) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (cell, what) in LEGEND {
        let part = format!("{} {what}", cell.sign(signs));
        match lines.last_mut() {
            Some(line) if line.chars().count() + part.chars().count() + 3 <= 78 => {
                line.push_str("   ");
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    lines
}

/// `17h`, `1h30m`, `5m12s`: exact to the second and never in days, which differ in length.
#[must_use]
pub fn hours(span: Span) -> String {
    let seconds = span.0.unsigned_abs() / 1_000;
    let parts = [(seconds / 3_600, 'h'), (seconds / 60 % 60, 'm'), (seconds % 60, 's')];
    let said: String = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n}{unit}")).collect();
    let sign = if span.0 <= -1_000 { "-" } else { "" };
    if said.is_empty() { "0s".to_owned() } else { format!("{sign}{said}") }
}

/// `3h18m`, `27h`, `-4m`; `now` within a minute of the limit.
#[must_use]
pub fn short(left: Span) -> String {
    let minutes = left.0.unsigned_abs() / Span::MINUTE.0.unsigned_abs();
    let sign = if left.0 < 0 { "-" } else { "" };
    match (minutes / 60, minutes % 60) {
        (0, 0) => String::from("now"),
        (0, minutes) => format!("{sign}{minutes}m"),
        (hours @ ..10, minutes @ 1..) => format!("{sign}{hours}h{minutes:02}m"),
        (hours, _) => format!("{sign}{hours}h"),
    }
}

#[cfg(test)]
mod tests;
