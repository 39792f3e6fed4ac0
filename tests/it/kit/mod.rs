//! What tests, benches and examples of the whole share: a desk of any size, the real binary in a pseudo-terminal,
//! and the count of its calls on a file. Knows nothing of what is tried with them.

// Each user takes the part it needs.
#![allow(dead_code)]

pub mod calls;
pub mod desk;
pub mod tty;
