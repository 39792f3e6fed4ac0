//! `prioritise`, and the arguments that `new` shares with it

use clap::Args;

use crate::cli::act;
use crate::cli::error::{Failure, Ran};
use crate::cli::given::{Tickets, line};
use crate::cli::session::Session;
use crate::domain::text::{Label, Line};
use crate::rules::Command;
use crate::rules::command;

/// Set impact and urgency, and with them the priority
///
/// A priority that was set against the grid, or raised by a step, stays when impact or urgency change, unless the
/// grid now asks for more than it was raised to; who may set one against the grid ends it by leaving --priority out.
#[derive(Debug, Args)]
pub struct Prioritise {
    #[command(flatten)]
    tickets: Tickets,
    #[command(flatten)]
    grade: Grade,
}

/// What the priority comes from.
#[derive(Debug, Args)]
pub struct Grade {
    /// How much is affected, as the matrix has it
    #[arg(long, value_name = "IMPACT", value_parser = Label::new)]
    impact: Option<Label>,
    /// How soon it hurts, as the matrix has it
    #[arg(long, value_name = "URGENCY", value_parser = Label::new)]
    urgency: Option<Label>,
    /// A priority against the grid; needs --reason
    #[arg(long, value_name = "PRIORITY", requires = "reason", value_parser = Label::new)]
    priority: Option<Label>,
    /// Why the grid is wrong here
    #[arg(long, value_name = "WHY", requires = "priority", allow_hyphen_values = true, value_parser = line)]
    reason: Option<Line>,
}

impl Grade {
    pub fn wish(self) -> command::Prioritise {
        let Grade { impact, urgency, priority, reason } = self;
        command::Prioritise { impact, urgency, against_grid: priority.zip(reason) }
    }
}

impl Prioritise {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let wish = self.grade.wish();
        if wish == command::Prioritise::default() {
            return Err(Failure::usage(
                "missing: --impact <IMPACT>, --urgency <URGENCY>, or --priority <PRIORITY> with --reason <WHY>",
                "give one of them at least",
            ));
        }
        act::on_each(session, &self.tickets, &Command::Prioritise(wish))
    }
}
