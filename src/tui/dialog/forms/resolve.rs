//! Resolving: what was wrong, what was done, what came of it.

use crate::desk::TicketView;
use crate::domain::event::Outcome;
use crate::rules::Command;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::Choices;
use crate::tui::dialog::form::field::{Field, Kind};
use crate::tui::env::Env;

pub fn fields(_: &Env, _: Option<&TicketView>) -> Vec<Field> {
    vec![
        Field::line("root-cause", "Root cause", Kind::Line).required().help("what was wrong, in a line"),
        Field::text("resolution", "Resolution")
            .required()
            .help("what was done, so that the next one can do it"),
        Field::choice("outcome", "Outcome", Choices::of(Outcome::ALL.map(Outcome::name))),
    ]
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    let name = answers.text("outcome");
    let outcome = Outcome::ALL.into_iter().find(|outcome| outcome.name() == name).unwrap_or_default();
    Ok(Command::Resolve {
        root_cause: answers.needed_line("root-cause")?,
        resolution: answers.needed_body("resolution")?,
        outcome,
    })
}
