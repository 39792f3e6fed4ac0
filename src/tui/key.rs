//! One form for every key, however the terminal reports it, and one ASCII name for it that a person can
//! write in a key file: `e`, `E`, `ctrl-s`, `shift-tab`, `g g`. Knows no actions and reads no terminal.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::fmt;
use std::str::FromStr;

/// A key without what was held down with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// What was held down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mods {
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

impl Mods {
    pub const NONE: Self = Self { ctrl: false, alt: false, shift: false };
    pub const CTRL: Self = Self { ctrl: true, ..Self::NONE };
    pub const ALT: Self = Self { alt: true, ..Self::NONE };
    pub const SHIFT: Self = Self { shift: true, ..Self::NONE };
}

/// A key in its one form: a character carries its own case and no shift; with ctrl a letter is small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    code: Code,
    mods: Mods,
}

impl Key {
    /// The one form of a key and what is held with it.
    pub fn new(code: Code, mods: Mods) -> Self {
        let Code::Char(c) = code else { return Self { code, mods } };
        let c = match mods {
            Mods { ctrl: true, .. } => only(c.to_lowercase(), c),
            Mods { shift: true, .. } => only(c.to_uppercase(), c),
            _ => c,
        };
        Self { code: Code::Char(c), mods: Mods { shift: false, ..mods } }
    }

    pub fn plain(code: Code) -> Self {
        Self::new(code, Mods::NONE)
    }

    pub fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    pub fn ctrl(c: char) -> Self {
        Self::new(Code::Char(c), Mods::CTRL)
    }

    pub fn code(self) -> Code {
        self.code
    }

    pub fn mods(self) -> Mods {
        self.mods
    }

    /// The character this key types into a field, if it types one.
    pub fn typed(self) -> Option<char> {
        match self {
            Self { code: Code::Char(c), mods: Mods::NONE } => Some(c),
            _ => None,
        }
    }

    /// What the terminal reported, or nothing for what is no key press here: a release, a lone modifier, a
    /// media key, anything with the window manager's keys held.
    pub fn from_event(event: KeyEvent) -> Option<Self> {
        let held = event.modifiers;
        let foreign = KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META;
        if event.kind == KeyEventKind::Release || held.intersects(foreign) {
            return None;
        }
        let mods = Mods {
            ctrl: held.contains(KeyModifiers::CONTROL),
            alt: held.contains(KeyModifiers::ALT),
            shift: held.contains(KeyModifiers::SHIFT),
        };
        if event.code == KeyCode::BackTab {
            return Some(Self::new(Code::Tab, Mods { shift: true, ..mods }));
        }
        Some(Self::new(code_of(event.code)?, mods))
    }
}

/// `ß` has no single capital: such a letter stays as it is.
fn only(mut mapped: impl Iterator<Item = char>, otherwise: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(c), None) => c,
        _ => otherwise,
    }
}

fn code_of(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Char(c) if !c.is_control() => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    })
}

/// The name printed comes first; the others are understood as well.
const NAMES: &[(Code, &[&str])] = &[
    (Code::Enter, &["enter", "return"]),
    (Code::Esc, &["esc", "escape"]),
    (Code::Tab, &["tab"]),
    (Code::Backspace, &["backspace", "bs"]),
    (Code::Delete, &["delete", "del"]),
    (Code::Insert, &["insert", "ins"]),
    (Code::Left, &["left"]),
    (Code::Right, &["right"]),
    (Code::Up, &["up"]),
    (Code::Down, &["down"]),
    (Code::Home, &["home"]),
    (Code::End, &["end"]),
    (Code::PageUp, &["pageup", "pgup"]),
    (Code::PageDown, &["pagedown", "pgdn"]),
    (Code::Char(' '), &["space"]),
    (Code::Char('-'), &["minus", "-"]),
];

const HELD: [(&str, Mods); 3] = [("ctrl-", Mods::CTRL), ("alt-", Mods::ALT), ("shift-", Mods::SHIFT)];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, mods) in HELD {
            if self.mods.holds(mods) {
                f.write_str(name)?;
            }
        }
        if let Some(name) = NAMES.iter().find(|row| row.0 == self.code).and_then(|row| row.1.first()) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(c) if c.is_ascii() => write!(f, "{c}"),
            Code::Char(c) => write!(f, "u+{:04x}", u32::from(c)),
            Code::F(n) => write!(f, "f{n}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl Mods {
    fn holds(self, other: Self) -> bool {
        (self.ctrl && other.ctrl) || (self.alt && other.alt) || (self.shift && other.shift)
    }

    fn and(self, other: Self) -> Self {
        Self { ctrl: self.ctrl || other.ctrl, alt: self.alt || other.alt, shift: self.shift || other.shift }
    }
}

