//! The escalate form: where it can go, who answers there and how fast, what must travel with it and what of that is
//! there. Everything shown is what the rules say to the answers so far.

use super::{handoff, reason};
use crate::desk::TicketView;
use crate::domain::event::Queue;
use crate::domain::text::says_something;
use crate::matrix::Matrix;
use crate::matrix::model::{Contact, Right};
use crate::rules::command::{AskedBy, Escalate};
use crate::rules::handoff::{Item, check_list_with};
use crate::rules::next::{NextGroup, next_groups};
use crate::rules::{Command, authority};
use crate::tui::dialog::form::Form;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::{Choice, Choices};
use crate::tui::dialog::form::field::{Field, Kind};
use crate::tui::dialog::says::Says;
use crate::tui::env::Env;
use crate::tui::theme::{Glyph, Role};

/// Fields that are always there: group, asker, reason.
const FIXED: usize = 3;

pub fn fields(env: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let next = ticket.map(|view| next_groups(&env.context(), &view.ticket)).unwrap_or_default();
    let option = |next: &NextGroup| Choice {
        value: next.queue.group.as_str().to_owned(),
        label: format!("{} {}", next.queue.tier, next.queue.group),
    };
    let to = Choices::new(next.iter().map(option).collect());
    let asked = Choices::new(vec![
        Choice { value: String::from("desk"), label: String::from("the desk") },
        Choice { value: String::from("requester"), label: String::from("the requester") },
    ]);
    vec![
        Field::choice("to", "To", to).required(),
        Field::choice("asked-by", "Asked by", asked),
        reason("why it needs the next tier, in a line").required(),
    ]
}

pub fn adapt(form: &mut Form, env: &Env) {
    let Some(view) = form.ticket.as_deref() else { return };
    let next = next_groups(&env.context(), &view.ticket);
    let to = form.answers(env).text("to");
    let Some(next) = next.into_iter().find(|next| next.queue.group == *to.as_str()) else { return };
    let below = group_lines(&env.matrix, &next);
    let may_override = authority::check(&env.context(), Right::OverrideHandoff, Some(&view.ticket)).is_ok();
    let mut tail = handoff::fields(&env.matrix, &next.check_list);
    if may_override && !next.check_list.is_empty() {
        let help = "only where it must go although the hand-off has gaps";
        tail.push(Field::line("despite", "Despite gaps", Kind::Line).help(help));
    }
    form.replace_tail(FIXED, tail);
    if let Some(field) = form.fields.first_mut() {
        field.aside.below = below;
    }
    check(form, env, &next.queue);
}

/// What the hand-off lacks, unless it is to go without.
pub fn gaps(form: &Form, env: &Env) -> Vec<Fault> {
    let answers = form.answers(env);
    let Some(view) = form.ticket.as_deref() else { return Vec::new() };
    let next = next_groups(&env.context(), &view.ticket);
    let to = next.into_iter().find(|next| next.queue.group == *answers.text("to").as_str());
    let Some(to) = to.filter(|_| !says_something(&answers.text("despite"))) else { return Vec::new() };
    let list = check_list_with(&env.matrix, &view.ticket, &to.queue, &handoff::so_far(&form.fields));
    list.into_iter().filter_map(|item| Some(Fault::new(item.field.name.as_str(), item.gap?))).collect()
}

/// The check list as it stands with what was written.
fn check(form: &mut Form, env: &Env, to: &Queue) {
    let Some(view) = form.ticket.as_deref() else { return };
    let list: Vec<Item> = check_list_with(&env.matrix, &view.ticket, to, &handoff::so_far(&form.fields));
    handoff::mark(&mut form.fields, &list);
    let summary = handoff::summary(&list);
    match form.fields.get_mut(FIXED) {
        Some(field) => field.aside.above = vec![Says::default(), summary],
        None => {
            if let Some(field) = form.fields.get_mut(FIXED - 1) {
                field.aside.below = vec![summary];
            }
        }
    }
}

/// Tier, and the contacts in their order.
fn group_lines(matrix: &Matrix, next: &NextGroup) -> Vec<Says> {
    let tier = matrix.tiers.iter().find(|tier| tier.name == next.queue.tier);
    let title = tier.and_then(|tier| tier.title.as_ref()).map_or("", |title| title.as_str());
    let head = Says::new(Role::Muted, "tier ")
        .and(Role::Text, next.queue.tier.as_str())
        .and(Role::Muted, format!(" {title}"));
    let mut lines = vec![head];
    if next.contacts.is_empty() {
        lines
            .push(Says::new(Role::Muted, "the matrix names no contact; whoever looks at the queue takes it"));
    }
    lines.extend(next.contacts.iter().enumerate().map(|(n, contact)| contact_line(n + 1, contact)));
    lines
}

fn contact_line(n: usize, contact: &Contact) -> Says {
    let says =
        Says::new(Role::Muted, format!("{n}. {} ", contact.channel)).and(Role::Text, contact.to.as_str());
    let says = match contact.respond_within {
        Some(span) => says
            .and(Role::Muted, " ")
            .sign(Role::Muted, Glyph::Dot)
            .and(Role::Muted, format!(" answers within {span}")),
        None => says,
    };
    match &contact.when {
        Some(when) => says.and(Role::Muted, format!(" (for {})", when.text)),
        None => says,
    }
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    let ticket = answers.ticket.map(|view| &view.ticket);
    let asked_by = match answers.text("asked-by").as_str() {
        "requester" => AskedBy::Requester,
        _ => AskedBy::Desk,
    };
    Ok(Command::Escalate(Box::new(Escalate {
        to: answers.label("to")?,
        reason: answers.needed_line("reason")?,
        asked_by,
        fields: handoff::written(answers, ticket)?,
        despite_gaps: answers.line("despite")?,
    })))
}
