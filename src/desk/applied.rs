//! What putting a matrix into force came to, for whoever did it: they see at once what it made of the open tickets.

use super::error::DeskError;
use super::opened::Desk;
use crate::domain::query::parse;

/// The outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    pub revision: i64,
    pub newness: Newness,
    /// Open tickets, each judged by this matrix from now on.
    pub open: u64,
    /// Of them, those past a limit that it sets.
    pub breached: u64,
    /// And those that were past one of its predecessor's, all of which was recorded.
    pub breached_before: u64,
    /// What its predecessor still had due, recorded before it went.
    pub done_before: usize,
}

/// Whether anything was put into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newness {
    New,
    /// It was in force already.
    Same,
}

impl Desk {
    /// How the open tickets stand now.
    pub(super) fn tickets_stand(
        &mut self,
        newness: Newness,
        done_before: usize,
    ) -> Result<Applied, DeskError> {
        let queries = ["is:open", "is:open is:breached"].map(|text| parse(text).unwrap_or_default());
        let counts = self.count(queries.into())?;
        let count = |n: usize| counts.get(n).copied().unwrap_or(0);
        let (revision, open, breached) = (self.in_force().revision, count(0), count(1));
        Ok(Applied { revision, newness, open, breached, breached_before: breached, done_before })
    }

    /// How they stand by another matrix than `before`.
    pub(super) fn came_to(&mut self, before: Applied) -> Result<Applied, DeskError> {
        let now = self.tickets_stand(Newness::New, before.done_before)?;
        Ok(Applied { breached_before: before.breached, ..now })
    }
}