/// A name that is no key's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    #[error("no key is named; write one such as `e`, `ctrl-s` or `g g`")]
    Empty,
    #[error("`{name}` is not a key{}", suggestion(.nearest))]
    Unknown { name: String, nearest: Option<&'static str> },
    #[error("`{name}` holds `{held}` down twice")]
    Twice { name: String, held: &'static str },
    #[error("`{name}`: what shift makes of `{typed}` depends on the keyboard; write the character it types")]
    Shifted { name: String, typed: char },
}

fn suggestion(nearest: &Option<&'static str>) -> String {
    nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

impl FromStr for Key {
    type Err = BadKey;

    /// Reads a name; upper and lower case count only where the name is one letter.
    fn from_str(name: &str) -> Result<Self, BadKey> {
        let mut rest = name;
        let mut mods = Mods::NONE;
        while let Some((held, mods_held, after)) = held_first(rest) {
            if mods.holds(mods_held) {
                return Err(BadKey::Twice { name: name.to_owned(), held: held.trim_end_matches('-') });
            }
            mods = mods.and(mods_held);
            rest = after;
        }
        let code = parse_code(rest).ok_or_else(|| unknown(name, rest))?;
        match code {
            Code::Char(typed) if mods.shift && !typed.is_alphabetic() => {
                Err(BadKey::Shifted { name: name.to_owned(), typed })
            }
            _ => Ok(Self::new(code, mods)),
        }
    }
}

/// The first modifier of a name, with what follows it; `ctrl-` alone is no modifier of anything.
fn held_first(name: &str) -> Option<(&'static str, Mods, &str)> {
    HELD.into_iter().find_map(|(held, mods)| {
        let (head, tail) = name.split_at_checked(held.len())?;
        (head.eq_ignore_ascii_case(held) && !tail.is_empty()).then_some((held, mods, tail))
    })
}

fn parse_code(name: &str) -> Option<Code> {
    let mut all = name.chars();
    if let (Some(c), None) = (all.next(), all.next()) {
        return (!c.is_control() && c != ' ').then_some(Code::Char(c));
    }
    let small = name.to_ascii_lowercase();
    if let Some(row) = NAMES.iter().find(|row| row.1.contains(&small.as_str())) {
        return Some(row.0);
    }
    if let Some(hex) = small.strip_prefix("u+") {
        let c = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
        return (!c.is_control()).then_some(Code::Char(c));
    }
    let n = small.strip_prefix('f').filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    n.parse().ok().filter(|n| (1..=35).contains(n)).map(Code::F)
}

fn unknown(name: &str, rest: &str) -> BadKey {
    if name.is_empty() {
        return BadKey::Empty;
    }
    let small = rest.to_ascii_lowercase();
    let known = NAMES.iter().flat_map(|row| row.1.iter().copied());
    let scored = known.map(|known| (strsim::damerau_levenshtein(&small, known), known));
    let nearest = scored.filter(|(far, known)| *far <= 2 && *far < known.len()).min().map(|(_, known)| known);
    BadKey::Unknown { name: name.to_owned(), nearest }
}

/// Keys pressed one after another: `g g`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// One key or more, in order.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// Whether `pressed` is a true beginning of this sequence, so that more keys are awaited.
    pub fn begins_with(&self, pressed: &[Key]) -> bool {
        self.0.len() > pressed.len() && self.0.starts_with(pressed)
    }
}

impl From<Key> for Sequence {
    fn from(key: Key) -> Self {
        Self(vec![key])
    }
}

impl FromStr for Sequence {
    type Err = BadKey;

    /// Reads names with blanks between them.
    fn from_str(names: &str) -> Result<Self, BadKey> {
        let keys: Vec<Key> = names.split_whitespace().map(Key::from_str).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(BadKey::Empty) } else { Ok(Self(keys)) }
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, key) in self.0.iter().enumerate() {
            let blank = if i > 0 { " " } else { "" };
            write!(f, "{blank}{key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
}
