//! A field of a form: what it is called, what it takes, what stands in it, what is wrong with it. Knows nothing
//! of the command it ends up in.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::choice::Choices;
use super::grade::GradeField;
use crate::domain::text::BODY_MAX;
use crate::tui::dialog::says::Says;
use crate::tui::field::{AreaField, Focused, Handled, LineField};
use crate::tui::key::Key;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::view::text::{fit, wrap};

/// Room for more than may be sent, so that what is too long is told and not cut.
const LINE_ROOM: usize = 4_000;
const TEXT_ROOM: usize = 2 * BODY_MAX;
/// Rows of a text that is not being written.
const RESTING: u16 = 4;

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// As refusals and drafts name it.
    pub id: String,
    pub label: String,
    pub need: Need,
    pub kind: Kind,
    pub entry: Entry,
    pub help: String,
    /// What is said where it is a choice without options.
    pub without: String,
    pub suggestions: Vec<String>,
    pub state: State,
    pub aside: Aside,
}

/// What stands around a field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aside {
    pub above: Vec<Says>,
    pub below: Vec<Says>,
    pub mark: Mark,
}

/// The sign before a label of a check list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mark {
    #[default]
    None,
    Ready,
    Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
}

/// What a text must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Line,
    Label,
    Body,
    Number,
    Moment,
    Ticket,
    Choice,
    Grade,
}

/// What stands in it.
#[derive(Debug, Clone)]
pub enum Entry {
    Line(LineField),
    Text(Box<AreaField>),
    Choice(Choices),
    Grade(Box<GradeField>),
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.text() == other.text()
    }
}

/// What became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// As it stood when the form was opened.
    pub before: String,
    pub visit: Visit,
    pub error: Option<String>,
}

/// Mistakes are told only after a field was left for the first time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Visit {
    #[default]
    Fresh,
    Left,
}

impl Field {
    fn new(id: &str, label: &str, kind: Kind, entry: Entry) -> Field {
        Field {
            id: id.to_owned(),
            label: label.to_owned(),
            need: Need::Optional,
            kind,
            state: State { before: entry.text(), ..State::default() },
            entry,
            help: String::new(),
            without: String::from("there is nothing to choose from"),
            suggestions: Vec::new(),
            aside: Aside::default(),
        }
    }

    /// One line of text that must be of this kind.
    #[must_use]
    pub fn line(id: &str, label: &str, kind: Kind) -> Field {
        Field::new(id, label, kind, Entry::Line(LineField::new(LINE_ROOM)))
    }

    /// Several lines of text.
    #[must_use]
    pub fn text(id: &str, label: &str) -> Field {
        Field::new(id, label, Kind::Body, Entry::Text(Box::new(AreaField::new(TEXT_ROOM))))
    }

    #[must_use]
    pub fn choice(id: &str, label: &str, choices: Choices) -> Field {
        Field::new(id, label, Kind::Choice, Entry::Choice(choices))
    }

    #[must_use]
    pub fn grade(id: &str, label: &str, grade: GradeField) -> Field {
        Field::new(id, label, Kind::Grade, Entry::Grade(Box::new(grade)))
    }

    #[must_use]
    pub fn required(self) -> Field {
        Field { need: Need::Required, ..self }
    }

    #[must_use]
    pub fn help(self, help: &str) -> Field {
        Field { help: help.to_owned(), ..self }
    }

    #[must_use]
    pub fn without(self, sentence: &str) -> Field {
        Field { without: sentence.to_owned(), ..self }
    }

    #[must_use]
    pub fn suggesting(self, suggestions: Vec<String>) -> Field {
        Field { suggestions, ..self }
    }

    /// Starts with this text, which then counts as unchanged.
    #[must_use]
    pub fn holding(mut self, text: &str) -> Field {
        self.entry.set_text(text);
        self.state.before = self.entry.text();
        self
    }

    #[must_use]
    pub fn changed(&self) -> bool {
        self.entry.text() != self.state.before
    }

