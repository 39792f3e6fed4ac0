//! `assign`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, line};
use crate::cli::session::Session;
use crate::domain::text::{Label, Line};
use crate::rules::Command;

/// Give tickets to a person of their group
#[derive(Debug, Args)]
pub struct Assign {
    #[command(flatten)]
    tickets: Tickets,
    /// Whose they become
    #[arg(long, value_name = "NAME", required = true, value_parser = Label::new)]
    to: Label,
    /// Why
    #[arg(long, value_name = "WHY", allow_hyphen_values = true, value_parser = line)]
    reason: Option<Line>,
}

impl Assign {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        act::on_each(session, &self.tickets, &Command::Assign { to: self.to, reason: self.reason })
    }
}
