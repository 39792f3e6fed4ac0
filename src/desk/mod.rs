//! The use cases, shared by console and command line: load, decide, append, retry. Never prints, never draws.
