//! `[fields.NAME]` and `[handoff…]`: what must travel with an escalation.

use super::names::{Kind, Names, Once};
use super::node::{self, Node, Text};
use super::notes::Notes;
use super::suggest;
use crate::domain::text::{Label, Line};
use crate::matrix::model::{Field, FieldKind, Handoff, HandoffRule};

const KINDS: [&str; 5] = ["text", "number", "person", "yes-no", "choice"];
/// Fields that every desk asks for; a matrix may define them its own way.
const STANDARD: [(&str, &str, &str); 3] = [
    ("summary", "Summary", "What is wrong, in one or two sentences"),
    ("tried", "What was tried", "Each step and what came of it"),
    ("impact", "Impact", "Who can't do what because of it"),
];

pub(super) fn read(notes: &mut Notes<'_>, root: &Node<'_>, names: &Names<'_>) -> Handoff {
    let mut handoff = Handoff { fields: fields(notes, root), ..Handoff::default() };
    let section = root.section(notes, "handoff");
    let mut once = Once::new(Kind::Handoff);
    for (name, value) in section.iter().flat_map(Node::entries) {
        let Some(table) =
            node::node(notes, name.value, value, format!("[handoff.\"{}\"]", name.value).into())
        else {
            continue;
        };
        table.only(notes, &["require"]);
        let require = require(notes, names, &table);
        if name.value == "default" {
            handoff.default = require;
        } else if let Some((from, to)) = ends(notes, names, &mut once, &name) {
            handoff.rules.push(HandoffRule { from, to, require });
        }
    }
    add_standard(&mut handoff);
    handoff
}

fn require(notes: &mut Notes<'_>, names: &Names<'_>, table: &Node<'_>) -> Vec<Label> {
    let mut require: Vec<Label> = Vec::new();
    for text in table.texts(notes, "require") {
        let name = text.value.trim();
        let standard = STANDARD.iter().any(|(known, ..)| *known == name);
        let label = match standard || names.has(Kind::Field, name) {
            true => node::label(notes, "`require`", &text),
            false => undefined(notes, names, &text),
        };
        require.extend(label.filter(|label| !require.contains(label)));
    }
    require
}

fn undefined(notes: &mut Notes<'_>, names: &Names<'_>, text: &Text<'_>) -> Option<Label> {
    let name = text.value.trim();
    let known = STANDARD.iter().map(|(known, ..)| *known).chain(names.all(Kind::Field));
    let help = match suggest::nearest(name, known) {
        Some(meant) => format!("did you mean \"{meant}\"?"),
        None => format!("define it: [fields.{name}] and below it label = \"…\""),
    };
    notes.absent(&text.at, format!("field \"{name}\" is required but not defined"), help);
    None
}

/// `L1 -> Network`: a tier or group, and a tier or group above it.
fn ends(
    notes: &mut Notes<'_>,
    names: &Names<'_>,
    once: &mut Once,
    name: &Text<'_>,
) -> Option<(Label, Label)> {
    let Some((from, to)) = name.value.split_once("->") else {
        let help = "write [handoff.default], or from and to: [handoff.\"L1 -> Network\"]";
        notes.error(&name.at, format!("\"{}\" is no hand-off", name.value), help);
        return None;
    };
    let kinds = [Kind::Tier, Kind::Group];
    let from = names.find_any(notes, &kinds, from, &name.at);
    let to = names.find_any(notes, &kinds, to, &name.at);
    let (from, to) = from.zip(to)?;
    if names.rank(from.as_str()).zip(names.rank(to.as_str())).is_some_and(|(low, high)| low >= high) {
        let help = "a hand-off goes up: turn the ends round";
        notes.error(&name.at, format!("nobody escalates from \"{from}\" to \"{to}\""), help);
        return None;
    }
    let key = format!("{from}\u{2192}{to}");
    once.admit(notes, &Text { value: &key, at: name.at.clone() }).then_some((from, to))
}

fn add_standard(handoff: &mut Handoff) {
    for (name, label, help) in STANDARD {
        let wanted = handoff.default.iter().chain(handoff.rules.iter().flat_map(|rule| &rule.require));
        let defined = handoff.fields.iter().any(|field| field.name == *name);
        if !defined && wanted.into_iter().any(|field| field == name) {
            handoff.fields.push(Field {
                name: Label::soften(name),
                label: Line::soften(label),
                help: Some(Line::soften(help)),
                kind: FieldKind::Text,
            });
        }
    }
}

fn fields(notes: &mut Notes<'_>, root: &Node<'_>) -> Vec<Field> {
    let Some(section) = root.section(notes, "fields") else { return Vec::new() };
    let mut once = Once::new(Kind::Field);
    let mut fields = Vec::new();
    for (name, value) in section.entries() {
        let new = once.admit(notes, &name);
        let label = node::label(notes, "the name of a field", &name);
        let table = node::node(notes, name.value, value, format!("[fields.{}]", name.value).into());
        let field = table.zip(label).and_then(|(table, label)| field(notes, &table, label));
        fields.extend(field.filter(|_| new));
    }
    fields
}

fn field(notes: &mut Notes<'_>, table: &Node<'_>, name: Label) -> Option<Field> {
    table.only(notes, &["label", "help", "kind", "choices"]);
    let label = table.line(notes, "label");
    let help = table.line(notes, "help");
    let kind = kind(notes, table)?;
    Some(Field { label: label.unwrap_or_else(|| Line::soften(name.as_str())), name, help, kind })
}

fn kind(notes: &mut Notes<'_>, table: &Node<'_>) -> Option<FieldKind> {
    let word = table.text(notes, "kind");
    let choices = choices(notes, table);
    let word = word.map_or(("text", table.at.clone()), |text| (text.value.trim(), text.at));
    if let Some(value) = table.get("choices").filter(|_| word.0 != "choice") {
        notes.error(&value.span(), "`choices` belong to the kind \"choice\"", "write: kind = \"choice\"");
        return None;
    }
    match word.0 {
        "text" => Some(FieldKind::Text),
        "number" => Some(FieldKind::Number),
        "person" => Some(FieldKind::Person),
        "yes-no" => Some(FieldKind::YesNo),
        "choice" if choices.len() >= 2 => Some(FieldKind::Choice(choices)),
        "choice" => {
            notes.absent(
                &word.1,
                "a choice needs at least two `choices`",
                "add: choices = [\"one\", \"other\"]",
            );
            None
        }
        other => {
            notes.error(&word.1, format!("unknown kind of field \"{other}\""), suggest::advice(other, KINDS));
            None
        }
    }
}

fn choices(notes: &mut Notes<'_>, table: &Node<'_>) -> Vec<Label> {
    let texts = table.texts(notes, "choices");
    let mut choices: Vec<Label> = Vec::new();
    for text in texts {
        let label = node::label(notes, "`choices`", &text);
        if label.as_ref().is_some_and(|label| choices.contains(label)) {
            notes.error(
                &text.at,
                format!("choice \"{}\" stands here twice", text.value),
                "remove one of them",
            );
        }
        choices.extend(label);
    }
    choices
}
