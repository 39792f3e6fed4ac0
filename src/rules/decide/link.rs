//! Links between tickets. Each side decides for itself; the desk asks both in one go.

use super::Decision;
use crate::domain::event::{Linked, Relation, Rest, Unlinked};
use crate::domain::ids::TicketId;
use crate::domain::ticket::Ticket;
use crate::rules::Refusal;

pub fn link(ticket: &Ticket, other: TicketId, relation: Relation) -> Decision {
    if other == ticket.id {
        return Err(Refusal::state(format!("{other} can't be linked to itself"), "name another ticket"));
    }
    if ticket.links.iter().any(|link| link.other == other && link.relation == relation) {
        return Err(Refusal::state(
            format!("{} {} {other} already", ticket.id, relation.name()),
            "nothing is to be done",
        ));
    }
    Ok(vec![Linked { other, relation, rest: Rest::new() }.into()])
}

pub fn unlink(ticket: &Ticket, other: TicketId) -> Decision {
    if ticket.links.iter().all(|link| link.other != other) {
        return Err(Refusal::state(
            format!("{} is not linked to {other}", ticket.id),
            "look at its links with `tierline show`",
        ));
    }
    Ok(vec![Unlinked { other, rest: Rest::new() }.into()])
}
