//! What happened, past tense, under stable dotted names: the truth of the desk. A kind or field that this
//! version does not know is kept word for word, shown as unknown and written back unchanged. Never rename a
//! kind or a field that was released; add one, and teach `codec` to read the old. The stored text is the truth:
//! what was read is a view and never written back over it. New facts become new fields of an event, never of
//! what stands inside one (a queue, a requester): those shapes are closed, so that `rest` holds all that is new.

pub mod closing;
pub mod codec;
pub mod desk;
pub mod handoff;
pub mod link;
pub mod note;
pub mod opening;
pub mod owner;
pub mod place;
pub mod wait;
pub mod watch;

use serde::{Deserialize, Serialize};

pub use closing::{Closed, Confirmed, HowClosed, Outcome, Reached, Reopened, Resolved};
pub use desk::{DeskCreated, MatrixApplied};
pub use handoff::{HandoffRated, Need, Quality};
pub use link::{Linked, Relation, Unlinked};
pub use note::{Channel, Contacted, Noted};
pub use opening::{Edited, Opened, Prioritised, Requester, Source};
pub use owner::{Assigned, Released, Taken};
pub use place::{CalledIn, Cause, Escalated, Queue, ReturnCode, Returned, Routed, Trigger};
pub use wait::{Resumed, WaitOn, WaitStarted};
pub use watch::{ActKind, Breached, Deed, StepFired, Warned};

use super::ids::{CommandId, EventId, Seq, TicketId};
use super::stamp::Stamp;
use super::text::Label;

/// Fields that a newer version wrote and this one keeps.
pub type Rest = serde_json::Map<String, serde_json::Value>;

macro_rules! events {
    ($($variant:ident = $kind:literal),+ $(,)?) => {
        /// One thing that happened.
        #[derive(Debug, Clone, PartialEq)]
        #[expect(clippy::large_enum_variant, reason = "an opening is one event of many, and streams are short")]
        pub enum Event {
            $($variant($variant),)+
            /// An event of a newer version: kept, shown as unknown, without effect here.
            Unknown { kind: String, body: String },
        }

        impl Event {
            /// Every kind this version knows.
            pub const KINDS: &'static [&'static str] = &[$($kind),+];

            /// The stable name under which it is stored.
            #[must_use]
            pub fn kind(&self) -> &str {
                match self {
                    $(Event::$variant(_) => $kind,)+
                    Event::Unknown { kind, .. } => kind,
                }
            }

            fn value(&self) -> Option<Result<serde_json::Value, serde_json::Error>> {
                match self {
                    $(Event::$variant(payload) => Some(serde_json::to_value(payload)),)+
                    Event::Unknown { .. } => None,
                }
            }

            fn typed(kind: &str, body: &str) -> Option<Event> {
                match kind {
                    $($kind => serde_json::from_str::<$variant>(body).ok().map(|mut payload| {
                        payload.rest.remove("v");
                        Event::$variant(payload)
                    }),)+
                    _ => None,
                }
            }
        }

        $(impl From<$variant> for Event {
            fn from(payload: $variant) -> Event {
                Event::$variant(payload)
            }
        })+
    };
}

events! {
    DeskCreated = "desk.created",
    MatrixApplied = "matrix.applied",
    Opened = "ticket.opened",
    Edited = "ticket.edited",
    Prioritised = "ticket.prioritised",
    Routed = "ticket.routed",
    Taken = "ticket.taken",
    Released = "ticket.released",
    Assigned = "ticket.assigned",
    Noted = "ticket.noted",
    Contacted = "ticket.contacted",
    Escalated = "ticket.escalated",
    CalledIn = "ticket.called_in",
    HandoffRated = "ticket.handoff_rated",
    Returned = "ticket.returned",
    WaitStarted = "ticket.wait_started",
    Resumed = "ticket.resumed",
    Resolved = "ticket.resolved",
    Confirmed = "ticket.confirmed",
    Closed = "ticket.closed",
    Reopened = "ticket.reopened",
    Linked = "ticket.linked",
    Unlinked = "ticket.unlinked",
    Warned = "ticket.warned",
    Breached = "ticket.breached",
    StepFired = "ticket.step_fired",
}

/// Who did it, and from which machine.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author {
    pub actor: Label,
    pub host: Label,
}

/// An event as the log holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    pub id: EventId,
    pub ticket: TicketId,
    pub seq: Seq,
    /// UTC.
    pub at: Stamp,
    pub author: Author,
    pub event: Event,
    /// The matrix revision in force; 0 before the first.
    pub matrix: i64,
    /// On the first event of a command.
    pub command: Option<CommandId>,
}

#[cfg(test)]
mod corpus;
