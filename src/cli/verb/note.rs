//! `note`

use clap::Args;

use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Tickets, Written, word, written};
use crate::cli::session::Session;
use crate::domain::event::Channel;
use crate::rules::Command;

/// Write a note; with --contact, one that the requester heard or saw
#[derive(Debug, Args)]
pub struct Note {
    #[command(flatten)]
    tickets: Tickets,
    /// The text; `-` reads it from standard input
    #[arg(long, short = 'm', value_name = "TEXT", required = true, allow_hyphen_values = true, value_parser = written)]
    text: Written,
    /// How the requester heard it
    #[arg(long, value_name = "CHANNEL", value_parser = word(&Channel::ALL, Channel::name))]
    contact: Option<Channel>,
}

impl Note {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let text = self.text.read("note")?;
        let command = match self.contact {
            Some(channel) => Command::Contact { text, channel },
            None => Command::Note { text },
        };
        act::on_each(session, &self.tickets, &command)
    }
}
