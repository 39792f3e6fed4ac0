//! Pure facts: ids, text, tickets, events, the fold and the query language. Never reads a clock, a file
//! or the environment, and never refuses an event: `apply` is total.

pub mod case;
pub mod clock;
pub mod event;
pub mod fold;
pub mod ids;
pub mod notice;
pub mod query;
pub mod row;
pub mod stamp;
pub mod text;
pub mod ticket;
pub mod words;
