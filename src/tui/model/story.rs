//! The two panes beside the queue: the ticket, which follows the selection once that rests, and its escalation log.

use crate::desk::TicketView;
use crate::domain::ids::TicketId;
use crate::tui::msg::Generation;

/// The ticket that is shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    pub shown: Option<Box<TicketView>>,
    /// The ticket that the pane is to show, once the selection rests.
    pub wanted: Option<TicketId>,
    pub generation: Generation,
    pub ticket_scroll: usize,
    pub log_scroll: usize,
    pub depth: Depth,
}

/// How much of the log is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    #[default]
    Escalations,
    Everything,
}

impl Depth {
    #[must_use]
    pub fn other(self) -> Depth {
        match self {
            Depth::Escalations => Depth::Everything,
            Depth::Everything => Depth::Escalations,
        }
    }
}

impl Story {
    /// The view of a ticket, if that is the one shown.
    #[must_use]
    pub fn of(&self, id: TicketId) -> Option<&TicketView> {
        self.shown.as_deref().filter(|view| view.ticket.id == id)
    }

    /// A new request's number.
    pub fn ask(&mut self) -> Generation {
        self.generation = Generation(self.generation.0 + 1);
        self.generation
    }

    /// Shows a ticket; false where the answer is stale. Scrolls back to its beginning if it is another one.
    pub fn take(&mut self, generation: Generation, view: Option<Box<TicketView>>) -> bool {
        if generation != self.generation {
            return false;
        }
        let id = |view: &Option<Box<TicketView>>| view.as_ref().map(|view| view.ticket.id);
        if id(&view) != id(&self.shown) {
            (self.ticket_scroll, self.log_scroll) = (0, 0);
        }
        self.shown = view;
        true
    }
}
