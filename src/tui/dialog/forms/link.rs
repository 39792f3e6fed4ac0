//! Links to other tickets.

use crate::desk::TicketView;
use crate::domain::event::Relation;
use crate::rules::Command;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::{Choice, Choices};
use crate::tui::dialog::form::field::{Field, Kind};
use crate::tui::env::Env;

pub fn fields(_: &Env, _: Option<&TicketView>) -> Vec<Field> {
    vec![
        Field::choice("relation", "This ticket", Choices::of(Relation::CHOICES.map(Relation::name))),
        Field::line("other", "Ticket", Kind::Ticket).required().help("the other's number, like 1042"),
    ]
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    let name = answers.text("relation");
    let relation = Relation::CHOICES.into_iter().find(|relation| relation.name() == name).unwrap_or_default();
    Ok(Command::Link { other: answers.ticket_id("other")?, relation })
}

pub fn unlink_fields(_: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let links = ticket.map(|view| view.ticket.links.as_slice()).unwrap_or_default();
    let option = |link: &crate::domain::ticket::Link| Choice {
        value: link.other.to_string(),
        label: format!("{} {}", link.relation.name(), link.other),
    };
    let choice = Field::choice("other", "Link", Choices::new(links.iter().map(option).collect())).required();
    vec![choice.without("it is linked to no other ticket").help("the link to take away")]
}

pub fn unlink_command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Unlink { other: answers.ticket_id("other")? })
}
