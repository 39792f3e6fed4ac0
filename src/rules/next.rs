//! What comes next for a ticket: the groups it can be escalated to, who answers there and how fast. What the
//! escalate form and the ticket pane show; decides nothing.

use super::{Context, handoff};
use crate::domain::event::Queue;
use crate::domain::ticket::Ticket;
use crate::matrix::model::{Contact, Group};

/// A group a ticket can be escalated to.
#[derive(Debug, Clone, PartialEq)]
pub struct NextGroup {
    pub queue: Queue,
    /// In the order of the matrix, those that hold for this ticket.
    pub contacts: Vec<Contact>,
    pub check_list: Vec<handoff::Item>,
}

/// The groups of higher tiers that the ticket's group escalates to, the usual one first.
#[must_use]
pub fn next_groups(ctx: &Context, ticket: &Ticket) -> Vec<NextGroup> {
    let Some(group) = ctx.matrix.group(ticket.place.queue.group.as_str()) else { return Vec::new() };
    group.escalates_to.iter().filter_map(|name| next_group(ctx, ticket, name.as_str())).collect()
}

fn next_group(ctx: &Context, ticket: &Ticket, name: &str) -> Option<NextGroup> {
    let queue = ctx.matrix.queue(name)?;
    let contacts = contacts(ctx, ctx.matrix.group(name)?, ticket);
    let check_list = handoff::check_list(ctx.matrix, ticket, &queue);
    Some(NextGroup { queue, contacts, check_list })
}

/// The contacts of a group that hold for this ticket.
#[must_use]
pub fn contacts(ctx: &Context, group: &Group, ticket: &Ticket) -> Vec<Contact> {
    let holds = |contact: &&Contact| contact.when.as_ref().is_none_or(|query| ctx.holds(query, ticket));
    group.contacts.iter().filter(holds).cloned().collect()
}
