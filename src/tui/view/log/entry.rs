//! What one event says in the log: a move with its cause, who, how late, and who took it when; a warning or a breach;
//! anything else in the sentence that `tierline log` has for it.

use super::super::age;
use super::hop::{Hop, Taken};
use crate::desk::describe::{Family, deeds, tell};
use crate::domain::event::{
    ActKind, Author, Breached, Cause, Deed, Escalated, Event, Queue, Recorded, Routed, StepFired, Trigger,
    Warned,
};
use crate::domain::stamp::Span;
use crate::tui::env::Env;
use crate::tui::theme::{Glyph, Role, Theme};

/// Words that begin a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Says {
    pub role: Role,
    pub text: String,
}

impl Says {
    #[must_use]
    pub fn new(role: Role, text: impl Into<String>) -> Says {
        Says { role, text: text.into() }
    }
}

/// The entry of an event; `hop` where it is a move. Nobody waits for a ticket that is not live.
#[must_use]
pub fn says(recorded: &Recorded, hop: Option<&Hop<'_>>, live: bool, theme: &Theme, env: &Env) -> Vec<Says> {
    let told = tell(recorded, env.teller());
    let actor = &recorded.author.actor;
    let mut says = match &recorded.event {
        Event::Warned(it) => warned(it, recorded),
        Event::Breached(it) => breached(it, recorded),
        Event::StepFired(it) => fired(it, recorded),
        event => match (way(event, theme), hop) {
            (Some(way), Some(hop)) => vec![Says::new(Role::Title, way), cause(event, &recorded.author, hop)],
            _ if told.family == Family::Move => {
                vec![
                    Says::new(Role::Title, told.what.clone()),
                    Says::new(Role::Muted, by(event, &recorded.author)),
                ]
            }
            _ => vec![Says::new(Role::Text, format!("{actor} {}", told.what))],
        },
    };
    says.extend(gap(&recorded.event, env));
    says.extend(told.said.map(|said| Says::new(Role::Text, said)));
    says.extend(hop.and_then(|hop| taken(hop, live, theme, env)));
    says
}

/// `L1 Service Desk → L2 Network`.
fn way(event: &Event, theme: &Theme) -> Option<String> {
    let (from, to) = match event {
        Event::Routed(it) => (&it.from, &it.to),
        Event::Escalated(it) => (&it.from, &it.to),
        Event::Returned(it) => (&it.from, &it.to),
        _ => return None,
    };
    let queue = |queue: &Queue| format!("{} {}", queue.tier, queue.group);
    Some(format!("{} {} {}", queue(from), theme.glyph(Glyph::Arrow), queue(to)))
}

/// Why it moved, after how long, and whose doing that was: a step of the matrix is nobody's, somebody's console
/// noticed it.
fn cause(event: &Event, author: &Author, hop: &Hop<'_>) -> Says {
    let actor = &author.actor;
    let after = hop.stayed.map_or_else(String::new, |stayed| format!(" after {}", age::lasted(stayed)));
    let text = match event {
        Event::Escalated(Escalated { trigger: Trigger::Step(name), .. }) => {
            format!("step \"{name}\"{after}, {}", noticed(hop.late.unwrap_or_default(), author))
        }
        Event::Escalated(Escalated { trigger: Trigger::Requester, .. }) => {
            format!("{actor} escalated it{after}, at the requester's wish")
        }
        Event::Escalated(Escalated { trigger: Trigger::Route(name), .. }) => {
            format!("route \"{name}\"{after}, by {actor}")
        }
        Event::Escalated(_) => format!("{actor} escalated it{after}"),
        Event::Returned(it) => format!("{actor} returned it{after}: {}", it.code.name()),
        Event::Routed(Routed { cause: Cause::Route, route, .. }) => {
            let name = route.as_ref().map_or_else(String::new, |name| format!(" \"{name}\""));
            format!("route{name}{after}, by {actor}")
        }
        _ => format!("{actor} moved it{after}"),
    };
    Says::new(Role::Muted, text)
}

fn by(event: &Event, author: &Author) -> String {
    match event {
        Event::CalledIn(it) if matches!(it.trigger, Trigger::Step(_)) => noticed(Span(0), author),
        _ => format!("by {}", author.actor),
    }
}

/// `noticed 12m late by mia@desk3`.
fn noticed(late: Span, author: &Author) -> String {
    let late = if late < Span::MINUTE { String::new() } else { format!(" {} late", age::lasted(late)) };
    format!("noticed{late} by {}@{}", author.actor, author.host)
}

/// The reason for it stands among what was said.
fn gap(event: &Event, env: &Env) -> Option<Says> {
    let Event::Escalated(Escalated { gap: Some(gap), .. }) = event else { return None };
    Some(Says::new(Role::Warned, format!("went without {}", env.teller().labels(&gap.missing))))
}

fn taken(hop: &Hop<'_>, live: bool, theme: &Theme, env: &Env) -> Option<Says> {
    match hop.taken {
        Taken::By { owner, after, .. } => {
            Some(Says::new(Role::Text, format!("{owner} took it after {}", age::lasted(after))))
        }
        Taken::Given { owner, after } => {
            Some(Says::new(Role::Text, format!("{owner} was given it after {}", age::lasted(after))))
        }
        Taken::Nobody(time) => {
            Some(Says::new(Role::Text, format!("nobody took it in {}", age::lasted(time))))
        }
        Taken::Waits { since } if live => {
            let time = age::lasted(env.now.since(since));
            Some(Says::new(
                Role::Warned,
                format!("nobody took it for {time} {} waiting", theme.glyph(Glyph::Back)),
            ))
        }
        Taken::Waits { .. } | Taken::Settled => None,
    }
}

fn warned(it: &Warned, recorded: &Recorded) -> Vec<Says> {
    let text = format!("warned: {} at {}%", it.clock.name(), it.share);
    came(Role::Warned, text, recorded.at.since(it.due), &recorded.author)
}

fn breached(it: &Breached, recorded: &Recorded) -> Vec<Says> {
    let text = format!("breached: {}", it.clock.name());
    came(Role::Breached, text, recorded.at.since(it.due), &recorded.author)
}

fn fired(it: &StepFired, recorded: &Recorded) -> Vec<Says> {
    let turn = if it.turn > 1 { format!(", turn {}", it.turn) } else { String::new() };
    let text = format!("step \"{}\"{turn}: {}", it.step, deeds(it));
    came(Role::Text, text, recorded.at.since(it.due), &recorded.author)
}

/// What came by itself; who noticed is worth saying where it was late.
fn came(role: Role, text: String, late: Span, author: &Author) -> Vec<Says> {
    let mut says = vec![Says::new(role, text)];
    if late >= Span::MINUTE {
        says.push(Says::new(Role::Muted, noticed(late, author)));
    }
    says
}

/// Whether all that a step did was to move the ticket, which the move itself tells.
#[must_use]
pub fn only_moves(it: &StepFired) -> bool {
    let moves = |deed: &Deed| deed.act == ActKind::Escalate && deed.skipped.is_none();
    !it.did.is_empty() && it.did.iter().all(moves)
}
