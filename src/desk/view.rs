//! What the desk shows: data for a list, a ticket and a header, read in one go. Holds no connection, so it can
//! travel between threads.

use super::notices::Heard;
use crate::domain::event::Recorded;
use crate::domain::ids::{EventId, TicketId};
use crate::domain::query::Query;
use crate::domain::row::{Outlook, Row};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Ticket;
use crate::rules::next::NextGroup;

/// Where a page of a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Top,
    /// So many rows into the list.
    Offset(usize),
    /// So that this ticket is among the rows, if it is in the list at all.
    Around(TicketId),
}

/// Whose story is wanted along with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    Nobodys,
    Of(TicketId),
    /// Of whatever ticket stands first: what a console that has just begun will ask for next.
    Firsts,
}

/// What to look at; all of it is read in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    pub query: Query,
    pub anchor: Anchor,
    pub rows: usize,
    pub story: Story,
    pub news: News,
}

/// Which notices are wanted along with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// None, nor how far the outbox goes.
    Unasked,
    /// Those behind this event.
    Since(EventId),
    /// None, but how far it goes.
    FromNowOn,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub page: Page,
    pub counts: Counts,
    pub ticket: Option<Box<TicketView>>,
    /// None: not asked for.
    pub heard: Option<Heard>,
    /// When the matrix has something to do next; past where something waits to be done.
    pub next: Option<Stamp>,
}

/// A stretch of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// How many rows of the list come before the first here.
    pub offset: usize,
    pub total: usize,
    pub rows: Vec<Row>,
}

/// A number that is counted only so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Exactly(usize),
    AtLeast(usize),
}

impl Default for Count {
    fn default() -> Count {
        Count::Exactly(0)
    }
}

/// The header's figures over the whole desk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open or waiting.
    pub live: usize,
    /// Their clock in force has run out, those to be confirmed among them.
    pub breached: Count,
    /// The next limit, or the end of waiting, comes within the hour.
    pub soon: Count,
    pub unowned: usize,
    pub mine: usize,
    pub waiting: usize,
    /// Resolved, to be confirmed with the requester.
    pub resolved: usize,
}

/// A ticket with its story and what can come next.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketView {
    pub ticket: Ticket,
    /// By the matrix in force.
    pub outlook: Outlook,
    /// Oldest first.
    pub log: Vec<Recorded>,
    pub next: Vec<NextGroup>,
}
