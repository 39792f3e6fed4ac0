//! `take`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, line};
use crate::cli::session::Session;
use crate::domain::text::Line;
use crate::rules::Command;

/// Take tickets: they become yours
///
/// Only a member of the ticket's group can take it. Taking over from somebody needs a reason.
#[derive(Debug, Args)]
pub struct Take {
    #[command(flatten)]
    tickets: Tickets,
    /// Why it is taken over from its owner
    #[arg(long, value_name = "WHY", allow_hyphen_values = true, value_parser = line)]
    reason: Option<Line>,
}

impl Take {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        act::on_each(session, &self.tickets, &Command::Take { reason: self.reason })
    }
}
