//! Changing what a ticket says; only what is different is sent.

use std::collections::BTreeMap;

use super::{handoff, new};
use crate::desk::TicketView;
use crate::domain::event::place::Gap;
use crate::domain::event::{Escalated, Event, Requester, Trigger};
use crate::domain::text::{Body, Label};
use crate::rules::command::Edit;
use crate::rules::{Command, decide};
use crate::tui::dialog::form::Form;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::field::{Field, Kind};
use crate::tui::dialog::form::purpose::HANDOFF;
use crate::tui::dialog::says::Says;
use crate::tui::env::Env;
use crate::tui::theme::{Glyph, Role};

pub fn fields(env: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let Some(ticket) = ticket.map(|view| &view.ticket) else { return Vec::new() };
    let about = &ticket.about;
    let contact = about.requester.contact.as_ref().map_or("", |contact| contact.as_str());
    let mut fields = vec![
        Field::line("subject", "Subject", Kind::Line).required().holding(about.subject.as_str()),
        Field::line("requester", "Requester", Kind::Line).required().holding(about.requester.name.as_str()),
        Field::line("contact", "Contact", Kind::Line).holding(contact),
        Field::line("category", "Category", Kind::Label)
            .suggesting(new::categories(&env.matrix))
            .holding(about.category.as_ref().map_or("", Label::as_str)),
        Field::text("description", "Description")
            .holding(about.description.as_ref().map_or("", Body::as_str)),
    ];
    let asked = env.matrix.handoff.fields.iter().filter(|field| new::is_own(ticket, field.name.as_str()));
    fields.extend(asked.map(|field| handoff::field(&env.matrix, field, about.fields.get(&field.name))));
    fields
}

/// Says where another category would send it, while it is being written.
pub fn adapt(form: &mut Form, env: &Env) {
    let goes = goes(form, env);
    if let Some(field) = form.fields.iter_mut().find(|field| field.id == "category") {
        field.aside.below = goes.into_iter().collect();
    }
}

fn goes(form: &Form, env: &Env) -> Option<Says> {
    let ticket = &form.ticket.as_deref()?.ticket;
    let category = Some(form.answers(env).text("category")).filter(|text| !text.trim().is_empty())?;
    let edit = Edit { category: Some(Label::soften(&category)), ..Edit::default() };
    let events = decide(Some(ticket), &Command::Edit(Box::new(edit)), &env.context()).ok()?;
    let (to, route, gap) = events.into_iter().find_map(|event| match event {
        Event::Routed(it) => Some((it.to, it.route, None)),
        Event::Escalated(Escalated { to, trigger: Trigger::Route(name), gap, .. }) => {
            Some((to, Some(name), gap))
        }
        _ => None,
    })?;
    let by = route.map_or_else(String::new, |route| format!(" (by the route {route})"));
    let says = Says::new(Role::Text, "goes ").sign(Role::Muted, Glyph::Arrow);
    let says = says.and(Role::Text, format!(" {} {}", to.tier, to.group)).and(Role::Muted, by);
    let without = |gap: Gap| format!(", without {}", env.teller().labels(&gap.missing));
    Some(says.and(Role::Warned, gap.map(without).unwrap_or_default()))
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    let changed = |id: &str| answers.field(id).is_some_and(Field::changed);
    let subject = if changed("subject") { Some(answers.needed_line("subject")?) } else { None };
    let requester = match changed("requester") || changed("contact") {
        true => {
            Some(Requester { name: answers.needed_line("requester")?, contact: answers.line("contact")? })
        }
        false => None,
    };
    let (fields, cleared) = handoff_changes(answers)?;
    Ok(Command::Edit(Box::new(Edit {
        subject,
        description: if changed("description") { answers.body("description")? } else { None },
        requester,
        category: if changed("category") { answers.label("category")? } else { None },
        fields,
        cleared,
    })))
}

/// Hand-off fields with a new text, and those emptied.
fn handoff_changes(answers: &Answers) -> Result<(BTreeMap<Label, Body>, Vec<Label>), Fault> {
    let (mut fields, mut cleared) = (BTreeMap::new(), Vec::new());
    for field in answers.fields.iter().filter(|field| field.changed()) {
        let Some(name) = field.id.strip_prefix(HANDOFF).map(Label::soften) else { continue };
        match answers.body(&field.id)? {
            Some(body) => drop(fields.insert(name, body)),
            None => cleared.push(name),
        }
    }
    Ok((fields, cleared))
}
