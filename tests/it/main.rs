//! Tests of the whole, in one binary: each module is one subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test falls where something is wrong, and its helpers too"
)]

mod budgets;
mod cli;
mod docs;
mod floors;
mod import;
mod kit;
mod pty;
mod readme;
mod shape;
mod source;
mod store;
mod supply;
mod sweep;
