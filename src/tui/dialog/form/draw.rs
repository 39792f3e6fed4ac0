//! A form on the screen: drawn whole onto a long sheet, of which the box shows the part with the focused field. So
//! a long form is usable at any height.

mod row;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::Entry;
use super::{Banner, Form, Stage};
use crate::tui::action::ActionId;
use crate::tui::dialog::frame;
use crate::tui::dialog::says::{Says, draw_all};
use crate::tui::env::Env;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::view::text::width;

/// The highest sheet: more than any form has, and a bound for any form.
const SHEET: u16 = 400;
/// From here labels stand left of their fields, below it above them.
const BESIDE: u16 = 50;

/// Columns of a form: where labels and entries stand.
#[derive(Clone, Copy)]
struct Columns {
    wide: u16,
    label: u16,
}

impl Columns {
    fn of(form: &Form, wide: u16) -> Columns {
        let longest = form.fields.iter().map(|field| width(&field.label) + 6).max().unwrap_or(0);
        let label = if wide < BESIDE { 0 } else { u16::try_from(longest).unwrap_or(24).min(28) };
        Columns { wide, label }
    }

    fn entry(self) -> u16 {
        if self.label == 0 { 2.min(self.wide) } else { self.label }
    }

    fn entry_width(self) -> u16 {
        self.wide.saturating_sub(self.entry()).saturating_sub(1)
    }
}

impl Form {
    pub fn draw(&self, screen: Rect, theme: &Theme, env: &Env, buf: &mut Buffer) -> Option<Position> {
        let screen = screen.intersection(buf.area);
        if screen.is_empty() {
            return None;
        }
        let inner_width = frame::inside(frame::place(screen, SHEET)).width;
        let head = self.head(usize::from(inner_width));
        let head_height = u16::try_from(head.len()).unwrap_or(u16::MAX);
        let (sheet, spans, cursor) = self.sheet(inner_width, theme);
        let all = spans.last().map_or(0, |span| span.1);
        let outer = frame::place(screen, all.saturating_add(head_height));
        let inner = frame::draw(outer, &self.title(), &self.foot(env), theme, buf);
        let head_area = Rect { height: head_height.min(inner.height.saturating_sub(1)), ..inner };
        draw_all(&head, head_area, theme, buf);
        let body = Rect { y: inner.y + head_area.height, height: inner.height - head_area.height, ..inner };
        let top = scrolled(spans.get(self.focus).copied().unwrap_or_default(), all, body.height, cursor);
        copy(&sheet, top, body, buf);
        more(top, all, body, theme, buf);
        let cursor = cursor.filter(|_| self.stage == Stage::Editing)?;
        let y = cursor.y.checked_sub(top)?.checked_add(body.y)?;
        Some(Position::new(body.x.saturating_add(cursor.x), y)).filter(|at| body.contains(*at))
    }

    fn title(&self) -> String {
        match &self.ticket {
            Some(view) => {
                format!("{} {} · {}", self.purpose.title(), view.ticket.id, view.ticket.about.subject)
            }
            None => self.purpose.title().to_owned(),
        }
    }

    /// What stands above the fields and does not scroll.
    fn head(&self, columns: usize) -> Vec<Says> {
        let mut head = match (&self.stage, &self.banner) {
            (Stage::Leaving, _) => vec![leaving()],
            (Stage::Saving, _) => {
                vec![Says::new(Role::Waiting, "saving… the text stays here until the desk has it")]
            }
            (Stage::Editing, Some(Banner::Hint(text))) => Says::wrapped(Role::Warned, text, columns),
            (Stage::Editing, Some(Banner::Trouble { why, help })) => {
                let mut lines = Says::wrapped(Role::Error, &format!("! {why}"), columns);
                lines.extend(Says::wrapped(Role::Text, help, columns));
                lines
            }
            (Stage::Editing, None) => Vec::new(),
        };
        head.extend(self.lead.iter().flat_map(|line| line.folded(columns)));
        head
    }

    fn foot(&self, env: &Env) -> Says {
        let edits =
            matches!(self.fields.get(self.focus).map(|f| &f.entry), Some(Entry::Line(_) | Entry::Text(_)));
        let actions: &[ActionId] = match edits {
            true => &[ActionId::Submit, ActionId::NextField, ActionId::FieldInEditor, ActionId::Cancel],
            false => &[ActionId::Submit, ActionId::NextField, ActionId::Cancel],
        };
        frame::hints(env, actions)
    }

    /// The whole form, the rows each field takes, and the cursor.
    fn sheet(&self, wide: u16, theme: &Theme) -> (Buffer, Vec<(u16, u16)>, Option<Position>) {
        let columns = Columns::of(self, wide);
        let heights: Vec<u16> = (0..self.fields.len()).map(|at| self.height(at, columns)).collect();
        let tall =
            heights.iter().fold(1u16, |sum, height| sum.saturating_add(*height)).saturating_add(1).min(SHEET);
        let mut sheet = Buffer::empty(Rect::new(0, 0, wide, tall));
        let (mut spans, mut cursor, mut top) = (Vec::new(), None, 0u16);
        for (at, height) in heights.iter().enumerate() {
            let end = top.saturating_add(*height).min(tall);
            cursor = self
                .draw_field(at, Rect::new(0, top, wide, end - top), columns, theme, &mut sheet)
                .or(cursor);
            spans.push((top, end));
            top = end;
        }
        cursor = self.draw_button(Rect::new(0, top, wide, tall - top), columns, theme, &mut sheet).or(cursor);
        spans.push((top, tall));
        (sheet, spans, cursor)
    }
}

fn leaving() -> Says {
    let says = Says::new(Role::Warned, "Leave what you wrote? ")
        .and(Role::Key, "k")
        .and(Role::Text, " keep as draft  ");
    let says = says.and(Role::Key, "y").and(Role::Text, " discard  ");
    says.and(Role::Key, "n").and(Role::Text, " or ").and(Role::Key, "esc").and(Role::Text, " go on writing")
}

/// The first row of the sheet that shows: as little scrolled as lets the focused field be seen whole, or its
/// cursor where it is higher than the box.
fn scrolled((top, end): (u16, u16), all: u16, height: u16, cursor: Option<Position>) -> u16 {
    let whole = end.saturating_sub(height).min(top).min(all.saturating_sub(height));
    match cursor {
        Some(cursor) if cursor.y >= whole.saturating_add(height) => {
            cursor.y.saturating_add(1).saturating_sub(height)
        }
        _ => whole,
    }
}

fn copy(sheet: &Buffer, top: u16, body: Rect, buf: &mut Buffer) {
    for y in 0..body.height {
        for x in 0..body.width.min(sheet.area.width) {
            if let (Some(from), Some(to)) = (
                sheet.cell(Position::new(x, top.saturating_add(y))),
                buf.cell_mut(Position::new(body.x + x, body.y + y)),
            ) {
                *to = from.clone();
            }
        }
    }
}

/// Says where the form goes on beyond the box.
fn more(top: u16, all: u16, body: Rect, theme: &Theme, buf: &mut Buffer) {
    let Some(x) = body.right().checked_sub(1).filter(|_| body.height > 1) else { return };
    let style = theme.style(Role::Mark);
    if top > 0 {
        buf.set_stringn(x, body.y, theme.glyph(Glyph::Up), 1, style);
    }
    if top.saturating_add(body.height) < all {
        buf.set_stringn(x, body.bottom() - 1, theme.glyph(Glyph::Down), 1, style);
    }
}
