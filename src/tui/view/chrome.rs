//! The lines between panes, with their titles.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text::{fit, width, write};
use crate::tui::layout::{Areas, Pane, Shape};
use crate::tui::model::{Depth, Model};
use crate::tui::theme::{Glyph, Role, Theme};

/// A title on a line across the top of a pane: `─ 1 Queue · my groups ──── sort: due ─ 1-16/128 ─`.
pub fn title(
    model: &Model,
    theme: &Theme,
    pane: Pane,
    area: Rect,
    left: &str,
    right: &[String],
    buf: &mut Buffer,
) {
    let focused = model.focus == pane;
    let line = theme.style(if focused { Role::FocusBorder } else { Role::Border });
    let name = theme.style(if focused { Role::FocusBorder } else { Role::Title });
    let columns = usize::from(area.width);
    let rule = theme.border().horizontal_top;
    write(buf, (area.x, area.y), rule.repeat(columns), columns, line);
    let mut end = columns.saturating_sub(1);
    for part in right.iter().rev().filter(|part| !part.is_empty()) {
        let part = format!(" {part} ");
        if width(&part) + 24 < end {
            end -= width(&part);
            put(buf, area, end, &part, theme.style(Role::Muted));
            end -= 1;
        }
    }
    let number = Pane::ALL.iter().position(|p| *p == pane).map_or(0, |n| n + 1);
    let left = format!(" {number} {left}");
    put(buf, area, 1, &format!("{} ", fit(&left, end.saturating_sub(3), theme)), name);
}

fn put(buf: &mut Buffer, area: Rect, column: usize, text: &str, style: Style) {
    let x = area.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
    let room = usize::from(area.right().saturating_sub(x));
    if room > 0 && area.height > 0 {
        write(buf, (x, area.y), text, room, style);
    }
}

/// The title of ticket or log.
pub fn story_title(
    model: &Model,
    theme: &Theme,
    pane: Pane,
    areas: &Areas,
    (scroll, lines): (usize, usize),
    buf: &mut Buffer,
) {
    let id = model.story.shown.as_ref().map(|view| view.ticket.id.to_string()).unwrap_or_default();
    let dot = theme.glyph(Glyph::Dot);
    let left = match (pane, model.story.depth) {
        (Pane::Log, Depth::Escalations) => format!("Escalation log {dot} {id}"),
        (Pane::Log, Depth::Everything) => format!("Log {dot} {id} {dot} every event"),
        _ => format!("Ticket {id}"),
    };
    let height = usize::from(areas.content(pane).height);
    let more = lines.saturating_sub(scroll + height);
    let right = match (scroll, more) {
        (0, 0) => String::new(),
        (_, 0) => String::from("end"),
        (_, more) => format!("{more} more"),
    };
    title(model, theme, pane, areas.pane(pane), left.trim_end_matches([' ', '·', '-']), &[right], buf);
}

/// The line between ticket and log, where they stand side by side.
pub fn divider(theme: &Theme, areas: &Areas, buf: &mut Buffer) {
    let style = theme.style(Role::Border);
    let column = match areas.shape {
        Shape::Stacked => areas.log,
        Shape::Beside => Rect { height: areas.ticket.height + areas.log.height, ..areas.ticket },
        Shape::OneAtATime | Shape::TooSmall => return,
    };
    for y in column.y.saturating_add(1)..column.bottom() {
        write(buf, (column.x, y), theme.border().vertical_left, 1, style);
    }
}
