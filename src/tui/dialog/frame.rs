//! The box a dialog stands in: its place, its frame with the title above and the keys below. Draws nothing inside.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear, Widget};

use super::says::Says;
use crate::tui::action::{Action, ActionId};
use crate::tui::env::Env;
use crate::tui::theme::{Role, Theme};
use crate::tui::view::text::fit;

/// The widest box: longer lines are hard to read.
const WIDEST: u16 = 96;

/// The inside of a box with so many rows of content, in the middle of the screen. Small screens give all they have.
#[must_use]
pub fn place(screen: Rect, rows: u16) -> Rect {
    let wide = if screen.width < 100 { screen.width } else { WIDEST };
    let high = rows.saturating_add(2).min(screen.height);
    let x = screen.x + (screen.width - wide) / 2;
    let y = screen.y + (screen.height - high) / 3;
    Rect { x, y, width: wide, height: high }
}

/// What a box leaves for its content: all of it where there is no room for a frame.
#[must_use]
pub fn inside(outer: Rect) -> Rect {
    if outer.width <= 8 || outer.height <= 4 {
        return outer;
    }
    Rect { x: outer.x + 2, y: outer.y + 1, width: outer.width - 4, height: outer.height - 2 }
}

/// Draws the frame and clears what it covers; gives the inside.
pub fn draw(outer: Rect, title: &str, hints: &Says, theme: &Theme, buf: &mut Buffer) -> Rect {
    let outer = outer.intersection(buf.area);
    Clear.render(outer, buf);
    let inner = inside(outer);
    if inner == outer {
        return inner;
    }
    let style = theme.style(Role::FocusBorder);
    Block::bordered().border_set(theme.border()).border_style(style).render(outer, buf);
    let room = outer.width - 4;
    let title = Says::new(Role::Title, format!(" {} ", fit(title, usize::from(room) - 2, theme)));
    title.draw(Rect { x: outer.x + 2, width: room, height: 1, ..outer }, theme, buf);
    hints.draw(Rect { x: outer.x + 2, y: outer.bottom() - 1, width: room, height: 1 }, theme, buf);
    inner
}

/// The keys of some actions, from the action table.
#[must_use]
pub fn hints(env: &Env, actions: &[ActionId]) -> Says {
    let labelled: Vec<_> = actions.iter().map(|id| (*id, Action::of(*id).label)).collect();
    hints_saying(env, &labelled)
}

/// The keys of some actions, with what they mean here.
#[must_use]
pub fn hints_saying(env: &Env, actions: &[(ActionId, &str)]) -> Says {
    let mut says = Says::default();
    for (id, label) in actions {
        let key = env.keys.shown(*id);
        if !key.is_empty() {
            says = says.and(Role::Key, format!(" {key}")).and(Role::Muted, format!(" {label} "));
        }
    }
    says
}
