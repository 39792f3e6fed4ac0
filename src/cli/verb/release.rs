//! `release`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, line};
use crate::cli::session::Session;
use crate::domain::text::Line;
use crate::rules::Command;

/// Give tickets back to their group's queue, without an owner
#[derive(Debug, Args)]
pub struct Release {
    #[command(flatten)]
    tickets: Tickets,
    /// Why
    #[arg(long, value_name = "WHY", allow_hyphen_values = true, value_parser = line)]
    reason: Option<Line>,
}

impl Release {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        act::on_each(session, &self.tickets, &Command::Release { reason: self.reason })
    }
}
