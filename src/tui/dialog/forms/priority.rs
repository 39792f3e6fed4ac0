//! The priority from the grid of impact and urgency, or against it by those who may.

use crate::desk::TicketView;
use crate::domain::text::Label;
use crate::domain::ticket::Ticket;
use crate::matrix::model::Right;
use crate::rules::command::Prioritise;
use crate::rules::{Command, authority};
use crate::tui::dialog::form::Form;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::Choices;
use crate::tui::dialog::form::field::{Entry, Field, Kind, Need};
use crate::tui::dialog::form::grade::GradeField;
use crate::tui::dialog::says::Says;
use crate::tui::env::Env;
use crate::tui::theme::Role;

/// The grid, standing on the ticket's own cell.
#[must_use]
pub fn grid(env: &Env, ticket: Option<&Ticket>) -> Field {
    let grade = ticket.map(|ticket| &ticket.grade);
    let grade = GradeField::new(&env.matrix.grid, grade.map(|g| &g.impact), grade.map(|g| &g.urgency));
    Field::grade("grade", "Impact x urgency", grade).help("impact down, urgency across; the arrows move")
}

/// The cell that was chosen.
#[must_use]
pub fn chosen(answers: &Answers) -> Prioritise {
    match answers.field("grade").map(|field| &field.entry) {
        Some(Entry::Grade(grade)) => {
            Prioritise { impact: Some(grade.impact()), urgency: Some(grade.urgency()), against_grid: None }
        }
        _ => Prioritise::default(),
    }
}

pub fn fields(env: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let ticket = ticket.map(|view| &view.ticket);
    let mut fields = vec![grid(env, ticket)];
    if authority::check(&env.context(), Right::OverridePriority, ticket).is_ok() {
        let levels =
            Choices::of(env.matrix.grid.levels.iter().map(Label::as_str)).or_none("as the grid says");
        // One that stands stays unless the grid is chosen.
        let standing = ticket
            .map(|ticket| &ticket.grade)
            .and_then(|it| Some((&it.priority, it.override_reason.as_ref()?)));
        let (priority, reason) =
            standing.map_or(("", ""), |(priority, reason)| (priority.as_str(), reason.as_str()));
        fields.push(Field::choice("priority", "Priority", levels).holding(priority));
        let why = Field::line("reason", "Reason", Kind::Line).help("why it goes against the grid");
        fields.push(why.holding(reason));
    }
    fields
}

/// A priority against the grid needs a reason.
pub fn adapt(form: &mut Form, env: &Env) {
    let against = !form.answers(env).text("priority").is_empty();
    if let Some(field) = form.fields.iter_mut().find(|field| field.id == "reason") {
        field.need = if against { Need::Required } else { Need::Optional };
    }
    if let Some(view) = form.ticket.as_deref() {
        let grade = &view.ticket.grade;
        let now = format!("now {} ({} x {})", grade.priority, grade.impact, grade.urgency);
        form.lead = vec![Says::new(Role::Muted, now)];
    }
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    let against_grid = match answers.label("priority")? {
        Some(priority) => Some((priority, answers.needed_line("reason")?)),
        None => None,
    };
    Ok(Command::Prioritise(Prioritise { against_grid, ..chosen(answers) }))
}
