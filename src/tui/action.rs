//! Every action of the console, one row each: dispatch, footer, help, palette, key file and the keys page are
//! derived from these rows. Holds no handler and draws nothing; whether an action can be done now is asked of the
//! rules, never decided here a second time.

mod probe;
#[cfg(test)]
mod tests;

use super::env::Facts;
use crate::rules::{Command, Refusal};

/// What an action is about: the headings of help and palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Ticket,
    Closing,
    Queue,
    Move,
    Console,
    Form,
}

impl Group {
    pub const ALL: [Group; 6] =
        [Group::Ticket, Group::Closing, Group::Queue, Group::Move, Group::Console, Group::Form];

    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Group::Ticket => "Ticket",
            Group::Closing => "Closing",
            Group::Queue => "Queue",
            Group::Move => "Moving about",
            Group::Console => "Console",
            Group::Form => "In a form",
        }
    }
}

/// Where keys go: to the top dialog, or else to the pane that has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    Queue,
    Ticket,
    Log,
    /// A dialog, whose text fields take printable keys: no row of this context has one.
    Dialog,
}

/// What must hold before an action can be done.
#[derive(Debug, Clone, Copy)]
pub enum Needs {
    Nothing,
    /// A ticket is selected.
    Ticket,
    /// The rules accept this on the selected ticket, or refuse it only for what a form will ask.
    Accepted(fn() -> Command),
    /// As `Accepted`, for a ticket that is yet to be.
    AcceptedAnew(fn() -> Command),
}

/// A row.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    pub id: ActionId,
    /// The stable dotted name of key files and docs.
    pub name: &'static str,
    pub group: Group,
    pub contexts: &'static [Context],
    /// Default keys by name, the one shown first.
    pub keys: &'static [&'static str],
    /// One or two words for the footer.
    pub label: &'static str,
    /// One line, 60 columns at most, without a full stop.
    pub doc: &'static str,
    /// Place in the footer from 1; 0: not in the footer.
    pub rank: u8,
    pub needs: Needs,
}

impl Action {
    /// The row of an action.
    #[must_use]
    pub fn of(id: ActionId) -> &'static Action {
        row(id)
    }

    /// All rows, in the order of help.
    pub fn all() -> impl Iterator<Item = &'static Action> {
        ActionId::ALL.iter().copied().map(row)
    }

    /// The action of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Action> {
        Action::all().find(|action| action.name == name)
    }

    /// Whether it can be done now.
    ///
    /// # Errors
    /// Why not, and what would help.
    pub fn available(&self, facts: &Facts) -> Result<(), Refusal> {
        match self.needs {
            Needs::Nothing => Ok(()),
            Needs::Ticket => facts.ticket().map(|_| ()),
            Needs::Accepted(probe) => facts.accepts(Some(facts.ticket()?), &probe()),
            Needs::AcceptedAnew(probe) => facts.accepts(None, &probe()),
        }
    }
}

macro_rules! actions {
    ($($id:ident $name:literal $group:ident $contexts:ident $keys:tt $label:literal $rank:literal $needs:expr, $doc:literal;)+) => {
        /// The actions, by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ActionId {
            $(#[doc = $doc] $id,)+
        }

        impl ActionId {
            /// In the order of help.
            pub const ALL: &'static [ActionId] = &[$(ActionId::$id,)+];
        }

        fn row(id: ActionId) -> &'static Action {
            match id {
                $(ActionId::$id => {
                    static ROW: Action = Action {
                        id: ActionId::$id,
                        name: $name,
                        group: Group::$group,
                        contexts: $contexts,
                        keys: &$keys,
                        label: $label,
                        doc: $doc,
                        rank: $rank,
                        needs: $needs,
                    };
                    &ROW
                })+
            }
        }
    };
}

const PANES: &[Context] = &[Context::Queue, Context::Ticket, Context::Log];
const QUEUE: &[Context] = &[Context::Queue];
const STORY: &[Context] = &[Context::Ticket, Context::Log];
const DIALOG: &[Context] = &[Context::Dialog];

