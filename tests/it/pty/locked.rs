//! A desk that somebody else holds: the console says so, goes on answering keys, and nobody leaves unsaved unawares.

use rusqlite::Connection;

use super::{console, demo, marked, said, selected};
use crate::kit::stage::Stage;

const WAITING: &str = "waiting for a lock held elsewhere";

/// Another process at the desk: this one. While it is held nobody else can write.
fn hold(stage: &Stage, how: &str) -> Connection {
    let held = Connection::open(stage.desk()).unwrap();
    held.execute_batch(how).unwrap();
    held
}

#[test]
fn a_locked_desk_is_said_to_be_and_the_console_goes_on() {
    let stage = demo();
    let mut tty = console(&stage);
    let first = marked(&tty.seen());
    let held = hold(&stage, "BEGIN EXCLUSIVE");
    tty.press("t").shows(WAITING);
    tty.press("j").until("the next ticket marked", |seen| marked(seen).is_some() && marked(seen) != first);
    tty.press("?").shows("type to search").press("\x1b").hides("type to search");
    assert!(tty.seen().has(WAITING), "{}", tty.seen().text());
    drop(held);
    tty.hides(WAITING).press("k").shows("mia took it").shows("drive ok");
    tty.press("q");
    assert!(tty.ends().success());
}

#[test]
fn leaving_waits_for_a_change_that_is_not_saved() {
    let stage = demo();
    let mut tty = console(&stage);
    let number = selected(&tty).to_string();
    let held = hold(&stage, "BEGIN IMMEDIATE");
    tty.press("t").shows(WAITING);
    tty.press("q").shows("saving 1 change before leaving");
    drop(held);
    assert!(tty.ends().success());
    assert!(said(&stage, &["show", &number]).contains("mia"));
}

#[test]
fn leaving_all_the_same_says_what_is_not_saved() {
    let stage = demo();
    let mut tty = console(&stage);
    let before = said(&stage, &["log", "--json"]);
    let held = hold(&stage, "BEGIN IMMEDIATE");
    tty.press("t").shows(WAITING);
    tty.press("q").shows("saving 1 change before leaving").press("q");
    assert_eq!(tty.ends().exit_code(), 1);
    assert!(tty.seen().has("left with 1 change unsaved"), "{}", tty.seen().text());
    drop(held);
    assert_eq!(said(&stage, &["log", "--json"]), before);
}
