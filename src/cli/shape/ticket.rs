//! A ticket in full, with its story and what can come next.

use serde_json::{Map, Value, json};

use super::{contact, event, filled, item, row, time};
use crate::desk::TicketView;
use crate::domain::event::{Need, Quality};
use crate::domain::row::Row;
use crate::domain::ticket::{Received, Resolution, Status, Ticket, Waiting};
use crate::rules::next::NextGroup;

/// Everything `show` knows.
#[must_use]
pub fn ticket(view: &TicketView) -> Value {
    let mut out = match row(&Row::of(&view.ticket, view.outlook)) {
        Value::Object(out) => out,
        _ => Map::new(),
    };
    if let Value::Object(more) = about(&view.ticket) {
        out.extend(more);
    }
    out.insert("next_at".into(), time(view.outlook.next));
    out.insert("next".into(), view.next.iter().map(next).collect());
    out.insert("events".into(), view.log.iter().map(event).collect());
    Value::Object(out)
}

fn about(ticket: &Ticket) -> Value {
    let about = &ticket.about;
    let fields: Map<String, Value> =
        about.fields.iter().map(|(name, text)| (name.as_str().to_owned(), json!(text.as_str()))).collect();
    let trail: Vec<&str> = ticket.place.trail.iter().map(|queue| queue.group.as_str()).collect();
    json!({
        "description": about.description.as_ref().map(|body| body.as_str()),
        "contact": about.requester.contact.as_ref().map(|line| line.as_str()),
        "fields": fields,
        "override_reason": ticket.grade.override_reason.as_ref().map(|line| line.as_str()),
        "home": filled(ticket.place.home.group.as_str()),
        "trail": trail,
        "handoff": ticket.place.handoff.as_ref().map(handoff),
        "queue_since": time(Some(ticket.place.since)),
        "tier_since": time(Some(ticket.place.tier_since)),
        "owner_since": time(ticket.owner.as_ref().map(|owner| owner.since)),
        "waiting": waiting(&ticket.status),
        "resolution": resolution(&ticket.status),
        "first_contact": time(ticket.times.first_contact),
        "last_contact": time(ticket.times.last_contact),
        "contacts": ticket.tally.contacts,
        "notes": ticket.tally.notes,
        "attempts": ticket.tally.attempts,
        "satisfaction": ticket.tally.satisfaction,
        "links": links(ticket),
    })
}

fn handoff(received: &Received) -> Value {
    let verdict = received.verdict.as_ref();
    json!({
        "from": received.from.group.as_str(),
        "tier": received.from.tier.as_str(),
        "by": received.by.as_ref().map(|by| by.as_str()),
        "quality": verdict.and_then(|it| it.quality).map(Quality::name),
        "escalation": verdict.and_then(|it| it.need).map(Need::name),
        "rated_by": verdict.map(|it| it.by.as_str()),
        "reason": verdict.and_then(|it| it.reason.as_ref()).map(|reason| reason.as_str()),
    })
}

/// The tickets it is linked to.
#[must_use]
pub fn links(ticket: &Ticket) -> Value {
    ticket
        .links
        .iter()
        .map(|link| json!({ "ticket": link.other.0, "relation": link.relation.name() }))
        .collect()
}

fn waiting(status: &Status) -> Value {
    match status {
        Status::Waiting(Waiting { on, until, since }) => {
            json!({ "on": on.name(), "until": time(*until), "since": time(Some(*since)) })
        }
        Status::Open | Status::Resolved(_) | Status::Closed(_) => Value::Null,
    }
}

fn resolution(status: &Status) -> Value {
    match status {
        Status::Resolved(Resolution { root_cause, resolution, outcome, by, at, owner: _ }) => json!({
            "root_cause": root_cause.as_str(),
            "resolution": resolution.as_str(),
            "outcome": outcome.name(),
            "by": by.as_str(),
            "at": time(Some(*at)),
        }),
        Status::Open | Status::Waiting(_) | Status::Closed(_) => Value::Null,
    }
}

fn next(next: &NextGroup) -> Value {
    json!({
        "group": next.queue.group.as_str(),
        "tier": next.queue.tier.as_str(),
        "contacts": next.contacts.iter().map(contact).collect::<Value>(),
        "check_list": next.check_list.iter().map(item).collect::<Value>(),
    })
}
