//! Bytes for the terminal: where its cursor is, which style it holds, and the shortest way to anywhere else.
//! Every frame starts with an absolute move and ends in plain style, so that a stray line of another
//! program spoils one frame at most.

use super::glyph::{self, Width};
use super::pen::{Pen, push_number};
use super::scroll::{Direction, Shift};
use ratatui::buffer::Cell;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Unknown,
    /// The row is certain, the column is not: after the last column (terminals wait there in different
    /// ways) or after a glyph of disputed width.
    Row(u16),
    Place(u16, u16),
}

#[derive(Clone, Debug)]
pub(super) struct Ink {
    out: Vec<u8>,
    at: At,
    pen: Pen,
    width: u16,
}

impl Ink {
    pub fn new(width: u16) -> Self {
        Self { out: Vec::new(), at: At::Unknown, pen: Pen::PLAIN, width }
    }

    pub fn set_width(&mut self, width: u16) {
        self.width = width;
    }

    pub fn begin(&mut self) {
        self.out.clear();
        self.at = At::Unknown;
        self.pen = Pen::PLAIN;
    }

    pub fn bytes(&self) -> &[u8] {
        &self.out
    }

    /// Bytes that move nothing, or leave the cursor's place unknown.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    pub fn bracket(&mut self, above: usize, begin: &[u8], end: &[u8]) {
        if self.out.len() > above {
            self.out.splice(0..0, begin.iter().copied());
            self.out.extend_from_slice(end);
        }
    }

    pub fn style(&mut self, pen: Pen) {
        self.pen.switch(pen, &mut self.out);
        self.pen = pen;
    }

    pub fn go(&mut self, x: u16, y: u16) {
        if self.at != At::Place(x, y) {
            self.way(x, y).write(&mut self.out);
            self.at = At::Place(x, y);
        }
    }

    /// Goes right along a row whose next cells stand as `between`, by writing them again where that is no
    /// longer than a move.
    pub fn go_over(&mut self, between: &[Cell], x: u16, y: u16) {
        if self.at == At::Place(x, y) {
            return;
        }
        let room = self.way(x, y).len();
        match self.cost_again(between, room) {
            Some(_) => between.iter().for_each(|cell| self.put(cell, 1)),
            None => self.go(x, y),
        }
    }

    /// The column the cursor is known to stand in, on row `y`.
    pub fn column(&self, y: u16) -> Option<u16> {
        match self.at {
            At::Place(x, row) if row == y => Some(x),
            _ => None,
        }
    }

    fn cost_again(&self, between: &[Cell], room: usize) -> Option<usize> {
        if between.is_empty() || between.len() > room {
            return None;
        }
        let mut cost = 0;
        for cell in between {
            let narrow = glyph::width(cell.symbol()) == Width::Agreed && !glyph::is_covered(cell);
            if !narrow || !self.suits(cell) {
                return None;
            }
            cost += cell.symbol().len();
        }
        // A wide glyph has a covered cell after it, which is refused above.
        (cost <= room).then_some(cost)
    }

    fn suits(&self, cell: &Cell) -> bool {
        let wanted = Pen::of(cell);
        if cell.symbol() == " " { self.pen.blanks_like(wanted) } else { self.pen == wanted }
    }

    /// Writes a cell of `columns` where the cursor stands.
    pub fn put(&mut self, cell: &Cell, columns: u16) {
        if !self.suits(cell) {
            self.style(Pen::of(cell));
        }
        let At::Place(x, y) = self.at else { return };
        let width = glyph::width(cell.symbol());
        if columns > 1 && width != Width::Agreed {
            self.clear_under(columns, x, y);
        }
        self.out.extend_from_slice(cell.symbol().as_bytes());
        let after = x.saturating_add(columns);
        let known = width == Width::Agreed && after < self.width;
        self.at = if known { At::Place(after, y) } else { At::Row(y) };
    }

    /// A terminal that draws the glyph narrower than it is taken for would leave what stood there before.
    fn clear_under(&mut self, columns: u16, x: u16, y: u16) {
        self.out.extend(std::iter::repeat_n(b' ', usize::from(columns)));
        let after = x.saturating_add(columns);
        self.at = if after < self.width { At::Place(after, y) } else { At::Row(y) };
        self.go(x, y);
    }

    /// Erases from the cursor to the end of its row. Erased cells take the background in force.
    pub fn erase_rest(&mut self) {
        if !self.pen.blanks_like(Pen::PLAIN) {
            self.style(Pen::PLAIN);
        }
        self.out.extend_from_slice(b"\x1b[K");
    }

    /// Moves the rows of a region; rows that come in are blank.
    pub fn shift(&mut self, shift: Shift) {
        self.style(Pen::PLAIN);
        self.command(&[shift.top + 1, shift.bottom + 1], b'r');
        let (edge, step): (u16, &[u8]) = match shift.direction {
            Direction::Up => (shift.bottom, b"\n"),
            Direction::Down => (shift.top, b"\x1bM"),
        };
        self.command(&[edge + 1], b'H');
        (0..shift.rows).for_each(|_| self.out.extend_from_slice(step));
        self.out.extend_from_slice(b"\x1b[r");
        // Resetting margins puts the cursor home, but not in every emulator.
        self.at = At::Unknown;
    }

    fn command(&mut self, numbers: &[u16], last: u8) {
        csi(&mut self.out, numbers, last);
    }

    fn way(&self, x: u16, y: u16) -> Way {
        let absolute = Way::absolute(x, y);
        match self.at {
            At::Unknown => absolute,
            At::Row(row) => Way::along(row, y).and(Way::column(x, Some(0))).shorter(absolute),
            At::Place(px, row) => {
                let down = Way::rows(row, y);
                let direct = down.clone().and(Way::column(x, Some(px)));
                direct.shorter(Way::along(row, y).and(Way::column(x, Some(0)))).shorter(absolute)
            }
        }
    }
}

