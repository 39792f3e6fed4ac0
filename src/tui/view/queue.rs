//! The queue's pane: as wide as it can be, so that the terminal can scroll it by itself; the selection is a mark
//! in the gutter, so that moving it costs a few bytes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::column::{Column, GUTTER, Kind, Places, cell, columns, urgency};
use super::text::{pad, pad_left, write};
use super::{chrome, vacant};
use crate::domain::query::{Sense, State, Term, Test};
use crate::domain::row::Row;
use crate::tui::env::Env;
use crate::tui::layout::{Pane, rows_of};
use crate::tui::model::{Held, Model, Queue};
use crate::tui::theme::{Glyph, Role, Theme};

pub fn draw(model: &Model, theme: &Theme, env: &Env, area: Rect, buf: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let queue = &model.queue;
    let rows = rows_of(area);
    let right = [sort(queue), extent(queue, usize::from(rows.height))];
    chrome::title(model, theme, Pane::Queue, area, &name(queue, theme), &right, buf);
    if queue.page.rows.is_empty() {
        return vacant::queue(model, theme, env, rows, buf);
    }
    let digits = queue.page.rows.iter().map(|row| row.id.0.to_string().len()).max().unwrap_or(0);
    let columns = columns(usize::from(area.width), digits, places(queue, env), &env.matrix);
    headings(&columns, theme, Rect { y: area.y + 1, height: 1, ..area }, buf);
    for (place, (place_row, row)) in rows.rows().zip(queue.shown(usize::from(rows.height))) {
        let selected = place_row == queue.cursor.at;
        gutter(selected, row, theme, env, place, buf);
        match row {
            Some(row) => cells(model, &columns, row, theme, env, place, buf),
            None => absent(theme, place, buf),
        }
    }
}

/// One's own groups, where one works in one only, hold tickets of one group.
fn places(queue: &Queue, env: &Env) -> Places {
    let ours = |term: &Term| term.sense == Sense::Is && term.test == Test::Is(vec![State::OurGroups]);
    match env.scope().my_groups.len() == 1 && queue.list.query().terms.iter().any(ours) {
        true => Places::One,
        false => Places::Several,
    }
}

fn name(queue: &Queue, theme: &Theme) -> String {
    let dot = theme.glyph(Glyph::Dot);
    let view = queue.list.view().name;
    let filter = &queue.list.filter;
    let filter = if filter.is_empty() { String::new() } else { format!(" {dot} /{filter}") };
    let state = match &queue.state {
        Held::Nothing if !queue.page.rows.is_empty() => {
            format!(" {dot} reading {}", theme.glyph(Glyph::Ellipsis))
        }
        Held::Failed(_) if !queue.page.rows.is_empty() => format!(" {dot} old, can't be read"),
        Held::Nothing | Held::Failed(_) | Held::Rows => String::new(),
    };
    format!("Queue {dot} {view}{filter}{state}")
}

fn sort(queue: &Queue) -> String {
    let keys: Vec<String> = queue.list.query().sort.iter().map(ToString::to_string).collect();
    if keys.is_empty() { String::new() } else { format!("sort: {}", keys.join(", ")) }
}

/// `1-16/128`.
fn extent(queue: &Queue, height: usize) -> String {
    let total = queue.page.total;
    if total == 0 {
        return String::from("0");
    }
    format!("{}-{}/{total}", queue.top + 1, (queue.top + height).min(total))
}

fn headings(columns: &[Column], theme: &Theme, area: Rect, buf: &mut Buffer) {
    let mut x = area.x.saturating_add(u16::try_from(GUTTER).unwrap_or(0));
    for column in columns {
        x = put(column, column.kind.heading(), Role::Muted, theme, (x, area), buf);
    }
}

fn gutter(selected: bool, row: Option<&Row>, theme: &Theme, env: &Env, area: Rect, buf: &mut Buffer) {
    if selected {
        write(buf, (area.x + 1, area.y), theme.glyph(Glyph::Mark), 1, theme.style(Role::Mark));
    }
    if let Some((marks, role)) =
        row.map(|row| urgency(row, env)).filter(|(marks, _)| !marks.trim().is_empty())
    {
        write(buf, (area.x + 2, area.y), marks, 2, theme.style(role));
    }
}

fn cells(
    model: &Model,
    columns: &[Column],
    row: &Row,
    theme: &Theme,
    env: &Env,
    area: Rect,
    buf: &mut Buffer,
) {
    let shown = model.story.shown.as_ref().is_some_and(|view| view.ticket.id == row.id);
    let saving = model.writes.touches(row.id);
    let has_status = columns.iter().any(|column| column.kind == Kind::Status);
    let told = if has_status { Kind::Status } else { Kind::Clock };
    let mut x = area.x.saturating_add(u16::try_from(GUTTER).unwrap_or(0));
    for column in columns {
        let (text, role) = match column.kind {
            kind if saving && kind == told => {
                (format!("saving{}", theme.glyph(Glyph::Ellipsis)), Role::Warned)
            }
            kind => cell(kind, row, env, theme),
        };
        // The ticket shown below stands out here too; it follows when the selection rests.
        let role = if shown && column.kind == Kind::Subject { Role::Title } else { role };
        x = put(column, &text, role, theme, (x, area), buf);
    }
}

fn absent(theme: &Theme, area: Rect, buf: &mut Buffer) {
    let x = area.x.saturating_add(u16::try_from(GUTTER).unwrap_or(0));
    let room = usize::from(area.right().saturating_sub(x));
    write(buf, (x, area.y), theme.glyph(Glyph::Ellipsis), room, theme.style(Role::Muted));
}

/// Writes a cell and gives where the next begins.
fn put(
    column: &Column,
    text: &str,
    role: Role,
    theme: &Theme,
    (x, area): (u16, Rect),
    buf: &mut Buffer,
) -> u16 {
    let padded = match column.kind.is_right() {
        true => pad_left(text, column.columns, theme),
        false => pad(text, column.columns, theme),
    };
    let room = usize::from(area.right().saturating_sub(x));
    if room > 0 {
        write(buf, (x, area.y), padded, room, theme.style(role));
    }
    x.saturating_add(u16::try_from(column.columns + 1).unwrap_or(u16::MAX))
}
