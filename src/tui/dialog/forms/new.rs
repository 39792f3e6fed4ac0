//! A new ticket: what it is about, how bad it is, and, while that is being written, which queue it will go to and
//! what its next group will want to know.

use std::collections::BTreeMap;

use super::{channel, chosen_channel, handoff, priority};
use crate::desk::TicketView;
use crate::domain::event::{Event, Opened, Requester};
use crate::domain::ids::TicketId;
use crate::domain::query::{NameField, Pattern, Test};
use crate::domain::row::Row;
use crate::domain::text::{Body, Label, Line};
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;
use crate::rules::command::Open;
use crate::rules::handoff::known;
use crate::rules::next::next_groups;
use crate::rules::{Command, decide};
use crate::tui::dialog::form::Form;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::field::{Field, Kind};
use crate::tui::dialog::says::Says;
use crate::tui::env::Env;
use crate::tui::theme::{Glyph, Role};

/// Fields that are always there.
const FIXED: usize = 7;
const GRADE: usize = 6;

pub fn fields(env: &Env, _: Option<&TicketView>) -> Vec<Field> {
    vec![
        Field::line("subject", "Subject", Kind::Line).required().help("what is wrong, in a line"),
        Field::line("requester", "Requester", Kind::Line).required().help("the person it is for"),
        Field::line("contact", "Contact", Kind::Line).help("how to reach them: a number, an address"),
        channel(),
        Field::line("category", "Category", Kind::Label)
            .help("decides where it goes")
            .suggesting(categories(&env.matrix)),
        Field::text("description", "Description").help("what happened, since when, who else has it"),
        priority::grid(env, None),
    ]
}

/// The categories that the routes of the matrix name.
#[must_use]
pub fn categories(matrix: &Matrix) -> Vec<String> {
    let tests = matrix.routes.iter().flat_map(|route| &route.when.query.terms).map(|term| &term.test);
    let patterns = tests.filter_map(|test| match test {
        Test::Name(NameField::Category, patterns) => Some(patterns),
        _ => None,
    });
    let name = |pattern: &Pattern| match pattern {
        Pattern::Whole(name) | Pattern::Start(name) => Some(name.clone()),
        Pattern::Me | Pattern::Nothing => None,
    };
    let mut names: Vec<String> = patterns.flatten().filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}

/// The categories that tickets have, the most used first.
#[must_use]
pub fn in_use(rows: &[Row]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.category.is_empty()) {
        *counts.entry(&row.category).or_default() += 1;
    }
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    names.into_iter().map(|(name, _)| name.to_owned()).collect()
}

pub fn adapt(form: &mut Form, env: &Env) {
    let Some(opened) = preview(&form.answers(env), env) else { return };
    let ticket = as_ticket(&opened);
    let next = next_groups(&env.context(), &ticket).into_iter().next();
    let list = next.map(|next| next.check_list).unwrap_or_default();
    let asked: Vec<_> =
        list.iter().filter(|item| !answered_elsewhere(item.field.name.as_str())).cloned().collect();
    form.replace_tail(FIXED, handoff::fields(&env.matrix, &empty(&asked)));
    handoff::mark(&mut form.fields, &list);
    let goes = goes_to(&opened);
    if let Some(field) = form.fields.get_mut(GRADE) {
        field.aside.below = vec![goes, handoff::summary(&list)];
    }
}

/// Hand-off fields that the form asks for under another name.
fn answered_elsewhere(name: &str) -> bool {
    matches!(name, "summary" | "impact" | "urgency" | "requester" | "contact" | "category")
}

/// The fields without what was just written there: they hold that themselves.
fn empty(list: &[crate::rules::handoff::Item]) -> Vec<crate::rules::handoff::Item> {
    list.iter().map(|item| crate::rules::handoff::Item { value: None, ..item.clone() }).collect()
}

fn goes_to(opened: &Opened) -> Says {
    let says = Says::new(Role::Title, opened.grade.priority.as_str()).and(Role::Text, " ");
    let queue = &opened.queue;
    let says =
        says.sign(Role::Muted, Glyph::Arrow).and(Role::Text, format!(" {} {}", queue.tier, queue.group));
    match &opened.route {
        Some(route) => says.and(Role::Muted, format!(" (by the route {route})")),
        None => says.and(Role::Muted, " (the default group)"),
    }
}

/// What opening it now would come to, with what is still missing made up.
fn preview(answers: &Answers, env: &Env) -> Option<Opened> {
    let line = |id: &str| Line::soften(&answers.text(id));
    let some = |text: String| (!text.trim().is_empty()).then_some(text);
    let open = Open {
        subject: line("subject"),
        description: some(answers.text("description")).map(|text| Body::soften(&text)),
        requester: Requester {
            name: line("requester"),
            contact: some(answers.text("contact")).map(|text| Line::soften(&text)),
        },
        category: some(answers.text("category")).map(|text| Label::soften(&text)),
        channel: chosen_channel(answers),
        grade: priority::chosen(answers),
        group: None,
        fields: handoff::so_far(answers.fields),
    };
    let events = decide(None, &Command::Open(Box::new(open)), &env.context()).ok()?;
    events.into_iter().find_map(|event| match event {
        Event::Opened(opened) => Some(opened),
        _ => None,
    })
}

/// The ticket it would be.
fn as_ticket(opened: &Opened) -> Ticket {
    let mut ticket = Ticket::blank(TicketId::DESK);
    ticket.about.subject = opened.subject.clone();
    ticket.about.description.clone_from(&opened.description);
    ticket.about.requester = opened.requester.clone();
    ticket.about.category.clone_from(&opened.category);
    ticket.about.fields = opened.fields.iter().filter(|(_, body)| !body.is_empty()).map(own).collect();
    ticket.grade = opened.grade.clone();
    ticket.place.queue = opened.queue.clone();
    ticket.place.home = opened.queue.clone();
    ticket
}

fn own<K: Clone, V: Clone>((key, value): (&K, &V)) -> (K, V) {
    (key.clone(), value.clone())
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    Ok(Command::Open(Box::new(Open {
        subject: answers.needed_line("subject")?,
        description: answers.body("description")?,
        requester: Requester { name: answers.needed_line("requester")?, contact: answers.line("contact")? },
        category: answers.label("category")?,
        channel: chosen_channel(answers),
        grade: priority::chosen(answers),
        group: None,
        fields: handoff::written(answers, None)?,
    })))
}

/// Whether a hand-off field of a ticket is its own, and not the subject or the like under another name.
#[must_use]
pub fn is_own(ticket: &Ticket, name: &str) -> bool {
    ticket.about.fields.keys().any(|own| *own == *name) || known(ticket, name).is_none()
}
