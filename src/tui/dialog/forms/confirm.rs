//! The end of a ticket: confirming with the requester, closing without their word, reopening.

use super::{channel, chosen_channel, reason};
use crate::desk::TicketView;
use crate::domain::event::Reached;
use crate::rules::Command;
use crate::rules::command::Confirm;
use crate::rules::decide::{decide, window_over};
use crate::tui::action::ActionId;
use crate::tui::dialog::form::Form;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::Choices;
use crate::tui::dialog::form::field::Field;
use crate::tui::dialog::says::Says;
use crate::tui::env::Env;
use crate::tui::theme::Role;

pub fn fields(_: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let channel = channel().holding(ticket.map_or("phone", |view| view.ticket.about.channel.name()));
    let score = Choices::of(["1", "2", "3", "4", "5"]).or_none("not asked");
    vec![
        Field::choice("reached", "Reached", Choices::of(["yes", "no"]))
            .help("yes closes it; no is an attempt"),
        channel,
        Field::choice("satisfaction", "Satisfaction", score).help("as the requester said: 5 is best"),
        Field::text("comment", "Comment"),
    ]
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    let reached = if answers.text("reached") == "yes" { Reached::Yes } else { Reached::No };
    Ok(Command::Confirm(Confirm {
        reached,
        channel: chosen_channel(answers),
        satisfaction: answers.text("satisfaction").parse().ok(),
        comment: answers.body("comment")?,
    }))
}

pub fn close_fields(_: &Env, _: Option<&TicketView>) -> Vec<Field> {
    vec![reason("anything that should be known of it")]
}

/// How often the requester was tried, and what closing without their word still takes.
pub fn adapt(form: &mut Form, env: &Env) {
    let Some(view) = form.ticket.as_deref() else { return };
    let closes = decide(Some(&view.ticket), &Command::Close { reason: None }, &env.context()).is_ok();
    let left = env.matrix.closing.attempts.saturating_sub(view.ticket.tally.attempts);
    let key = env.keys.shown(ActionId::Close);
    let then = match (closes, left) {
        (true, _) => format!("; {key} closes it without their word"),
        (false, 0) => String::new(),
        (false, 1) => String::from("; after one more it can be closed without their word"),
        (false, left) => format!("; after {left} more it can be closed without their word"),
    };
    let tried = tried(view, env);
    form.lead = vec![Says::new(Role::Muted, format!("{tried}{then}"))];
}

pub fn close_adapt(form: &mut Form, env: &Env) {
    let Some(view) = form.ticket.as_deref() else { return };
    form.lead = vec![Says::new(Role::Muted, tried(view, env))];
}

fn tried(view: &TicketView, env: &Env) -> String {
    let (tried, needed) = (view.ticket.tally.attempts, env.matrix.closing.attempts);
    format!("tried to reach the requester {tried} of {needed} times")
}

pub fn close_command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Close { reason: answers.line("reason")? })
}

pub fn reopen_fields(_: &Env, _: Option<&TicketView>) -> Vec<Field> {
    vec![reason("what came back, or never went").required()]
}

/// Says so where it is too late, and reopening means opening another ticket.
pub fn reopen_adapt(form: &mut Form, env: &Env) {
    let Some(ticket) = form.ticket.as_deref().map(|view| &view.ticket) else { return };
    let Some(window) = window_over(ticket, &env.context()) else { return };
    let late = format!("closed more than {window} ago: this opens a new ticket that follows {}", ticket.id);
    form.lead = vec![Says::new(Role::Title, late)];
}

pub fn reopen_command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Reopen { reason: answers.needed_line("reason")? })
}
