//! Notes: internal ones, and what the requester heard or said.

use super::{channel, chosen_channel};
use crate::desk::TicketView;
use crate::rules::Command;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::field::Field;
use crate::tui::env::Env;

pub fn fields(_: &Env, _: Option<&TicketView>) -> Vec<Field> {
    let help = "only the desk sees it; a contact is for what the requester heard or said";
    vec![Field::text("text", "Note").required().help(help)]
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Note { text: answers.needed_body("text")? })
}

pub fn contact_fields(_: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let help = "what the requester heard or said: it answers the response clock";
    let channel = channel().holding(ticket.map_or("phone", |view| view.ticket.about.channel.name()));
    vec![channel, Field::text("text", "What was said").required().help(help)]
}

pub fn contact_command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Contact { text: answers.needed_body("text")?, channel: chosen_channel(answers) })
}
