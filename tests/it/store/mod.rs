//! The store on real files, with other processes beside it.

mod calls;
mod kit;
