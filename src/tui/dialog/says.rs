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

    /// The line broken at blanks into lines of so many columns.
    #[must_use]
    pub fn folded(&self, columns: usize) -> Vec<Says> {
        let mut lines = vec![(Says::default(), 0)];
        for (piece, wide, least) in self.words() {
            if lines.last().is_some_and(|(_, used)| *used > 0 && *used + least > columns) {
                lines.push((Says::default(), 0));
            }
            if let Some((line, used)) = lines.last_mut() {
                *used += wide;
                line.0.push(piece);
            }
        }
        lines.into_iter().map(|(line, _)| line).collect()
    }

    /// Each word with the columns it takes, with and without the blank behind it.
    fn words(&self) -> impl Iterator<Item = (Piece, usize, usize)> {
        self.0.iter().flat_map(|piece| match piece {
            Piece::Sign(..) => vec![(piece.clone(), 1, 1)],
            Piece::Words(role, text) => {
                let word = |word: &str| {
                    (Piece::Words(*role, word.to_owned()), width(word), width(word.trim_end_matches(' ')))
                };
                text.split_inclusive(' ').map(word).collect()
            }
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(says: &Says, columns: usize) -> Vec<String> {
        let text = |says: Says| {
            let piece = |piece: Piece| match piece {
                Piece::Words(_, text) => text,
                Piece::Sign(..) => String::from("+"),
            };
            says.0.into_iter().map(piece).collect::<String>().trim_end().to_owned()
        };
        says.folded(columns).into_iter().map(text).collect()
    }

    #[test]
    fn a_line_is_folded_at_blanks_and_keeps_its_signs() {
        let says = Says::new(Role::Heading, "hand-off 1/3").sign(Role::Muted, Glyph::Check);
        let says = says.and(Role::Error, " Address is missing, Whole floor is missing");
        assert_eq!(lines(&says, 26), ["hand-off 1/3+ Address is", "missing, Whole floor is", "missing"]);
        assert_eq!(lines(&says, 80), ["hand-off 1/3+ Address is missing, Whole floor is missing"]);
        assert_eq!(lines(&Says::default(), 10), [""]);
    }
}
