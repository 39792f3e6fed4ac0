//! Impact x urgency as the matrix's grid, the priority in each cell: arrows move, the cell in brackets is chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::text::Label;
use crate::matrix::model::Grid;
use crate::tui::field::{Focused, Handled};
use crate::tui::key::{Code, Key, Mods};
use crate::tui::theme::{Role, Theme};
use crate::tui::view::text::{pad, width};

/// A place in the grid.
#[derive(Debug, Clone, PartialEq)]
pub struct GradeField {
    grid: Grid,
    impact: usize,
    urgency: usize,
}

impl GradeField {
    /// Stands where `impact` and `urgency` are, or where the rules put a ticket of which nothing is said.
    #[must_use]
    pub fn new(grid: &Grid, impact: Option<&Label>, urgency: Option<&Label>) -> GradeField {
        let place =
            |known: &[Label], name: Option<&Label>| known.iter().position(|label| Some(label) == name);
        let impact = place(&grid.impacts, impact).unwrap_or(grid.impacts.len().saturating_sub(1));
        let urgency = place(&grid.urgencies, urgency).unwrap_or(grid.urgencies.len() / 2);
        GradeField { grid: grid.clone(), impact, urgency }
    }

    #[must_use]
    pub fn impact(&self) -> Label {
        self.grid.impacts.get(self.impact).cloned().unwrap_or_default()
    }

    #[must_use]
    pub fn urgency(&self) -> Label {
        self.grid.urgencies.get(self.urgency).cloned().unwrap_or_default()
    }

    /// `impact x urgency`, for a draft.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}", self.impact(), self.urgency())
    }

    /// What [`GradeField::text`] gave, as far as this grid knows it.
    pub fn set_text(&mut self, text: &str) {
        let (impact, urgency) = text.split_once('\n').unwrap_or((text, ""));
        let place = |known: &[Label], name: &str| known.iter().position(|label| *label == *name);
        self.impact = place(&self.grid.impacts, impact).unwrap_or(self.impact);
        self.urgency = place(&self.grid.urgencies, urgency).unwrap_or(self.urgency);
    }

    /// The arrows; up and down are handed back at the edges.
    pub fn input(&mut self, key: Key) -> Handled {
        if key.mods() != Mods::NONE {
            return Handled::No;
        }
        match key.code() {
            Code::Left => self.urgency = self.urgency.saturating_sub(1),
            Code::Right => self.urgency = (self.urgency + 1).min(self.grid.urgencies.len().saturating_sub(1)),
            Code::Up if self.impact > 0 => self.impact -= 1,
            Code::Down if self.impact + 1 < self.grid.impacts.len() => self.impact += 1,
            _ => return Handled::No,
        }
        Handled::Yes
    }

    /// Rows it takes: the heading and one per impact.
    #[must_use]
    pub fn height(&self) -> u16 {
        u16::try_from(self.grid.impacts.len() + 1).unwrap_or(u16::MAX)
    }

    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: Focused) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let names = self.grid.impacts.iter().map(|label| width(label.as_str())).max().unwrap_or(0).min(16);
        let heads = self.grid.urgencies.iter().map(|label| width(label.as_str()));
        let cell =
            heads.chain(self.grid.levels.iter().map(|l| width(l.as_str()))).max().unwrap_or(2).min(14) + 3;
        let room = usize::from(area.width);
        buf.set_stringn(area.x, area.y, self.heading(names, cell, theme), room, theme.style(Role::Muted));
        let mut cursor = None;
        for (row, y) in (area.y + 1..area.bottom()).enumerate().take(self.grid.impacts.len()) {
            let line = Rect { y, height: 1, ..area };
            cursor = self.row(row, (names, cell), line, buf, theme, focused).or(cursor);
        }
        let cursor = cursor.unwrap_or(area.as_position());
        (focused == Focused::Yes).then_some(Position::new(cursor.x.min(area.right() - 1), cursor.y))
    }

    fn heading(&self, names: usize, cell: usize, theme: &Theme) -> String {
        let heads = self.grid.urgencies.iter().map(|label| pad(&format!(" {label}"), cell, theme));
        pad("", names + 1, theme) + &heads.collect::<String>()
    }

    /// Draws an impact's row; the chosen cell's place if it is here.
    fn row(
        &self,
        row: usize,
        (names, cell): (usize, usize),
        line: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        focused: Focused,
    ) -> Option<Position> {
        let name = self.grid.impacts.get(row).map_or("", Label::as_str);
        let room = |x: u16| usize::from(line.right().saturating_sub(x));
        let style = theme.style(Role::Muted);
        let (mut x, y) = buf.set_stringn(line.x, line.y, pad(name, names, theme), room(line.x), style);
        x = x.saturating_add(1);
        let mut cursor = None;
        for column in 0..self.grid.urgencies.len() {
            let level = self.level(row, column);
            let here = row == self.impact && column == self.urgency;
            let (text, role) = match (here, focused) {
                (true, Focused::Yes) => (format!("[{level}]"), Role::Chosen),
                (true, Focused::No) => (format!("[{level}]"), Role::Title),
                (false, _) => (format!(" {level} "), Role::Text),
            };
            buf.set_stringn(x, y, &text, room(x).min(cell), theme.style(role));
            cursor = if here { Some(Position::new(x.saturating_add(1), y)) } else { cursor };
            x = x.saturating_add(u16::try_from(cell).unwrap_or(0));
        }
        cursor
    }

    fn level(&self, row: usize, column: usize) -> &str {
        let cell = self.grid.cells.get(row).and_then(|cells| cells.get(column));
        cell.and_then(|level| self.grid.levels.get(usize::from(*level))).map_or("", Label::as_str)
    }
}
