//! What is to be said: standing notices below the header, what the person must hear of below those, and over the panes what was just done or why it was not.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{fit, pad, width, wrap, write};
use crate::tui::action::{Action, ActionId};
use crate::tui::env::Env;
use crate::tui::layout::Areas;
use crate::tui::model::{Model, Tone, Weight, inbox};
use crate::tui::theme::{Glyph, Role, Theme};

pub fn standing(model: &Model, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let banners = &model.notices.banners;
    let left_out = banners.len().saturating_sub(usize::from(area.height));
    for (n, (row, banner)) in area.rows().zip(banners).enumerate() {
        let last = n + 1 == usize::from(area.height);
        let more = if last && left_out > 0 { format!(" (and {left_out} more)") } else { String::new() };
        let columns = usize::from(row.width);
        let text = fit(&banner.text, columns.saturating_sub(more.len() + 2), theme);
        let text = pad(&format!(" {text}{more}"), columns, theme);
        let role = match banner.weight {
            Weight::Theirs => Role::Banner,
            Weight::Others => Role::Muted,
        };
        write(buf, (row.x, row.y), text, columns, theme.style(role));
    }
}

/// The oldest that was not seen, how many more there are, and the keys for it.
pub fn notice(model: &Model, theme: &Theme, env: &Env, area: Rect, buf: &mut Buffer) {
    let inbox = &model.notices.inbox;
    let Some(notice) = inbox.first().filter(|_| area.height > 0) else { return };
    let more = inbox.len() - 1;
    let more = if more > 0 { format!(" (+{more})") } else { String::new() };
    let key = |id: ActionId| format!("{} {}", env.keys.shown(id), Action::of(id).label);
    let keys = format!("{more}  {}  {} ", key(ActionId::SeeNotice), key(ActionId::DismissNotice));
    let columns = usize::from(area.width);
    let room = columns.saturating_sub(width(&keys));
    let text = format!(" {} {}", theme.glyph(Glyph::Bullet), inbox::line(notice));
    let line = format!("{}{keys}", pad(&fit(&text, room, theme), room, theme));
    write(buf, (area.x, area.y), line, columns, theme.style(Role::Notice));
}

/// At the foot of the panes, above the keys, so that nothing else moves.
pub fn toast(model: &Model, theme: &Theme, areas: &Areas, buf: &mut Buffer) {
    const MOST: usize = 4;
    let Some(toast) = &model.notices.toast else { return };
    let (glyph, role) = match toast.tone {
        Tone::Done => (Glyph::Check, Role::Success),
        Tone::Hint => (Glyph::Bullet, Role::Text),
        Tone::Refused => (Glyph::Cross, Role::Error),
    };
    let columns = usize::from(areas.footer.width);
    let mut lines = wrap(&toast.text, columns.saturating_sub(4));
    lines.truncate(MOST);
    let rows = u16::try_from(lines.len()).unwrap_or(1);
    let top = areas.footer.y.saturating_sub(rows + 1);
    let rule = theme.border().horizontal_top.repeat(columns);
    write(buf, (areas.footer.x, top), rule, columns, theme.style(role));
    for (y, (n, line)) in (top + 1..areas.footer.y).zip(lines.iter().enumerate()) {
        let mark = if n == 0 { theme.glyph(glyph) } else { " " };
        let text = pad(&format!(" {mark} {line}"), columns, theme);
        write(buf, (areas.footer.x, y), text, columns, theme.style(role));
    }
}
