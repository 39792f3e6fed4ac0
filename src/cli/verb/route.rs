//! `route`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, line};
use crate::cli::session::Session;
use crate::domain::text::{Label, Line};
use crate::rules::Command;

/// Move tickets to the queue of another group of the same tier or a lower one
#[derive(Debug, Args)]
pub struct Route {
    #[command(flatten)]
    tickets: Tickets,
    /// The group
    #[arg(long, value_name = "GROUP", required = true, value_parser = Label::new)]
    to: Label,
    /// Why it belongs there
    #[arg(long, value_name = "WHY", required = true, allow_hyphen_values = true, value_parser = line)]
    reason: Line,
}

impl Route {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        act::on_each(session, &self.tickets, &Command::Route { to: self.to, reason: self.reason })
    }
}