    /// What the rest of the best suggestion would add, if what stands there is the beginning of one.
    #[must_use]
    pub fn ghost(&self) -> Option<&str> {
        let Entry::Line(line) = &self.entry else { return None };
        let typed = line.text();
        let rest = |suggestion: &'_ String| suggestion.get(typed.len()..).map(str::len).filter(|n| *n > 0);
        let hit = self.suggestions.iter().find(|suggestion| {
            !typed.is_empty()
                && rest(suggestion).is_some()
                && suggestion
                    .get(..typed.len())
                    .is_some_and(|start| start.to_lowercase() == typed.to_lowercase())
        })?;
        hit.get(typed.len()..)
    }

    /// Takes the suggestion.
    pub fn complete(&mut self) -> Handled {
        let Some(rest) = self.ghost() else { return Handled::No };
        let Entry::Line(line) = &self.entry else { return Handled::No };
        let typed = line.text().len();
        let hit = self.suggestions.iter().find(|suggestion| suggestion.get(typed..) == Some(rest)).cloned();
        self.entry.set_text(&hit.unwrap_or_default());
        Handled::Yes
    }
}

impl Entry {
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Entry::Line(line) => line.text().to_owned(),
            Entry::Text(area) => area.text(),
            Entry::Choice(choices) => choices.value().to_owned(),
            Entry::Grade(grade) => grade.text(),
        }
    }

    /// Replaces what stands there; a choice or cell that is not offered is left alone.
    pub fn set_text(&mut self, text: &str) {
        match self {
            Entry::Line(line) => line.set_text(text),
            Entry::Text(area) => area.set_text(text),
            Entry::Choice(choices) => choices.choose(text),
            Entry::Grade(grade) => grade.set_text(text),
        }
    }

    pub fn input(&mut self, key: Key) -> Handled {
        match self {
            Entry::Line(line) => line.input(key),
            Entry::Text(area) => area.input(key),
            Entry::Choice(choices) => choices.input(key),
            Entry::Grade(grade) => grade.input(key),
        }
    }

    pub fn paste(&mut self, text: &str) {
        match self {
            Entry::Line(line) => line.paste(text),
            Entry::Text(area) => area.paste(text),
            Entry::Choice(_) | Entry::Grade(_) => {}
        }
    }

    /// Rows it takes; a text has room to be written only while it has the focus.
    #[must_use]
    pub fn height(&self, focused: Focused, columns: u16) -> u16 {
        match (self, focused) {
            (Entry::Line(_) | Entry::Choice(_), _) => 1,
            (Entry::Text(area), Focused::Yes) => rows(area, columns).saturating_add(1).clamp(3, 8),
            (Entry::Text(area), Focused::No) => rows(area, columns).clamp(1, RESTING),
            (Entry::Grade(grade), _) => grade.height(),
        }
    }

    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: Focused) -> Option<Position> {
        match self {
            Entry::Line(line) => line.render(area, buf, theme, focused),
            Entry::Text(text) if focused == Focused::No => {
                rest(text, area, buf, theme);
                None
            }
            Entry::Text(text) => text.render(area, buf, theme, focused),
            Entry::Choice(choices) => choices.render(area, buf, theme, focused),
            Entry::Grade(grade) => grade.render(area, buf, theme, focused),
        }
    }
}

fn rows(area: &AreaField, columns: u16) -> u16 {
    u16::try_from(wrap(&area.text(), usize::from(columns)).len()).unwrap_or(u16::MAX)
}

/// A text that is not being written is read from its beginning; where it goes on, that is marked.
fn rest(text: &AreaField, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let area = area.intersection(buf.area);
    let lines = wrap(&text.text(), usize::from(area.width));
    let goes_on = lines.len() > usize::from(area.height);
    let last = area.bottom().saturating_sub(1);
    buf.set_style(area, theme.style(Role::Field));
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        let dots = if goes_on && y == last { theme.glyph(Glyph::Ellipsis) } else { "" };
        let room = usize::from(area.width).saturating_sub(dots.chars().count());
        let line = format!("{}{dots}", fit(line, room, theme));
        buf.set_stringn(area.x, y, line, usize::from(area.width), theme.style(Role::Field));
    }
}
