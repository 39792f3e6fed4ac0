//! The console's whole state: plain data, changed by `update` alone, drawn by `view`. Holds no thread, file or
//! clock.

pub mod inbox;
pub mod queue;
pub mod story;
pub mod writes;

use ratatui::layout::{Rect, Size};

use super::action::ActionId;
use super::dialog::Stack;
use super::effect::Ending;
use super::env::{Env, Facts};
use super::key::Key;
use super::layout::{self, Areas, Bands, Pane};
use super::msg::Health;
use crate::desk::TicketView;
use crate::domain::ids::TicketId;
use crate::domain::stamp::Stamp;

pub use inbox::Inbox;
pub use queue::{Held, List, Queue};
pub use story::{Depth, Story};
pub use writes::Writes;

/// The state.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    pub size: Size,
    pub focus: Pane,
    pub queue: Queue,
    pub story: Story,
    pub dialogs: Stack,
    pub notices: Notices,
    pub drive: Drive,
    pub writes: Writes,
    /// Keys of a sequence that is not complete.
    pub pressed: Vec<Key>,
    pub awaiting: Option<Awaiting>,
    /// When a shown age changes next, so that one timer is set for it once.
    pub age_changes: Option<Stamp>,
    pub life: Life,
}

/// An action that waits for its ticket to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaiting {
    pub action: ActionId,
    pub ticket: TicketId,
    /// Pressed meanwhile: meant for the dialog that is yet to open, and never for other actions.
    pub ahead: Vec<Key>,
}

/// What is to be said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notices {
    /// Until the next key, or for a while.
    pub toast: Option<Toast>,
    /// As long as it is so.
    pub banners: Vec<Banner>,
    /// Until it is seen.
    pub inbox: Inbox,
}

/// What stands to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    pub weight: Weight,
    pub text: String,
}

/// Whether it is its person's to do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Theirs,
    Others,
}

impl Banner {
    /// Something that must be mended.
    #[must_use]
    pub fn alarm(text: impl Into<String>) -> Banner {
        Banner { weight: Weight::Theirs, text: text.into() }
    }
}

/// A message about what was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub tone: Tone,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Done,
    Hint,
    /// It was not done, and why.
    Refused,
}

/// How the drive does, and since when something is asked of it without an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drive {
    pub health: Health,
    pub asked: Option<Stamp>,
    /// When the matrix has something to do next, as far as is known.
    pub due: Option<Stamp>,
    /// When the timer for it was set.
    pub armed: Option<Stamp>,
}

/// Whether the console goes on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Life {
    #[default]
    Running,
    /// Leaving as soon as everything is saved.
    Leaving(Ending),
}

impl Drive {
    /// An answer came: what was said of its delay is over. How long it took, the desk's thread says.
    pub fn answered(&mut self) {
        self.asked = None;
        if matches!(self.health, Health::Slow(_) | Health::Locked(_)) {
            self.health = Health::Fine;
        }
    }
}

impl Model {
    /// A console of which nothing is known but its size.
    #[must_use]
    pub fn new(size: Size) -> Model {
        Model { size, ..Model::default() }
    }

    /// Where everything stands.
    #[must_use]
    pub fn areas(&self) -> Areas {
        let area = Rect::new(0, 0, self.size.width, self.size.height);
        let bands = Bands { banners: self.notices.banners.len(), notices: self.notices.inbox.len() };
        layout::areas(area, self.focus, bands)
    }

    /// The selected ticket's story, if it is the one shown.
    #[must_use]
    pub fn selected(&self) -> Option<&TicketView> {
        self.story.of(self.queue.cursor.id?)
    }

    /// What the availability of actions in footer, help and palette rests on: the ticket shown, so that it does
    /// not change while the selection is on the move.
    #[must_use]
    pub fn facts<'a>(&'a self, env: &'a Env) -> Facts<'a> {
        Facts { env, ticket: self.story.shown.as_deref().map(|view| &view.ticket) }
    }

    /// Says something.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.notices.toast = Some(Toast { tone, text: text.into() });
    }
}
