//! Two consoles on one file: what one does the other sees by itself, and neither loses its place.

use super::{console, demo, selected};

#[test]
fn each_sees_what_the_other_does() {
    let stage = demo();
    let (mut one, mut other) = (console(&stage), console(&stage));
    for console in [&mut one, &mut other] {
        console.press("jjjj").shows("Ticket #45");
    }
    let number = selected(&one);
    one.press("t").shows("mia took it");
    other.shows("mia took it");
    other.press("a").shows("add the note").press("seen from the other desk\x13").hides("Note on #");
    one.shows("seen from the other desk");
    assert_eq!((selected(&one), selected(&other)), (number, number));
    for console in [&mut one, &mut other] {
        console.press("q");
        assert!(console.ends().success());
    }
}

#[test]
fn a_form_survives_what_others_do_to_its_ticket() {
    let stage = demo();
    let mut tty = console(&stage);
    let number = selected(&tty).to_string();
    tty.press("a").shows("add the note").press("written meanwhile").shows("written meanwhile");
    super::said(&stage, &["take", &number]);
    tty.shows("mia took it").shows("written meanwhile");
    tty.press("\x13").hides("Note on #");
    tty.press("q");
    assert!(tty.ends().success());
    assert!(super::said(&stage, &["show", &number]).contains("written meanwhile"));
}
