//! `[roles.NAME]` and `[[people]]`: who there is, and who may do what.

use std::collections::BTreeMap;

use super::condition::{self, Asker};
use super::contacts;
use super::names::{Kind, Names, Once};
use super::node::{self, Node, Text};
use super::notes::Notes;
use super::suggest;
use crate::domain::text::Label;
use crate::matrix::model::{Person, Right, Role, Team, When};

/// Words that mean a right under another name, and the word for all of them.
const SYNONYMS: [(&str, Right); 2] = [("confirm", Right::Close), ("resume", Right::Wait)];
const ALL: &str = "all";

pub(super) fn read(notes: &mut Notes<'_>, root: &Node<'_>, names: &Names<'_>) -> Team {
    let roles = roles(notes, root, names);
    let nodes = root.tables(notes, "people", "a person");
    let mut once = Once::new(Kind::Person);
    let people: Vec<Person> = nodes.iter().filter_map(|node| person(notes, names, &mut once, node)).collect();
    let may_apply =
        |role: &Role| role.may.contains(&Right::ApplyMatrix) || role.within.contains_key(&Right::ApplyMatrix);
    let applies =
        people.iter().any(|person| roles.iter().any(|role| role.name == person.role && may_apply(role)));
    if let Some(first) = nodes.first().filter(|_| !applies && !people.is_empty()) {
        let help = "give one role that somebody has the right \"apply-matrix\"";
        notes.warn(&first.at, "nobody may change the matrix of the desk", help);
    }
    Team { roles, people }
}

fn person(notes: &mut Notes<'_>, names: &Names<'_>, once: &mut Once, node: &Node<'_>) -> Option<Person> {
    node.only(notes, &["name", "full-name", "role", "groups", "contacts"]);
    let name = node.need(notes, "name", "\"mia\"");
    let full_name = node.line(notes, "full-name");
    let role = node.need(notes, "role", "\"analyst\"").and_then(|role| names.find(notes, Kind::Role, &role));
    let groups = node.texts(notes, "groups");
    let groups = groups.iter().filter_map(|group| names.find(notes, Kind::Group, group)).collect();
    let contacts = contacts::read(notes, names, node);
    let name = name.filter(|name| once.admit(notes, name))?;
    if names.has(Kind::Role, name.value.trim()) {
        let help = "notify could mean either: rename one of them";
        notes.error(&name.at, format!("\"{}\" is a person and a role", name.value.trim()), help);
    }
    let name = node::label(notes, "`name`", &name)?;
    Some(Person { name, full_name, role: role?, groups, contacts })
}

fn roles(notes: &mut Notes<'_>, root: &Node<'_>, names: &Names<'_>) -> Vec<Role> {
    let Some(section) = root.section(notes, "roles") else { return Vec::new() };
    let mut once = Once::new(Kind::Role);
    let mut roles = Vec::new();
    for (name, value) in section.entries() {
        let new = once.admit(notes, &name);
        let label = node::label(notes, "the name of a role", &name);
        let table = node::node(notes, name.value, value, format!("[roles.{}]", name.value).into());
        let role = table.zip(label).map(|(table, label)| role(notes, names, &table, label));
        roles.extend(role.filter(|_| new));
    }
    roles
}

fn role(notes: &mut Notes<'_>, names: &Names<'_>, table: &Node<'_>, name: Label) -> Role {
    let words = table.texts(notes, "may");
    let mut may: Vec<Right> = words.iter().flat_map(|word| rights(notes, word)).collect();
    may.sort_unstable();
    may.dedup();
    let mut within = BTreeMap::new();
    for (key, value) in table.entries().into_iter().filter(|(key, _)| key.value != "may") {
        let Some(right) = key.value.strip_prefix("may-").and_then(right) else {
            unknown_key(notes, &key);
            continue;
        };
        let when = bound(notes, names, &key, value);
        if within.contains_key(&right) {
            let message = format!("the bounds of {} are given twice", right.word());
            notes.error(&key.at, message, "keep one of the two: both words mean the same right");
        }
        if words.iter().any(|word| word.value != ALL && rights_of(word.value).contains(&right)) {
            let message =
                format!("`may` allows {} everywhere, `{}` only within bounds", right.word(), key.value);
            notes.error(&key.at, message, format!("remove \"{}\" from `may`, or this line", right.word()));
        }
        may.retain(|other| *other != right);
        within.extend(when.map(|when| (right, when)));
    }
    Role { name, may, within }
}

fn bound(notes: &mut Notes<'_>, names: &Names<'_>, key: &Text<'_>, value: &node::Value<'_>) -> Option<When> {
    let text = node::text_of(notes, key.value, value)?;
    let when = condition::when(notes, names, Asker::Person, &text);
    condition::without_clocks(notes, when.as_ref(), &text);
    when
}

fn right(word: &str) -> Option<Right> {
    let own = Right::ALL.into_iter().find(|right| right.word() == word);
    own.or_else(|| SYNONYMS.iter().find(|(synonym, _)| *synonym == word).map(|(_, right)| *right))
}

fn rights(notes: &mut Notes<'_>, word: &Text<'_>) -> Vec<Right> {
    let rights = rights_of(word.value);
    if rights.is_empty() && !notes.is_full() {
        let known = Right::ALL.iter().map(|right| right.word()).chain([ALL]);
        notes.error(
            &word.at,
            format!("unknown right \"{}\"", word.value),
            suggest::advice(word.value, known),
        );
    }
    rights
}

fn rights_of(word: &str) -> Vec<Right> {
    if word == ALL { Right::ALL.to_vec() } else { right(word).into_iter().collect() }
}

fn unknown_key(notes: &mut Notes<'_>, key: &Text<'_>) {
    let keys: Vec<String> = Right::ALL.iter().map(|right| format!("may-{}", right.word())).collect();
    let known = std::iter::once("may").chain(keys.iter().map(String::as_str));
    let help = suggest::nearest(key.value, known).map(|meant| format!("did you mean `{meant}`?"));
    let help =
        help.unwrap_or_else(|| "a role has `may` and, for each right, `may-RIGHT = \"query\"`".to_owned());
    notes.error(&key.at, format!("unknown key `{}` in a role", key.value), help);
}
