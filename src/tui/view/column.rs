//! The columns of the queue: which there are at a width, how wide, and what a ticket shows in each. Widths come
//! from the matrix and the screen, never from what is in the rows, so that a refresh moves nothing.

use super::text::width;
use super::{age, countdown};
use crate::domain::clock::Clock;
use crate::domain::row::{Row, Standing};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::ticket::Phase;
use crate::matrix::Matrix;
use crate::rules::worktime::Worktime;
use crate::tui::env::Env;
use crate::tui::theme::{Glyph, Role, Theme};

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Id,
    Priority,
    Subject,
    Requester,
    Tier,
    Group,
    Owner,
    Status,
    Clock,
    Age,
}

impl Kind {
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Kind::Id => "#",
            Kind::Priority => "pri",
            Kind::Subject => "subject",
            Kind::Requester => "requester",
            Kind::Tier => "tier",
            Kind::Group => "group",
            Kind::Owner => "owner",
            Kind::Status => "status",
            Kind::Clock => "clock",
            Kind::Age => "age",
        }
    }

    /// Numbers and times stand at the right.
    #[must_use]
    pub fn is_right(self) -> bool {
        matches!(self, Kind::Id | Kind::Age)
    }
}

/// A column with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub kind: Kind,
    pub columns: usize,
}

/// Of the clock's column: its name and a blank, what is left of it.
const NAMED: usize = 8;
const LEFT: usize = 6;

/// The columns before the first: a blank, the mark, two for urgency, a blank.
pub const GUTTER: usize = 5;

/// Whether the list can hold tickets of several groups. Where it can't, a small screen leaves the columns of tier
/// and group, which would say the same in every row, to the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    One,
    Several,
}

/// The columns at a width, for numbers of so many digits; the subject has what the others leave.
#[must_use]
pub fn columns(screen: usize, digits: usize, places: Places, matrix: &Matrix) -> Vec<Column> {
    let longest = |names: &mut dyn Iterator<Item = usize>, least: usize, most: usize| {
        names.max().unwrap_or(least).clamp(least, most)
    };
    let wide = screen >= 110;
    let (from_tier, from_group, from_age) = if places == Places::One { (110, 110, 70) } else { (90, 60, 90) };
    let pri = longest(&mut matrix.grid.levels.iter().map(|l| width(l.as_str())), 3, 8);
    let tier = longest(&mut matrix.tiers.iter().map(|t| width(t.name.as_str())), 4, 8);
    let group =
        longest(&mut matrix.groups.iter().map(|g| width(g.name.as_str())), 5, if wide { 16 } else { 10 });
    let owner = longest(&mut matrix.team.people.iter().map(|p| width(p.name.as_str())), 8, 12);
    let all = [
        (Kind::Id, digits.max(4), 0),
        (Kind::Priority, pri, 0),
        (Kind::Subject, 0, 0),
        (Kind::Requester, if screen >= 150 { 22 } else { 16 }, 110),
        (Kind::Tier, tier, from_tier),
        (Kind::Group, group, from_group),
        (Kind::Owner, owner, 0),
        (Kind::Status, 8, 96),
        (Kind::Clock, NAMED + LEFT, 0),
        (Kind::Age, 5, from_age),
    ];
    let shown = all.into_iter().filter(|(_, _, least)| screen >= *least);
    let mut columns: Vec<Column> = shown.map(|(kind, columns, _)| Column { kind, columns }).collect();
    let others: usize = columns.iter().map(|column| column.columns + 1).sum();
    let subject = screen.saturating_sub(GUTTER + others + 1);
    for column in columns.iter_mut().filter(|column| column.kind == Kind::Subject) {
        column.columns = subject;
    }
    columns
}

