//! Whose a ticket is: given to a person of its group, taken over, released.

use super::reason;
use crate::desk::TicketView;
use crate::rules::{Command, authority};
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::{Choice, Choices};
use crate::tui::dialog::form::field::{Field, Kind};
use crate::tui::env::Env;

pub fn fields(env: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let people = &env.matrix.team.people;
    let to = match people.is_empty() {
        true => Field::line("to", "To", Kind::Label).help("a person's name"),
        false => Field::choice("to", "To", Choices::new(colleagues(env, ticket)))
            .without("nobody else works in its group")
            .help("a person of the ticket's group"),
    };
    vec![to.required(), reason("what they should know")]
}

/// The people of the ticket's group but its owner.
fn colleagues(env: &Env, ticket: Option<&TicketView>) -> Vec<Choice> {
    let group = ticket.map_or("", |view| view.ticket.place.queue.group.as_str());
    let owner = ticket.and_then(|view| view.ticket.owner_name());
    let people = env.matrix.team.people.iter();
    let here = people.filter(|p| authority::works_in(&env.matrix, p.name.as_str(), group));
    let others = here.filter(|person| Some(person.name.as_str()) != owner);
    let option = |person: &crate::matrix::model::Person| Choice {
        value: person.name.as_str().to_owned(),
        label: person
            .full_name
            .as_ref()
            .map_or_else(|| person.name.as_str().to_owned(), |full| format!("{} ({full})", person.name)),
    };
    others.map(option).collect()
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Assign { to: answers.needed_label("to")?, reason: answers.line("reason")? })
}

pub fn take_fields(_: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let owner = ticket.and_then(|view| view.ticket.owner_name()).unwrap_or("somebody else");
    vec![reason(&format!("it is {owner}'s: why you take it over")).required()]
}

pub fn take_command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Take { reason: answers.line("reason")? })
}

pub fn release_fields(_: &Env, _: Option<&TicketView>) -> Vec<Field> {
    vec![reason("why, if there is anything to say")]
}

pub fn release_command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Release { reason: answers.line("reason")? })
}
