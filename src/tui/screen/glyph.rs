//! What a cell may hold, and how far terminals agree on its width. Last line of defence: text is sanitised
//! where it enters, and a cell that still holds an unsafe character is shown as a question mark.

use super::pen::{Blank, Pen};
use crate::domain::text::is_unsafe;
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::style::Color;
use unicode_width::UnicodeWidthChar;

/// Stands in a cell that the wide glyph to its left covers. No view can produce it: an empty cell is made a
/// blank first.
const COVERED: &str = "";
/// ASCII, for it must show everywhere.
const REFUSED: &str = "?";

/// Whether all terminals move their cursor equally far for a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Agreed,
    /// Emoji, sequences, rare scripts: up to this many columns may have been overwritten.
    Disputed(usize),
}

/// Brings every cell into the one form in which cells of the same look are equal: refused characters
/// replaced, invisible style dropped, cells under a wide glyph marked, wide glyphs cut by the edge blanked.
pub(super) fn tidy(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width);
    if width > 0 {
        buffer.content.chunks_mut(width).for_each(tidy_row);
    }
}

fn tidy_row(row: &mut [Cell]) {
    let mut rest = row;
    while let Some((cell, after)) = rest.split_first_mut() {
        let columns = columns(cell);
        let covered = match after.get_mut(..columns.saturating_sub(1)) {
            Some(covered) => covered,
            None => {
                cell.set_symbol(" ");
                &mut []
            }
        };
        restyle(cell);
        for under in covered.iter_mut() {
            under.clone_from(cell);
            under.set_symbol(COVERED);
        }
        let used = covered.len();
        rest = after.get_mut(used..).unwrap_or_default();
    }
}

/// Columns the glyph takes, after replacing one that must not be printed.
fn columns(cell: &mut Cell) -> usize {
    if let [byte] = cell.symbol().as_bytes() {
        if !(0x20..0x7f).contains(byte) {
            cell.set_symbol(REFUSED);
        }
        return 1;
    }
    if cell.symbol() == COVERED {
        cell.set_symbol(" ");
    } else if cell.symbol().contains(is_unsafe) || cell.symbol().cell_width() == 0 {
        cell.set_symbol(REFUSED);
    }
    usize::from(cell.symbol().cell_width().max(1))
}

fn restyle(cell: &mut Cell) {
    let blank = if cell.symbol() == " " { Blank::Yes } else { Blank::No };
    let pen = Pen::of(cell).visible(blank);
    (cell.fg, cell.bg, cell.modifier) = (pen.fg, pen.bg, pen.modifier);
    cell.underline_color = Color::Reset;
    cell.diff_option = CellDiffOption::None;
}

pub(super) fn is_covered(cell: &Cell) -> bool {
    cell.symbol() == COVERED
}

/// A blank in plain style: what an erased cell is.
pub(super) fn is_erased(cell: &Cell) -> bool {
    cell.symbol() == " " && Pen::of(cell) == Pen::PLAIN
}

/// Only characters of old, well-known blocks are agreed upon, with or without Latin accents over them; after
/// all else the cursor's column is set absolutely.
pub(super) fn width(symbol: &str) -> Width {
    let mut all = symbol.chars();
    let first = all.next().is_some_and(is_well_known);
    if first && all.all(|mark| matches!(mark, '\u{300}'..='\u{36f}')) {
        return Width::Agreed;
    }
    let apart: usize = symbol.chars().filter_map(UnicodeWidthChar::width).sum();
    Width::Disputed(apart.max(2))
}

fn is_well_known(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}'
        | '\u{48a}'..='\u{52f}' | 'א'..='ת' | 'ء'..='غ' | 'ف'..='ي' | 'ก'..='ะ' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203b}' | '\u{2190}'..='\u{2193}'
        | '\u{2500}'..='\u{25b5}' | '\u{25b7}'..='\u{25bf}' | '✓' | '✗' | '\u{3041}'..='\u{3096}'
        | '\u{30a0}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};

    fn tidied(cells: &[&str]) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, cells.len() as u16, 1));
        for (cell, symbol) in buffer.content.iter_mut().zip(cells) {
            cell.set_symbol(symbol);
        }
        tidy(&mut buffer);
        buffer.content.iter().map(|cell| cell.symbol().to_owned()).collect()
    }

    #[test]
    fn what_must_not_be_printed_becomes_a_question_mark() {
        let bad =
            ["\x1b", "\x07", "\t", "\u{9b}", "\u{202e}", "\u{2066}", "a\u{200f}", "\x7f", "e\x1b", "\u{301}"];
        assert!(tidied(&bad).iter().all(|symbol| symbol == "?"), "{:?}", tidied(&bad));
        assert_eq!(tidied(&["e\u{301}", "é", "\u{a0}"]), ["e\u{301}", "é", "\u{a0}"]);
    }

    #[test]
    fn a_wide_glyph_covers_its_neighbour_and_is_cut_at_the_edge() {
        assert_eq!(tidied(&["語", "x", "y"]), ["語", "", "y"]);
        assert_eq!(tidied(&["x", "y", "語"]), ["x", "y", " "]);
        assert_eq!(tidied(&["", "y"]), [" ", "y"]);
    }

    #[test]
    fn cells_of_one_look_are_equal() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        buffer.set_style(Rect::new(0, 0, 1, 1), Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        tidy(&mut buffer);
        assert_eq!(buffer.content[0], buffer.content[1]);
        assert!(is_erased(&buffer.content[0]));
    }

    #[test]
    fn emoji_and_sequences_are_disputed() {
        for agreed in ["a", "é", "語", "─", "│", "▸", "…", "→", "✓", "ж", "e\u{301}", "ש", "ท"]
        {
            assert_eq!(width(agreed), Width::Agreed, "{agreed}");
        }
        assert_eq!(width("❤\u{fe0f}"), Width::Disputed(2));
        assert_eq!(width("क\u{94d}ष"), Width::Disputed(2));
        assert_eq!(width("👩\u{200d}👩\u{200d}👧"), Width::Disputed(6));
    }
}
