use super::name::NAMES;
use super::*;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use proptest::prelude::*;

fn event(code: KeyCode, mods: KeyModifiers) -> Option<String> {
    Key::from_event(KeyEvent::new(code, mods)).map(|key| key.to_string())
}

#[test]
fn one_form_whatever_the_terminal_says() {
    use KeyModifiers as M;
    let cases = [
        (KeyCode::Char('e'), M::NONE, "e"),
        (KeyCode::Char('E'), M::SHIFT, "E"),
        (KeyCode::Char('e'), M::SHIFT, "E"),
        (KeyCode::Char('E'), M::NONE, "E"),
        (KeyCode::Char('!'), M::SHIFT, "!"),
        (KeyCode::Char('S'), M::CONTROL | M::SHIFT, "ctrl-s"),
        (KeyCode::Char('s'), M::CONTROL, "ctrl-s"),
        (KeyCode::Char('x'), M::ALT | M::SHIFT, "alt-X"),
        (KeyCode::BackTab, M::NONE, "shift-tab"),
        (KeyCode::BackTab, M::SHIFT, "shift-tab"),
        (KeyCode::Tab, M::SHIFT, "shift-tab"),
        (KeyCode::Char(' '), M::SHIFT, "space"),
        (KeyCode::Char(' '), M::CONTROL, "ctrl-space"),
        (KeyCode::Char('-'), M::CONTROL, "ctrl-minus"),
        (KeyCode::F(5), M::NONE, "f5"),
        (KeyCode::PageUp, M::ALT, "alt-pageup"),
        (KeyCode::Char('é'), M::NONE, "u+00e9"),
    ];
    for (code, mods, name) in cases {
        assert_eq!(event(code, mods).as_deref(), Some(name), "{code:?} {mods:?}");
    }
}

#[test]
fn what_is_no_key_press_is_nothing() {
    let release = KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, KeyEventKind::Release);
    let repeat = KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, KeyEventKind::Repeat);
    assert_eq!(Key::from_event(release), None);
    assert_eq!(Key::from_event(repeat), Some(Key::char('a')));
    assert_eq!(event(KeyCode::Char('a'), KeyModifiers::SUPER), None);
    assert_eq!(event(KeyCode::CapsLock, KeyModifiers::NONE), None);
    assert_eq!(event(KeyCode::Char('\x1b'), KeyModifiers::NONE), None);
}

#[test]
fn names_are_read_in_their_other_forms_too() {
    for (written, name) in [
        ("return", "enter"),
        ("Escape", "esc"),
        ("PgDn", "pagedown"),
        ("-", "minus"),
        ("ctrl--", "ctrl-minus"),
        ("Ctrl-S", "ctrl-s"),
        ("shift-e", "E"),
        ("alt-shift-e", "alt-E"),
        ("é", "u+00e9"),
        ("F12", "f12"),
        ("ctrl-shift-left", "ctrl-shift-left"),
        ("shift-ctrl-left", "ctrl-shift-left"),
        ("u+0041", "A"),
    ] {
        assert_eq!(written.parse::<Key>().map(|key| key.to_string()), Ok(name.to_owned()), "{written}");
    }
}

#[test]
fn a_bad_name_is_explained() {
    let said = |name: &str| name.parse::<Key>().unwrap_err().to_string();
    assert_eq!(said("ctrl-etner"), "`ctrl-etner` is not a key; did you mean `enter`?");
    assert_eq!(said("page-up"), "`page-up` is not a key; did you mean `pageup`?");
    assert_eq!(said("hyperspace9"), "`hyperspace9` is not a key");
    assert_eq!(said("ctrl-ctrl-a"), "`ctrl-ctrl-a` holds `ctrl` down twice");
    assert!(said("shift-1").contains("depends on the keyboard"));
    for bad in ["", "ctrl-", "f0", "f99", "u+1b", "u+110000", "\x1b"] {
        assert!(bad.parse::<Key>().is_err(), "{bad:?}");
    }
    assert_eq!(" ".parse::<Sequence>(), Err(BadKey::Empty));
}

#[test]
fn sequences_are_read_and_recognised_by_their_beginning() {
    let twice: Sequence = " g  g ".parse().unwrap();
    let g = Key::char('g');
    assert_eq!(twice.to_string(), "g g");
    assert!(twice.begins_with(&[g]) && twice.begins_with(&[]));
    assert!(!twice.begins_with(&[g, g]) && !twice.begins_with(&[Key::char('x')]));
}

fn keys() -> impl Strategy<Value = Key> {
    let chars = any::<char>().prop_filter("printable", |c| !c.is_control()).prop_map(Code::Char);
    let ascii = prop::char::range(' ', '~').prop_map(Code::Char);
    let named = prop::sample::select(NAMES).prop_map(|row| row.0);
    let code = prop_oneof![chars, ascii, named, (1u8..=35).prop_map(Code::F)];
    (code, any::<(bool, bool, bool)>())
        .prop_map(|(code, (ctrl, alt, shift))| Key::new(code, Mods { ctrl, alt, shift }))
}

proptest! {
    #[test]
    fn names_are_ascii_and_come_back(keys in prop::collection::vec(keys(), 1..4)) {
        let sequence = Sequence(keys);
        let name = sequence.to_string();
        prop_assert!(name.is_ascii());
        prop_assert_eq!(name.parse::<Sequence>(), Ok(sequence));
    }

    #[test]
    fn no_text_makes_the_parser_fall(text in "\\PC{0,12}|[a-z+-]{0,12}") {
        if let Ok(key) = text.parse::<Key>() {
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }
    }
}
