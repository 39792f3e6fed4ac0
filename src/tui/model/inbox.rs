//! What the person must hear of and has not seen: the oldest first, until it is dismissed, gone to or listed.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::desk::Notice;
use crate::domain::ids::{EventId, TicketId};

/// The notices that wait to be seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inbox {
    waiting: VecDeque<Notice>,
    upto: EventId,
}

/// What is kept of it: everything up to an event was seen, but for these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unseen {
    pub upto: EventId,
    pub waiting: Vec<EventId>,
}

impl Unseen {
    /// The event behind which there may be something to see.
    #[must_use]
    pub fn since(&self) -> EventId {
        self.waiting.iter().min().map_or(self.upto, |first| EventId(first.0 - 1))
    }

    #[must_use]
    pub fn was_seen(&self, event: EventId) -> bool {
        event <= self.upto && !self.waiting.contains(&event)
    }
}

impl Inbox {
    /// The one that is shown.
    #[must_use]
    pub fn first(&self) -> Option<&Notice> {
        self.waiting.front()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Takes what is new; gives its number.
    pub fn add(&mut self, notices: Vec<Notice>, upto: EventId) -> usize {
        let before = self.waiting.len();
        let new =
            |notice: &Notice, waiting: &VecDeque<Notice>| waiting.iter().all(|it| it.event != notice.event);
        for notice in notices {
            if new(&notice, &self.waiting) {
                self.waiting.push_back(notice);
            }
        }
        self.upto = upto;
        self.waiting.len() - before
    }

    /// The one shown was seen.
    pub fn dismiss(&mut self) -> Option<Notice> {
        self.waiting.pop_front()
    }

    /// All about a ticket was seen.
    pub fn seen_of(&mut self, ticket: TicketId) {
        self.waiting.retain(|notice| notice.ticket != ticket);
    }

    /// All was seen.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }

    /// What has to be kept.
    #[must_use]
    pub fn unseen(&self) -> Unseen {
        Unseen { upto: self.upto, waiting: self.waiting.iter().map(|notice| notice.event).collect() }
    }
}

/// What happened, and by whom.
#[must_use]
pub fn happened(notice: &Notice) -> String {
    let what = notice.told.what.strip_prefix("noticed: ").unwrap_or(&notice.told.what);
    let by = notice.by.as_ref().map_or(String::new(), |by| format!("{by}: "));
    format!("{by}{what}")
}

/// A notice in one line, the most important first.
#[must_use]
pub fn line(notice: &Notice) -> String {
    format!("{} {} · {}", notice.ticket, happened(notice), notice.subject)
}
