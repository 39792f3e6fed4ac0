//! What was written down: internal notes, and contacts that the requester heard or saw.

use serde::{Deserialize, Serialize};

use super::Rest;
use crate::domain::text::Body;

/// An internal note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Noted {
    pub text: Body,
    #[serde(flatten)]
    pub rest: Rest,
}

/// A note that the requester heard or saw: it answers the response clock and restarts the update clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contacted {
    pub text: Body,
    pub channel: Channel,
    #[serde(flatten)]
    pub rest: Rest,
}

/// How requester and desk spoke.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    #[default]
    Phone,
    Mail,
    Chat,
    Person,
    Web,
    /// A channel of a newer version, or none that was recorded.
    #[serde(other)]
    Other,
}

impl Channel {
    pub const ALL: [Channel; 6] =
        [Channel::Phone, Channel::Mail, Channel::Chat, Channel::Person, Channel::Web, Channel::Other];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Channel::Phone => "phone",
            Channel::Mail => "mail",
            Channel::Chat => "chat",
            Channel::Person => "person",
            Channel::Web => "web",
            Channel::Other => "other",
        }
    }
}
