//! The floors of tierline, from the ground up. A room may use the rooms below it, never those above
//! or beside it; `tests/it/floors.rs` reads the `use` lines and holds the code to this order.

pub mod cli;
pub mod desk;
pub mod domain;
pub mod intake;
pub mod matrix;
pub mod report;
pub mod rules;
pub mod store;
pub mod tui;