/// What a row shows in a column, and how.
#[must_use]
pub fn cell(kind: Kind, row: &Row, env: &Env, theme: &Theme) -> (String, Role) {
    let closed = row.phase == Phase::Closed;
    let quiet = |role: Role| if closed { Role::Muted } else { role };
    match kind {
        Kind::Id => (row.id.0.to_string(), quiet(Role::Text)),
        Kind::Priority => {
            let urgent = row.grade.rank == 0 && row.phase.is_live();
            (row.grade.priority.clone(), quiet(if urgent { Role::Urgent } else { Role::Text }))
        }
        Kind::Subject => (row.subject.clone(), quiet(Role::Text)),
        Kind::Requester => (row.requester.clone(), quiet(Role::Text)),
        Kind::Tier => (row.place.tier.clone(), quiet(Role::Text)),
        Kind::Group => (row.place.group.clone(), quiet(Role::Text)),
        Kind::Owner if row.owner.is_empty() => (theme.glyph(Glyph::Dash).to_owned(), Role::Muted),
        Kind::Owner if row.owner == env.me.actor.as_str() => (row.owner.clone(), quiet(Role::Title)),
        Kind::Owner => (row.owner.clone(), quiet(Role::Text)),
        Kind::Status => (row.phase.name().to_owned(), status(row.phase)),
        Kind::Clock => clock(row, env),
        Kind::Age => (age::short(env.now.since(row.times.opened)), Role::Muted),
    }
}

/// How a status looks; its name is always written too.
#[must_use]
pub fn status(phase: Phase) -> Role {
    match phase {
        Phase::Open => Role::Text,
        Phase::Waiting => Role::Waiting,
        Phase::Resolved => Role::Resolved,
        Phase::Closed => Role::Muted,
    }
}

/// The clock in force and the working time left of it: `own     -4m`; for a ticket whose clocks all wait, in how
/// much of the wall's time it wakes, which is no limit and has another word.
fn clock(row: &Row, env: &Env) -> (String, Role) {
    let beside = |name: &str, left: &str| format!("{name:<NAMED$}{left:>LEFT$}");
    // The mark in the gutter is louder.
    let role = match row.outlook.standing(env.now) {
        Standing::Breached => Role::Urgent,
        Standing::Warned => Role::Warned,
        Standing::InTime => Role::Text,
    };
    match (row.outlook.clock.zip(row.outlook.due), row.phase) {
        (Some((clock, due)), _) => (beside(short(clock), &countdown::short(left(row, due, env))), role),
        (None, Phase::Waiting) => {
            let ends = row.outlook.due.map(|ends| age::short(ends.since(env.now)));
            let text = ends.map_or_else(|| String::from("paused"), |ends| beside("wakes", &ends));
            (text, Role::Waiting)
        }
        (None, Phase::Open | Phase::Resolved | Phase::Closed) => (String::new(), Role::Text),
    }
}

/// A clock in seven letters at most.
#[must_use]
pub fn short(clock: Clock) -> &'static str {
    match clock {
        Clock::Response => "resp",
        Clock::Own => "own",
        Clock::Update => "update",
        Clock::Tier => "tier",
        Clock::Resolve => "resolve",
        Clock::Confirm => "confirm",
    }
}

/// The calendar that the row's clocks count in.
fn hours<'a>(row: &Row, env: &'a Env) -> Option<&'a Worktime> {
    env.calendars.get(&env.matrix.target(&row.grade.priority)?.calendar)
}

/// Working time up to a moment; negative when it is past.
fn left(row: &Row, due: Stamp, env: &Env) -> Span {
    hours(row, env).map_or(due.since(env.now), |hours| hours.measure(env.now, due))
}

/// The next moment at which something else stands in the row.
#[must_use]
pub fn changes_at(row: &Row, env: &Env) -> Stamp {
    let now = env.now;
    let older = now.plus(age::changes_in(now.since(row.times.opened)));
    let outlook = row.outlook;
    let counts = outlook.due.map(|due| match (outlook.clock, hours(row, env)) {
        (Some(_), Some(hours)) => hours.add(now, countdown::changes_in(hours.measure(now, due))),
        (Some(_), None) => now.plus(countdown::changes_in(due.since(now))),
        (None, _) => now.plus(age::changes_in(now.since(due))),
    });
    let turns = [outlook.warn, outlook.breach()].into_iter().flatten().filter(|at| *at > now);
    turns.chain(counts).min().map_or(older, |at| at.min(older))
}

