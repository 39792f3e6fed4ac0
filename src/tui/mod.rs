//! The console: what is shown, which keys do what, and the thread that talks to the desk. Never uses the
//! command line and never the store.

pub mod action;
pub mod dialog;
pub mod effect;
pub mod env;
pub mod field;
pub mod input;
pub mod intent;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod model;
pub mod msg;
pub mod runtime;
#[cfg(test)]
mod sample;
pub mod screen;
pub mod session;
#[cfg(test)]
pub mod testing;
pub mod theme;
pub mod update;
pub mod view;
pub mod views;
mod worker;

pub use effect::Ending;
pub use runtime::{ConsoleError, run};
