//! Which texts of an event can be searched for. A phrase never reaches from one text into the next: between
//! them stands a mark that is no word of any query. Holds no SQL and decides nothing else.

use crate::domain::event::{Event, Requester};
use crate::domain::text::{Body, Label, Line};
use crate::domain::words::folded;

/// No letter and no digit, so never part of a word; not ASCII, so the index keeps it as a word of its own.
pub(super) const BETWEEN: &str = " \u{b6} ";

/// What the full-text index is given for an event; empty when it says nothing.
pub(super) fn indexed(event: &Event) -> String {
    let texts: Vec<String> = texts(event).into_iter().map(folded).filter(|text| !text.is_empty()).collect();
    texts.join(BETWEEN)
}

/// Every text a person wrote into the event.
pub(super) fn texts(event: &Event) -> Vec<&str> {
    match event {
        Event::Opened(it) => {
            let mut texts = vec![it.subject.as_str()];
            texts.extend(body(&it.description));
            texts.extend(requester(&it.requester));
            texts.extend(it.category.as_ref().map(Label::as_str));
            texts.extend(it.fields.values().map(Body::as_str));
            texts.extend(it.source.as_ref().map(|source| source.key.as_str()));
            texts
        }
        Event::Edited(it) => {
            let mut texts: Vec<&str> = line(&it.subject).into_iter().chain(body(&it.description)).collect();
            texts.extend(it.requester.iter().flat_map(requester));
            texts.extend(it.category.as_ref().map(Label::as_str));
            texts.extend(it.fields.values().map(Body::as_str));
            texts
        }
        Event::Escalated(it) => {
            std::iter::once(it.reason.as_str()).chain(it.handoff.values().map(Body::as_str)).collect()
        }
        Event::Noted(it) => vec![it.text.as_str()],
        Event::Contacted(it) => vec![it.text.as_str()],
        Event::Resolved(it) => vec![it.root_cause.as_str(), it.resolution.as_str()],
        Event::CalledIn(it) => vec![it.reason.as_str()],
        Event::Reopened(it) => vec![it.reason.as_str()],
        Event::Confirmed(it) => body(&it.comment).into_iter().collect(),
        other => line(reason(other)).into_iter().collect(),
    }
}

fn reason(event: &Event) -> &Option<Line> {
    match event {
        Event::Prioritised(it) => &it.override_reason,
        Event::Routed(it) => &it.reason,
        Event::Taken(it) => &it.reason,
        Event::Released(it) => &it.reason,
        Event::Assigned(it) => &it.reason,
        Event::Returned(it) => &it.reason,
        Event::WaitStarted(it) => &it.reason,
        Event::Resumed(it) => &it.reason,
        Event::Closed(it) => &it.reason,
        _ => &None,
    }
}

fn requester(requester: &Requester) -> impl Iterator<Item = &str> {
    std::iter::once(requester.name.as_str()).chain(line(&requester.contact))
}

fn line(line: &Option<Line>) -> Option<&str> {
    line.as_ref().map(Line::as_str)
}

fn body(body: &Option<Body>) -> Option<&str> {
    body.as_ref().map(Body::as_str)
}
