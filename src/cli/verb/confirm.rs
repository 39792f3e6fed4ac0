//! `confirm`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, Written, word, written};
use crate::cli::session::Session;
use crate::domain::event::{Channel, Reached};
use crate::rules::Command;
use crate::rules::command;

/// Confirm with the requester that all is well, and close; or note an attempt
#[derive(Debug, Args)]
pub struct Confirm {
    #[command(flatten)]
    tickets: Tickets,
    /// The requester could not be reached: only an attempt
    #[arg(long, conflicts_with = "satisfaction")]
    not_reached: bool,
    /// How it was asked
    #[arg(long, value_name = "CHANNEL", default_value = "phone", value_parser = word(&Channel::ALL, Channel::name))]
    channel: Channel,
    /// How satisfied the requester is, from 1 to 5
    #[arg(long, value_name = "SCORE")]
    satisfaction: Option<u8>,
    /// What the requester said; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = written)]
    comment: Option<Written>,
}

impl Confirm {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let comment = self.comment.map(|text| text.read("comment")).transpose()?;
        let reached = if self.not_reached { Reached::No } else { Reached::Yes };
        let (channel, satisfaction) = (self.channel, self.satisfaction);
        let command = Command::Confirm(command::Confirm { reached, channel, satisfaction, comment });
        act::on_each(session, &self.tickets, &command)
    }
}