fn csi(out: &mut Vec<u8>, numbers: &[u16], last: u8) {
    out.extend_from_slice(b"\x1b[");
    for (i, n) in numbers.iter().enumerate() {
        if i > 0 {
            out.push(b';');
        }
        push_number(out, *n);
    }
    out.push(last);
}

/// A way to move the cursor, as the bytes it takes.
#[derive(Clone, Debug, Default)]
struct Way(Vec<u8>);

impl Way {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }

    fn and(mut self, then: Self) -> Self {
        self.0.extend_from_slice(&then.0);
        self
    }

    fn shorter(self, other: Self) -> Self {
        if other.len() < self.len() { other } else { self }
    }

    fn counted(n: u16, last: u8) -> Self {
        let mut out = Vec::new();
        csi(&mut out, if n == 1 { &[] } else { std::slice::from_ref(&n) }, last);
        Self(out)
    }

    fn absolute(x: u16, y: u16) -> Self {
        let mut out = Vec::new();
        match (x, y) {
            (0, 0) => csi(&mut out, &[], b'H'),
            (0, _) => csi(&mut out, &[y + 1], b'H'),
            _ => csi(&mut out, &[y + 1, x + 1], b'H'),
        }
        Self(out)
    }

    /// To the start of row `to`.
    fn along(from: u16, to: u16) -> Self {
        Self(b"\r".to_vec()).and(Self::rows(from, to))
    }

    /// A line feed moves straight down, for the terminal is in raw mode; it never scrolls, for the row it
    /// goes to exists.
    fn rows(from: u16, to: u16) -> Self {
        match to.checked_sub(from) {
            Some(0) => Self::default(),
            Some(down) if down <= 4 => Self(vec![b'\n'; usize::from(down)]),
            Some(down) => Self::counted(down, b'B'),
            None => Self::counted(from - to, b'A'),
        }
    }

    fn column(to: u16, from: Option<u16>) -> Self {
        let absolute = Self::counted(to + 1, b'G');
        match from {
            Some(from) if to == from => Self::default(),
            Some(from) if to > from => Self::counted(to - from, b'C').shorter(absolute),
            Some(from) if from - to <= 3 => Self(vec![0x08; usize::from(from - to)]),
            Some(from) => Self::counted(from - to, b'D').shorter(absolute),
            None => absolute,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(from: At, x: u16, y: u16) -> String {
        let mut ink = Ink::new(120);
        ink.at = from;
        ink.go(x, y);
        String::from_utf8_lossy(ink.bytes()).replace('\x1b', "^").replace('\r', "<cr>").replace('\n', "<lf>")
    }

    #[test]
    fn the_shortest_move_wins() {
        assert_eq!(moved(At::Unknown, 0, 0), "^[H");
        assert_eq!(moved(At::Unknown, 4, 11), "^[12;5H");
        assert_eq!(moved(At::Place(7, 3), 7, 3), "");
        assert_eq!(moved(At::Place(7, 3), 7, 4), "<lf>");
        assert_eq!(moved(At::Place(7, 3), 6, 4), "<lf>\x08");
        assert_eq!(moved(At::Place(7, 3), 0, 4), "<cr><lf>");
        assert_eq!(moved(At::Place(100, 3), 1, 4), "<lf>^[2G");
        assert_eq!(moved(At::Place(7, 3), 20, 3), "^[13C");
        assert_eq!(moved(At::Place(90, 3), 5, 3), "^[6G");
        assert_eq!(moved(At::Place(90, 30), 90, 29), "^[A");
    }

    #[test]
    fn a_disputed_column_is_never_counted_from() {
        assert_eq!(moved(At::Row(3), 8, 3), "<cr>^[8C");
        assert_eq!(moved(At::Row(3), 0, 4), "<cr><lf>");
    }
}
