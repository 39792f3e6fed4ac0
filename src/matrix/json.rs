//! The matrix as JSON: the shape of `matrix show --json`, version 1. Words as in `escalation.toml`; lengths
//! of time in seconds, working days as `{"working_days": n}`.

use serde_json::{Map, Value, json};

use super::model::{
    Calendar, Contact, Field, FieldKind, Grid, Group, Handoff, Limit, Matrix, Person, Role, Step, Target,
};
use super::wording::{DAYS, act_word, at_word, holiday, hours};
use crate::domain::stamp::Span;

/// The version of this shape.
const SHAPE: u8 = 1;

#[must_use]
pub fn to_json(matrix: &Matrix) -> Value {
    json!({
        "shape": SHAPE,
        "desk": {
            "name": matrix.desk.name,
            "timezone": matrix.desk.timezone,
            "default_group": matrix.desk.default_group,
        },
        "calendars": list(&matrix.calendars, calendar),
        "priority": grid(&matrix.grid),
        "tiers": list(&matrix.tiers, |tier| json!({ "name": tier.name, "title": tier.title })),
        "groups": list(&matrix.groups, |it| group(matrix, it)),
        "roles": list(&matrix.team.roles, role),
        "people": list(&matrix.team.people, person),
        "targets": list(&matrix.targets, target),
        "routes": list(&matrix.routes, |it| json!({ "name": it.name, "when": it.when.text, "to": it.to })),
        "steps": list(&matrix.steps, step),
        "handoff": handoff(&matrix.handoff),
        "closing": {
            "attempts": matrix.closing.attempts,
            "reopen_within": seconds(matrix.closing.reopen_within),
        },
        "pauses": pauses(matrix),
    })
}

fn list<T>(items: &[T], shape: impl Fn(&T) -> Value) -> Vec<Value> {
    items.iter().map(shape).collect()
}

fn seconds(span: Option<Span>) -> Value {
    span.map_or(Value::Null, |span| json!(span.0 / 1_000))
}

fn limit(limit: Option<Limit>) -> Value {
    match limit {
        None => Value::Null,
        Some(Limit::Time(span)) => seconds(Some(span)),
        Some(Limit::WorkingDays(days)) => json!({ "working_days": days }),
    }
}

fn calendar(calendar: &Calendar) -> Value {
    json!({
        "name": calendar.name,
        "timezone": calendar.timezone,
        "week": week(calendar),
        "holidays": list(&calendar.holidays, |day| json!(holiday(day))),
        "holidays_ics": calendar.holidays_ics,
    })
}

/// Spans by weekday; a day off is left out.
fn week(calendar: &Calendar) -> Value {
    let days = DAYS.iter().zip(&calendar.week).filter(|(_, spans)| !spans.is_empty());
    let said = |spans: &[(u16, u16)]| Value::Array(list(spans, |span| json!(hours(&[*span]))));
    Value::Object(days.map(|(day, spans)| ((*day).to_owned(), said(spans))).collect())
}

fn grid(grid: &Grid) -> Value {
    let level = |cell: &u8| json!(grid.levels.get(usize::from(*cell)));
    let rows = grid.impacts.iter().zip(&grid.cells);
    let rows = rows.map(|(impact, cells)| (impact.to_string(), Value::Array(list(cells, level))));
    json!({ "levels": grid.levels, "urgency": grid.urgencies, "impact": rows.collect::<Map<_, _>>() })
}

fn group(matrix: &Matrix, group: &Group) -> Value {
    json!({
        "name": group.name,
        "tier": matrix.tiers.get(group.tier).map(|tier| &tier.name),
        "escalates_to": group.escalates_to,
        "contacts": list(&group.contacts, contact),
    })
}

fn contact(contact: &Contact) -> Value {
    json!({
        "channel": contact.channel,
        "to": contact.to,
        "respond_within": seconds(contact.respond_within),
        "when": contact.when.as_ref().map(|when| &when.text),
    })
}

fn role(role: &Role) -> Value {
    let within = role.within.iter().map(|(right, when)| (right.word().to_owned(), json!(when.text)));
    json!({
        "name": role.name,
        "may": list(&role.may, |right| json!(right.word())),
        "within": within.collect::<Map<_, _>>(),
    })
}

fn person(person: &Person) -> Value {
    json!({
        "name": person.name,
        "full_name": person.full_name,
        "role": person.role,
        "groups": person.groups,
        "contacts": list(&person.contacts, contact),
    })
}

fn target(target: &Target) -> Value {
    let tiers = target.tier.iter().map(|(tier, time)| (tier.to_string(), limit(Some(*time))));
    json!({
        "priority": target.priority,
        "calendar": target.calendar,
        "response": limit(target.response),
        "own": limit(target.own),
        "update": limit(target.update),
        "resolve": limit(target.resolve),
        "confirm": limit(target.confirm),
        "tier": tiers.collect::<Map<_, _>>(),
        "warn_at": target.warn_at,
    })
}

fn step(step: &Step) -> Value {
    let repeat =
        step.repeat.map(|repeat| json!({ "every": seconds(Some(repeat.every)), "times": repeat.times }));
    json!({
        "name": step.name,
        "clock": step.clock.map(|(clock, _)| clock.name()),
        "at": step.clock.map(|(_, at)| at_word(at)),
        "when": step.when.as_ref().map(|when| &when.text),
        "do": list(&step.acts, |act| json!(act_word(act))),
        "repeat": repeat,
    })
}

fn handoff(handoff: &Handoff) -> Value {
    json!({
        "default": handoff.default,
        "rules": list(&handoff.rules, |rule| json!({ "from": rule.from, "to": rule.to, "require": rule.require })),
        "fields": list(&handoff.fields, field),
    })
}

fn field(field: &Field) -> Value {
    let (kind, choices) = match &field.kind {
        FieldKind::Text => ("text", None),
        FieldKind::Number => ("number", None),
        FieldKind::Person => ("person", None),
        FieldKind::YesNo => ("yes-no", None),
        FieldKind::Choice(choices) => ("choice", Some(choices)),
    };
    json!({ "name": field.name, "label": field.label, "help": field.help, "kind": kind, "choices": choices })
}

fn pauses(matrix: &Matrix) -> Value {
    let rows = matrix
        .pauses
        .iter()
        .map(|(on, clocks)| (on.clone(), Value::Array(list(clocks, |c| json!(c.name())))));
    Value::Object(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_is_the_promised_one() {
        let text = include_str!("../../escalation.toml");
        let matrix = crate::matrix::read(text, "m").expect("it is read").matrix;
        let shape = serde_json::to_string_pretty(&to_json(&matrix)).expect("it is written");
        insta::assert_snapshot!("show", shape);
    }
}
