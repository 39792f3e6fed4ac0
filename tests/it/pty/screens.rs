//! Sizes, colours and texts that a terminal can meet.

use rustix::process::{Pid, Signal, kill_process};

use super::{console, demo};
use crate::kit::stage::{SMALL, Stage, WIDE};
use crate::kit::tty::Tty;

#[test]
fn a_new_desk_says_what_to_press() {
    let stage = Stage::new(env!("CARGO_BIN_EXE_tierline"));
    let mut command = stage.console();
    command.env_remove("TIERLINE_DESK");
    let mut tty = Tty::start(command, WIDE);
    tty.shows("drive ok").shows("this desk has no open ticket").shows("n  Open a new ticket");
    tty.press("?").shows("type to search").press("\x1b").hides("type to search");
    tty.press("n").shows("New ticket");
}

#[test]
fn a_form_survives_every_size() {
    let stage = demo();
    let mut tty = console(&stage);
    tty.press("n").shows("New ticket").press("Lift stands still").shows("Lift stands still");
    tty.resize(SMALL).shows("New ticket").shows("Lift stands still");
    tty.resize((40, 10)).shows("tierline needs a window of 60x15").hides("Lift stands");
    tty.press(" on 3");
    tty.resize(WIDE).shows("New ticket").shows("Lift stands still on 3");
}

/// Both lie ready when a program that was held up looks again; whoever takes one must not forget the other. Which comes
/// first is up to the system: of so many rounds some have it the bad way round.
#[test]
fn keys_that_come_together_with_a_change_of_size_are_not_left_lying() {
    let stage = demo();
    let mut tty = console(&stage);
    tty.press("n").shows("New ticket");
    let process = Pid::from_raw(i32::try_from(tty.process()).unwrap()).unwrap();
    let mut typed = String::new();
    for (round, key) in ('a'..='z').cycle().take(60).enumerate() {
        kill_process(process, Signal::STOP).unwrap();
        tty.resize(if round % 2 == 0 { SMALL } else { WIDE }).press(&key.to_string());
        kill_process(process, Signal::CONT).unwrap();
        typed.push(key);
        // A narrow form shows the end of what was typed.
        let end = typed.get(typed.len().saturating_sub(20)..).unwrap();
        tty.shows(end);
    }
}

#[test]
fn sizes_change_and_the_selection_stays() {
    let stage = demo();
    let mut tty = console(&stage);
    tty.press("jj").rests();
    let number = super::selected(&tty);
    tty.resize(SMALL).until("one pane", |seen| seen.has("Queue") && !seen.has("Escalation log"));
    tty.press("3").until("the log", |seen| seen.has("Escalation log") && !seen.has("1 Queue"));
    tty.resize((40, 10)).until("a plain sentence", |seen| !seen.has("Escalation log") && seen.has("60"));
    tty.resize(WIDE).until("all panes again", crate::kit::cost::full);
    assert_eq!(super::selected(&tty), number);
    tty.press("q");
    assert!(tty.ends().success());
}

#[test]
fn without_colours_the_mark_is_still_seen() {
    let stage = demo();
    let mut command = stage.console();
    command.env("NO_COLOR", "1");
    let tty = Tty::start(command, WIDE);
    tty.until("the first full frame", super::full);
    let seen = tty.seen();
    let (rows, cols) = seen.screen().size();
    let cells = (0..rows.get()).flat_map(|row| (0..cols.get()).map(move |col| (row, col)));
    let coloured = cells
        .filter_map(|(row, col)| seen.screen().cell(row, col))
        .filter(|cell| cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default);
    assert_eq!(coloured.count(), 0);
    assert!(super::marked(&seen).is_some());
    // Nor was any set in between: attributes alone, or back to the terminal's own.
    let raw = String::from_utf8_lossy(&seen.raw);
    let attributes = raw.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        (rest.as_bytes()[end] == b'm').then(|| &rest[..end])
    });
    let colour = |code: &str| matches!(code.parse(), Ok(30..=38 | 40..=48 | 90..=107));
    let coloured: Vec<&str> = attributes.filter(|codes| codes.split([';', ':']).any(colour)).collect();
    assert!(coloured.is_empty(), "{coloured:?}");
}

/// Everything a requester could send to take hold of the terminal that shows it.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}rev\u{2066}\u{200b}\u{85}end";

#[test]
fn hostile_text_is_never_drawn_raw() {
    let stage = Stage::new(env!("CARGO_BIN_EXE_tierline"));
    super::said(&stage, &["init"]);
    super::said(&stage, &["new", "Innocent", "--for", "Ada", "--no-input"]);
    // What validation refuses on every way in is written past it here, as another program could.
    let conn = rusqlite::Connection::open(stage.desk()).unwrap();
    conn.execute("UPDATE ticket SET subject=?1, requester=?1", [HOSTILE]).unwrap();
    drop(conn);
    let mut tty = stage.start(WIDE);
    tty.until("the queue", |seen| super::marked(seen).is_some());
    tty.rests();
    let raw = String::from_utf8_lossy(&tty.seen().raw).into_owned();
    assert!(tty.seen().has("end"), "{}", tty.seen().text());
    for bad in
        ["\u{1b}[2J\u{1b}]0", "\u{1b}]0;", "\u{7}", "\u{9b}", "\u{202e}", "\u{2066}", "\u{200b}", "\u{85}"]
    {
        assert!(!raw.contains(bad), "{bad:?} reached the terminal");
    }
    tty.press("q");
    assert!(tty.ends().success());
}

#[test]
fn a_broken_matrix_opens_for_reading_with_the_diagnosis() {
    let stage = demo();
    let broken =
        "[desk]\nname = \"Broken\"\n[[tiers]]\nname = \"L1\"\n[[groups]]\nname = \"Desk\"\ntier = \"L9\"\n";
    std::fs::write(stage.desk_folder().join("escalation.toml"), broken).unwrap();
    let mut tty = stage.start(WIDE);
    tty.shows("unknown tier \"L9\"").shows("escalation.toml:7:8");
    tty.press("\x1b").until("the queue", |seen| super::marked(seen).is_some());
    tty.press("t").shows("reading only");
    tty.press("q");
    assert!(tty.ends().success());
}
