//! Commands on their way to the desk. A row under way is marked; what it will look like is only known from the log.

use crate::domain::ids::TicketId;
use crate::tui::intent::Ask;
use crate::tui::msg::Job;

/// The commands that were sent and not answered, the oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Writes {
    last: u64,
    pub open: Vec<Pending>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    pub job: Job,
    pub ticket: Option<TicketId>,
    /// What to say once it is done: "taken".
    pub done: String,
    pub from: From,
}

/// Who waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// A key pressed in a pane.
    Pane,
    /// The dialog on top.
    Dialog,
}

impl Writes {
    /// Sends a command off.
    pub fn send(&mut self, ask: &Ask, done: String, from: From) -> Job {
        self.last += 1;
        let job = Job(self.last);
        self.open.push(Pending { job, ticket: ask.ticket, done, from });
        job
    }

    /// Takes a command off the list that was answered.
    pub fn answered(&mut self, job: Job) -> Option<Pending> {
        let place = self.open.iter().position(|pending| pending.job == job)?;
        Some(self.open.remove(place))
    }

    /// Whether a command on this ticket is under way.
    #[must_use]
    pub fn touches(&self, id: TicketId) -> bool {
        self.open.iter().any(|pending| pending.ticket == Some(id))
    }
}
