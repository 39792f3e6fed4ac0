//! Returning a ticket to a group it came through, with a coded reason.

use super::reason;
use crate::desk::TicketView;
use crate::domain::event::ReturnCode;
use crate::rules::Command;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::{Choice, Choices};
use crate::tui::dialog::form::field::Field;
use crate::tui::env::Env;

pub fn fields(_: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let trail = ticket.map(|view| view.ticket.place.trail.as_slice()).unwrap_or_default();
    let mut options: Vec<Choice> = Vec::new();
    for queue in trail.iter().rev() {
        let value = queue.group.as_str().to_owned();
        if options.iter().all(|option| option.value != value) {
            options.push(Choice { label: format!("{} {}", queue.tier, queue.group), value });
        }
    }
    let codes = ReturnCode::ALL.map(ReturnCode::name);
    vec![
        Field::choice("to", "To", Choices::new(options)).required(),
        Field::choice("code", "Because", Choices::of(codes)).help("counts as a bounce, except done"),
        reason("what is wrong or missing; needed for incomplete and other"),
    ]
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    let name = answers.text("code");
    let code = ReturnCode::ALL.into_iter().find(|code| code.name() == name).unwrap_or_default();
    Ok(Command::Return { to: answers.label("to")?, code, reason: answers.line("reason")? })
}
