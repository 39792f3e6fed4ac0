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

/// A figure of the desk, and how much it matters: what is left out first where there is no room has the most.
struct Figure {
    label: &'static str,
    count: usize,
    number: String,
    role: Role,
    rank: u8,
}

/// Up to here the name of the desk makes room for a figure.
const URGENT: u8 = 3;

impl Figure {
    fn width(&self) -> usize {
        width(self.label) + self.number.len() + 3
    }
}

/// In the order in which they are read. What waits to be confirmed matters where there is any.
fn figures(model: &Model) -> Vec<Figure> {
    let Some(counts) = model.queue.counts else { return Vec::new() };
    let plain = |count: usize| (count, count.to_string());
    let confirm = if counts.resolved > 0 { 2 } else { 7 };
    let rows = [
        ("open", plain(counts.live), Role::Text, 3),
        ("breached", bounded(counts.breached), Role::Breached, 0),
        ("due <1h", bounded(counts.soon), Role::Warned, 1),
        ("unowned", plain(counts.unowned), Role::Text, 4),
        ("mine", plain(counts.mine), Role::Text, 5),
        ("waiting", plain(counts.waiting), Role::Text, 6),
        ("to confirm", plain(counts.resolved), Role::Text, confirm),
    ];
    let known = rows.into_iter().filter(|(_, (count, number), ..)| (*count, number.as_str()) != (0, "0+"));
    let figure = |(label, (count, number), role, rank)| Figure { label, count, number, role, rank };
    known.map(figure).collect()
}

/// The figures that have room, in the order in which they are read.
fn fitting(mut figures: Vec<Figure>, room: usize) -> Vec<Figure> {
    while figures.iter().map(Figure::width).sum::<usize>() > room {
        let least = figures.iter().map(|figure| figure.rank).max();
        figures.retain(|figure| Some(figure.rank) != least);
    }
    figures
}

/// The desk's name is cut before a figure that presses is left out, and others are before the name is cut.
fn left(model: &Model, theme: &Theme, env: &Env, room: usize) -> Line<'static> {
    const LEAST: usize = 12;
    // Before a desk is open its matrix is only a stand-in.
    let name = match env.standing {
        Standing::Opening | Standing::Shut { .. } => "",
        Standing::Open | Standing::ReadOnly { .. } => env.matrix.desk.name.as_str(),
    };
    let brand = if room < 80 { " " } else { " tierline  " };
    let figures = figures(model);
    let urgent: usize = figures.iter().filter(|figure| figure.rank <= URGENT).map(Figure::width).sum();
    let most = if room < 80 { 22 } else { 40 };
    let for_name = room.saturating_sub(width(brand) + 4 + urgent).clamp(LEAST, most);
    let name = fit(name, for_name, theme).into_owned();
    let used = width(&name) + width(brand) + 4;
    let mut spans = vec![
        Span::styled(brand, theme.style(Role::Muted)),
        Span::styled(name, theme.style(Role::Title)),
        Span::raw("  "),
    ];
    for Figure { label, count, number, role, .. } in fitting(figures, room.saturating_sub(used)) {
        let role = if count == 0 { Role::Muted } else { role };
        spans.push(Span::styled(format!("  {label} "), theme.style(Role::Muted)));
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
    let me = who(env, columns);
    let (state, role) = state(model, theme, env);
    Line::from(vec![
        Span::styled(fit(&me, 28, theme).into_owned(), theme.style(Role::Text)),
        Span::raw("  "),
        Span::styled(fit(&state, columns / 2, theme).into_owned(), theme.style(role)),
        Span::raw(" "),
    ])
}

/// Who works here, and as what: a role where there is room, but always that somebody is none of the desk's people.
fn who(env: &Env, columns: usize) -> String {
    let me = env.me.actor.as_str();
    let opened = !matches!(env.standing, Standing::Opening | Standing::Shut { .. });
    match env.matrix.person(me) {
        Some(person) if columns >= 100 => format!("{me} ({})", person.role),
        None if opened && !env.matrix.team.people.is_empty() => format!("{} (reads only)", clipped(me)),
        Some(_) | None => me.to_owned(),
    }
}

/// So that what follows is seen.
fn clipped(name: &str) -> String {
    name.chars().take(14).collect()
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
