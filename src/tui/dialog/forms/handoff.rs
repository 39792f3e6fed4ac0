//! The hand-off check list as fields of a form: what is known is filled in, what is missing is marked, and all of
//! it can be written right there.

use std::collections::BTreeMap;

use crate::domain::text::{Body, Label};
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;
use crate::matrix::model::FieldKind;
use crate::rules::handoff::Item;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::Choices;
use crate::tui::dialog::form::field::{Field, Kind, Mark};
use crate::tui::dialog::form::purpose::{HANDOFF, handoff_id};
use crate::tui::dialog::says::Says;
use crate::tui::theme::Role;

/// A field of the matrix, holding what is known.
#[must_use]
pub fn field(matrix: &Matrix, asked: &crate::matrix::model::Field, known: Option<&Body>) -> Field {
    let (id, label) = (handoff_id(asked.name.as_str()), asked.label.as_str());
    let people = || matrix.team.people.iter().map(|person| person.name.as_str());
    let field = match &asked.kind {
        FieldKind::Text => Field::text(&id, label),
        FieldKind::Number => Field::line(&id, label, Kind::Number),
        FieldKind::Person if matrix.team.people.is_empty() => Field::line(&id, label, Kind::Label),
        FieldKind::Person => Field::choice(&id, label, Choices::of(people()).or_none("not given")),
        FieldKind::YesNo => Field::choice(&id, label, Choices::of(["yes", "no"]).or_none("not given")),
        FieldKind::Choice(choices) => {
            Field::choice(&id, label, Choices::of(choices.iter().map(Label::as_str)).or_none("not given"))
        }
    };
    let help = asked.help.as_ref().map_or("", |help| help.as_str());
    field.help(help).holding(known.map_or("", Body::as_str))
}

/// The check list as fields.
#[must_use]
pub fn fields(matrix: &Matrix, list: &[Item]) -> Vec<Field> {
    list.iter().map(|item| field(matrix, &item.field, item.value.as_ref())).collect()
}

/// Marks each field ready or missing, as the check list has it now.
pub fn mark(fields: &mut [Field], list: &[Item]) {
    for item in list {
        let id = handoff_id(item.field.name.as_str());
        if let Some(field) = fields.iter_mut().find(|field| field.id == id) {
            field.aside.mark = if item.gap.is_none() { Mark::Ready } else { Mark::Missing };
        }
    }
}

/// `hand-off 3/4: Address is missing`.
#[must_use]
pub fn summary(list: &[Item]) -> Says {
    let gaps: Vec<&str> = list.iter().filter_map(|item| item.gap.as_deref()).collect();
    let ready = list.len().saturating_sub(gaps.len());
    let says = Says::new(Role::Heading, format!("hand-off {ready}/{}", list.len()));
    match (list.is_empty(), gaps.is_empty()) {
        (true, _) => Says::new(Role::Muted, "the matrix asks for no hand-off here"),
        (false, true) => says.and(Role::Success, " complete"),
        (false, false) => says.and(Role::Error, format!(": {}", gaps.join(", "))),
    }
}

/// What was written into hand-off fields, as far as it is fit; made fit rather than refused while it is being
/// written.
#[must_use]
pub fn so_far(fields: &[Field]) -> BTreeMap<Label, Body> {
    let given = fields.iter().filter_map(|field| {
        let name = field.id.strip_prefix(HANDOFF)?;
        let body = Body::soften(&field.entry.text());
        (!body.is_empty()).then(|| (Label::soften(name), body))
    });
    given.collect()
}

/// What is new in the hand-off fields, for the command.
pub fn written(answers: &Answers, ticket: Option<&Ticket>) -> Result<BTreeMap<Label, Body>, Fault> {
    let mut written = BTreeMap::new();
    for field in answers.fields {
        let Some(name) = field.id.strip_prefix(HANDOFF) else { continue };
        let Some(body) = answers.body(&field.id)? else { continue };
        let known = ticket.and_then(|ticket| crate::rules::handoff::known(ticket, name));
        if known.as_ref() != Some(&body) {
            written.insert(Label::soften(name), body);
        }
    }
    Ok(written)
}
