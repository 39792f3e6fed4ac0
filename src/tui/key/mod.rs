//! One form for every key, however the terminal reports it, and one ASCII name for it that a person can
//! write in a key file: `e`, `E`, `ctrl-s`, `shift-tab`, `g g`. Knows no actions and reads no terminal.

mod name;
#[cfg(test)]
mod tests;

pub use name::{BadKey, Sequence};

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

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

impl Mods {
    fn holds(self, other: Self) -> bool {
        (self.ctrl && other.ctrl) || (self.alt && other.alt) || (self.shift && other.shift)
    }

    fn and(self, other: Self) -> Self {
        Self { ctrl: self.ctrl || other.ctrl, alt: self.alt || other.alt, shift: self.shift || other.shift }
    }
}
