//! Paints the difference of two tidy pictures, row by row, left to right.

use super::glyph::{self, Width};
use super::ink::Ink;
use ratatui::buffer::{Buffer, Cell};

/// The length of `CSI K`.
const ERASE_COST: usize = 3;

/// Both pictures must be tidy and of one size.
pub(super) fn paint(ink: &mut Ink, shown: &Buffer, next: &Buffer) {
    let width = usize::from(next.area.width);
    if width == 0 {
        return;
    }
    let pairs = shown.content.chunks(width).zip(next.content.chunks(width));
    for (y, (old, new)) in (0u16..).zip(pairs) {
        if old != new {
            Row { old, new, y, rewrite_until: 0 }.paint(ink);
        }
    }
}

struct Row<'a> {
    old: &'a [Cell],
    new: &'a [Cell],
    y: u16,
    /// Cells before this column may have been overdrawn by a glyph of disputed width.
    rewrite_until: usize,
}

impl Row<'_> {
    fn paint(mut self, ink: &mut Ink) {
        let end = self.new.iter().rposition(|cell| !glyph::is_erased(cell)).map_or(0, |last| last + 1);
        let mut x = 0;
        while x < end {
            let columns = self.columns(x);
            if self.differs(x, columns) {
                self.paint_glyph(ink, x, columns);
            }
            x += columns;
        }
        self.erase_from(ink, end);
    }

    fn columns(&self, x: usize) -> usize {
        1 + self.new.iter().skip(x + 1).take_while(|cell| glyph::is_covered(cell)).count()
    }

    fn differs(&self, x: usize, columns: usize) -> bool {
        x < self.rewrite_until || self.old.get(x..x + columns) != self.new.get(x..x + columns)
    }

    fn paint_glyph(&mut self, ink: &mut Ink, x: usize, columns: usize) {
        let Some(cell) = self.new.get(x) else { return };
        self.go(ink, x);
        ink.put(cell, columns as u16);
        if let Width::Disputed(reach) = glyph::width(cell.symbol()) {
            self.rewrite_until = self.rewrite_until.max(x + reach.max(columns));
        }
    }

    fn go(&self, ink: &mut Ink, x: usize) {
        let from = ink.column(self.y).map_or(x, usize::from);
        let between = self.new.get(from..x).unwrap_or_default();
        ink.go_over(between, x as u16, self.y);
    }

    /// Clears what stands beyond the last cell of the new row.
    fn erase_from(&self, ink: &mut Ink, end: usize) {
        let stale = |x: &usize| self.differs(*x, 1);
        let mut columns = end..self.new.len();
        let Some(first) = columns.find(stale) else { return };
        let last = columns.rfind(stale).unwrap_or(first);
        self.go(ink, first);
        if last - first < ERASE_COST {
            self.new.iter().take(last + 1).skip(first).for_each(|cell| ink.put(cell, 1));
        } else {
            ink.erase_rest();
        }
    }
}
