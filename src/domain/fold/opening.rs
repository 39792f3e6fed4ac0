//! Opening, editing, contacts and links.

use super::more;
use crate::domain::event::{Edited, Linked, Opened, Recorded};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::{About, Link, Place, Ticket};

pub fn opened(ticket: &mut Ticket, it: &Opened, recorded: &Recorded) {
    ticket.about = About {
        subject: it.subject.clone(),
        description: it.description.clone(),
        requester: it.requester.clone(),
        category: it.category.clone(),
        channel: it.channel,
        fields: it.fields.clone(),
        source: it.source.clone(),
    };
    ticket.grade = it.grade.clone();
    ticket.place = Place {
        queue: it.queue.clone(),
        since: recorded.at,
        tier_since: recorded.at,
        home: it.queue.clone(),
        trail: Vec::new(),
        handoff: None,
    };
    ticket.times.opened = recorded.at;
    ticket.times.updated = recorded.at;
}

pub fn edited(ticket: &mut Ticket, it: &Edited) {
    let about = &mut ticket.about;
    if let Some(subject) = &it.subject {
        about.subject = subject.clone();
    }
    if let Some(requester) = &it.requester {
        about.requester = requester.clone();
    }
    about.description = it.description.clone().or(about.description.take());
    about.category = it.category.clone().or(about.category.take());
    for name in &it.cleared {
        about.fields.remove(name);
    }
    about.fields.extend(it.fields.iter().map(|(name, value)| (name.clone(), value.clone())));
}

pub fn contacted(ticket: &mut Ticket, at: Stamp) {
    more(&mut ticket.tally.contacts);
    ticket.times.first_contact.get_or_insert(at);
    ticket.times.last_contact = Some(at);
}

pub fn linked(ticket: &mut Ticket, it: &Linked) {
    ticket.links.retain(|link| link.other != it.other);
    if it.other != ticket.id {
        ticket.links.push(Link { other: it.other, relation: it.relation });
    }
}
