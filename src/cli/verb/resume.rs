//! `resume`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, line};
use crate::cli::session::Session;
use crate::domain::text::Line;
use crate::rules::Command;

/// Go on with tickets that wait
#[derive(Debug, Args)]
pub struct Resume {
    #[command(flatten)]
    tickets: Tickets,
    /// What happened
    #[arg(long, value_name = "WHY", allow_hyphen_values = true, value_parser = line)]
    reason: Option<Line>,
}

impl Resume {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        act::on_each(session, &self.tickets, &Command::Resume { reason: self.reason })
    }
}
