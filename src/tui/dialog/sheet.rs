//! A page to read: the matrix, or a ticket's clocks explained. Scrolls; what stands on it, `page` knows. Written anew
//! for the width and the moment at which it is drawn, so that it is never old.

mod page;
mod path;
mod steps;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

pub use self::page::Page;
use super::form::keys::action_of;
use super::frame;
use super::says::{Says, draw_all};
use crate::desk::TicketView;
use crate::tui::action::{ActionId, Context};
use crate::tui::env::Env;
use crate::tui::intent::Outcome;
use crate::tui::key::Key;
use crate::tui::keymap::Pressed;
use crate::tui::theme::Theme;

/// A page, and how far it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    page: Page,
    /// The first row shown.
    top: usize,
    screen: Size,
}

impl Sheet {
    #[must_use]
    pub fn new(page: Page) -> Sheet {
        Sheet { page, top: 0, screen: Size::default() }
    }

    /// The screen it is read on: where it ends, and how far a page goes, depends on that.
    pub fn fit(&mut self, screen: Size) {
        self.screen = screen;
    }

    /// Takes what others did to the ticket that it is about.
    pub fn meanwhile(&mut self, view: &TicketView, env: &Env) {
        self.page.meanwhile(view, env);
    }

    pub fn key(&mut self, key: Key, env: &Env) -> Outcome {
        let screen = Rect::new(0, 0, self.screen.width, self.screen.height);
        let (outer, lines) = self.laid(screen, &Theme::default(), env);
        let height = usize::from(self.page.inside(outer).height);
        let last = lines.len().saturating_sub(height);
        let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
        let by = match meaning(key, env) {
            Some(ActionId::Cancel | ActionId::Accept | ActionId::Back | ActionId::Quit) => {
                return Outcome::Close;
            }
            Some(id) if id == self.page.action() => return Outcome::Close,
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

    /// The box, and what stands in it.
    fn laid(&self, screen: Rect, theme: &Theme, env: &Env) -> (Rect, Vec<Says>) {
        let widest = self.page.inside(self.page.outer(screen, usize::from(screen.height)));
        let lines = self.page.lines(usize::from(widest.width), theme, env);
        (self.page.outer(screen, lines.len()), lines)
    }

    pub fn draw(&self, screen: Rect, theme: &Theme, env: &Env, buf: &mut Buffer) -> Option<Position> {
        let screen = screen.intersection(buf.area);
        if screen.is_empty() {
            return None;
        }
        let (outer, lines) = self.laid(screen, theme, env);
        let inner = self.page.inside(outer);
        let top = self.top.min(lines.len().saturating_sub(usize::from(inner.height)));
        let hints = [
            (ActionId::Down, "down"),
            (ActionId::Up, "up"),
            (ActionId::PageDown, "page down"),
            (ActionId::Bottom, "end"),
            (ActionId::Cancel, "close"),
        ];
        let bottom = (top + usize::from(inner.height)).min(lines.len());
        let title = format!("{}  {}-{bottom}/{}", self.page.title(), top + 1, lines.len());
        let _ = frame::draw(outer, &title, &frame::hints_saying(env, &hints), theme, buf);
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
