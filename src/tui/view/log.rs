//! The escalation log: where the ticket went and why, how long the other side took to take it, what came by itself
//! and how late that was noticed, the latest first; on request every event.

mod entry;
mod hop;

use ratatui::text::{Line, Span};

use super::age;
use super::text::{width, wrap};
use crate::desk::TicketView;
use crate::desk::describe::{Family, tell};
use crate::domain::event::{Event, Recorded};
use crate::tui::env::Env;
use crate::tui::model::Depth;
use crate::tui::theme::{Role, Theme};
use entry::Says;
use hop::{Hop, Taken, hops};

/// The pane's lines in so many columns.
#[must_use]
pub fn lines(
    view: &TicketView,
    depth: Depth,
    columns: usize,
    theme: &Theme,
    env: &Env,
) -> Vec<Line<'static>> {
    let hops = hops(&view.log);
    let mut out = now(view, hops.last(), columns, theme, env);
    for (place, recorded) in view.log.iter().enumerate().rev() {
        let hop = hops.iter().find(|hop| hop.place == place);
        if depth == Depth::Everything || belongs(recorded, place, &hops, env) {
            let when = env.zone.short(recorded.at, env.now);
            let says = entry::says(recorded, hop, view.ticket.phase().is_live(), theme, env);
            out.extend(drawn(&when, &says, columns, theme));
        }
    }
    out
}

/// What belongs to the escalation log: the ticket's way and its owners, not what was said about it, and nothing that
/// stands below its move already.
fn belongs(recorded: &Recorded, place: usize, hops: &[Hop<'_>], env: &Env) -> bool {
    match (&recorded.event, tell(recorded, env.teller()).family) {
        (Event::Taken(it), _) if it.reason.is_none() => {
            !hops.iter().any(|hop| matches!(hop.taken, Taken::By { place: taken, .. } if taken == place))
        }
        (Event::StepFired(it), _) => !entry::only_moves(it),
        (_, Family::Opening | Family::Move | Family::Owner | Family::Status | Family::Watch) => true,
        (_, Family::Note | Family::Contact | Family::Change | Family::Unknown) => false,
    }
}

/// Where it is; left out where the move below says that nobody has taken it yet.
fn now(
    view: &TicketView,
    last: Option<&Hop<'_>>,
    columns: usize,
    theme: &Theme,
    env: &Env,
) -> Vec<Line<'static>> {
    let ticket = &view.ticket;
    if !ticket.phase().is_live() || last.is_some_and(|hop| matches!(hop.taken, Taken::Waits { .. })) {
        return Vec::new();
    }
    let (queue, here) = (&ticket.place.queue, age::lasted(env.now.since(ticket.place.since)));
    let (held, role) = match &ticket.owner {
        None => (String::from("it is nobody's"), Role::Warned),
        Some(owner) => {
            let held = age::lasted(env.now.since(owner.since));
            (format!("{} has had it for {held}", owner.name), Role::Text)
        }
    };
    let says = Says::new(role, format!("in {} {} for {here}, {held}", queue.tier, queue.group));
    drawn("now", &[says], columns, theme)
}

/// A moment, and beside it what is said, each part on lines of its own.
fn drawn(when: &str, says: &[Says], columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let indent = width(when).max(5) + 1;
    let room = columns.saturating_sub(indent);
    let lines = says.iter().flat_map(|said| wrap(&said.text, room).into_iter().map(|line| (said.role, line)));
    let line = |(n, (role, line)): (usize, (Role, String))| {
        let head = if n == 0 { when } else { "" };
        Line::from(vec![
            Span::styled(format!("{head:indent$}"), theme.style(Role::Muted)),
            Span::styled(line, theme.style(role)),
        ])
    };
    lines.enumerate().map(line).collect()
}

#[cfg(test)]
mod tests;
