//! The columns of the queue: which there are at a width, how wide, and what a ticket shows in each. Widths come
//! from the matrix and the screen, never from what is in the rows, so that a refresh moves nothing.

use super::age;
use super::text::width;
use crate::domain::row::{Row, Standing};
use crate::domain::ticket::Phase;
use crate::matrix::Matrix;
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
    Due,
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
            Kind::Due => "due",
            Kind::Age => "age",
        }
    }

    /// Numbers and times stand at the right.
    #[must_use]
    pub fn is_right(self) -> bool {
        matches!(self, Kind::Id | Kind::Due | Kind::Age)
    }
}

/// A column with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub kind: Kind,
    pub columns: usize,
}

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
    let (from_tier, from_group) = if places == Places::One { (110, 110) } else { (90, 60) };
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
        (Kind::Status, 8, 70),
        (Kind::Due, 6, 96),
        (Kind::Age, 5, 0),
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
        Kind::Due => due(row, env),
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

fn due(row: &Row, env: &Env) -> (String, Role) {
    let Some(due) = row.outlook.due else { return (String::new(), Role::Text) };
    let left = due.since(env.now);
    (age::short(left), if left.0 < 0 { Role::Breached } else { Role::Text })
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
