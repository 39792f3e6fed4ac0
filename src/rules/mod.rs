//! Pure policy: `decide` turns a ticket, a command and the context into events or a refusal. Never reads a
//! clock, a file or the environment; never changes anything. The same check stands behind every way in.

pub mod agenda;
pub mod authority;
pub mod clocks;
pub mod command;
pub mod decide;
pub mod explain;
pub mod fields;
pub mod forecast;
pub mod grid;
pub mod handoff;
pub mod next;
pub mod outlook;
pub mod refusal;
pub mod route;
pub mod sweep;
pub mod worktime;

pub use command::Command;
pub use decide::decide;
pub use refusal::{Reason, Refusal};

use crate::domain::event::Author;
use crate::domain::query::{self, Query, Scope};
use crate::domain::row::{Outlook, Row};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;

/// What a decision rests on besides the ticket: who, when, and by which matrix.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub now: Stamp,
    pub author: &'a Author,
    pub matrix: &'a Matrix,
}

impl<'a> Context<'a> {
    /// The actor's name.
    #[must_use]
    pub fn me(&self) -> &'a str {
        self.author.actor.as_str()
    }

    /// Who asks, for the query language.
    #[must_use]
    pub fn scope(&self) -> Scope {
        scope(self.me(), self.now, self.matrix)
    }

    /// Whether a query of the matrix holds for a ticket as it stands.
    #[must_use]
    pub fn holds(&self, query: &Query, ticket: &Ticket) -> bool {
        let texts = if query.asks_text() { query::texts_of(ticket) } else { Vec::new() };
        let row = Row::of(ticket, Outlook::bare(ticket));
        query::holds(query, &self.scope(), &row, &texts)
    }
}

/// A person's scope under a matrix. Without people in the matrix every group is everyone's.
#[must_use]
pub fn scope(me: &str, now: Stamp, matrix: &Matrix) -> Scope {
    let groups: Vec<String> = matrix.groups.iter().map(|group| group.name.as_str().to_owned()).collect();
    let people = matrix.team.people.iter().map(|person| person.name.as_str().to_owned()).collect();
    let own =
        |person: &crate::matrix::model::Person| person.groups.iter().map(|g| g.as_str().to_owned()).collect();
    let my_groups = if matrix.team.people.is_empty() {
        groups.clone()
    } else {
        matrix.person(me).map_or(Vec::new(), own)
    };
    let (levels, tiers) = (matrix.levels(), matrix.tier_names());
    Scope { me: me.to_owned(), my_groups, now, levels, tiers, groups, people }
}
