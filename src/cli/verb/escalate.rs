//! `escalate`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, answer, fields, line};
use crate::cli::session::Session;
use crate::domain::text::{Body, Label, Line};
use crate::rules::Command;
use crate::rules::command::{self, AskedBy};

/// Hand tickets to a group of a higher tier, or call management in
///
/// The matrix says which groups come next and what must travel with the ticket; `tierline show` lists both.
#[derive(Debug, Args)]
pub struct Escalate {
    #[command(flatten)]
    tickets: Tickets,
    /// Why
    #[arg(long, value_name = "WHY", required = true, allow_hyphen_values = true, value_parser = line)]
    reason: Line,
    /// The group; otherwise the usual next one
    #[arg(long, value_name = "GROUP", value_parser = Label::new)]
    to: Option<Label>,
    /// A hand-off field; can be given more than once
    #[arg(long, value_name = "NAME=TEXT", value_parser = answer)]
    field: Vec<(Label, Body)>,
    /// The requester asked for it
    #[arg(long)]
    requester_asked: bool,
    /// Why it must go although the hand-off has gaps
    #[arg(long, value_name = "WHY", allow_hyphen_values = true, value_parser = line)]
    despite_gaps: Option<Line>,
    /// Call this person or role in; the ticket stays where it is
    #[arg(long, value_name = "WHO", value_parser = Label::new, conflicts_with_all = ["to", "field", "requester_asked", "despite_gaps"])]
    call_in: Option<Label>,
}

impl Escalate {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let Escalate { tickets, reason, to, field, requester_asked, despite_gaps, call_in } = self;
        let command = match call_in {
            Some(who) => Command::CallIn { who, reason },
            None => {
                let asked_by = if requester_asked { AskedBy::Requester } else { AskedBy::Desk };
                let fields = fields(field);
                Command::Escalate(Box::new(command::Escalate { to, reason, asked_by, fields, despite_gaps }))
            }
        };
        act::on_each(session, &tickets, &command)
    }
}
