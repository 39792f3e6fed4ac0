//! The console: what is shown, which keys do what, and the thread that talks to the desk. Never uses the
//! command line and never the store.

pub mod input;
pub mod key;
pub mod screen;
pub mod session;
