//! What the terminal shows, and the fewest bytes that make it show something else. Owns the picture last
//! sent and the encoder; takes finished pictures from the views. Must never ask the terminal anything
//! (no cursor query: a slow or dumb line would not answer), never write to it (the session does), and never
//! let a control character through: whatever a cell holds, what leaves here is harmless text.

mod glyph;
mod ink;
mod pen;
mod rows;
mod scroll;
#[cfg(test)]
mod tests;

use ink::Ink;
use pen::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// Below this a frame reaches the terminal in one packet anyway, and sixteen bytes of brackets would be a
/// good part of it.
const SYNC_ABOVE: usize = 1024;
const SYNC_BEGIN: &[u8] = b"\x1b[?2026h";
const SYNC_END: &[u8] = b"\x1b[?2026l";
const CURSOR_HIDE: &[u8] = b"\x1b[?25l";
const CURSOR_SHOW: &[u8] = b"\x1b[?25h";
/// Style, then margins, then the cells: erased cells take the style in force.
const START_OVER: &[u8] = b"\x1b[m\x1b[r\x1b[2J";

/// Whether rows may be moved inside a scroll region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ScrollRegions {
    /// Rows are rewritten.
    Avoid,
    /// Rows are moved by line feeds at the lower edge and reverse indices at the upper one, which every
    /// terminal with regions knows; `CSI S` is shorter by four bytes, and missing on the Linux console.
    #[default]
    Use,
}

/// What the terminal can do; said by whoever reads the environment, never asked of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Capabilities {
    pub scroll_regions: ScrollRegions,
}

impl Capabilities {
    /// What a terminal of this `TERM` can do. An unknown name is taken for an xterm, as nearly all are.
    pub fn of_term(term: Option<&str>) -> Self {
        let scroll_regions = match term {
            Some("dumb" | "unknown" | "ansi" | "cygwin") => ScrollRegions::Avoid,
            _ => ScrollRegions::Use,
        };
        Self { scroll_regions }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    Unknown,
    Hidden,
    At(Position),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// The terminal shows `Screen::shown`.
    Shown,
    /// Someone else may have written to it: the next frame starts from a cleared screen.
    Lost,
}

/// The picture on the terminal and the way to the next one. Replaces `ratatui::Terminal`: there is no frame,
/// no back end and no `clear`.
#[derive(Debug)]
pub struct Screen {
    capabilities: Capabilities,
    shown: Buffer,
    spare: Buffer,
    ink: Ink,
    cursor: Cursor,
    trust: Trust,
}

impl Screen {
    /// A screen just cleared (the alternate screen on entry), with nothing known of its cursor.
    pub fn new(size: Size, capabilities: Capabilities) -> Self {
        let area = Rect::new(0, 0, size.width, size.height);
        Self {
            capabilities,
            shown: Buffer::empty(area),
            spare: Buffer::empty(area),
            ink: Ink::new(size.width),
            cursor: Cursor::Unknown,
            trust: Trust::Shown,
        }
    }

    /// The whole screen, from (0, 0).
    pub fn area(&self) -> Rect {
        self.shown.area
    }

    /// An empty picture of the screen's size to render into; hand it to [`Screen::draw`]. It is last frame's
    /// memory, so a steady screen allocates nothing.
    pub fn canvas(&mut self) -> Buffer {
        let mut canvas = std::mem::take(&mut self.spare);
        canvas.resize(self.shown.area);
        canvas.reset();
        canvas
    }

    /// Takes a new size. What a terminal leaves behind after a resize differs between them, so the next
    /// frame is painted from nothing.
    pub fn resize(&mut self, size: Size) {
        if self.shown.area.as_size() == size {
            return;
        }
        self.shown = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        self.ink.set_width(size.width);
        self.trust = Trust::Lost;
    }

    /// Says that others wrote on the terminal (an editor, a shell): the next frame repaints all of it.
    pub fn forget(&mut self) {
        self.trust = Trust::Lost;
    }

    /// The bytes that turn the picture shown into `next`, and put the cursor there or hide it; empty when
    /// nothing changed. They must reach the terminal whole and in order. A picture of another size than the
    /// screen's is cut or filled up. The terminal is left in plain style.
    pub fn draw(&mut self, next: Buffer, cursor: Option<Position>) -> &[u8] {
        let mut next = self.fitted(next);
        let cursor = cursor.filter(|at| next.area.contains(*at));
        glyph::tidy(&mut next);
        self.ink.begin();
        self.start_over_if_lost();
        self.hide_cursor_unless(cursor);
        self.paint(&next);
        self.ink.style(Pen::PLAIN);
        self.place_cursor(cursor);
        self.spare = std::mem::replace(&mut self.shown, next);
        self.ink.bracket(SYNC_ABOVE, SYNC_BEGIN, SYNC_END);
        self.ink.bytes()
    }

    fn fitted(&self, next: Buffer) -> Buffer {
        if next.area == self.shown.area {
            return next;
        }
        let mut fitted = Buffer::empty(self.shown.area);
        for position in self.shown.area.intersection(next.area).positions() {
            if let (Some(to), Some(from)) = (fitted.cell_mut(position), next.cell(position)) {
                to.clone_from(from);
            }
        }
        fitted
    }

    fn start_over_if_lost(&mut self) {
        if self.trust == Trust::Lost {
            self.ink.raw(START_OVER);
            self.shown.reset();
            self.cursor = Cursor::Unknown;
            self.trust = Trust::Shown;
        }
    }

    /// By moving rows where the terminal can and that is shorter: which it is, is known once both are written.
    fn paint(&mut self, next: &Buffer) {
        let shift = match self.capabilities.scroll_regions {
            ScrollRegions::Use => scroll::find(&self.shown, next),
            ScrollRegions::Avoid => None,
        };
        let begun = shift.map(|shift| (shift, self.ink.clone()));
        rows::paint(&mut self.ink, &self.shown, next);
        let Some((shift, mut moving)) = begun else { return };
        moving.shift(shift);
        shift.apply(&mut self.shown);
        rows::paint(&mut moving, &self.shown, next);
        if moving.bytes().len() < self.ink.bytes().len() {
            self.ink = moving;
        }
    }

    fn hide_cursor_unless(&mut self, wanted: Option<Position>) {
        if wanted.is_none() && self.cursor != Cursor::Hidden {
            self.ink.raw(CURSOR_HIDE);
            self.cursor = Cursor::Hidden;
        }
    }

    fn place_cursor(&mut self, wanted: Option<Position>) {
        let Some(wanted) = wanted else { return };
        if self.ink.bytes().is_empty() && self.cursor == Cursor::At(wanted) {
            return;
        }
        self.ink.go(wanted.x, wanted.y);
        if !matches!(self.cursor, Cursor::At(_)) {
            self.ink.raw(CURSOR_SHOW);
        }
        self.cursor = Cursor::At(wanted);
    }
}
