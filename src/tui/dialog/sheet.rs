//! The matrix as a page to read: its mistakes where it has any, then the chart. Drawn for the width there is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::form::keys::action_of;
use super::frame;
use super::says::{Says, draw_all};
use crate::matrix::chart::{self, ChartLine, Tone, chart};
use crate::tui::action::ActionId;
use crate::tui::env::Env;
use crate::tui::intent::Outcome;
use crate::tui::key::{Code, Key, Mods};
use crate::tui::theme::{Charset, Role, Theme};

/// Columns by which the end of the page is reckoned for keys: those of an 80-column screen. A wider one may have
/// fewer rows, and stops at its own end.
const USUAL: usize = 76;
const PAGE: isize = 15;

/// The page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The first row shown.
    top: usize,
}

impl Sheet {
    pub fn key(&mut self, key: Key, env: &Env) -> Outcome {
        let last = lines(env, USUAL, chart::Charset::Unicode).len().saturating_sub(1);
        let by = match (action_of(key, env), key.code(), key.mods()) {
            (Some(ActionId::Cancel | ActionId::Accept), ..) | (_, Code::Char('q' | 'm'), Mods::NONE) => {
                return Outcome::Close;
            }
            (_, Code::Char('j'), _) | (Some(ActionId::NextField), ..) => 1,
            (_, Code::Char('k'), _) | (Some(ActionId::PreviousField), ..) => -1,
            (Some(ActionId::FieldPageDown), ..) | (_, Code::Char(' ' | 'J'), _) => PAGE,
            (Some(ActionId::FieldPageUp), ..) | (_, Code::Char('K'), _) => -PAGE,
            (_, Code::Home | Code::Char('g'), _) => isize::MIN,
            (_, Code::End | Code::Char('G'), _) => isize::MAX,
            _ => 0,
        };
        self.top = self.top.saturating_add_signed(by).min(last);
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
        let actions = [ActionId::NextField, ActionId::FieldPageDown, ActionId::Cancel];
        let title = format!(
            "Escalation matrix  {}-{}/{}",
            top + 1,
            (top + usize::from(inner.height)).min(lines.len()),
            lines.len()
        );
        let inner = frame::draw(screen, &title, &frame::hints(env, &actions), theme, buf);
        draw_all(lines.get(top..).unwrap_or_default(), inner, theme, buf);
        None
    }
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
