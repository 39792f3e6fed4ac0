//! A field of many lines, softly wrapped. The editor inside keeps lines, wrapping and undo; its keys are off,
//! and everything that moves by character goes by clusters here, which it does not know.

use super::{Edit, Focused, Handled, Motion, along, cleaned_lines, edit_of, fitting};
use crate::domain::text;
use crate::tui::key::{Code, Key, Mods};
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, DataCursor, TextArea, WrapMode};
use unicode_segmentation::UnicodeSegmentation;

/// Rows that page up and page down go: about as many as such a field shows.
const PAGE: usize = 8;
/// Steps that can be undone.
const UNDO: usize = 200;

/// Several lines of text with a cursor in them.
#[derive(Clone, Debug)]
pub struct AreaField {
    editor: TextArea<'static>,
    limit: usize,
}

/// A place between two characters: a line, and a byte of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    row: usize,
    byte: usize,
}

impl AreaField {
    /// An empty field that takes `limit` bytes of UTF-8, a line end counting as one.
    pub fn new(limit: usize) -> Self {
        Self { editor: editor(Vec::new()), limit }
    }

    /// The lines with `\n` between them.
    pub fn text(&self) -> String {
        self.editor.lines().join("\n")
    }

    pub fn is_empty(&self) -> bool {
        self.editor.is_empty()
    }

    /// Replaces the text, made harmless and cut to the limit; the cursor goes to its end, and there is
    /// nothing to undo.
    pub fn set_text(&mut self, text: &str) {
        let clean = cleaned_lines("", text);
        let kept = fitting(&clean, self.limit, str::len);
        self.editor = editor(kept.split('\n').map(str::to_owned).collect());
        self.editor.move_cursor(CursorMove::Bottom);
        self.editor.move_cursor(CursorMove::End);
    }

    /// Edits by a key. Tab is never its own, and a vertical move that leads nowhere is handed back, so that
    /// a form can go to the next field.
    pub fn input(&mut self, key: Key) -> Handled {
        if let Some(c) = key.typed() {
            self.paste(c.encode_utf8(&mut [0; 4]));
            return Handled::Yes;
        }
        match edit_of(key) {
            Some(Edit::Go(motion)) => self.go(self.towards(motion)),
            Some(Edit::Cut(motion)) => self.cut(motion),
            None => return self.across_lines(key),
        }
        Handled::Yes
    }

    /// Inserts a text at the cursor; tabs become blanks.
    pub fn paste(&mut self, text: &str) {
        let Place { row, byte } = self.place();
        let clean = cleaned_lines(self.line(row).get(..byte).unwrap_or_default(), text);
        let kept = fitting(&clean, self.limit.saturating_sub(self.len()), str::len).to_owned();
        if !kept.is_empty() {
            self.editor.insert_str(&kept);
        }
    }

    /// Takes back the last change.
    pub fn undo(&mut self) -> Handled {
        if self.editor.undo() { Handled::Yes } else { Handled::No }
    }

    /// Brings back what was undone.
    pub fn redo(&mut self) -> Handled {
        if self.editor.redo() { Handled::Yes } else { Handled::No }
    }

