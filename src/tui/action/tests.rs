use std::collections::BTreeSet;

use super::*;
use crate::tui::key::{Code, Key, Mods, Sequence};

fn keys(action: &Action) -> Vec<Sequence> {
    action.keys.iter().map(|name| name.parse().unwrap()).collect()
}

#[test]
fn names_are_unique_kebab_and_dotted() {
    let names: BTreeSet<&str> = Action::all().map(|action| action.name).collect();
    assert_eq!(names.len(), ActionId::ALL.len());
    for name in names {
        let parts: Vec<&str> = name.split('.').collect();
        let kebab =
            |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(parts.len() == 2 && parts.iter().all(kebab), "{name}");
        assert_eq!(Action::named(name).map(|action| action.name), Some(name));
    }
}

#[test]
fn every_row_can_be_read_by_a_newcomer() {
    for action in Action::all() {
        let doc = action.doc;
        assert!(doc.len() <= 60 && doc.len() > 10 && !doc.ends_with('.'), "{}: {doc}", action.name);
        assert!(doc.starts_with(|c: char| c.is_uppercase()), "{}: {doc}", action.name);
        assert!(!action.label.is_empty() && action.label.len() <= 15, "{}", action.name);
        assert!(!action.contexts.is_empty(), "{}", action.name);
    }
}

#[test]
fn no_key_has_two_meanings_where_both_could_be_pressed() {
    let rows: Vec<&Action> = Action::all().collect();
    for (i, a) in rows.iter().enumerate() {
        for b in rows.iter().skip(i + 1).filter(|b| b.contexts.iter().any(|c| a.contexts.contains(c))) {
            for (x, y) in keys(a).iter().flat_map(|x| keys(b).into_iter().map(move |y| (x.clone(), y))) {
                assert!(
                    x != y && !x.begins_with(y.keys()) && !y.begins_with(x.keys()),
                    "{} {} {x}",
                    a.name,
                    b.name
                );
            }
        }
    }
}

#[test]
fn actions_have_plain_keys_and_dialogs_none_that_type() {
    let conventions = ["ctrl-l", "ctrl-z", "ctrl-c"].map(|name| name.parse::<Key>().unwrap());
    for action in Action::all() {
        for key in keys(action).iter().flat_map(|keys| keys.keys().to_vec()) {
            if action.contexts.contains(&Context::Dialog) {
                assert_eq!(key.typed(), None, "{} types {key} into a field", action.name);
            } else {
                let plain = key.mods() == Mods::NONE || key == Key::new(Code::Tab, Mods::SHIFT);
                assert!(plain || conventions.contains(&key), "{} has {key}", action.name);
            }
        }
    }
}

#[test]
fn footer_places_are_given_once_per_context() {
    for context in [Context::Queue, Context::Ticket, Context::Dialog] {
        let mut seen = BTreeSet::new();
        for action in Action::all().filter(|action| action.rank > 0 && action.contexts.contains(&context)) {
            assert!(seen.insert(action.rank), "{}", action.name);
            assert!(!action.keys.is_empty(), "{} is in the footer without a key", action.name);
        }
    }
}
