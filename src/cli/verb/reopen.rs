//! `reopen`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, line};
use crate::cli::session::Session;
use crate::domain::text::Line;
use crate::rules::Command;

/// Reopen resolved or closed tickets
///
/// After the matrix's `reopen-within`, counted from the closing, the ticket stays closed and a new one is opened that
/// follows it: of the same requester, about the same, in the queue that the routes choose.
#[derive(Debug, Args)]
pub struct Reopen {
    #[command(flatten)]
    tickets: Tickets,
    /// What came back, or never went
    #[arg(long, value_name = "WHY", required = true, allow_hyphen_values = true, value_parser = line)]
    reason: Line,
}

impl Reopen {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        act::on_each(session, &self.tickets, &Command::Reopen { reason: self.reason })
    }
}
