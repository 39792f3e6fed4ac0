//! `edit`

use clap::Args;

use crate::cli::act;
use crate::cli::error::{Failure, Ran};
use crate::cli::given::{Tickets, Written, field, fields, line, written};
use crate::cli::session::Session;
use crate::domain::event::Requester;
use crate::domain::text::{Body, Label, Line};
use crate::rules::Command;
use crate::rules::command;

/// Change what a ticket says
///
/// Another category runs the routes of the matrix again: if one matches, the ticket goes to that group's queue in the
/// same command, and its owner stays behind. It stays where it is if no route matches, if the old category led to the
/// same group, if the group is of a lower tier than the one it has climbed to, and once it is resolved.
#[derive(Debug, Args)]
pub struct Edit {
    #[command(flatten)]
    tickets: Tickets,
    /// A new subject
    #[arg(long, value_name = "LINE", allow_hyphen_values = true, value_parser = line)]
    subject: Option<Line>,
    /// A new description; `-` reads it from standard input
    #[arg(long, short = 'm', value_name = "TEXT", allow_hyphen_values = true, value_parser = written)]
    description: Option<Written>,
    /// Another requester
    #[arg(long = "for", value_name = "NAME", allow_hyphen_values = true, value_parser = line)]
    requester: Option<Line>,
    /// How to reach the requester; needs --for
    #[arg(long, value_name = "CONTACT", requires = "requester", allow_hyphen_values = true, value_parser = line)]
    contact: Option<Line>,
    /// Another category
    #[arg(long, value_name = "CATEGORY", value_parser = Label::new)]
    category: Option<Label>,
    /// A hand-off field; can be given more than once
    #[arg(long, value_name = "NAME=TEXT", value_parser = field)]
    field: Vec<(Label, Body)>,
    /// A hand-off field to empty; can be given more than once
    #[arg(long, value_name = "NAME", value_parser = Label::new)]
    clear: Vec<Label>,
}

impl Edit {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let Edit { tickets, subject, description, requester, contact, category, field, clear } = self;
        let edit = command::Edit {
            subject,
            description: description.map(|text| text.read("description")).transpose()?,
            requester: requester.map(|name| Requester { name, contact }),
            category,
            fields: fields(field),
            cleared: clear,
        };
        if edit == command::Edit::default() {
            return Err(Failure::usage(
                "missing: what to change",
                "give --subject, --description, --for, --category, --field or --clear",
            ));
        }
        act::on_each(session, &tickets, &Command::Edit(Box::new(edit)))
    }
}
