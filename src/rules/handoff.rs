//! The hand-off contract: what must travel with an escalation, what is there already, what is missing. Shown
//! from a ticket's opening on; white space or punctuation is no answer.

use std::collections::BTreeMap;

use super::refusal::Gap;
use crate::domain::case::same;
use crate::domain::event::Queue;
use crate::domain::text::{Body, Label, says_something};
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;
use crate::matrix::model::{Field, FieldKind};

/// One line of the check list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub field: Field,
    pub value: Option<Body>,
    /// Why the value does not count; none when it does.
    pub gap: Option<String>,
}

/// The check list for a move from one queue to another, with what the ticket knows filled in.
#[must_use]
pub fn check_list(matrix: &Matrix, ticket: &Ticket, to: &Queue) -> Vec<Item> {
    check_list_with(matrix, ticket, to, &BTreeMap::new())
}

/// As [`check_list`], with answers given now taking precedence.
#[must_use]
pub fn check_list_with(
    matrix: &Matrix,
    ticket: &Ticket,
    to: &Queue,
    now: &BTreeMap<Label, Body>,
) -> Vec<Item> {
    let item = |name: &Label| {
        let field = matrix.field(name.as_str())?.clone();
        let value = now.get(name).cloned().or_else(|| known(ticket, name.as_str()));
        let value = value.map(|value| spelled(matrix, &field, value));
        let gap = unfit(matrix, &field, value.as_ref());
        Some(Item { field, value, gap })
    };
    required(matrix, &ticket.place.queue, to).iter().filter_map(item).collect()
}

/// An answer as the matrix spells it: yes or no, a choice and a person are the same in any case.
#[must_use]
pub fn spelled(matrix: &Matrix, field: &Field, answer: Body) -> Body {
    let given = answer.as_str().trim();
    let known = |names: &[&str]| {
        let found = names.iter().find(|name| **name == given).or(names.iter().find(|name| same(name, given)));
        found.map(|name| Body::soften(name))
    };
    let spelled = match &field.kind {
        FieldKind::Text | FieldKind::Number => None,
        FieldKind::YesNo => known(&["yes", "no"]),
        FieldKind::Choice(choices) => known(&choices.iter().map(Label::as_str).collect::<Vec<_>>()),
        FieldKind::Person => {
            known(&matrix.team.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>())
        }
    };
    spelled.unwrap_or(answer)
}

/// Whether a gap is an answer that does not fit, rather than none.
#[must_use]
pub fn is_unfit(item: &Item) -> bool {
    item.gap.is_some() && item.value.as_ref().is_some_and(|value| !value.as_str().trim().is_empty())
}

/// The gaps of a check list.
#[must_use]
pub fn gaps(list: &[Item]) -> Vec<Gap> {
    let gap = |item: &Item| Some(Gap { field: item.field.name.clone(), why: item.gap.clone()? });
    list.iter().filter_map(gap).collect()
}

/// The fields a move requires: the rule that names the groups beats one that names a tier, both beat the default.
#[must_use]
pub fn required<'m>(matrix: &'m Matrix, from: &Queue, to: &Queue) -> &'m [Label] {
    let grade = |end: &Label, queue: &Queue| match () {
        () if *end == queue.group => Some(2),
        () if *end == queue.tier => Some(1),
        () => None,
    };
    let scored = matrix.handoff.rules.iter().filter_map(|rule| {
        let score: u8 = grade(&rule.from, from)? + grade(&rule.to, to)?;
        Some((score, rule))
    });
    let best = scored.max_by_key(|(score, _)| *score);
    best.map_or(matrix.handoff.default.as_slice(), |(_, rule)| rule.require.as_slice())
}

/// What the ticket already says under a field's name.
#[must_use]
pub fn known(ticket: &Ticket, name: &str) -> Option<Body> {
    let answered = ticket.about.fields.iter().find(|(field, _)| **field == *name);
    let value = answered.map(|(_, value)| value.clone()).or_else(|| ticket.says(name).map(Body::soften));
    value.filter(|value| !value.is_empty())
}

/// As much of an answer as a sentence has room for.
fn shown(text: &str) -> String {
    const ROOM: usize = 20;
    let text = text.trim();
    let cut: String = text.chars().take(ROOM).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

fn is_number(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok_and(f64::is_finite)
}

fn unfit(matrix: &Matrix, field: &Field, value: Option<&Body>) -> Option<String> {
    let label = &field.label;
    // Whatever a choice looks like, the matrix offers it as an answer.
    let offered =
        |text: &str| matches!(&field.kind, FieldKind::Choice(all) if all.iter().any(|one| one == text));
    let Some(text) = value.map(Body::as_str).filter(|text| !text.trim().is_empty()) else {
        return Some(format!("{label} is missing"));
    };
    if !offered(text) && !says_something(text) {
        return Some(format!("{:?} is no answer to {label}", shown(text)));
    }
    match &field.kind {
        FieldKind::Text => None,
        FieldKind::Number => (!is_number(text)).then(|| format!("{label} must be a number")),
        FieldKind::YesNo => (!matches!(text, "yes" | "no")).then(|| format!("{label} must be yes or no")),
        FieldKind::Choice(choices) => {
            let listed: Vec<&str> = choices.iter().map(Label::as_str).collect();
            (!listed.contains(&text)).then(|| format!("{label} must be one of {}", listed.join(", ")))
        }
        FieldKind::Person => {
            let strange = !matrix.team.people.is_empty() && matrix.person(text).is_none();
            strange.then(|| format!("{label} must be one of the desk's people"))
        }
    }
}
