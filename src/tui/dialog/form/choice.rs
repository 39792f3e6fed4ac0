//! One of a few: the options side by side with the chosen one in brackets, or one at a time where they don't fit.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::field::{Focused, Handled};
use crate::tui::key::{Code, Key, Mods};
use crate::tui::theme::{Role, Theme};
use crate::tui::view::text::{fit, width};

/// What can be chosen: the word for the command, and the words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// Options, one of them chosen; none only where there are no options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    options: Vec<Choice>,
    at: usize,
}

impl Choices {
    #[must_use]
    pub fn new(options: Vec<Choice>) -> Choices {
        Choices { options, at: 0 }
    }

    /// Options that are called what they are.
    #[must_use]
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Choices {
        let option = |word: &str| Choice { value: word.to_owned(), label: word.to_owned() };
        Choices::new(words.into_iter().map(option).collect())
    }

    /// With "none of them" as the first option.
    #[must_use]
    pub fn or_none(mut self, label: &str) -> Choices {
        self.options.insert(0, Choice { value: String::new(), label: label.to_owned() });
        self
    }

    #[must_use]
    pub fn value(&self) -> &str {
        self.options.get(self.at).map_or("", |option| option.value.as_str())
    }

    /// Chooses by value; an unknown one changes nothing.
    pub fn choose(&mut self, value: &str) {
        self.at = self.options.iter().position(|option| option.value == value).unwrap_or(self.at);
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    /// Left, right, home, end, blank; or the first letter of an option.
    pub fn input(&mut self, key: Key) -> Handled {
        let last = self.options.len().saturating_sub(1);
        match (key.mods(), key.code()) {
            (Mods::NONE, Code::Left) => self.at = self.at.saturating_sub(1),
            (Mods::NONE, Code::Right) => self.at = (self.at + 1).min(last),
            (Mods::NONE, Code::Home) => self.at = 0,
            (Mods::NONE, Code::End) => self.at = last,
            (Mods::NONE, Code::Char(' ')) => self.at = if self.at >= last { 0 } else { self.at + 1 },
            (Mods::NONE, Code::Char(c)) => self.letter(c),
            _ => return Handled::No,
        }
        Handled::Yes
    }

    /// The next option that begins with it, round the end.
    fn letter(&mut self, c: char) {
        let begins = |option: &Choice| {
            option.label.chars().next().is_some_and(|first| first.to_lowercase().eq(c.to_lowercase()))
        };
        let n = self.options.len();
        let next = (1..=n).map(|step| (self.at + step) % n.max(1));
        let mut hits = next.filter(|at| self.options.get(*at).is_some_and(begins));
        self.at = hits.next().unwrap_or(self.at);
    }

    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: Focused) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let wide: usize = self.options.iter().map(|option| width(&option.label) + 3).sum();
        let x = match wide <= usize::from(area.width) {
            true => self.all(area, buf, theme, focused),
            false => self.one(area, buf, theme, focused),
        };
        (focused == Focused::Yes).then_some(Position::new(x.min(area.right() - 1), area.y))
    }

    fn all(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: Focused) -> u16 {
        let (mut x, mut cursor) = (area.x, area.x);
        for (n, option) in self.options.iter().enumerate() {
            let label = fit(&option.label, usize::from(area.width), theme);
            let (text, role) = match n == self.at {
                true => (format!("[{label}]"), chosen(focused)),
                false => (format!(" {label} "), Role::Muted),
            };
            if n == self.at {
                cursor = x.saturating_add(1);
            }
            let room = usize::from(area.right().saturating_sub(x));
            let (after, _) = buf.set_stringn(x, area.y, &text, room, theme.style(role));
            x = after.saturating_add(1);
        }
        cursor
    }

    fn one(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: Focused) -> u16 {
        let count = format!(" {}/{}", self.at + 1, self.options.len());
        let room = usize::from(area.width);
        let label = self.options.get(self.at).map_or("", |option| option.label.as_str());
        let label = fit(label, room.saturating_sub(count.len() + 4), theme);
        let (x, y) =
            buf.set_stringn(area.x, area.y, format!("< {label} >"), room, theme.style(chosen(focused)));
        let rest = usize::from(area.right().saturating_sub(x));
        buf.set_stringn(x, y, &count, rest, theme.style(Role::Muted));
        area.x.saturating_add(2)
    }
}

fn chosen(focused: Focused) -> Role {
    match focused {
        Focused::Yes => Role::Chosen,
        Focused::No => Role::Text,
    }
}
