//! Waiting for somebody else, and going on.

use super::reason;
use crate::desk::TicketView;
use crate::domain::event::WaitOn;
use crate::rules::Command;
use crate::tui::dialog::form::Form;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::Choices;
use crate::tui::dialog::form::field::{Field, Kind};
use crate::tui::dialog::says::Says;
use crate::tui::env::Env;
use crate::tui::theme::Role;

const UNTIL: usize = 1;

pub fn fields(_: &Env, _: Option<&TicketView>) -> Vec<Field> {
    vec![
        Field::choice("on", "Wait on", Choices::of(WaitOn::ALL.map(WaitOn::name))),
        Field::line("until", "Until", Kind::Moment)
            .help("when to look again: 2d, 2wd (working days), 17:00, fri 9:00 or 2026-12-01"),
        reason("what they are to do"),
    ]
}

/// The moment as it was understood, and the clocks that stand still.
pub fn adapt(form: &mut Form, env: &Env) {
    let answers = form.answers(env);
    let (on, until) = (answers.text("on"), answers.moment("until"));
    let stopped: Vec<&str> =
        env.matrix.pauses.get(on.as_str()).into_iter().flatten().map(|clock| clock.name()).collect();
    let pauses = match stopped.is_empty() {
        true => String::from("no clock stands still meanwhile"),
        false => format!("stops: {}", stopped.join(", ")),
    };
    let until = until.ok().flatten().map(|at| Says::new(Role::Muted, format!("= {}", env.zone.long(at))));
    if let Some(field) = form.fields.first_mut() {
        field.aside.below = vec![Says::new(Role::Muted, pauses)];
    }
    if let Some(field) = form.fields.get_mut(UNTIL) {
        field.aside.below = until.into_iter().collect();
    }
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    let name = answers.text("on");
    let on = WaitOn::ALL.into_iter().find(|on| on.name() == name).unwrap_or_default();
    Ok(Command::Wait { on, until: answers.moment("until")?, reason: answers.line("reason")? })
}

pub fn resume_fields(_: &Env, _: Option<&TicketView>) -> Vec<Field> {
    vec![reason("what happened, if there is anything to say")]
}

pub fn resume_command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Resume { reason: answers.line("reason")? })
}
