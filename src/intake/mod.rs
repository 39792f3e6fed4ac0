//! Brings history in from elsewhere: a map says what a foreign CSV means, and its rows become events with their
//! own times. Events are built as history has them, never decided by today's matrix; each ticket they tell must
//! still keep the ticket's invariants. Never writes a part of a file: all of it, or nothing.
//!
//! In order: [`map::read`] the map, [`Table::open`] the file, [`Plan::new`] what would be written, [`load`] it.

pub mod finding;
pub mod history;
mod load;
pub mod map;
mod plan;
mod snapshot;
pub mod table;

pub use finding::{Notice, Noticed, ReadError, Trouble};
pub use history::{Entry, History};
pub use load::{Arrival, LoadError, Loaded, load};
pub use map::Mapping;
pub use plan::{Counts, OnTrouble, Plan, Resolutions};
pub use table::{Progress, Stage, Table};

#[cfg(test)]
mod tests;
