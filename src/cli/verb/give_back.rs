//! `return`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, line, word};
use crate::cli::session::Session;
use crate::domain::event::ReturnCode;
use crate::domain::text::{Label, Line};
use crate::rules::Command;

/// Send tickets back to the group they came from
#[derive(Debug, Args)]
pub struct Return {
    #[command(flatten)]
    tickets: Tickets,
    /// What is wrong with it being here
    #[arg(long, value_name = "CODE", required = true, value_parser = word(&ReturnCode::ALL, ReturnCode::name))]
    code: ReturnCode,
    /// A group it came through; otherwise the last one
    #[arg(long, value_name = "GROUP", value_parser = Label::new)]
    to: Option<Label>,
    /// In words
    #[arg(long, value_name = "WHY", allow_hyphen_values = true, value_parser = line)]
    reason: Option<Line>,
}

impl Return {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let Return { tickets, code, to, reason } = self;
        act::on_each(session, &tickets, &Command::Return { to, code, reason })
    }
}
