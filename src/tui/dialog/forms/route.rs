//! Moving a ticket to another group without climbing a tier.

use super::reason;
use crate::desk::TicketView;
use crate::rules::Command;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::{Choice, Choices};
use crate::tui::dialog::form::field::Field;
use crate::tui::env::Env;

pub fn fields(env: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let here = ticket.map(|view| &view.ticket.place.queue);
    let queues = env.matrix.groups.iter().filter_map(|group| env.matrix.queue(group.name.as_str()));
    let near =
        queues.filter(|queue| here.is_none_or(|here| queue.rank <= here.rank && queue.group != here.group));
    let option = |queue: crate::domain::event::Queue| Choice {
        label: format!("{} {}", queue.tier, queue.group),
        value: queue.group.as_str().to_owned(),
    };
    let to = Choices::new(near.map(option).collect());
    vec![
        Field::choice("to", "To", to)
            .required()
            .help("a higher tier is reached by escalating")
            .without("no other group is of its tier or a lower one"),
        reason("why it belongs there").required(),
    ]
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Route { to: answers.needed_label("to")?, reason: answers.needed_line("reason")? })
}
