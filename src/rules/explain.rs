//! The life of a ticket's clocks, told so that it can be checked by hand: a strip, and lines that add up, in both
//! directions. All moments are whole seconds here, so that what is printed adds up too. Words and zones belong to
//! higher floors.

mod strip;

use super::agenda::{Agenda, Case, What};
use super::clocks::life::{Ending, Lives};
use super::clocks::{Clocks, Ground, Kind, Reading, State};
use crate::domain::event::{Event, Recorded, WaitOn};
use crate::domain::fold::replay;
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::Line as Text;
use crate::matrix::model::{Clock, Limit};
pub use strip::{Cell, LEGEND, Signs};

/// How many cells a strip has.
pub const CELLS: usize = 60;

/// Everything about a ticket's clocks.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    pub now: Stamp,
    /// The clock that falls due next.
    pub in_force: Option<Clock>,
    /// The next moment at which anything happens by itself, and what.
    pub next: Option<(Stamp, Option<Coming>)>,
    /// While it waits: when to look again.
    pub until: Option<Stamp>,
    pub grades: Vec<Graded>,
    /// The one in force first, then what runs, waits, has stopped; what has no limit last.
    pub clocks: Vec<Story>,
}

/// What comes by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Coming {
    EndOfWaiting,
    /// A share of a clock's limit, in percent.
    Warning(Clock, u8),
    Breach(Clock),
    /// By its name.
    Step(Text),
}

/// A change of priority, which changes what was promised.
#[derive(Debug, Clone, PartialEq)]
pub struct Graded {
    pub at: Stamp,
    pub from: String,
    pub to: String,
    pub by: String,
    /// The step that made it, which `by` only noticed.
    pub step: Option<Text>,
}

/// The life of a clock in its latest round.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    pub clock: Clock,
    pub number: u16,
    pub state: State,
    pub verdict: Option<Verdict>,
    pub from: Stamp,
    pub to: Stamp,
    pub lines: Vec<Line>,
    pub sum: Sum,
    pub strip: Strip,
    /// The rounds before, the first one first.
    pub before: Vec<Past>,
}

/// What was promised and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub priority: String,
    /// Of the tier clock: whose limit it is.
    pub tier: Option<String>,
    pub calendar: String,
    pub limit: Limit,
    /// The limit as working time.
    pub span: Span,
    /// Working time left; negative after the limit.
    pub left: Span,
    /// When the limit is used up. While it is paused: if it went on now.
    pub due: Stamp,
    /// Share of the limit, moment.
    pub warned: Vec<(u8, Stamp)>,
    pub breached: Option<Stamp>,
}

/// A stretch of time in which the clock did one thing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    pub from: Stamp,
    pub to: Stamp,
    pub kind: Kind,
    pub sum: Sum,
}

/// Time that passed, and where it went: `passed = outside + paused + counted`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sum {
    pub passed: Span,
    /// Outside working hours.
    pub outside: Span,
    /// Working time that a pause kept from counting.
    pub paused: Span,
    pub counted: Span,
}

/// A row of cells of the same length each.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    pub from: Stamp,
    pub to: Stamp,
    pub cells: Vec<Cell>,
}

/// A round that is over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Past {
    pub number: u16,
    pub from: Stamp,
    pub to: Stamp,
    pub ending: Ending,
    pub counted: Span,
    pub limit: Option<Limit>,
    pub breached: Option<Stamp>,
}

/// Explains the clocks of one ticket from all its events.
#[must_use]
pub fn explain(events: &[Recorded], ground: &Ground) -> Explained {
    let clocks = super::clocks::seen(events, ground);
    let lives = Lives::of(events);
    let in_force = clocks.in_force().map(|reading| reading.clock);
    let mut stories: Vec<Story> =
        clocks.readings.iter().map(|reading| story(reading, ground, &lives)).collect();
    stories.sort_by_key(|story| {
        let stands = match story.state {
            State::Running => 0,
            State::Paused(_) => 1,
            State::Stopped(_) => 2,
        };
        (story.verdict.is_none(), Some(story.clock) != in_force, stands)
    });
    Explained {
        now: clocks.now,
        in_force,
        next: coming(events, ground, clocks.now),
        until: clocks.until,
        grades: grades(events),
        clocks: stories,
    }
}

/// What the sweep has to do next.
fn coming(events: &[Recorded], ground: &Ground, now: Stamp) -> Option<(Stamp, Option<Coming>)> {
    let ticket = replay(events.first()?.ticket, events);
    let (matrix, calendars) = (ground.matrix, ground.calendars);
    // What is still ahead is this matrix's, whenever it came into force.
    let since = Stamp(i64::MIN);
    let agenda = Agenda::of(Case { ticket: &ticket, events, matrix, calendars, since });
    let item = agenda.coming(now)?;
    let what = match item.what {
        What::Resume => Some(Coming::EndOfWaiting),
        What::Warn(clock, share) => Some(Coming::Warning(clock, share)),
        What::Breach(clock) => Some(Coming::Breach(clock)),
        What::Step { .. } => item.step(matrix).map(|step| Coming::Step(step.name.clone())),
    };
    Some((item.opens, what))
}

