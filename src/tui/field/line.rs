//! A field of one line. Scrolls sideways by half its width at a time, so that most keys change few cells.

use super::{Edit, Focused, Handled, along, boundaries, cleaned_line, edit_of, fitting};
use crate::tui::key::Key;
use crate::tui::theme::{Glyph, Role, Theme};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

/// Narrower fields show no ellipsis where text goes on.
const ELLIPSIS_FROM: usize = 6;

/// One line of text with a cursor in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineField {
    text: String,
    /// A byte between two clusters.
    cursor: usize,
    limit: usize,
}

impl LineField {
    /// An empty field that takes `limit` characters.
    pub fn new(limit: usize) -> Self {
        Self { text: String::new(), cursor: 0, limit }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Replaces the text, made harmless and cut to the limit; the cursor goes to its end.
    pub fn set_text(&mut self, text: &str) {
        self.text.clear();
        self.cursor = 0;
        self.insert(text);
    }

    /// Edits by a key. What the limit leaves no room for is swallowed all the same.
    pub fn input(&mut self, key: Key) -> Handled {
        if let Some(c) = key.typed() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return Handled::Yes;
        }
        match edit_of(key) {
            Some(Edit::Go(motion)) => self.cursor = along(&self.text, self.cursor, motion),
            Some(Edit::Cut(motion)) => self.cut_to(along(&self.text, self.cursor, motion)),
            None => return Handled::No,
        }
        Handled::Yes
    }

    /// Inserts a text at the cursor; line ends and tabs become blanks.
    pub fn paste(&mut self, text: &str) {
        self.insert(text);
    }

    fn insert(&mut self, text: &str) {
        let clean = cleaned_line(self.text.get(..self.cursor).unwrap_or_default(), text);
        let room = self.limit.saturating_sub(self.text.chars().count());
        let kept = fitting(&clean, room, |cluster| cluster.chars().count());
        self.text.insert_str(self.cursor, kept);
        let after = self.cursor + kept.len();
        // What was typed may have joined the cluster that follows.
        self.cursor = boundaries(&self.text).find(|b| *b >= after).unwrap_or(self.text.len());
    }

    fn cut_to(&mut self, other: usize) {
        let (from, to) = (self.cursor.min(other), self.cursor.max(other));
        self.text.replace_range(from..to, "");
        self.cursor = boundaries(&self.text).find(|b| *b >= from).unwrap_or(self.text.len());
    }

    /// Draws the field into the first row of `area`; the cursor's place if it has the focus.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: Focused) -> Option<Position> {
        let area = Rect { height: 1, ..area }.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let role = if focused == Focused::Yes { Role::SelectedField } else { Role::Field };
        buf.set_stringn(area.x, area.y, " ".repeat(area.width.into()), area.width.into(), theme.style(role));
        let width = usize::from(area.width);
        let column = width_of(self.text.get(..self.cursor).unwrap_or_default());
        let window =
            Window::new(width, width_of(&self.text), if focused == Focused::Yes { column } else { 0 });
        self.draw_text(area, buf, theme.style(role), &window);
        window.draw_ellipses(area, buf, theme);
        let x =
            area.x + u16::try_from(column.saturating_sub(window.offset).min(width - 1)).unwrap_or_default();
        (focused == Focused::Yes).then_some(Position::new(x, area.y))
    }

    fn draw_text(&self, area: Rect, buf: &mut Buffer, style: ratatui::style::Style, window: &Window) {
        let mut column = 0;
        for cluster in self.text.graphemes(true) {
            let next = column + usize::from(cluster.cell_width());
            if column >= window.first() && next <= window.end() {
                let x = area.x + u16::try_from(column - window.offset).unwrap_or_default();
                buf.set_stringn(x, area.y, cluster, next - column, style);
            }
            column = next;
        }
    }
}

/// The columns of the text that show.
struct Window {
    offset: usize,
    width: usize,
    left: Rest,
    right: Rest,
}

/// What lies beyond an edge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Nothing,
    Text,
}

impl Window {
    /// The cursor may stand behind the last character, and never in the last column if text follows there.
    fn new(width: usize, text: usize, cursor: usize) -> Self {
        let room = width.saturating_sub(1).max(1);
        let step = (room / 2).max(1);
        let offset = if cursor < room || text < width { 0 } else { ((cursor - room) / step + 1) * step };
        let rest = |there: bool| if there && width >= ELLIPSIS_FROM { Rest::Text } else { Rest::Nothing };
        Self { offset, width, left: rest(offset > 0), right: rest(text > offset + width) }
    }

    fn first(&self) -> usize {
        self.offset + usize::from(self.left == Rest::Text)
    }

    fn end(&self) -> usize {
        self.offset + self.width - usize::from(self.right == Rest::Text)
    }

    fn draw_ellipses(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let (glyph, style) = (theme.glyph(Glyph::Ellipsis), theme.style(Role::Muted));
        if self.left == Rest::Text {
            buf.set_stringn(area.x, area.y, glyph, 1, style);
        }
        if self.right == Rest::Text {
            buf.set_stringn(area.right() - 1, area.y, glyph, 1, style);
        }
    }
}

fn width_of(text: &str) -> usize {
    text.graphemes(true).map(|cluster| usize::from(cluster.cell_width())).sum()
}
