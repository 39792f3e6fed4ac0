//! A field on the sheet: its label, what stands in it, and what is said around it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Columns;
use crate::tui::dialog::form::field::{Entry, Field, Mark, Need};
use crate::tui::dialog::form::{Form, Stage};
use crate::tui::dialog::says::{Says, draw_all};
use crate::tui::field::Focused;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::view::text::fit;

/// Stands where a line is empty and not being written.
const EMPTY: &str = "____________";

impl Form {
    fn focused(&self, at: usize) -> Focused {
        if at == self.focus && self.stage == Stage::Editing { Focused::Yes } else { Focused::No }
    }

    pub(super) fn height(&self, at: usize, columns: Columns) -> u16 {
        let Some(field) = self.fields.get(at) else { return 0 };
        let label = u16::from(columns.label == 0);
        let above = folded(&field.aside.above, columns.wide).len();
        let below = folded(&field.aside.below, columns.entry_width()).len();
        let around = above + below + self.under(at, columns).len();
        field
            .entry
            .height(self.focused(at), columns.entry_width())
            .saturating_add(label)
            .saturating_add(u16::try_from(around).unwrap_or(u16::MAX))
    }

    /// What is said right under a field: its mistake, or its help while it has the focus.
    fn under(&self, at: usize, columns: Columns) -> Vec<Says> {
        let Some(field) = self.fields.get(at) else { return Vec::new() };
        let room = usize::from(columns.entry_width());
        if let Some(error) = &field.state.error {
            let lines = Says::wrapped(Role::Error, error, room.saturating_sub(2));
            let cross = |(n, line)| {
                let head = Says::default();
                let head =
                    if n == 0 { head.sign(Role::Error, Glyph::Cross) } else { head.and(Role::Error, " ") };
                head.and(Role::Error, " ").then(line)
            };
            return lines.into_iter().enumerate().map(cross).collect();
        }
        if at != self.focus {
            return Vec::new();
        }
        let mut lines = Says::wrapped(Role::Muted, &field.help, room);
        lines.extend(suggestions(field));
        lines
    }

    pub(super) fn draw_field(
        &self,
        at: usize,
        area: Rect,
        columns: Columns,
        theme: &Theme,
        buf: &mut Buffer,
    ) -> Option<Position> {
        let field = self.fields.get(at)?;
        let above = folded(&field.aside.above, columns.wide);
        draw_all(&above, area, theme, buf);
        let mut area = below(area, above.len());
        let focused = self.focused(at);
        draw_label(field, focused, columns, area, theme, buf);
        area = below(area, usize::from(columns.label == 0));
        let (x, wide) = (area.x + columns.entry(), columns.entry_width());
        let entry =
            Rect { x, width: wide, height: field.entry.height(focused, wide).min(area.height), ..area };
        if matches!(field.entry, Entry::Text(_)) {
            gutter(entry, focused, theme, buf);
        }
        let cursor = field.entry.render(entry, buf, theme, focused);
        if focused == Focused::No && matches!(&field.entry, Entry::Line(line) if line.is_empty()) {
            Says::new(Role::Muted, EMPTY).draw(entry, theme, buf);
        }
        if let (Some(at), Some(ghost)) = (cursor, field.ghost()) {
            let room = usize::from(entry.right().saturating_sub(at.x));
            buf.set_stringn(at.x, at.y, fit(ghost, room, theme).as_ref(), room, theme.style(Role::Disabled));
        }
        area = below(area, usize::from(field.entry.height(focused, wide)));
        let under = self.under(at, columns);
        draw_all(&under, Rect { x, width: wide, ..area }, theme, buf);
        area = below(area, under.len());
        draw_all(&folded(&field.aside.below, wide), Rect { x, width: wide, ..area }, theme, buf);
        cursor
    }

    pub(super) fn draw_button(
        &self,
        area: Rect,
        columns: Columns,
        theme: &Theme,
        buf: &mut Buffer,
    ) -> Option<Position> {
        let y = area.bottom().checked_sub(1)?;
        let here = self.focus >= self.fields.len();
        let role = if here { Role::Chosen } else { Role::Text };
        let x = area.x + columns.entry();
        let room = usize::from(columns.entry_width());
        buf.set_stringn(x, y, format!("[ {} ]", self.purpose.submit()), room, theme.style(role));
        here.then_some(Position::new(x, y))
    }
}

/// What is said beside a field has as many lines as it takes.
fn folded(lines: &[Says], columns: u16) -> Vec<Says> {
    lines.iter().flat_map(|line| line.folded(usize::from(columns))).collect()
}

/// The suggestions that go on from what stands there, or the first few.
fn suggestions(field: &Field) -> Option<Says> {
    let typed = field.entry.text().to_lowercase();
    let fits = |s: &&String| s.to_lowercase().starts_with(&typed) && s.to_lowercase() != typed;
    let fitting: Vec<&str> = field.suggestions.iter().filter(fits).take(6).map(String::as_str).collect();
    let take = if typed.is_empty() { "" } else { "  (right takes the first)" };
    (!fitting.is_empty()).then(|| Says::new(Role::Muted, fitting.join(" · ") + take))
}

fn draw_label(
    field: &Field,
    focused: Focused,
    columns: Columns,
    area: Rect,
    theme: &Theme,
    buf: &mut Buffer,
) {
    let role = if focused == Focused::Yes { Role::Title } else { Role::Muted };
    let pointer = if focused == Focused::Yes {
        Says::default().sign(Role::Mark, Glyph::Mark)
    } else {
        Says::new(Role::Text, " ")
    };
    let says = match field.aside.mark {
        Mark::None => pointer,
        Mark::Ready => pointer.sign(Role::Success, Glyph::Check).and(Role::Text, " "),
        Mark::Missing => pointer.sign(Role::Error, Glyph::Cross).and(Role::Text, " "),
    };
    let star = if field.need == Need::Required { " *" } else { "" };
    let wide = if columns.label == 0 { area.width } else { columns.label.saturating_sub(1) };
    says.and(role, format!("{}{star}", field.label)).draw(Rect { width: wide, ..area }, theme, buf);
}

/// A line beside a text of several lines, so that its extent shows.
fn gutter(entry: Rect, focused: Focused, theme: &Theme, buf: &mut Buffer) {
    let Some(x) = entry.x.checked_sub(1) else { return };
    let role = if focused == Focused::Yes { Role::FocusBorder } else { Role::Border };
    for y in entry.top()..entry.bottom() {
        buf.set_stringn(x, y, theme.border().vertical_left, 1, theme.style(role));
    }
}

fn below(area: Rect, rows: usize) -> Rect {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}
