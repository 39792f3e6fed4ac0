//! The escalation log: where the ticket went, who had it and for how long, the latest first; on request every
//! event.

use ratatui::text::{Line, Span};

use super::age;
use super::text::{width, wrap};
use crate::desk::TicketView;
use crate::desk::describe::{Family, Told, tell};
use crate::domain::event::{Event, Recorded, Trigger};
use crate::domain::stamp::Stamp;
use crate::tui::env::Env;
use crate::tui::model::Depth;
use crate::tui::theme::{Glyph, Role, Theme};

/// The pane's lines in so many columns.
#[must_use]
pub fn lines(
    view: &TicketView,
    depth: Depth,
    columns: usize,
    theme: &Theme,
    env: &Env,
) -> Vec<Line<'static>> {
    let mut out = now(view, columns, theme, env);
    let stays = stays(&view.log);
    for (recorded, stay) in view.log.iter().zip(stays).rev() {
        let told = tell(recorded, &env.zone);
        if depth == Depth::Everything || escalates(told.family) {
            out.extend(entry(recorded, &told, stay, columns, theme, env));
        }
    }
    out
}

/// What belongs to the escalation log: the ticket's way and its owners, not what was said about it.
fn escalates(family: Family) -> bool {
    match family {
        Family::Opening | Family::Move | Family::Owner | Family::Status | Family::Watch => true,
        Family::Note | Family::Contact | Family::Change | Family::Unknown => false,
    }
}

fn is_move(event: &Event) -> bool {
    matches!(event, Event::Opened(_) | Event::Routed(_) | Event::Escalated(_) | Event::Returned(_))
}

/// For each event, since when the ticket had been where a move took it from.
fn stays(log: &[Recorded]) -> Vec<Option<Stamp>> {
    let mut since = None;
    log.iter()
        .map(|recorded| {
            let stay = since.filter(|_| is_move(&recorded.event));
            if is_move(&recorded.event) {
                since = Some(recorded.at);
            }
            stay
        })
        .collect()
}

fn now(view: &TicketView, columns: usize, theme: &Theme, env: &Env) -> Vec<Line<'static>> {
    let ticket = &view.ticket;
    if !ticket.phase().is_live() {
        return Vec::new();
    }
    let (queue, here) = (&ticket.place.queue, age::lasted(env.now.since(ticket.place.since)));
    let (text, role) = match &ticket.owner {
        None => (format!("in {} {} for {here}, nobody has taken it", queue.tier, queue.group), Role::Warned),
        Some(owner) => {
            let held = age::lasted(env.now.since(owner.since));
            (
                format!("in {} {} for {here}, {} has had it for {held}", queue.tier, queue.group, owner.name),
                Role::Text,
            )
        }
    };
    headed("now", &wrap(&text, columns.saturating_sub(6)), role, theme)
}

fn headed(head: &str, lines: &[String], role: Role, theme: &Theme) -> Vec<Line<'static>> {
    let indent = width(head).max(5) + 1;
    let line = |(n, line): (usize, &String)| {
        let head = if n == 0 { head } else { "" };
        Line::from(vec![
            Span::styled(format!("{head:indent$}"), theme.style(Role::Muted)),
            Span::styled(line.clone(), theme.style(role)),
        ])
    };
    lines.iter().enumerate().map(line).collect()
}

fn entry(
    recorded: &Recorded,
    told: &Told,
    stay: Option<Stamp>,
    columns: usize,
    theme: &Theme,
    env: &Env,
) -> Vec<Line<'static>> {
    let when = env.zone.short(recorded.at, env.now);
    let indent = width(&when).max(5) + 1;
    let room = columns.saturating_sub(indent);
    let arrow = theme.glyph(Glyph::Arrow);
    let actor = recorded.author.actor.as_str();
    let (text, role) = match told.family {
        Family::Move => (told.what.replace('→', arrow), Role::Title),
        _ => (format!("{actor} {}", told.what), Role::Text),
    };
    let mut lines = headed(&when, &wrap(&text, room), role, theme);
    let margin = " ".repeat(indent);
    let mut under = |text: &str, role: Role| {
        let styled =
            |line| Line::from(vec![Span::raw(margin.clone()), Span::styled(line, theme.style(role))]);
        lines.extend(wrap(text, room).into_iter().map(styled));
    };
    if told.family == Family::Move {
        let after = stay
            .map_or_else(String::new, |since| format!(", after {}", age::lasted(recorded.at.since(since))));
        under(&format!("{} {actor}{after}", by(&recorded.event)), Role::Muted);
    }
    if let Some(said) = &told.said {
        under(said, Role::Text);
    }
    lines
}

/// A step of the matrix is nobody's doing: somebody's console noticed it.
fn by(event: &Event) -> &'static str {
    let trigger = match event {
        Event::Escalated(it) => &it.trigger,
        Event::CalledIn(it) => &it.trigger,
        _ => return "by",
    };
    if matches!(trigger, Trigger::Step(_)) { "noticed by" } else { "by" }
}
