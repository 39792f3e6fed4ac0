//! Calling management in: the ticket stays where it is.

use super::reason;
use crate::desk::TicketView;
use crate::matrix::Matrix;
use crate::rules::Command;
use crate::tui::dialog::form::Form;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::{Choice, Choices};
use crate::tui::dialog::form::field::{Field, Kind};
use crate::tui::dialog::says::Says;
use crate::tui::env::Env;
use crate::tui::theme::Role;

pub fn fields(env: &Env, _: Option<&TicketView>) -> Vec<Field> {
    let team = &env.matrix.team;
    let who = match team.people.is_empty() {
        true => Field::line("who", "Who", Kind::Label).help("a person or a role"),
        false => Field::choice("who", "Who", Choices::new(options(&env.matrix))),
    };
    vec![who.required(), reason("what they are to decide or to know").required()]
}

/// Roles, those with the most rights first, for management is called in; then people.
fn options(matrix: &Matrix) -> Vec<Choice> {
    let mut roles: Vec<&crate::matrix::model::Role> = matrix.team.roles.iter().collect();
    roles.sort_by_key(|role| std::cmp::Reverse(role.may.len() + role.within.len()));
    let roles = roles.into_iter().map(|role| (role.name.as_str(), format!("{} (role)", role.name)));
    let people =
        matrix.team.people.iter().map(|person| (person.name.as_str(), person.name.as_str().to_owned()));
    roles.chain(people).map(|(value, label)| Choice { value: value.to_owned(), label }).collect()
}

/// How whoever is chosen can be reached.
pub fn adapt(form: &mut Form, env: &Env) {
    let who = form.answers(env).text("who");
    let people = env.matrix.team.people.iter().filter(|person| person.name == *who || person.role == *who);
    let line = |person: &crate::matrix::model::Person| {
        let contacts: Vec<String> =
            person.contacts.iter().map(|c| format!("{} {}", c.channel, c.to)).collect();
        Says::new(Role::Text, person.name.as_str()).and(Role::Muted, format!("  {}", contacts.join(", ")))
    };
    let below = people.take(4).map(line).collect();
    if let Some(field) = form.fields.first_mut() {
        field.aside.below = below;
    }
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::CallIn { who: answers.needed_label("who")?, reason: answers.needed_line("reason")? })
}
