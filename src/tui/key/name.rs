//! The names of keys, as they are written in key files and shown in hints: ASCII, and read back to the same
//! key. A name that is none is explained.

use super::{Code, Key, Mods};
use std::fmt;
use std::str::FromStr;

/// The name printed comes first; the others are understood as well.
pub(super) const NAMES: &[(Code, &[&str])] = &[
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
pub struct Sequence(pub(super) Vec<Key>);

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
