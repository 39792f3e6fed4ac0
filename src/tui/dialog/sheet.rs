//! The matrix as a page to read: its mistakes where it has any, then the chart. Drawn for the width there is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::form::keys::action_of;
use super::frame;
use super::says::{Says, draw_all};
use crate::matrix::chart::{self, ChartLine, Tone, chart};
use crate::tui::action::{ActionId, Context};
use crate::tui::env::Env;
use crate::tui::intent::Outcome;
use crate::tui::key::Key;
use crate::tui::keymap::Pressed;
use crate::tui::theme::{Charset, Role, Theme};

/// The page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The first row shown.
    top: usize,
    screen: Size,
}

impl Sheet {
    /// The screen it is read on: where it ends, and how far a page goes, depends on that.
    pub fn fit(&mut self, screen: Size) {
        self.screen = screen;
    }

    pub fn key(&mut self, key: Key, env: &Env) -> Outcome {
        let inner = frame::inside(Rect::new(0, 0, self.screen.width, self.screen.height));
        let height = usize::from(inner.height);
        let last = lines(env, usize::from(inner.width), chart::Charset::Unicode).len().saturating_sub(height);
        let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
        let by = match meaning(key, env) {
            Some(
                ActionId::Cancel | ActionId::Accept | ActionId::Back | ActionId::Quit | ActionId::Matrix,
            ) => {
                return Outcome::Close;
            }
            Some(ActionId::NextField | ActionId::Down) => 1,
            Some(ActionId::PreviousField | ActionId::Up) => -1,
            Some(ActionId::FieldPageDown | ActionId::PageDown) => page,
            Some(ActionId::FieldPageUp | ActionId::PageUp) => -page,
            Some(ActionId::Top) => isize::MIN,
            Some(ActionId::Bottom) => isize::MAX,
            _ => 0,
        };
        self.top = self.top.min(last).saturating_add_signed(by).min(last);
        Outcome::Stay
    }

    pub fn draw(&self, screen: Rect, theme: &Theme, env: &Env, buf: &mut Buffer) -> Option<Position> {
        let screen = screen.intersection(buf.area);
        if screen.is_empty() {
            return None;
        }
        let inner = frame::inside(screen);
        let charset = match theme.charset() {
            Charset::Unicode => chart::Charset::Unicode,
            Charset::Ascii => chart::Charset::Ascii,
        };
        let lines = lines(env, usize::from(inner.width), charset);
        let top = self.top.min(lines.len().saturating_sub(usize::from(inner.height)));
        let hints = [
            (ActionId::Down, "down"),
            (ActionId::Up, "up"),
            (ActionId::PageDown, "page down"),
            (ActionId::Bottom, "end"),
            (ActionId::Cancel, "close"),
        ];
        let title = format!(
            "Escalation matrix  {}-{}/{}",
            top + 1,
            (top + usize::from(inner.height)).min(lines.len()),
            lines.len()
        );
        let inner = frame::draw(screen, &title, &frame::hints_saying(env, &hints), theme, buf);
        draw_all(lines.get(top..).unwrap_or_default(), inner, theme, buf);
        None
    }
}

/// A page to read has no text fields: besides the keys of dialogs it takes those that move about in a pane. The
/// first key of a sequence will do.
fn meaning(key: Key, env: &Env) -> Option<ActionId> {
    let in_pane = || match env.keys.lookup(Context::Log, &[key]) {
        Pressed::Run(id) => Some(id),
        Pressed::Pending => {
            Some(ActionId::Top).filter(|top| env.keys.keys(*top).iter().any(|k| k.begins_with(&[key])))
        }
        Pressed::Unbound => None,
    };
    action_of(key, env).or_else(in_pane)
}

fn lines(env: &Env, columns: usize, charset: chart::Charset) -> Vec<Says> {
    let mut lines = Vec::new();
    if !env.diagnosis.is_empty() {
        lines.push(Says::new(
            Role::Error,
            "The matrix has mistakes; the desk goes by the last one that was whole.",
        ));
        lines.extend(env.diagnosis.lines().map(|line| Says::new(Role::Text, line)));
        lines.push(Says::default());
    }
    lines.extend(chart(&env.matrix, columns, charset).iter().map(styled));
    lines
}

fn styled(line: &ChartLine) -> Says {
    line.spans.iter().fold(Says::default(), |says, span| {
        let role = match span.tone {
            Tone::Title => Role::Title,
            Tone::Key => Role::Heading,
            Tone::Value => Role::Text,
            Tone::Muted => Role::Muted,
            Tone::Frame => Role::Border,
            Tone::Warn => Role::Warned,
        };
        says.and(role, span.text.as_str())
    })
}
