//! `new`

use clap::Args;

use super::prioritise::Grade;
use crate::cli::act;
use crate::cli::error::Ran;
use crate::cli::given::{Written, field, fields, line, word, written};
use crate::cli::session::Session;
use crate::domain::event::{Channel, Requester};
use crate::domain::text::{Body, Label, Line};
use crate::rules::Command;
use crate::rules::command::Open;

/// Open a ticket
///
/// Without --group the routes of the matrix choose the queue; without --impact and --urgency its grid's usual ones.
#[derive(Debug, Args)]
pub struct New {
    /// What it is about, in one line
    #[arg(value_parser = Line::new)]
    subject: Line,
    /// The requester's name
    #[arg(long = "for", value_name = "NAME", required = true, allow_hyphen_values = true, value_parser = line)]
    requester: Line,
    /// How to reach the requester
    #[arg(long, value_name = "CONTACT", allow_hyphen_values = true, value_parser = line)]
    contact: Option<Line>,
    /// More words; `-` reads them from standard input
    #[arg(long, short = 'm', value_name = "TEXT", allow_hyphen_values = true, value_parser = written)]
    description: Option<Written>,
    /// Such as network/vpn
    #[arg(long, value_name = "CATEGORY", value_parser = Label::new)]
    category: Option<Label>,
    /// How it reached the desk
    #[arg(long, value_name = "CHANNEL", default_value = "phone", value_parser = word(&Channel::ALL, Channel::name))]
    channel: Channel,
    #[command(flatten)]
    grade: Grade,
    /// The group whose queue it goes to
    #[arg(long, value_name = "GROUP", value_parser = Label::new)]
    group: Option<Label>,
    /// A hand-off field that is known already; can be given more than once
    #[arg(long, value_name = "NAME=TEXT", value_parser = field)]
    field: Vec<(Label, Body)>,
}

impl New {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let description = self.description.map(|text| text.read("description")).transpose()?;
        let open = Open {
            subject: self.subject,
            description,
            requester: Requester { name: self.requester, contact: self.contact },
            category: self.category,
            channel: self.channel,
            grade: self.grade.wish(),
            group: self.group,
            fields: fields(self.field),
        };
        act::on_one(session, None, &Command::Open(Box::new(open)))
    }
}
