//! Moves between queues: who moves, then `L1 Service Desk → L2 Network`. What a step of the matrix moved, the actor
//! beside it only noticed.

use super::{Family, Teller, Told, told};
use crate::domain::event::place::Gap;
use crate::domain::event::{
    CalledIn, Cause, Escalated, Event, HandoffRated, Need, Quality, Queue, Returned, Routed, Trigger,
};

pub fn tell(event: &Event, teller: Teller<'_>) -> Told {
    match event {
        Event::Routed(it) => routed(it),
        Event::Escalated(it) => escalated(it, teller),
        Event::Returned(it) => returned(it),
        Event::CalledIn(it) => called_in(it),
        other => told(Family::Unknown, other.kind()),
    }
}

fn way(from: &Queue, to: &Queue) -> String {
    format!("{} {} → {} {}", from.tier, from.group, to.tier, to.group)
}

fn routed(it: &Routed) -> Told {
    let cause = match (it.cause, &it.route) {
        (Cause::Route, Some(route)) => format!("routed it by \"{route}\""),
        (Cause::Route, None) => String::from("routed it by the matrix"),
        (Cause::Person, _) => String::from("routed it"),
        (Cause::Unstated | Cause::Other, _) => String::from("moved it"),
    };
    told(Family::Move, format!("{cause}, {}", way(&it.from, &it.to))).because(it.reason.as_ref())
}

fn escalated(it: &Escalated, teller: Teller<'_>) -> Told {
    let without = |gap: &Gap| format!(", without {}", teller.labels(&gap.missing));
    let without = it.gap.as_ref().map_or(String::new(), without);
    let what = format!("{}, {}{without}", done("escalated it", &it.trigger), way(&it.from, &it.to));
    let said = match &it.gap {
        Some(gap) if !matches!(it.trigger, Trigger::Step(_) | Trigger::Route(_)) => {
            format!("{}\ndespite the gaps: {}", it.reason, gap.reason)
        }
        _ => it.reason.to_string(),
    };
    told(Family::Move, what).because(Some(&said))
}

fn done(what: &str, trigger: &Trigger) -> String {
    match trigger {
        Trigger::Person | Trigger::Other => String::from(what),
        Trigger::Requester => format!("{what} at the requester's wish"),
        Trigger::Step(name) => format!("noticed: step \"{name}\" {what}"),
        Trigger::Route(name) => format!("{what} by route \"{name}\""),
    }
}

fn returned(it: &Returned) -> Told {
    let what = format!("returned it ({}), {}", it.code.name(), way(&it.from, &it.to));
    told(Family::Move, what).because(it.reason.as_ref())
}

fn called_in(it: &CalledIn) -> Told {
    told(Family::Move, done(&format!("called {} in", it.who), &it.trigger)).because(Some(&it.reason))
}

pub fn rated(it: &HandoffRated) -> Told {
    told(Family::Owner, format!("rated {}", verdict(it.quality, it.need))).because(it.reason.as_ref())
}

/// A verdict in words: "the hand-off poor, the escalation avoidable".
#[must_use]
pub fn verdict(quality: Option<Quality>, need: Option<Need>) -> String {
    let parts = [
        quality.map(|quality| format!("the hand-off {}", quality.name())),
        need.map(|need| format!("the escalation {}", need.name())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
