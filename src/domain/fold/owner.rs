//! Who holds the ticket.

use crate::domain::stamp::Stamp;
use crate::domain::text::Label;
use crate::domain::ticket::{Owner, Ticket};

pub fn set(ticket: &mut Ticket, name: Option<&Label>, at: Stamp) {
    ticket.owner = name.map(|name| Owner { name: name.clone(), since: at });
}