fn grades(events: &[Recorded]) -> Vec<Graded> {
    let mut before: Option<&str> = None;
    let mut grades = Vec::new();
    for recorded in events {
        let grade = match &recorded.event {
            Event::Opened(it) => &it.grade,
            Event::Prioritised(it) => it,
            _ => continue,
        };
        let to = grade.priority.as_str();
        if let Some(from) = before.replace(to).filter(|from| *from != to) {
            let (from, to, by) = (from.to_owned(), to.to_owned(), recorded.author.actor.to_string());
            grades.push(Graded { at: recorded.at, from, to, by, step: grade.step.clone() });
        }
    }
    grades
}

/// One clock as a list or a pane says it in a few letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    pub clock: Clock,
    pub state: State,
    /// Working time left; negative after the limit.
    pub left: Span,
    pub warned: bool,
}

/// The clocks that have a limit and have not stopped, the one in force first.
#[must_use]
pub fn briefs(clocks: &Clocks) -> Vec<Brief> {
    let live = clocks.readings.iter().filter(|reading| !matches!(reading.state, State::Stopped(_)));
    let mut all: Vec<(bool, Option<Stamp>, Brief)> = live
        .filter_map(|reading| {
            let (clock, state, left) = (reading.clock, reading.state, reading.remaining()?);
            let warned = reading.warned().next().is_some();
            let paused = state != State::Running;
            Some((paused, reading.due(), Brief { clock, state, left, warned }))
        })
        .collect();
    all.sort_by_key(|(paused, due, brief)| (*paused, *due, brief.clock));
    all.into_iter().map(|(_, _, brief)| brief).collect()
}

fn story(reading: &Reading, ground: &Ground, lives: &Lives) -> Story {
    let lines: Vec<Line> = reading.spells.iter().filter_map(|spell| line(reading, spell)).collect();
    let sum = lines.iter().fold(Sum::default(), |sum, line| sum.and(line.sum));
    let course = lives.courses.iter().find(|course| course.clock == reading.clock);
    let rounds = course.into_iter().flat_map(|course| ground.rounds(lives, course));
    Story {
        clock: reading.clock,
        number: reading.round.number,
        state: reading.state,
        verdict: verdict(reading, sum.counted),
        from: second(reading.round.start),
        to: second(reading.end),
        lines,
        sum,
        strip: strip::strip(reading, &lives.moves),
        before: rounds
            .filter(|past| past.round.number < reading.round.number)
            .filter_map(|r| past(&r))
            .collect(),
    }
}

fn line(reading: &Reading, spell: &super::clocks::Spell) -> Option<Line> {
    let (from, to) = (second(spell.from), second(spell.to));
    let (passed, worked) = (to.since(from), reading.worktime.measure(from, to));
    let outside = Span(passed.0 - worked.0);
    let (paused, counted) = match spell.kind {
        Kind::Counting => (Span(0), worked),
        Kind::Paused(_) | Kind::Settled => (worked, Span(0)),
    };
    (passed.0 > 0).then_some(Line {
        from,
        to,
        kind: spell.kind,
        sum: Sum { passed, outside, paused, counted },
    })
}

/// What is left is told against what was counted as it is told: to the second.
fn verdict(reading: &Reading, counted: Span) -> Option<Verdict> {
    let promise = reading.promise?;
    Some(Verdict {
        priority: promise.target.priority.to_string(),
        tier: (reading.clock == Clock::Tier).then(|| reading.round.tier.to_string()),
        calendar: promise.target.calendar.to_string(),
        limit: promise.limit,
        span: promise.span,
        left: Span(promise.span.0 - counted.0),
        due: reading.due()?,
        warned: reading.warned().collect(),
        breached: reading.breached(),
    })
}

fn past(reading: &Reading) -> Option<Past> {
    let (to, ending) = reading.round.stop?;
    let (number, from) = (reading.round.number, reading.round.start);
    let (limit, breached) = (reading.promise.map(|promise| promise.limit), reading.breached());
    Some(Past { number, from, to, ending, counted: reading.used, limit, breached })
}

fn second(at: Stamp) -> Stamp {
    Stamp(at.0.div_euclid(1_000) * 1_000)
}

impl Sum {
    #[must_use]
    pub fn and(self, other: Sum) -> Sum {
        let add = |one: Span, other: Span| Span(one.0 + other.0);
        Sum {
            passed: add(self.passed, other.passed),
            outside: add(self.outside, other.outside),
            paused: add(self.paused, other.paused),
            counted: add(self.counted, other.counted),
        }
    }
}

/// The letter of what is waited for.
pub(super) fn letter(on: WaitOn) -> char {
    match on {
        WaitOn::Requester => 'r',
        WaitOn::Vendor => 'v',
        WaitOn::Change => 'c',
        WaitOn::Other => 'o',
    }
}

#[cfg(test)]
mod tests;
