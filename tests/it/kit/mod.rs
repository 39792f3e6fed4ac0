//! What tests, benches and examples of the whole share: a desk of any size, the real binary in a pseudo-terminal,
//! what it costs in bytes and file calls. Knows nothing of what is tried with them.

// Each user takes the part it needs.
#![allow(dead_code)]

pub mod calls;
pub mod cost;
pub mod desk;
pub mod due;
pub mod stage;
pub mod tty;
