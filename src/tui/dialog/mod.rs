//! The stack of dialogs: the top one has the keys. Talks to the console in intents and answers only.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::env::Env;
use super::intent::{Answer, Occasion, Outcome};
use super::key::Key;
use super::theme::Theme;

/// The dialogs, the top one last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stack(Vec<()>);

impl Stack {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Opens the dialog of an action.
    pub fn open(&mut self, _on: Occasion<'_>, _env: &Env) {}

    /// Closes the top dialog.
    pub fn close(&mut self) {
        self.0.pop();
    }

    pub fn key(&mut self, _key: Key, _env: &Env) -> Outcome {
        Outcome::Close
    }

    pub fn paste(&mut self, _text: &str, _env: &Env) -> Outcome {
        Outcome::Stay
    }

    /// Tells the dialog that asked what became of it.
    pub fn answer(&mut self, _answer: Answer, _env: &Env) -> Outcome {
        Outcome::Close
    }

    /// Draws all of them over the panes; gives the cursor of the top one.
    pub fn draw(&self, _area: Rect, _theme: &Theme, _env: &Env, _buf: &mut Buffer) -> Option<Position> {
        None
    }
}
