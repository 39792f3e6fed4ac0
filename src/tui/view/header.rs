//! The first row: which desk, its figures, who works here, how the drive does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::text::{fit, width};
use crate::desk::Count;
use crate::tui::env::{Env, Standing};
use crate::tui::model::Model;
use crate::tui::msg::Health;
use crate::tui::theme::{Glyph, Role, Theme};

pub fn draw(model: &Model, theme: &Theme, env: &Env, area: Rect, buf: &mut Buffer) {
    let right = right(model, theme, env, usize::from(area.width));
    let taken = u16::try_from(right.width()).unwrap_or(u16::MAX).min(area.width);
    let room = area.width - taken;
    left(model, theme, env, usize::from(room)).render(Rect { width: room, ..area }, buf);
    right.render(Rect { x: area.x + room, width: taken, ..area }, buf);
}

/// Figures are left out from the least important where there is no room.
fn left(model: &Model, theme: &Theme, env: &Env, room: usize) -> Line<'static> {
    // Before a desk is open its matrix is only a stand-in.
    let name = match env.standing {
        Standing::Opening | Standing::Shut { .. } => "",
        Standing::Open | Standing::ReadOnly { .. } => env.matrix.desk.name.as_str(),
    };
    let name = fit(name, if room < 80 { 22 } else { 40 }, theme).into_owned();
    let brand = if room < 80 { " " } else { " tierline  " };
    let mut used = width(&name) + width(brand) + 2;
    let mut spans = vec![
        Span::styled(brand, theme.style(Role::Muted)),
        Span::styled(name, theme.style(Role::Title)),
        Span::raw("  "),
    ];
    let counts = model.queue.counts.unwrap_or_default();
    let plain = |count: usize| (count, count.to_string());
    let figures = [
        ("open", plain(counts.live), Role::Text),
        ("breached", bounded(counts.breached), Role::Breached),
        ("due <1h", bounded(counts.soon), Role::Warned),
        ("unowned", plain(counts.unowned), Role::Text),
        ("mine", plain(counts.mine), Role::Text),
        ("waiting", plain(counts.waiting), Role::Text),
        ("to confirm", plain(counts.resolved), Role::Text),
    ];
    let unknown = (0, String::from("0+"));
    let known =
        figures.into_iter().filter(|(_, figure, _)| model.queue.counts.is_some() && *figure != unknown);
    for (label, (count, number), role) in known {
        let label = format!("  {label} ");
        used += width(&label) + number.len();
        if used + 2 > room {
            break;
        }
        let role = if count == 0 { Role::Muted } else { role };
        spans.push(Span::styled(label, theme.style(Role::Muted)));
        spans.push(Span::styled(number, theme.style(role)));
    }
    Line::from(spans)
}

/// `7`, `50+`.
fn bounded(count: Count) -> (usize, String) {
    match count {
        Count::Exactly(count) => (count, count.to_string()),
        Count::AtLeast(count) => (count, format!("{count}+")),
    }
}

fn right(model: &Model, theme: &Theme, env: &Env, columns: usize) -> Line<'static> {
    let me = env.me.actor.as_str();
    let role = env.matrix.person(me).map(|person| person.role.as_str()).filter(|_| columns >= 100);
    let me = role.map_or_else(|| me.to_owned(), |role| format!("{me} ({role})"));
    let (state, role) = state(model, theme, env);
    Line::from(vec![
        Span::styled(fit(&me, 28, theme).into_owned(), theme.style(Role::Text)),
        Span::raw("  "),
        Span::styled(fit(&state, columns / 2, theme).into_owned(), theme.style(role)),
        Span::raw(" "),
    ])
}

/// What is most worth saying of the desk's state.
fn state(model: &Model, theme: &Theme, env: &Env) -> (String, Role) {
    let dots = theme.glyph(Glyph::Ellipsis);
    match (&env.standing, &model.drive.health, model.writes.open.len()) {
        (Standing::Opening, Health::Fine, _) => (format!("opening {dots}"), Role::Muted),
        (Standing::Shut { .. }, ..) => (String::from("no desk"), Role::Error),
        (_, Health::Offline { since, .. }, _) => {
            (format!("offline since {}", env.zone.short(*since, env.now)), Role::Error)
        }
        (_, Health::Locked(time), _) => {
            (format!("waiting for a lock held elsewhere, {}", seconds(time.0)), Role::Warned)
        }
        (_, Health::Slow(time), _) => (format!("slow {}", seconds(time.0)), Role::Warned),
        (Standing::ReadOnly { .. }, ..) => (String::from("read-only"), Role::Warned),
        (_, Health::Fine, 0) => (String::from("drive ok"), Role::Muted),
        (_, Health::Fine, 1) => (format!("saving {dots}"), Role::Warned),
        (_, Health::Fine, n) => (format!("saving {n} {dots}"), Role::Warned),
    }
}

fn seconds(ms: i64) -> String {
    let tenths = ms.max(0) / 100;
    if tenths < 100 { format!("{}.{} s", tenths / 10, tenths % 10) } else { format!("{} s", tenths / 10) }
}
