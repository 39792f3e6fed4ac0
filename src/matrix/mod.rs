//! `escalation.toml`: reads it, resolves it, and explains every mistake with its line. Never touches a file:
//! text comes in, a matrix or a list of mistakes goes out.

pub mod model;

pub use model::Matrix;
