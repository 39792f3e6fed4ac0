//! Tests of the whole, in one binary: each module is one subject.

mod floors;
mod shape;
mod source;
mod store;
mod supply;
