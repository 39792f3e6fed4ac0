//! `link`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::word;
use crate::cli::session::Session;
use crate::domain::event::Relation;
use crate::domain::ids::TicketId;
use crate::rules::Command;

/// Link a ticket to another one, or take the link away
#[derive(Debug, Args)]
pub struct Link {
    /// The ticket
    ticket: TicketId,
    /// The other one
    other: TicketId,
    /// How the first stands to the other
    #[arg(long = "is", value_name = "RELATION", default_value = "relates-to", value_parser = word(&Relation::CHOICES, Relation::name))]
    relation: Relation,
    /// Take the link away
    #[arg(long, conflicts_with = "relation")]
    remove: bool,
}

impl Link {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let Link { ticket, other, relation, remove } = self;
        let command = if remove { Command::Unlink { other } } else { Command::Link { other, relation } };
        act::on_one(session, Some(ticket), &command)
    }
}
