//! What the console wants done outside itself: data that only the runtime carries out. A recorded list of
//! messages gives the same effects again.

use super::dialog::form::draft::Draft;
use super::intent::Ask;
use super::model::inbox::Unseen;
use super::msg::{Generation, Job, Timer};
use crate::desk::Anchor;
use crate::domain::ids::TicketId;
use crate::domain::query::Query;
use crate::domain::stamp::Span;

/// A wish of `update`.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read a stretch of a list; a newer one makes it pointless.
    Page(PageWish),
    /// Read a ticket; as `Page`.
    Ticket {
        generation: Generation,
        id: TicketId,
    },
    /// Read again what was asked last.
    Refresh,
    /// Carry out a command: in order, never dropped.
    Run {
        job: Job,
        ask: Ask,
    },
    /// Wake up after a while; a timer of the same name is set anew.
    Timer(Timer, Span),
    /// Have a text written in the person's editor.
    Compose(String),
    /// Keep what is written in forms and not sent, against a crash.
    KeepDrafts(Vec<Draft>),
    /// Keep what its person has not seen yet, against the end of this console.
    KeepUnseen(Unseen),
    /// Call the person, if that is switched on.
    Ring(String),
    /// Read the latest notices.
    Notices,
    /// Do what the matrix has due, when nothing else is to be done.
    Sweep,
    /// To the clipboard.
    Copy(String),
    ToggleMouse,
    /// Paint all of it again.
    Redraw,
    /// Back to the shell for a while.
    Suspend,
    /// Take the terminal again after somebody else had it.
    Retake,
    Quit(Ending),
}

/// A stretch of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct PageWish {
    pub generation: Generation,
    pub query: Query,
    pub anchor: Anchor,
    pub rows: usize,
}

/// How the console ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    Left,
    /// With this many changes unsaved.
    Abandoned(usize),
    /// By a signal, with the exit status that says so.
    Signalled(u8),
    /// Nothing can go on; why.
    Died(String),
}
