//! The clocks of a ticket. Spans are whole milliseconds of working time unless their name says otherwise.

use serde_json::{Value, json};

use super::time;
use crate::domain::ids::TicketId;
use crate::matrix::model::{Clock, Limit};
use crate::rules::clocks::{Kind, State};
use crate::rules::explain::{Coming, Explained, Graded, Line, Past, Story, Sum, Verdict};

/// Everything `explain` knows but the strip, which is for the eye.
#[must_use]
pub fn explained(id: TicketId, told: &Explained, revision: i64) -> Value {
    json!({
        "ticket": id.0,
        "now": time(Some(told.now)),
        "matrix": revision,
        "in_force": told.in_force.map(Clock::name),
        "next": time(told.next.as_ref().map(|(at, _)| *at)),
        "next_what": told.next.as_ref().and_then(|(_, what)| what.as_ref()).map(coming),
        "priorities": told.grades.iter().map(graded).collect::<Value>(),
        "waits_until": time(told.until),
        "clocks": told.clocks.iter().map(story).collect::<Value>(),
    })
}

fn coming(what: &Coming) -> Value {
    match what {
        Coming::EndOfWaiting => json!({ "kind": "end-of-waiting" }),
        Coming::Warning(clock, share) => {
            json!({ "kind": "warning", "clock": clock.name(), "percent": share })
        }
        Coming::Breach(clock) => json!({ "kind": "breach", "clock": clock.name() }),
        Coming::Step(name) => json!({ "kind": "step", "step": name.as_str() }),
    }
}

fn graded(it: &Graded) -> Value {
    json!({
        "at": time(Some(it.at)),
        "from": it.from,
        "to": it.to,
        "by": it.by,
        "step": it.step.as_ref().map(|step| step.as_str()),
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
