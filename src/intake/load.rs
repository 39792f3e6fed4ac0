//! Writes a plan into the desk's file: in one transaction or not at all. What the log holds already is skipped, so
//! the same file a second time changes nothing, and a longer one adds what is new.

use super::finding::Trouble;
use super::history::History;
use super::map::Rows;
use super::plan::Plan;
use super::table::{Progress, Stage};
use crate::domain::event::Event;
use crate::domain::ids::TicketId;
use crate::domain::stamp::Stamp;
use crate::store::{Added, Bulk, Entry, Patience, Store, StoreError};

/// What an import changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Tickets that the desk did not have.
    pub new: u64,
    /// Tickets that it had, and that got more events.
    pub grown: u64,
    /// Tickets of which it had everything.
    pub same: u64,
    pub events: u64,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A ticket that the desk has can't have become what the file says.
    #[error("{0}")]
    Untold(Trouble),
}

/// When a history is brought in, and by which matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// The revision in force.
    pub matrix: i64,
    pub at: Stamp,
}

/// Writes every history of the plan.
///
/// # Errors
/// What the file or the drive refuses; then nothing is written.
pub fn load(
    plan: &Plan<'_>,
    store: &mut Store,
    arrival: Arrival,
    patience: &mut Patience,
    tell: &mut dyn FnMut(Progress),
) -> Result<Loaded, LoadError> {
    store.bulk(patience, |bulk| {
        let mut loaded = Loaded::default();
        let total = plan.counts.tickets;
        for (done, (ticket, history)) in (0u64..).zip(plan.histories()) {
            if done % 64 == 0 {
                tell(Progress { stage: Stage::Write, done, total });
            }
            let id = known(bulk, &history)?;
            let later = match id {
                Some(id) if plan.rows() == Rows::Ticket => {
                    plan.later(ticket, bulk.ticket(id)?).map_err(LoadError::Untold)?
                }
                _ => Some(history),
            };
            let number = id.unwrap_or_else(|| bulk.next_ticket());
            let events = match later {
                Some(history) => write(bulk, number, arrival, history)?,
                None => 0,
            };
            loaded.count(id, events);
        }
        tell(Progress { stage: Stage::Write, done: total, total });
        Ok(loaded)
    })
}

/// The ticket's number, if the log holds its opening.
fn known(bulk: &Bulk<'_>, history: &History) -> Result<Option<TicketId>, StoreError> {
    match history.entries.first() {
        Some(opening) => bulk.known(opening.command),
        None => Ok(None),
    }
}

fn write(
    bulk: &mut Bulk<'_>,
    ticket: TicketId,
    arrival: Arrival,
    history: History,
) -> Result<u64, StoreError> {
    let Arrival { matrix, at: brought_in } = arrival;
    let mut written = 0;
    for entry in history.entries {
        let super::history::Entry { at, author, command, mut event } = entry;
        if let Event::Opened(opened) = &mut event {
            opened.brought_in = Some(brought_in);
        }
        let entry = Entry { command, author, at, matrix, ticket, events: vec![event] };
        written += u64::from(bulk.add(&entry)? == Added::Now);
    }
    Ok(written)
}

impl Loaded {
    fn count(&mut self, known: Option<TicketId>, events: u64) {
        self.events += events;
        let tickets = match (known, events) {
            (None, _) => &mut self.new,
            (Some(_), 0) => &mut self.same,
            (Some(_), _) => &mut self.grown,
        };
        *tickets += 1;
    }
}
