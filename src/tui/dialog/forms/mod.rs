//! The forms, a file per family: their fields, and the command they come to. Whether it may be done is the rules'
//! business; a form only asks.

pub mod assign;
pub mod call_in;
pub mod confirm;
pub mod edit;
pub mod escalate;
pub mod give_back;
pub mod handoff;
pub mod link;
pub mod new;
pub mod note;
pub mod priority;
pub mod rate;
pub mod resolve;
pub mod route;
pub mod wait;

use super::form::answers::Answers;
use super::form::choice::Choices;
use super::form::field::{Field, Kind};
use crate::domain::event::Channel;

/// A reason in one line.
fn reason(help: &str) -> Field {
    Field::line("reason", "Reason", Kind::Line).help(help)
}

fn channel() -> Field {
    Field::choice("channel", "Channel", Choices::of(Channel::ALL.map(Channel::name)))
}

fn chosen_channel(answers: &Answers) -> Channel {
    let name = answers.text("channel");
    Channel::ALL.into_iter().find(|channel| channel.name() == name).unwrap_or_default()
}
