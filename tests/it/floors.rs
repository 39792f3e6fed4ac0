//! The floors: a room uses the rooms below it, never one above or beside it. Reads every path in the sources that
//! leads to another room (`crate::…`, `tierline::…`, `super::super::…`), every name of a crate that belongs to one room
//! alone, and every string that is SQL.

use super::source::{Kind, Source, Token, files, tokens};

/// The house, from the ground up.
const FLOORS: [(&str, u8); 9] = [
    ("domain", 1),
    ("matrix", 2),
    ("rules", 3),
    ("store", 4),
    ("desk", 5),
    ("report", 6),
    ("intake", 6),
    ("cli", 7),
    ("tui", 7),
];

/// Below, and yet not to be used: the console talks to the desk alone.
const BARRED: [(&str, &str); 1] = [("tui", "store")];

/// Paths that only some rooms may use.
const RESERVED: [(&str, &[&str]); 4] = [
    ("rusqlite", &["store"]),
    ("ratatui", &["tui"]),
    ("ratatui_textarea", &["tui"]),
    ("crossterm", &["tui", "cli"]),
];

/// Rooms that are handed everything they need: no clock, no I/O, no environment.
const PURE: [&str; 3] = ["domain", "matrix", "rules"];
const IMPURE: [&str; 16] = [
    "std::fs",
    "std::io",
    "std::time",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
    "Utc::now",
    "Local::now",
    "fastrand",
    "tempfile",
    "rustix",
];

const SQL: [&str; 8] = [
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "DELETE FROM ",
    "UPDATE ticket",
    "CREATE TABLE",
    "CREATE INDEX",
    "PRAGMA ",
];

/// A path in a source: its parts, `a::{b, c::d}` told apart.
#[derive(Debug, PartialEq)]
struct Walk {
    line: usize,
    parts: Vec<String>,
}

/// Every path of two or more parts, and every word that stands alone.
fn paths(tokens: &[Token]) -> Vec<Walk> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        at = if tokens[at].word().is_some() { path(tokens, at, &[], &mut found) } else { at + 1 };
    }
    found
}

/// Reads the path that starts at `at`, gives where it ends.
fn path(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<Walk>) -> usize {
    let mut parts = before.to_vec();
    let line = tokens[at].line;
    while let Some(word) = tokens.get(at).and_then(Token::word) {
        parts.push(word.to_owned());
        at += 1;
        if !(is(tokens, at, ':') && is(tokens, at + 1, ':')) {
            break;
        }
        at += 2;
    }
    if !(is(tokens, at, '{') && at > 1 && is(tokens, at - 1, ':')) {
        found.push(Walk { line, parts });
        return at;
    }
    at += 1;
    while at < tokens.len() && !is(tokens, at, '}') {
        at = if tokens[at].word().is_some() { path(tokens, at, &parts, found) } else { at + 1 };
    }
    at + 1
}

fn is(tokens: &[Token], at: usize, mark: char) -> bool {
    tokens.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
}

/// The room that a path leads to from a file, if it leads out of the file's own.
fn leads_to<'a>(walk: &'a Walk, source: &Source) -> Option<&'a str> {
    let ups = walk.parts.iter().take_while(|part| *part == "super").count();
    let named = match walk.parts.first()?.as_str() {
        "crate" | "tierline" => walk.parts.get(1)?,
        "super" if ups >= source.depth() => walk.parts.get(ups)?,
        _ => return None,
    };
    FLOORS.iter().find(|(room, _)| room == named).map(|(room, _)| *room)
}

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

fn may_use(from: &str, to: &str) -> bool {
    let below = floor(from).zip(floor(to)).is_none_or(|(from, to)| to < from);
    from == to || (below && !BARRED.contains(&(from, to)))
}

/// What is wrong with a file, a line each.
fn faults(source: &Source) -> Vec<String> {
    let tokens = tokens(&source.text);
    let mut found = Vec::new();
    for walk in paths(&tokens) {
        found.extend(path_fault(source, &walk).map(|fault| (walk.line, fault)));
    }
    for token in &tokens {
        found.extend(text_fault(source, token).map(|fault| (token.line, fault)));
    }
    found.into_iter().map(|(line, fault)| format!("{}:{line}: {fault}", source.path)).collect()
}

