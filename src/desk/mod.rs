//! The use cases, shared by console and command line: load, decide, append, retry; which desk, who am I, which
//! matrix. Never prints, never draws, and is the only way from above to the store.

pub mod act;
mod applied;
pub mod clock;
pub mod config;
pub mod days;
pub mod demo;
pub mod describe;
pub mod error;
pub mod explain;
pub mod force;
mod foresight;
pub mod keeping;
pub mod looking;
pub mod notices;
pub mod opened;
pub mod reading;
pub mod settings;
pub mod surroundings;
pub mod sweep;
pub mod view;
pub mod working_days;

/// What a caller of [`Desk::open_with`] and [`Desk::changed`] meets of the store.
pub use crate::store::{Go, Noticed, Patience};
pub use act::Done;
pub use applied::{Applied, Newness};
pub use clock::Clock;
pub use error::DeskError;
pub use notices::{Heard, Notice, Stands};
pub use opened::{Desk, First, Writing, new_id};
pub use settings::{Settings, Wishes, settle};
pub use surroundings::Surroundings;
pub use sweep::{Fired, Swept};
pub use view::{Anchor, Count, Counts, Look, News, Page, Seen, Story, TicketView};

#[cfg(test)]
mod tests;
