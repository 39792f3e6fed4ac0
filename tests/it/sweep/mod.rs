//! The sweep as a whole: many processes on one file, a clock that runs fast, and an oracle that reads nothing but the log.

mod migration;
mod oracle;
mod processes;
