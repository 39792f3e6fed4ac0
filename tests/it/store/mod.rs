//! The store on real files, with other processes beside it.

// The settings of clippy.toml reach functions marked as tests, not their helpers.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, clippy::print_stderr)]

mod calls;
pub mod kit;
mod processes;
