//! `resolve`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, Written, line, word, written};
use crate::cli::session::Session;
use crate::domain::event::Outcome;
use crate::domain::text::Line;
use crate::rules::Command;

/// Resolve tickets: what the cause was, what was done, what came of it
#[derive(Debug, Args)]
pub struct Resolve {
    #[command(flatten)]
    tickets: Tickets,
    /// The root cause
    #[arg(long, value_name = "LINE", required = true, allow_hyphen_values = true, value_parser = line)]
    root_cause: Line,
    /// What was done; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", required = true, allow_hyphen_values = true, value_parser = written)]
    resolution: Written,
    /// What came of it
    #[arg(long, value_name = "OUTCOME", default_value = "fixed", value_parser = word(&Outcome::ALL, Outcome::name))]
    outcome: Outcome,
}

impl Resolve {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let Resolve { tickets, root_cause, resolution, outcome } = self;
        let resolution = resolution.read("resolution")?;
        act::on_each(session, &tickets, &Command::Resolve { root_cause, resolution, outcome })
    }
}
