//! What is said in sentences: hand-offs, steps, routes, calendars, roles and people, closing and pauses.

use super::Tone;
use super::canvas::{Canvas, widest};
use crate::domain::text::Label;
use crate::matrix::model::{Clock, FieldKind, Matrix, Person, Right, Role};
use crate::matrix::wording;

/// Widest column of names.
const KEYS: usize = 28;

type Entry = (String, String);

fn entries(canvas: &mut Canvas, heading: &str, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    canvas.heading(heading);
    let width = widest(entries.iter().map(|(key, _)| key.as_str()), KEYS.min(canvas.width / 3));
    for (key, text) in entries {
        canvas.entry((key, width), Tone::Value, text);
    }
}

pub(super) fn handoff(canvas: &mut Canvas, matrix: &Matrix) {
    let right = canvas.marks().right;
    let said = |names: &[Label]| names.iter().map(|name| field(matrix, name)).collect::<Vec<_>>().join(", ");
    let default =
        (!matrix.handoff.default.is_empty()).then(|| ("default".to_owned(), said(&matrix.handoff.default)));
    let rules = matrix.handoff.rules.iter();
    let rules = rules.map(|rule| (format!("{} {right} {}", rule.from, rule.to), said(&rule.require)));
    entries(
        canvas,
        "What must travel with an escalation",
        &default.into_iter().chain(rules).collect::<Vec<_>>(),
    );
}

fn field(matrix: &Matrix, name: &Label) -> String {
    let Some(field) = matrix.field(name.as_str()) else { return name.to_string() };
    match &field.kind {
        FieldKind::Text => field.label.to_string(),
        FieldKind::Number => format!("{} (number)", field.label),
        FieldKind::Person => format!("{} (person)", field.label),
        FieldKind::YesNo => format!("{} (yes/no)", field.label),
        FieldKind::Choice(choices) => {
            format!("{} ({})", field.label, choices.iter().map(Label::as_str).collect::<Vec<_>>().join(" | "))
        }
    }
}

pub(super) fn steps(canvas: &mut Canvas, matrix: &Matrix) {
    let steps = matrix.steps.iter().map(|step| (step.name.to_string(), wording::step(step)));
    entries(canvas, "Steps that happen by themselves", &steps.collect::<Vec<_>>());
}

pub(super) fn routes(canvas: &mut Canvas, matrix: &Matrix) {
    let right = canvas.marks().right;
    let named =
        |name: Option<&str>, place: usize| name.map_or_else(|| format!("{}.", place + 1), str::to_owned);
    let mut said: Vec<Entry> = Vec::new();
    for (place, route) in matrix.routes.iter().enumerate() {
        let when = if route.when.text.is_empty() { "every ticket" } else { &route.when.text };
        said.push((
            named(route.name.as_ref().map(AsRef::as_ref), place),
            format!("{when} {right} {}", route.to),
        ));
    }
    if !said.is_empty() {
        said.push(("all others".to_owned(), format!("{right} {}", matrix.desk.default_group)));
    }
    entries(canvas, "Where new tickets go", &said);
}

pub(super) fn calendars(canvas: &mut Canvas, matrix: &Matrix) {
    let said = matrix.calendars.iter().map(|calendar| {
        let days: Vec<String> = calendar.holidays.iter().map(wording::holiday).collect();
        let mut text = format!("{} ({})", wording::week(calendar), calendar.timezone);
        if !days.is_empty() {
            text.push_str(&format!("; off on {}", days.join(", ")));
        }
        if let Some(ics) = &calendar.holidays_ics {
            text.push_str(&format!("; days off from {ics}"));
        }
        (calendar.name.to_string(), text)
    });
    entries(canvas, "Working time", &said.collect::<Vec<_>>());
}

pub(super) fn team(canvas: &mut Canvas, matrix: &Matrix) {
    let people = &matrix.team.people;
    if people.is_empty() {
        canvas.heading("People");
        canvas.entry(("anyone", 6), Tone::Value, "may do anything, for the matrix names nobody");
        return;
    }
    let roles = matrix.team.roles.iter().map(|role| (role.name.to_string(), rights(role)));
    entries(canvas, "Roles", &roles.collect::<Vec<_>>());
    entries(
        canvas,
        "People",
        &people.iter().map(|person| (person.name.to_string(), about(person))).collect::<Vec<_>>(),
    );
}

fn rights(role: &Role) -> String {
    let mut parts: Vec<String> = match role.may.len() {
        n if n == Right::ALL.len() => vec!["do anything".to_owned()],
        _ => role.may.iter().map(|right| right.word().to_owned()).collect(),
    };
    parts.extend(role.within.iter().map(|(right, when)| format!("{} if {}", right.word(), when.text)));
    if parts.is_empty() { "only reads".to_owned() } else { format!("may {}", parts.join(", ")) }
}

fn about(person: &Person) -> String {
    let groups: Vec<&str> = person.groups.iter().map(Label::as_str).collect();
    let full = person.full_name.as_ref().map(|name| format!("{name}, ")).unwrap_or_default();
    let groups = if groups.is_empty() { String::new() } else { format!(" in {}", groups.join(", ")) };
    let contacts: Vec<String> = person.contacts.iter().map(|c| format!("; {} {}", c.channel, c.to)).collect();
    format!("{full}{}{groups}{}", person.role, contacts.concat())
}

pub(super) fn closing(canvas: &mut Canvas, matrix: &Matrix) {
    let closing = &matrix.closing;
    let reopen = closing
        .reopen_within
        .map_or("always".to_owned(), |within| format!("within {}", wording::exact(within)));
    let mut said = vec![
        ("confirming".to_owned(), format!("with the requester, {} attempts", closing.attempts)),
        ("reopening".to_owned(), reopen),
    ];
    for (on, clocks) in &matrix.pauses {
        let clocks: Vec<&str> = clocks.iter().map(|clock: &Clock| clock.name()).collect();
        let text = if clocks.is_empty() { "no clock".to_owned() } else { clocks.join(", ") };
        said.push((format!("waiting: {on}"), format!("stops {text}")));
    }
    entries(canvas, "Closing and waiting", &said);
}
