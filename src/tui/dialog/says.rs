//! A line of words, each piece with its role: what forms, lists and boxes say without knowing how it looks. Made
//! harmless when it is drawn; never wider than its place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::view::text::{fit, width, wrap, write};

/// One line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Says(Vec<Piece>);

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Words(Role, String),
    Sign(Role, Glyph),
}

impl Says {
    #[must_use]
    pub fn new(role: Role, text: impl Into<String>) -> Says {
        Says::default().and(role, text)
    }

    /// The line, and more words after it.
    #[must_use]
    pub fn and(mut self, role: Role, text: impl Into<String>) -> Says {
        self.0.push(Piece::Words(role, text.into()));
        self
    }

    /// The line, and a sign after it.
    #[must_use]
    pub fn sign(mut self, role: Role, glyph: Glyph) -> Says {
        self.0.push(Piece::Sign(role, glyph));
        self
    }

    /// The line, and another after it.
    #[must_use]
    pub fn then(mut self, other: Says) -> Says {
        self.0.extend(other.0);
        self
    }

    /// A text of one role, broken into lines of so many columns.
    #[must_use]
    pub fn wrapped(role: Role, text: &str, columns: usize) -> Vec<Says> {
        wrap(text, columns).into_iter().map(|line| Says::new(role, line)).collect()
    }

    /// Draws into the first row of `area`.
    pub fn draw(&self, area: Rect, theme: &Theme, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let mut x = area.x;
        for piece in &self.0 {
            let (role, text) = match piece {
                Piece::Words(role, text) => (*role, text.as_str()),
                Piece::Sign(role, glyph) => (*role, theme.glyph(*glyph)),
            };
            let room = usize::from(area.right().saturating_sub(x));
            let shown = fit(text, room, theme);
            write(buf, (x, area.y), shown.as_ref(), room, theme.style(role));
            x = x.saturating_add(u16::try_from(width(&shown)).unwrap_or(u16::MAX));
        }
    }
}

/// Draws lines below each other as far as there is room.
pub fn draw_all(lines: &[Says], area: Rect, theme: &Theme, buf: &mut Buffer) {
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        line.draw(Rect { y, height: 1, ..area }, theme, buf);
    }
}
