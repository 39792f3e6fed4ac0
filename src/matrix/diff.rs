//! What changes from one matrix to another, in plain sentences, in the order of the file. Works on the JSON
//! shape, so that no part of a matrix can be forgotten here.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::json::to_json;
use super::model::Matrix;
use super::wording::exact;
use crate::domain::stamp::Span;

/// How the items of a section are called and told apart.
struct Section {
    key: &'static str,
    item: &'static str,
    /// The key that names an item; empty where place is what counts.
    by: &'static str,
}

const fn section(key: &'static str, item: &'static str, by: &'static str) -> Section {
    Section { key, item, by }
}

const SECTIONS: [Section; 8] = [
    section("calendars", "calendar", "name"),
    section("tiers", "tier", "name"),
    section("groups", "group", "name"),
    section("roles", "role", "name"),
    section("people", "person", "name"),
    section("targets", "target", "priority"),
    section("routes", "route", "when"),
    section("steps", "step", "name"),
];

/// Keys whose numbers are seconds.
const TIMES: [&str; 9] =
    ["response", "own", "update", "resolve", "confirm", "respond_within", "reopen_within", "every", "tier"];

/// Nothing where both are the same.
#[must_use]
pub fn diff(old: &Matrix, new: &Matrix) -> Vec<String> {
    let (old, new) = (to_json(old), to_json(new));
    let mut out = Vec::new();
    for key in ["desk", "priority"] {
        values(&mut out, key, "", old.get(key), new.get(key));
    }
    for section in &SECTIONS {
        items(&mut out, section, array(&old, section.key), array(&new, section.key));
    }
    handoff(&mut out, old.get("handoff"), new.get("handoff"));
    for key in ["closing", "pauses"] {
        values(&mut out, key, "", old.get(key), new.get(key));
    }
    out
}

fn array<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn name<'v>(item: &'v Value, by: &str) -> &'v str {
    item.get(by).and_then(Value::as_str).unwrap_or_default()
}

fn items(out: &mut Vec<String>, section: &Section, old: &[Value], new: &[Value]) {
    let Section { item, by, .. } = section;
    let find = |list: &'_ [Value], wanted: &str| list.iter().position(|other| name(other, by) == wanted);
    for gone in old.iter().filter(|one| find(new, name(one, by)).is_none()) {
        out.push(format!("{item} {} removed", quoted(name(gone, by))));
    }
    for one in new {
        let called = format!("{item} {}", quoted(name(one, by)));
        match find(old, name(one, by)).and_then(|place| old.get(place)) {
            None => out.push(format!("{called} added")),
            Some(before) => values(out, &called, "", Some(before), Some(one)),
        }
    }
    let kept = |list: &[Value], other: &[Value]| -> Vec<String> {
        list.iter().map(|one| name(one, by).to_owned()).filter(|name| find(other, name).is_some()).collect()
    };
    let order = kept(new, old);
    // Order means something where the first match wins or a lower tier comes first.
    if matches!(section.key, "tiers" | "routes") && kept(old, new) != order {
        out.push(format!("{}: new order: {}", section.key, order.join(", ")));
    }
}

fn handoff(out: &mut Vec<String>, old: Option<&Value>, new: Option<&Value>) {
    let get = |value: Option<&Value>, key: &str| {
        value.and_then(|value| value.get(key)).cloned().unwrap_or_default()
    };
    values(out, "hand-off", "default", Some(&get(old, "default")), Some(&get(new, "default")));
    let rules = |value: Option<&Value>| -> Vec<Value> {
        let named = |rule: &Value| {
            let ends = format!("{} -> {}", name(rule, "from"), name(rule, "to"));
            serde_json::json!({ "name": ends, "require": rule.get("require") })
        };
        array(value.unwrap_or(&Value::Null), "rules").iter().map(named).collect()
    };
    items(out, &section("rules", "hand-off", "name"), &rules(old), &rules(new));
    let fields = |value: Option<&Value>| array(value.unwrap_or(&Value::Null), "fields").to_vec();
    items(out, &section("fields", "field", "name"), &fields(old), &fields(new));
}

/// One value against another, down to the parts that differ.
fn values(out: &mut Vec<String>, what: &str, key: &str, old: Option<&Value>, new: Option<&Value>) {
    match (old, new) {
        (Some(old), Some(new)) if old == new => {}
        (Some(Value::Object(old)), Some(Value::Object(new))) if !is_days(old) && !is_days(new) => {
            let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for part in keys {
                let path = if key.is_empty() { part.clone() } else { format!("{key} {part}") };
                values(out, what, &path, old.get(part), new.get(part));
            }
        }
        (old, new) => {
            let (before, after) = (said(key, old), said(key, new));
            out.push(format!("{what}: {} {before} -> {after}", key.replace('_', "-")).replace(":  ", ": "));
        }
    }
}

