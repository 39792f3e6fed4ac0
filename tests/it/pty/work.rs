//! A day's work by keys: every step is looked for on the screen, and then in the log through the command line.

use super::{console, demo, said, selected};

const SUBMIT: &str = "\x13";
const TAB: &str = "\t";
const ESC: &str = "\x1b";

#[test]
fn a_new_ticket_is_opened_taken_and_noted() {
    let stage = demo();
    let mut tty = console(&stage);
    tty.press("n").shows("New ticket");
    tty.press("Coffee machine is offline").press(TAB).press("Canteen");
    tty.shows("Coffee machine is offline");
    // The hand-off's own fields come after the grid.
    tty.press(&TAB.repeat(5)).press(TAB).press("Cable swapped");
    tty.shows("Cable swapped").press(SUBMIT).hides("New ticket");
    tty.until("the new ticket in its pane", |seen| {
        seen.has("Coffee machine is offline") && seen.has("mia opened it")
    });
    let number = selected(&tty).to_string();
    tty.press("t").shows("mia took it");
    tty.press("a").shows(&format!("Note on #{number}"));
    tty.press("Asked the vendor for a part").press(SUBMIT).hides("Note on #");
    tty.shows("Asked the vendor for a part");
    tty.press("q");
    assert!(tty.ends().success());
    let shown = said(&stage, &["show", &number]);
    for fact in ["Coffee machine is offline", "Asked the vendor for a part", "mia"] {
        assert!(shown.contains(fact), "{fact:?} is not in\n{shown}");
    }
}

#[test]
fn a_note_is_written_in_an_editor() {
    let stage = demo();
    let editor = stage.home().join("editor.sh");
    std::fs::write(&editor, "#!/bin/sh\nprintf 'two lines\\nfrom an editor\\n' > \"$1\"\n").unwrap();
    let mut command = stage.console();
    command.env("TIERLINE_EDITOR", format!("sh {}", editor.display()));
    let mut tty = super::steady(super::Tty::start(command, super::WIDE));
    let number = selected(&tty).to_string();
    tty.press("N").shows("from an editor");
    tty.press(SUBMIT).hides("Note on #");
    tty.rests();
    tty.press("q");
    assert!(tty.ends().success());
    assert!(said(&stage, &["show", &number]).contains("from an editor"));
}

#[test]
fn an_escalation_shows_its_check_list_and_moves_the_ticket() {
    let stage = demo();
    let mut tty = console(&stage);
    let number = selected(&tty).to_string();
    tty.press("e").shows(&format!("Escalate #{number}"));
    tty.shows("chat #desktop").shows("answers within 30m").shows("hand-off 3/3 complete");
    tty.press(SUBMIT).shows("Reason");
    tty.until("what is missing", |seen| seen.has("Escalate #") && seen.has("it is empty"));
    tty.press("only the desktop team can tell");
    tty.press(SUBMIT).hides(&format!("Escalate #{number}"));
    tty.rests();
    tty.press("q");
    assert!(tty.ends().success());
    let log = said(&stage, &["log", &number]);
    assert!(log.contains("only the desktop team can tell") && log.contains("Desktop"), "{log}");
}

#[test]
fn a_refusal_is_said_in_place_and_changes_nothing() {
    let stage = demo();
    let mut command = stage.console();
    command.env("TIERLINE_USER", "nobody-of-the-team");
    let mut tty = super::Tty::start(command, super::WIDE);
    tty.until("the queue", |seen| seen.has("Queue"));
    tty.press("/").shows("Filter").press("is:open\r").until("tickets", |seen| super::marked(seen).is_some());
    tty.rests();
    let (number, before) = (selected(&tty).to_string(), said(&stage, &["log", "--json"]));
    assert_ne!(number, "0");
    tty.press("t").shows("nobody-of-the-team is not among this desk's people and can only read");
    tty.press("q");
    assert!(tty.ends().success());
    assert_eq!(said(&stage, &["log", "--json"]), before);
}

#[test]
fn a_changed_form_asks_once_and_loses_nothing() {
    let stage = demo();
    let mut tty = console(&stage);
    tty.press("a").shows("add the note").press("half a thought");
    tty.shows("half a thought").press(ESC).rests();
    assert!(tty.seen().has("half a thought"), "the first escape only asks:\n{}", tty.seen().text());
    tty.press("q").rests();
    assert!(tty.seen().open, "q belongs to the form");
}

#[test]
fn a_hand_off_with_a_gap_is_held_at_its_field_until_it_is_filled() {
    let stage = demo();
    let mut tty = console(&stage);
    let number = selected(&tty).to_string();
    tty.press("e").shows(&format!("Escalate #{number}")).press("\x1b[C").shows("Address is missing");
    tty.press(TAB).press(TAB).press("the switch is theirs").shows("the switch is theirs");
    tty.press(SUBMIT).rests();
    assert!(tty.seen().has("Escalate #") && tty.seen().has("the switch is theirs"), "{}", tty.seen().text());
    tty.press("hall 2, rack 7").until("the gap filled where the cursor was left", |seen| {
        seen.has("hall 2, rack 7") && seen.has("hand-off 4/4 complete")
    });
    tty.press(SUBMIT).hides("Escalate #");
    assert!(said(&stage, &["log", &number]).contains("the switch is theirs"));
    assert!(said(&stage, &["show", &number]).contains("hall 2, rack 7"));
}

#[test]
fn a_refused_form_says_so_and_keeps_its_text() {
    let stage = demo();
    let mut tty = console(&stage);
    let number = selected(&tty).to_string();
    tty.press("e").shows("Escalate #").press(TAB).press(TAB).press("beyond my means");
    tty.shows("beyond my means");
    said(&stage, &["resolve", &number, "--root-cause", "a worn fuse", "--resolution", "Replaced."]);
    let before = said(&stage, &["log", &number, "--json"]);
    tty.press(SUBMIT).shows("resolved").rests();
    assert!(tty.seen().has("Escalate #") && tty.seen().has("beyond my means"), "{}", tty.seen().text());
    assert_eq!(said(&stage, &["log", &number, "--json"]), before);
}
