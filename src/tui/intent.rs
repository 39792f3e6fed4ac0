//! What a dialog asks of the console, and what it is told in return: data, never a call. A form that asked the
//! desk for something stays open until the answer came.

use super::action::ActionId;
use super::model::queue::List;
use crate::desk::TicketView;
use crate::domain::ids::TicketId;
use crate::domain::query::Sort;
use crate::domain::row::Row;
use crate::rules::{Command, Refusal};

/// What a dialog is opened for, and what it starts from.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    pub action: ActionId,
    /// The selected ticket; always there for an action that needs one.
    pub ticket: Option<&'a TicketView>,
    /// View, filter and order in force.
    pub list: &'a List,
    /// What is held of the queue.
    pub rows: &'a [Row],
}

/// What a key did to the top dialog.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Stay,
    /// It is done or given up.
    Close,
    /// After [`Intent::Run`] and [`Intent::Compose`] it stays and gets an [`Answer`]; after the others it closes.
    Submit(Intent),
}

/// A wish.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    Run(Ask),
    /// The queue's filter as it was typed; known to parse. Empty: no filter.
    Filter(String),
    /// The order of the queue; empty: that of the view.
    Sort(Vec<Sort>),
    /// A saved view, by its place in `views::VIEWS`.
    View(usize),
    /// What palette or help chose.
    Act(ActionId),
    /// Have this text written in the person's editor.
    Compose(String),
    /// Go to a ticket, in the queue or not.
    Select(TicketId),
    /// To the clipboard.
    Copy(String),
}

/// A command for the desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// None: a new ticket.
    pub ticket: Option<TicketId>,
    pub command: Box<Command>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The desk has it: the dialog closes.
    Done,
    /// The dialog shows why beside the field it is about, with its text as it was.
    Refused(Refusal),
    /// Trouble with the file, in words; the text stays.
    Failed(String),
    /// What the editor gave; none when it was left empty or unchanged.
    Composed(Option<String>),
}
