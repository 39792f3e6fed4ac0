//! Columns of text, as wide as what is in them and no wider than the terminal: one column gives way. Knows how
//! wide characters are; every cell is neutralised here, so none can misalign the rest.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::style::{Paint, Role};
use crate::domain::text::neutral;

/// On which side a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// A column's heading, side, and the width below which it is not squeezed; none for one that is never squeezed.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub title: &'static str,
    pub side: Side,
    pub least: Option<usize>,
}

/// A column as wide as its widest cell.
#[must_use]
pub const fn firm(title: &'static str, side: Side) -> Column {
    Column { title, side, least: None }
}

/// A column that gives way where the line is too long.
#[must_use]
pub const fn soft(title: &'static str, least: usize) -> Column {
    Column { title, side: Side::Left, least: Some(least) }
}

/// A cell and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell(pub Role, pub String);

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell(Role::Plain, text.as_ref().to_owned())
    }
}

/// The lines of a table, headings first, without trailing blanks.
#[must_use]
pub fn lines(columns: &[Column], rows: &[Vec<Cell>], width: Option<usize>, paint: Paint) -> Vec<String> {
    let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(clean).collect()).collect();
    let widths = widths(columns, &rows, width);
    let heading: Vec<Cell> = columns.iter().map(|c| Cell(Role::Title, c.title.to_owned())).collect();
    std::iter::once(&heading).chain(&rows).map(|row| line(columns, row, &widths, paint)).collect()
}

fn clean(cell: &Cell) -> Cell {
    Cell(cell.0, neutral(&cell.1).into_owned())
}

fn widths(columns: &[Column], rows: &[Vec<Cell>], width: Option<usize>) -> Vec<usize> {
    let widest = |(place, column): (usize, &Column)| {
        let cells = rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.1.width());
        cells.chain([column.title.width()]).max().unwrap_or_default()
    };
    let mut widths: Vec<usize> = columns.iter().enumerate().map(widest).collect();
    let Some(limit) = width else { return widths };
    let gaps = columns.len().saturating_sub(1) * GAP;
    let mut over = (widths.iter().sum::<usize>() + gaps).saturating_sub(limit);
    for (wide, column) in widths.iter_mut().zip(columns).rev() {
        let Some(least) = column.least else { continue };
        let give = over.min(wide.saturating_sub(least));
        *wide -= give;
        over -= give;
    }
    widths
}

const GAP: usize = 2;

fn line(columns: &[Column], row: &[Cell], widths: &[usize], paint: Paint) -> String {
    let mut out = String::new();
    let mut blanks = 0;
    for ((column, cell), width) in columns.iter().zip(row).zip(widths) {
        let text = fit(&cell.1, *width);
        let rest = width.saturating_sub(text.width());
        let (before, after) = if column.side == Side::Right { (rest, 0) } else { (0, rest) };
        if !text.is_empty() {
            out.push_str(&" ".repeat(blanks + before));
            out.push_str(&paint.role(cell.0, &text).to_string());
            blanks = after + GAP;
        } else {
            blanks += rest + GAP;
        }
    }
    out
}

/// A text no wider than `width` columns; what was cut is shown by an ellipsis.
#[must_use]
pub fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width.saturating_sub(1) {
            break;
        }
        out.push(c);
    }
    if width > 0 {
        out.push('…');
    }
    out
}

/// Breaks text into lines of at most `width` columns at blanks; a longer word stays whole.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    for line in text.lines() {
        let mut row = String::new();
        for word in line.split(' ') {
            if !row.is_empty() && row.width() + 1 + word.width() > width {
                out.push(std::mem::take(&mut row));
            } else if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
        out.push(row);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: [Column; 3] = [firm("#", Side::Right), soft("subject", 8), firm("owner", Side::Left)];

    fn drawn(rows: &[[&str; 3]], width: Option<usize>) -> Vec<String> {
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(Cell::from).collect()).collect();
        lines(&COLUMNS, &rows, width, Paint::Plain)
    }

    #[test]
    fn a_table_gives_way_in_its_soft_column_only() {
        let rows = [["7", "VPN drops every ten minutes", "mia"], ["1042", "断線する", ""]];
        assert_eq!(
            drawn(&rows, None),
            [
                "   #  subject                      owner",
                "   7  VPN drops every ten minutes  mia",
                "1042  断線する",
            ]
        );
        assert_eq!(
            drawn(&rows, Some(25)),
            ["   #  subject       owner", "   7  VPN drops e…  mia", "1042  断線する",]
        );
    }

    proptest! {
        #[test]
        fn hostile_cells_never_misalign_what_follows(text in "(?s:.{0,40})", width in 24usize..60) {
            let table = drawn(&[["1", &text, "mia"], ["2", "x", "mia"]], Some(width));
            let columns: Vec<usize> = table.iter().skip(1).map(|line| line.trim_end_matches("mia").width()).collect();
            prop_assert_eq!(columns[0], columns[1]);
            prop_assert!(table.iter().all(|line| line.width() <= width));
        }
    }
}