fn is_days(object: &Map<String, Value>) -> bool {
    object.contains_key("working_days")
}

fn said(key: &str, value: Option<&Value>) -> String {
    let time = key.split(' ').any(|part| TIMES.contains(&part));
    match value {
        None | Some(Value::Null) => "none".to_owned(),
        Some(Value::Number(number)) if time => exact(Span::SECOND.times(number.as_i64().unwrap_or_default())),
        Some(Value::String(text)) => quoted(text),
        Some(Value::Array(list)) if list.is_empty() => "none".to_owned(),
        Some(Value::Array(list)) => {
            list.iter().map(|one| said(key, Some(one))).collect::<Vec<_>>().join(", ")
        }
        Some(Value::Object(object)) if is_days(object) => {
            format!("{}wd", object.get("working_days").and_then(Value::as_i64).unwrap_or_default())
        }
        Some(Value::Object(object)) => {
            let parts = object.iter().filter(|(_, value)| !value.is_null());
            parts
                .map(|(key, value)| format!("{} {}", key.replace('_', "-"), said(key, Some(value))))
                .collect::<Vec<_>>()
                .join(" ")
        }
        Some(other) => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    if text.contains([' ', ',']) || text.is_empty() { format!("\"{text}\"") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::read;

    const EXAMPLE: &str = include_str!("../../escalation.toml");

    fn changed(edits: &[(&str, &str)]) -> Vec<String> {
        let mut text = EXAMPLE.to_owned();
        for (from, to) in edits {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        let old = read(EXAMPLE, "old").expect("it is read").matrix;
        diff(&old, &read(&text, "new").expect("it is read").matrix)
    }

    #[test]
    fn nothing_changed_says_nothing() {
        assert_eq!(changed(&[("# The escalation matrix", "# Our matrix")]), Vec::<String>::new());
    }

    #[test]
    fn each_change_is_a_sentence() {
        let table: [(&str, &str, &[&str]); 12] = [
            ("\nresolve = \"4h\"", "\nresolve = \"2h\"", &["target P1: resolve 4h -> 2h"]),
            ("resolve = \"3wd\"", "resolve = \"30h\"", &["target P3: resolve 3wd -> 30h"]),
            ("L3 = \"2h\" ", "L3 = \"90m\" ", &["target P1: tier L3 2h -> 1h30m"]),
            (
                "timezone = \"America/Chicago\"",
                "timezone = \"UTC\"",
                &[
                    "desk: timezone America/Chicago -> UTC",
                    "calendar office: timezone America/Chicago -> UTC",
                    "calendar always: timezone America/Chicago -> UTC",
                ],
            ),
            ("sat = \"09:00-13:00\"", "", &["calendar office: week sat 09:00-13:00 -> none"]),
            ("name = \"jo\"", "name = \"joe\"", &["person jo removed", "person joe added"]),
            (
                "may-resolve = \"prio:P3..P4\"",
                "may-resolve = \"prio:P4\"",
                &["role analyst: within resolve prio:P3..P4 -> prio:P4"],
            ),
            ("title = \"Help desk\"", "", &["tier L1: title \"Help desk\" -> none"]),
            ("times = 4", "times = 2", &["step \"Nobody took it\": repeat times 4 -> 2"]),
            (
                "\"asset\", \"warranty\"]",
                "\"asset\"]",
                &[
                    "hand-off \"L2 -> Vendor Desk\": require summary, tried, impact, asset, warranty -> summary, tried, impact, asset",
                ],
            ),
            ("reopen-within = \"14d\"", "", &["closing: reopen-within 14d -> none"]),
            ("\nvendor = [\"tier\"]", "\nvendor = []", &["pauses: vendor tier -> none"]),
        ];
        for (from, to, sentences) in table {
            assert_eq!(changed(&[(from, to)]), sentences, "{from}");
        }
    }

    #[test]
    fn the_order_of_routes_counts() {
        let (one, two) =
            ("when = \"category:network/*,vpn/* prio:P1..P2\"", "when = \"category:applications/payroll*\"");
        let swapped = changed(&[(one, "when = \"ONE\""), (two, one), ("when = \"ONE\"", two)]);
        assert!(
            swapped.iter().any(|line| line.starts_with("routes: new order: category:app")),
            "{swapped:?}"
        );
    }
}