    /// Draws the field; the cursor's place if it has the focus.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: Focused) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let blank = " ".repeat(area.width.into());
        for y in area.top()..area.bottom() {
            buf.set_stringn(area.x, y, &blank, area.width.into(), Style::reset());
        }
        buf.set_style(area, theme.style(Role::Field));
        self.editor.render(area, buf);
        (focused == Focused::Yes).then(|| self.cursor_in(area))
    }

    /// The editor counts columns by characters; here a cluster has the width it is drawn with.
    fn cursor_in(&self, area: Rect) -> Position {
        let shown = self.editor.screen_cursor();
        let DataCursor(row, first) = self.editor.screen_to_data(shown.row, 0);
        let Place { byte, .. } = self.place();
        let line = self.line(row);
        let before = line.get(byte_of(line, first)..byte).unwrap_or_default();
        let column: usize = before.graphemes(true).map(|cluster| usize::from(cluster.cell_width())).sum();
        let down = shown.row.saturating_sub(self.editor.scroll_offset().0.into());
        let at = |from: u16, by: usize, size: u16| from + (by as u16).min(size - 1);
        Position::new(at(area.x, column, area.width), at(area.y, down, area.height))
    }

    fn across_lines(&mut self, key: Key) -> Handled {
        let before = self.editor.cursor();
        match (key.mods(), key.code()) {
            (Mods::NONE, Code::Enter) => {
                self.paste("\n");
                return Handled::Yes;
            }
            (Mods::NONE, Code::Up) => self.vertical(CursorMove::Up, 1),
            (Mods::NONE, Code::Down) => self.vertical(CursorMove::Down, 1),
            (Mods::NONE, Code::PageUp) => self.vertical(CursorMove::Up, PAGE),
            (Mods::NONE, Code::PageDown) => self.vertical(CursorMove::Down, PAGE),
            (Mods::CTRL, Code::Home) => self.go(Place { row: 0, byte: 0 }),
            (Mods::CTRL, Code::End) => self.go(self.end()),
            _ => return Handled::No,
        }
        if self.editor.cursor() == before { Handled::No } else { Handled::Yes }
    }

    fn vertical(&mut self, step: CursorMove, times: usize) {
        for _ in 0..times {
            self.editor.move_cursor(step);
        }
        let Place { row, byte } = self.place();
        let line = self.line(row);
        let cluster = line.grapheme_indices(true).map(|(at, _)| at).take_while(|at| *at <= byte).last();
        let byte = if byte == line.len() { byte } else { cluster.unwrap_or(byte) };
        self.go(Place { row, byte });
    }

    fn cut(&mut self, motion: Motion) {
        let at = self.place();
        let reached = match motion {
            // At the end of a line there is only the line end left to cut.
            Motion::End if at.byte == self.line(at.row).len() => self.towards(Motion::Right),
            _ => self.towards(motion),
        };
        let (from, to) = (at.min(reached), at.max(reached));
        let chars = self.chars_between(from, to);
        if chars > 0 {
            self.go(from);
            self.editor.delete_str(chars);
        }
    }

    /// Where a motion leads: from the edge of a line into its neighbour.
    fn towards(&self, motion: Motion) -> Place {
        let at = self.place();
        let line = self.line(at.row);
        match motion {
            Motion::Left | Motion::WordLeft if at.byte == 0 && at.row > 0 => {
                Place { row: at.row - 1, byte: self.line(at.row - 1).len() }
            }
            Motion::Right | Motion::WordRight if at.byte == line.len() && at.row < self.end().row => {
                Place { row: at.row + 1, byte: 0 }
            }
            _ => Place { byte: along(line, at.byte, motion), ..at },
        }
    }

    fn chars_between(&self, from: Place, to: Place) -> usize {
        if from.row == to.row {
            return self.line(from.row).get(from.byte..to.byte).map_or(0, |cut| cut.chars().count());
        }
        let first = self.line(from.row).get(from.byte..).map_or(0, |cut| cut.chars().count());
        let last = self.line(to.row).get(..to.byte).map_or(0, |cut| cut.chars().count());
        first + 1 + last
    }

    fn go(&mut self, to: Place) {
        let column = self.line(to.row).get(..to.byte).map_or(0, |before| before.chars().count());
        let narrow = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        self.editor.move_cursor(CursorMove::Jump(narrow(to.row), narrow(column)));
    }

    fn place(&self) -> Place {
        let DataCursor(row, column) = self.editor.cursor();
        Place { row, byte: byte_of(self.line(row), column) }
    }

    fn end(&self) -> Place {
        let row = self.editor.lines().len().saturating_sub(1);
        Place { row, byte: self.line(row).len() }
    }

    fn line(&self, row: usize) -> &str {
        self.editor.lines().get(row).map_or("", String::as_str)
    }

    fn len(&self) -> usize {
        let lines = self.editor.lines();
        lines.iter().map(String::len).sum::<usize>() + lines.len().saturating_sub(1)
    }
}

impl Default for AreaField {
    /// A field that takes as much as a note may hold.
    fn default() -> Self {
        Self::new(text::BODY_MAX)
    }
}

fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte)
}

fn editor(lines: Vec<String>) -> TextArea<'static> {
    let mut editor = TextArea::new(lines);
    editor.set_wrap_mode(WrapMode::WordOrGlyph);
    editor.set_cursor_line_style(Style::new());
    // The terminal's own cursor stands there.
    editor.set_cursor_style(Style::new());
    editor.set_max_histories(UNDO);
    editor
}