use Needs::{Accepted, AcceptedAnew, Nothing, Ticket};

actions! {
    Take "ticket.take" Ticket PANES ["t"] "take" 2 Accepted(probe::take), "Take the ticket: it becomes yours";
    Release "ticket.release" Ticket PANES ["T"] "release" 14 Accepted(probe::release), "Give the ticket back to its queue";
    Note "ticket.note" Ticket PANES ["a"] "note" 3 Accepted(probe::note), "Write an internal note";
    NoteInEditor "ticket.note-editor" Ticket PANES ["N"] "note in editor" 0 Accepted(probe::note), "Write an internal note in your editor";
    Contact "ticket.contact" Ticket PANES ["A"] "contact" 13 Accepted(probe::contact), "Note what the requester heard or said";
    Escalate "ticket.escalate" Ticket PANES ["e"] "escalate" 4 Accepted(probe::escalate), "Hand the ticket to a higher tier";
    CallIn "ticket.call-in" Ticket PANES ["M"] "call in" 0 Accepted(probe::call_in), "Call management in; the ticket stays here";
    Rate "ticket.rate" Ticket PANES ["H"] "rate hand-off" 0 Accepted(probe::rate), "Say whether a hand-off was complete or poor";
    Return "ticket.return" Ticket PANES ["E"] "return" 15 Accepted(probe::give_back), "Send the ticket back where it came from";
    Route "ticket.route" Ticket PANES ["f"] "route" 0 Accepted(probe::route), "Move the ticket to the queue of another group";
    Assign "ticket.assign" Ticket PANES ["s"] "assign" 0 Accepted(probe::assign), "Give the ticket to a person of its group";
    Priority "ticket.priority" Ticket PANES ["p"] "priority" 16 Accepted(probe::prioritise), "Set impact and urgency, hence the priority";
    Wait "ticket.wait" Ticket PANES ["w"] "wait" 6 Accepted(probe::wait), "Wait for the requester, a vendor or a change";
    Resume "ticket.resume" Ticket PANES ["W"] "resume" 17 Accepted(probe::resume), "Go on with a ticket that waits";
    New "ticket.new" Ticket PANES ["n"] "new" 7 AcceptedAnew(probe::open), "Open a new ticket";
    Edit "ticket.edit" Ticket PANES ["d"] "edit" 0 Accepted(probe::edit), "Edit what the ticket says";
    Link "ticket.link" Ticket PANES ["l"] "link" 0 Accepted(probe::link), "Link the ticket to another one";
    Unlink "ticket.unlink" Ticket PANES [] "unlink" 0 Ticket, "Take a link to another ticket away";
    Explain "ticket.explain" Ticket PANES ["i"] "explain" 10 Ticket, "Explain the ticket's clocks: counted, paused, due";
    CopyId "ticket.copy-id" Ticket PANES ["y"] "copy number" 0 Ticket, "Copy the ticket's number to the clipboard";

    Resolve "ticket.resolve" Closing PANES ["r"] "resolve" 5 Accepted(probe::resolve), "Resolve it: root cause, resolution, outcome";
    Confirm "ticket.confirm" Closing PANES ["c"] "confirm" 12 Accepted(probe::confirm), "Confirm with the requester that all is well";
    Close "ticket.close" Closing PANES ["C"] "close" 0 Accepted(probe::close), "Close it without the requester's word";
    Reopen "ticket.reopen" Closing PANES ["o"] "reopen" 18 Accepted(probe::reopen), "Reopen a resolved or closed ticket";

    Filter "queue.filter" Queue PANES ["/"] "filter" 8 Nothing, "Show only tickets that match a query";
    Views "queue.views" Queue PANES ["v"] "views" 9 Nothing, "Choose a saved view of the queue";
    ClearFilter "queue.clear-filter" Queue QUEUE ["esc"] "clear filter" 0 Nothing, "Clear the filter: show the whole view";
    Sort "queue.sort" Queue PANES ["S"] "sort" 0 Nothing, "Choose the order of the queue";
    Refresh "queue.refresh" Queue PANES ["R"] "refresh" 0 Nothing, "Read the desk again now";

    Up "move.up" Move PANES ["k", "up"] "up" 0 Nothing, "One ticket or line up";
    Down "move.down" Move PANES ["j", "down"] "down" 0 Nothing, "One ticket or line down";
    PageUp "move.page-up" Move PANES ["K", "pageup"] "page up" 0 Nothing, "One page up";
    PageDown "move.page-down" Move PANES ["J", "pagedown", "space"] "page down" 0 Nothing, "One page down";
    Top "move.top" Move PANES ["g g", "home"] "top" 0 Nothing, "To the first ticket or line";
    Bottom "move.bottom" Move PANES ["G", "end"] "bottom" 0 Nothing, "To the last ticket or line";
    OpenTicket "pane.open" Move QUEUE ["enter", "right"] "open" 1 Ticket, "Go into the selected ticket";
    Back "pane.back" Move STORY ["esc", "left"] "back" 1 Nothing, "Back to the queue";
    NextPane "pane.next" Move PANES ["tab"] "next pane" 11 Nothing, "To the next pane";
    PreviousPane "pane.previous" Move PANES ["shift-tab"] "previous pane" 0 Nothing, "To the previous pane";
    QueuePane "pane.queue" Move PANES ["1"] "queue" 0 Nothing, "To the queue";
    TicketPane "pane.ticket" Move PANES ["2"] "ticket" 0 Nothing, "To the ticket";
    LogPane "pane.log" Move PANES ["3"] "log" 0 Nothing, "To the escalation log";
    AllEvents "log.all" Move PANES ["L"] "all events" 0 Nothing, "Escalations only, or every event of the ticket";

    SeeNotice "notice.see" Console PANES ["b"] "go there" 0 Nothing, "Go to the ticket of the notice shown";
    DismissNotice "notice.dismiss" Console PANES ["B"] "dismiss" 0 Nothing, "Dismiss the notice shown; the next one comes";
    Notices "console.notices" Console PANES ["I"] "notices" 0 Nothing, "List the latest notices; all of them are then seen";
    Matrix "console.matrix" Console PANES ["m"] "matrix" 19 Nothing, "Show the matrix, and where the ticket goes in it";
    Palette "console.palette" Console PANES [":"] "commands" 20 Nothing, "Find an action by its name";
    Help "console.help" Console PANES ["?"] "help" 22 Nothing, "Show what every key does";
    Mouse "console.mouse" Console PANES [] "mouse" 0 Nothing, "Switch the mouse on or off";
    Redraw "console.redraw" Console PANES ["ctrl-l"] "redraw" 0 Nothing, "Paint the whole screen again";
    Suspend "console.suspend" Console PANES ["ctrl-z"] "suspend" 0 Nothing, "Go back to the shell; fg returns here";
    Quit "console.quit" Console PANES ["q", "ctrl-c"] "quit" 21 Nothing, "Leave tierline once everything is saved";

    Submit "form.submit" Form DIALOG ["ctrl-s"] "save" 2 Nothing, "Submit the form";
    Accept "form.accept" Form DIALOG ["enter"] "choose" 1 Nothing, "Choose, or go on to the next field";
    Cancel "form.cancel" Form DIALOG ["esc", "ctrl-c"] "cancel" 5 Nothing, "Leave the form; a changed one asks once";
    NextField "form.next" Form DIALOG ["tab", "down"] "next field" 3 Nothing, "To the next field or choice";
    PreviousField "form.previous" Form DIALOG ["shift-tab", "up"] "previous" 0 Nothing, "To the previous field or choice";
    FieldPageDown "form.page-down" Form DIALOG ["pagedown"] "page down" 0 Nothing, "One page down";
    FieldPageUp "form.page-up" Form DIALOG ["pageup"] "page up" 0 Nothing, "One page up";
    FieldInEditor "form.editor" Form DIALOG ["ctrl-o"] "editor" 4 Nothing, "Write this field in your editor";
}
