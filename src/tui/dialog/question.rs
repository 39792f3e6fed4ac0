//! A question with yes and no, and a message to be read. No is chosen until somebody says otherwise.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::form::keys::action_of;
use super::frame;
use super::says::{Says, draw_all};
use crate::tui::action::ActionId;
use crate::tui::env::Env;
use crate::tui::intent::{Intent, Outcome};
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};

/// A box that says something, and perhaps asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    title: String,
    text: String,
    reply: Reply,
}

/// What can be said to it.
#[derive(Debug, Clone, PartialEq)]
enum Reply {
    /// It is only to be read.
    Read,
    Choose {
        yes: Intent,
        chosen: Chosen,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Yes,
    No,
}

impl Question {
    #[must_use]
    pub fn message(title: &str, text: &str) -> Question {
        Question { title: title.to_owned(), text: text.to_owned(), reply: Reply::Read }
    }

    #[must_use]
    pub fn ask(title: &str, text: &str, yes: Intent) -> Question {
        let reply = Reply::Choose { yes, chosen: Chosen::No };
        Question { title: title.to_owned(), text: text.to_owned(), reply }
    }

    pub fn key(&mut self, key: Key, env: &Env) -> Outcome {
        let action = action_of(key, env);
        if action == Some(ActionId::Cancel) {
            return Outcome::Close;
        }
        match &mut self.reply {
            Reply::Read if action == Some(ActionId::Accept) => Outcome::Close,
            Reply::Read => Outcome::Stay,
            Reply::Choose { yes, chosen } => choose(key, action, yes, chosen),
        }
    }

    pub fn draw(&self, screen: Rect, theme: &Theme, env: &Env, buf: &mut Buffer) -> Option<Position> {
        let screen = screen.intersection(buf.area);
        if screen.is_empty() {
            return None;
        }
        let columns = usize::from(frame::inside(frame::place(screen, screen.height)).width);
        let mut lines = Says::wrapped(Role::Text, &self.text, columns);
        let buttons = match &self.reply {
            Reply::Read => None,
            Reply::Choose { chosen, .. } => Some(buttons(*chosen)),
        };
        let rows = lines.len() + buttons.iter().count() * 2;
        let outer = frame::place(screen, u16::try_from(rows).unwrap_or(u16::MAX));
        let hints = frame::hints(env, &[ActionId::Accept, ActionId::Cancel]);
        let inner = frame::draw(outer, &self.title, &hints, theme, buf);
        lines.truncate(usize::from(inner.height).saturating_sub(buttons.iter().count()));
        draw_all(&lines, inner, theme, buf);
        if let (Some(buttons), Some(y)) = (buttons, inner.bottom().checked_sub(1)) {
            buttons.draw(Rect { y, height: 1.min(inner.height), ..inner }, theme, buf);
        }
        None
    }
}

fn choose(key: Key, action: Option<ActionId>, yes: &Intent, chosen: &mut Chosen) -> Outcome {
    let other = match chosen {
        Chosen::Yes => Chosen::No,
        Chosen::No => Chosen::Yes,
    };
    match (action, key.code()) {
        (_, Code::Char('y')) => return Outcome::Submit(yes.clone()),
        (_, Code::Char('n')) => return Outcome::Close,
        (Some(ActionId::Accept), _) if *chosen == Chosen::Yes => return Outcome::Submit(yes.clone()),
        (Some(ActionId::Accept), _) => return Outcome::Close,
        (Some(ActionId::NextField | ActionId::PreviousField), _) | (_, Code::Left | Code::Right) => {
            *chosen = other
        }
        _ => {}
    }
    Outcome::Stay
}

fn buttons(chosen: Chosen) -> Says {
    let (yes, no) = match chosen {
        Chosen::Yes => (Role::Chosen, Role::Text),
        Chosen::No => (Role::Text, Role::Chosen),
    };
    let text = |here: bool, word: &str| if here { format!("[{word}]") } else { format!(" {word} ") };
    let says = Says::new(no, text(chosen == Chosen::No, "No"));
    says.and(Role::Text, "  ").and(yes, text(chosen == Chosen::Yes, "Yes"))
}
