//! `close`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, line};
use crate::cli::session::Session;
use crate::domain::text::Line;
use crate::rules::Command;

/// Close resolved tickets without the requester's word
///
/// On the grounds the matrix gives: the requester could not be reached often enough, or the ticket was a duplicate
/// or withdrawn. `confirm` closes with the requester's word.
#[derive(Debug, Args)]
pub struct Close {
    #[command(flatten)]
    tickets: Tickets,
    /// Why
    #[arg(long, value_name = "WHY", allow_hyphen_values = true, value_parser = line)]
    reason: Option<Line>,
}

impl Close {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        act::on_each(session, &self.tickets, &Command::Close { reason: self.reason })
    }
}