fn path_fault(source: &Source, walk: &Walk) -> Option<String> {
    let (room, shown) = (source.room(), walk.parts.join("::"));
    if let Some(to) = leads_to(walk, source).filter(|to| !may_use(room, to)) {
        return Some(format!("{room} uses {to} ({shown}), which is not below it"));
    }
    let first = walk.parts.first().map_or("", String::as_str);
    let several = walk.parts.len() > 1;
    if let Some((_, rooms)) =
        RESERVED.iter().find(|(name, rooms)| several && *name == first && !rooms.contains(&room))
    {
        return Some(format!("{shown} belongs to {} alone", rooms.join(" and ")));
    }
    let padded = format!("::{shown}::");
    let impure = IMPURE.iter().find(|path| PURE.contains(&room) && padded.contains(&format!("::{path}::")));
    impure.map(|path| format!("{room} is pure and knows no {path}"))
}

fn text_fault(source: &Source, token: &Token) -> Option<String> {
    let Kind::Text(text) = &token.kind else { return None };
    let sql = SQL.iter().find(|start| source.room() != "store" && text.contains(*start));
    sql.map(|start| format!("SQL ({}) belongs to the store", start.trim()))
}

#[test]
fn rooms_use_only_what_is_below_them() {
    let sources: Vec<Source> = files("src", ".rs").into_iter().filter(|source| !source.is_test()).collect();
    assert!(sources.len() > 50, "only {} sources were found", sources.len());
    let faults: Vec<String> = sources.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_room_has_a_floor() {
    let mut rooms: Vec<String> = files("src", ".rs").iter().map(|source| source.room().to_owned()).collect();
    rooms.dedup();
    rooms.retain(|room| floor(room).is_none() && !["lib", "main"].contains(&room.as_str()));
    let stray = rooms;
    assert!(stray.is_empty(), "rooms without a floor: {stray:?}");
}

fn judged(path: &str, text: &str) -> Vec<String> {
    faults(&Source { path: path.to_owned(), text: text.to_owned() })
}

#[test]
fn a_breach_is_seen_wherever_it_hides() {
    let breaches = [
        ("src/domain/ids.rs", "use crate::store::Store;"),
        ("src/domain/ids.rs", "fn f() { let x = crate::desk::open(); }"),
        ("src/domain/ids.rs", "use crate::{\n domain::ids,\n rules::{self, Command}};"),
        ("src/domain/mod.rs", "use super::matrix::Matrix;"),
        ("src/domain/event/codec.rs", "use super::super::super::matrix::Matrix;"),
        ("src/domain/mod.rs", "use tierline::tui::run;"),
        ("src/tui/mod.rs", "use crate::cli::run;"),
        ("src/cli/mod.rs", "use crate::tui::run;"),
        ("src/tui/worker.rs", "use crate::store::Store;"),
        ("src/report/mod.rs", "use crate::intake::Map;"),
        ("src/desk/mod.rs", "use rusqlite::Connection;"),
        ("src/desk/mod.rs", "fn f() { ratatui::init(); }"),
        ("src/rules/mod.rs", "use std::time::Instant;"),
        ("src/rules/mod.rs", "use std::{fmt, fs};"),
        ("src/matrix/mod.rs", "fn f() { std::env::var(\"X\"); }"),
        ("src/domain/stamp.rs", "fn f() { jiff::Timestamp::now(); }"),
        ("src/desk/mod.rs", "const X: &str = \"SELECT a FROM b\";"),
        ("src/report/mod.rs", "const X: &str = r#\"PRAGMA x\"#;"),
    ];
    for (path, text) in breaches {
        assert_ne!(judged(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn what_is_allowed_is_not_blamed() {
    let fine = [
        ("src/rules/mod.rs", "use crate::domain::event::Event; use crate::matrix::Matrix;"),
        ("src/tui/mod.rs", "use crate::{desk::Desk, tui::key::Key}; use ratatui::Frame;"),
        ("src/cli/mod.rs", "use crate::store::Access; use crate::intake::Map;"),
        ("src/domain/event/mod.rs", "use super::ticket::Ticket; // crate::store\n/* crate::desk */"),
        ("src/domain/query/write.rs", "use super::super::text::Label;"),
        (
            "src/domain/ids.rs",
            "#[cfg(test)]\nmod tests { use crate::desk::Desk; fn f() { std::fs::read(\"x\"); } }",
        ),
        ("src/store/page.rs", "const X: &str = \"SELECT a FROM b\"; use rusqlite::Connection;"),
        ("src/desk/mod.rs", "const X: &str = \"select a ticket\"; use std::time::Instant;"),
    ];
    for (path, text) in fine {
        assert_eq!(judged(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}