/// `!!`: its clock in force is breached; `!`: it stands warned.
#[must_use]
pub fn urgency(row: &Row, env: &Env) -> (&'static str, Role) {
    match row.outlook.standing(env.now) {
        Standing::Breached => ("!!", Role::Breached),
        Standing::Warned => (" !", Role::Warned),
        Standing::InTime => ("  ", Role::Text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::row::Outlook;
    use crate::tui::sample::{NOW, Play, env};

    fn rows() -> Vec<Row> {
        Play::with(1, (120, 40)).views.iter().map(|view| Row::of(&view.ticket, view.outlook)).collect()
    }

    fn shown(row: &Row, env: &Env) -> String {
        let cell = |kind| cell(kind, row, env, &Theme::default()).0;
        format!("{} {} {}", urgency(row, env).0, cell(Kind::Clock), cell(Kind::Age))
    }

    #[test]
    fn a_row_tells_its_clock_in_force_and_what_is_left_of_it() {
        let env = env();
        let all: Vec<String> =
            rows().iter().map(|row| cell(Kind::Clock, row, &env, &Theme::default()).0).collect();
        assert_eq!(all, ["own        -4m", "resp        1m", "wakes       2d", "", "resolve    50h"]);
        assert!(all.iter().all(|text| width(text) <= NAMED + LEFT));
    }

    #[test]
    fn a_pause_without_an_end_has_no_time_and_names_stay_apart_from_figures() {
        let mut waiting = rows().remove(2);
        waiting.outlook = Outlook::default();
        assert_eq!(clock(&waiting, &env()).0, "paused");
        assert!(Clock::ALL.iter().all(|clock| width(short(*clock)) < NAMED));
    }

    #[test]
    fn what_is_left_is_working_time_and_stands_still_outside_it() {
        let (mut env, office) = (env(), rows().remove(4));
        let before = left(&office, office.outlook.due.unwrap(), &env);
        // Sunday noon to Monday 07:00.
        env.now = NOW.plus(Span::HOUR.times(19));
        assert_eq!(left(&office, office.outlook.due.unwrap(), &env), before);
        env.now = NOW.plus(Span::HOUR.times(22));
        assert!(left(&office, office.outlook.due.unwrap(), &env) < before);
    }

    #[test]
    fn without_a_calendar_the_wall_s_time_counts() {
        let mut row = rows().remove(0);
        row.grade.priority = String::from("P9");
        row.outlook =
            Outlook { clock: Some(Clock::Own), due: Some(NOW.plus(Span::HOUR)), ..Outlook::default() };
        assert_eq!(clock(&row, &env()).0, "own         1h");
        assert!(changes_at(&row, &env()) > NOW);
    }

    #[test]
    fn nothing_in_a_row_changes_before_it_is_said_to() {
        for row in rows() {
            let mut env = env();
            for _ in 0..300 {
                let at = changes_at(&row, &env);
                assert!(at > env.now);
                let before = shown(&row, &env);
                env.now = Stamp(at.0 - 1);
                assert_eq!(shown(&row, &env), before, "{}", row.id);
                env.now = at;
            }
        }
    }

    #[test]
    fn a_mark_comes_at_the_very_moment() {
        let (mut env, row) = (env(), rows().remove(1));
        let breach = row.outlook.breach().unwrap();
        env.now = Stamp(breach.0 - 1);
        assert_eq!(urgency(&row, &env), (" !", Role::Warned));
        assert_eq!(changes_at(&row, &env), breach);
        env.now = breach;
        assert_eq!(urgency(&row, &env), ("!!", Role::Breached));
    }
}
