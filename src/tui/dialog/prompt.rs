//! The filter prompt: a query of the language, checked while it is typed, with completion and the filters used
//! before. Only a query that parses leaves it.

pub mod complete;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::complete::Offer;
use super::form::keys::action_of;
use super::frame;
use super::says::{Says, draw_all};
use crate::domain::query::parse;
use crate::tui::action::ActionId;
use crate::tui::env::Env;
use crate::tui::field::{Focused, LineField};
use crate::tui::intent::{Intent, Outcome};
use crate::tui::key::Key;
use crate::tui::theme::{Role, Theme};

/// More than the language takes, so that it can say so.
const LONGEST: usize = 9_000;
const ROWS: u16 = 8;
const EXAMPLES: [(&str, &str); 4] = [
    ("is:unowned prio:P1..P2", "urgent and nobody's"),
    ("group:mine -is:waiting age:>2d", "ours, older than two days, not waiting"),
    ("category:network/* \"vpn drop\"", "words in a category"),
    ("reopens:>=2 sort:-updated", "came back twice or more"),
];

/// The prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    typed: LineField,
    /// The oldest first.
    history: Vec<String>,
    /// A place in `history`, or behind it: what is being written.
    at: usize,
    written: String,
}

impl Prompt {
    #[must_use]
    pub fn new(filter: &str, history: Vec<String>) -> Prompt {
        let mut typed = LineField::new(LONGEST);
        typed.set_text(filter);
        Prompt { typed, at: history.len(), history, written: String::new() }
    }

    pub fn key(&mut self, key: Key, env: &Env) -> Outcome {
        match action_of(key, env) {
            Some(ActionId::Cancel) => return Outcome::Close,
            Some(ActionId::Accept | ActionId::Submit) => return self.accept(),
            Some(ActionId::NextField) if key.typed().is_none() && key.to_string() == "down" => {
                self.remember(1)
            }
            Some(ActionId::PreviousField) => self.remember(-1),
            Some(ActionId::NextField) => self.complete(env),
            _ => drop(self.typed.input(key)),
        }
        Outcome::Stay
    }

    pub fn paste(&mut self, text: &str) {
        self.typed.paste(text);
    }

    fn accept(&self) -> Outcome {
        let text = self.typed.text().trim();
        match parse(text) {
            Ok(_) => Outcome::Submit(Intent::Filter(text.to_owned())),
            Err(_) => Outcome::Stay,
        }
    }

    /// To an older or newer filter; behind the newest is what was being written.
    fn remember(&mut self, by: isize) {
        if self.at >= self.history.len() {
            self.written = self.typed.text().to_owned();
        }
        self.at = self.at.saturating_add_signed(by).min(self.history.len());
        let text = self.history.get(self.at).unwrap_or(&self.written).clone();
        self.typed.set_text(&text);
    }

    fn complete(&mut self, env: &Env) {
        if let Some(text) = Offer::of(self.typed.text(), env).taken() {
            self.typed.set_text(&text);
        }
    }

    pub fn draw(&self, screen: Rect, theme: &Theme, env: &Env, buf: &mut Buffer) -> Option<Position> {
        let screen = screen.intersection(buf.area);
        if screen.is_empty() {
            return None;
        }
        let hints = frame::hints(env, &[ActionId::Accept, ActionId::Cancel]);
        let outer = frame::place(screen, ROWS);
        let hints = hints.and(Role::Key, " tab").and(Role::Muted, " complete ");
        let hints = hints.and(Role::Key, " up").and(Role::Muted, " earlier ");
        let inner = frame::draw(outer, "Filter the queue", &hints, theme, buf);
        if inner.is_empty() {
            return None;
        }
        Says::new(Role::Key, "/ ").draw(inner, theme, buf);
        let typed = Rect { x: inner.x + 2.min(inner.width), width: inner.width.saturating_sub(2), ..inner };
        let cursor = self.typed.render(typed, buf, theme, Focused::Yes);
        let below = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        draw_all(&self.below(env, usize::from(below.width)), below, theme, buf);
        cursor
    }

    /// The mistake at its place, then what could be written next; examples while nothing is.
    fn below(&self, env: &Env, columns: usize) -> Vec<Says> {
        let text = self.typed.text();
        let mut lines = match parse(text) {
            Err(error) => {
                let told = error.to_string();
                let (place, why) = told.split_once('\n').unwrap_or(("", told.as_str()));
                let indent = why.len() - why.trim_start().len();
                let carets = why.chars().skip(indent).take_while(|c| *c == '^').count();
                let pointer = format!("{}{}", " ".repeat(indent), "^".repeat(carets));
                let why = why.trim_start().trim_start_matches('^').trim();
                let mut lines = vec![Says::new(Role::Muted, place), Says::new(Role::Error, pointer)];
                lines.extend(Says::wrapped(Role::Error, why, columns));
                lines
            }
            Ok(_) if text.trim().is_empty() => vec![Says::new(Role::Muted, "no filter: the whole view")],
            Ok(_) => vec![Says::new(Role::Success, "enter shows what matches")],
        };
        lines.extend(Offer::of(text, env).says());
        if text.trim().is_empty() {
            let example = |(query, doc): &(&str, &str)| {
                Says::new(Role::Text, format!("  {query:<34}")).and(Role::Muted, *doc)
            };
            lines.extend(EXAMPLES.iter().map(example));
        }
        lines
    }
}
