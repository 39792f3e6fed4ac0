//! `rate`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, line, word};
use crate::cli::session::Session;
use crate::domain::event::{Need, Quality};
use crate::domain::text::Line;
use crate::rules::{Command, command};

/// Say whether a hand-off was complete or poor, and whether the escalation was needed
///
/// For those who received it: the people of the group the ticket was escalated to, as long as it is there, but not
/// who escalated it. Said again, it takes the place of what was said before; what is left out stays. `tierline
/// report` counts it.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("verdict").args(["handoff", "escalation"]).required(true).multiple(true)))]
pub struct Rate {
    #[command(flatten)]
    tickets: Tickets,
    /// Whether it told what was needed
    #[arg(long, value_name = "VERDICT", value_parser = word(&Quality::CHOICES, Quality::name))]
    handoff: Option<Quality>,
    /// Whether the tier below could have solved it
    #[arg(long, value_name = "VERDICT", value_parser = word(&Need::CHOICES, Need::name))]
    escalation: Option<Need>,
    /// In words, such as what was missing
    #[arg(long, value_name = "WHY", allow_hyphen_values = true, value_parser = line)]
    reason: Option<Line>,
}

impl Rate {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let Rate { tickets, handoff, escalation, reason } = self;
        let wish = command::Rate { quality: handoff, need: escalation, reason };
        act::on_each(session, &tickets, &Command::Rate(wish))
    }
}
