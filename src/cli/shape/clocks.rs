//! The clocks of a ticket. Spans are whole milliseconds of working time unless their name says otherwise.

use serde_json::{Value, json};

use super::time;
use crate::domain::ids::TicketId;
use crate::matrix::model::{Clock, Limit};
use crate::rules::clocks::{Kind, State};
use crate::rules::explain::{Explained, Line, Past, Story, Sum, Verdict};

/// Everything `explain` knows but the strip, which is for the eye.
#[must_use]
pub fn explained(id: TicketId, told: &Explained, revision: i64) -> Value {
    json!({
        "ticket": id.0,
        "now": time(Some(told.now)),
        "matrix": revision,
        "in_force": told.in_force.map(Clock::name),
        "next": time(told.next),
        "waits_until": time(told.until),
        "clocks": told.clocks.iter().map(story).collect::<Value>(),
    })
}

fn story(story: &Story) -> Value {
    let (state, why) = match story.state {
        State::Running => ("running", None),
        State::Paused(on) => ("paused", Some(on.name())),
        State::Stopped(ending) => ("stopped", Some(ending.name())),
    };
    json!({
        "clock": story.clock.name(),
        "round": story.number,
        "state": state,
        "why": why,
        "from": time(Some(story.from)),
        "to": time(Some(story.to)),
        "promise": story.verdict.as_ref().map(verdict),
        "lines": story.lines.iter().map(line).collect::<Value>(),
        "sum": sum(story.sum),
        "before": story.before.iter().map(past).collect::<Value>(),
    })
}

fn verdict(it: &Verdict) -> Value {
    let warned = |(share, at): &(u8, _)| json!({ "percent": share, "at": time(Some(*at)) });
    json!({
        "priority": it.priority,
        "tier": it.tier,
        "calendar": it.calendar,
        "working_days": working_days(it.limit),
        "limit_ms": it.span.0,
        "left_ms": it.left.0,
        "due": time(Some(it.due)),
        "warned": it.warned.iter().map(warned).collect::<Value>(),
        "breached": time(it.breached),
    })
}

fn working_days(limit: Limit) -> Option<u16> {
    match limit {
        Limit::Time(_) => None,
        Limit::WorkingDays(days) => Some(days),
    }
}

fn line(line: &Line) -> Value {
    let (kind, on) = match line.kind {
        Kind::Counting => ("counting", None),
        Kind::Paused(on) => ("paused", Some(on.name())),
        Kind::Settled => ("resolved", None),
    };
    json!({
        "from": time(Some(line.from)),
        "to": time(Some(line.to)),
        "kind": kind,
        "waits_on": on,
        "sum": sum(line.sum),
    })
}

fn sum(sum: Sum) -> Value {
    json!({
        "passed_ms": sum.passed.0,
        "outside_ms": sum.outside.0,
        "paused_ms": sum.paused.0,
        "counted_ms": sum.counted.0,
    })
}

fn past(past: &Past) -> Value {
    json!({
        "round": past.number,
        "from": time(Some(past.from)),
        "to": time(Some(past.to)),
        "why": past.ending.name(),
        "counted_ms": past.counted.0,
        "breached": time(past.breached),
    })
}
