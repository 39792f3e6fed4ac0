//! What I must hear of: what is in the outbox for me, my role and my groups, told in the words of the log. Leaves out
//! what I did myself. Marks nothing: what a person has seen is kept by their own machine.

use super::describe::{self, Teller, Told};
use super::error::DeskError;
use super::opened::Desk;
use crate::domain::clock::Clock;
use crate::domain::event::{Event, Recorded};
use crate::domain::ids::{EventId, TicketId};
use crate::domain::notice::{Addressee, doer};
use crate::domain::row::Row;
use crate::domain::stamp::Stamp;
use crate::domain::text::{Label, neutral};
use crate::domain::ticket::Phase;
use crate::matrix::Matrix;
use crate::store::{Reader, StoreError};

/// Something I must hear of.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub event: EventId,
    pub ticket: TicketId,
    /// Neutralised, as the words are.
    pub subject: String,
    pub at: Stamp,
    /// None: the matrix did it.
    pub by: Option<Label>,
    pub told: Told,
    pub stands: Stands,
}

/// Whether somebody still has to see to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Still,
    /// The ticket is in other hands by now, or done.
    Settled,
}

/// What I must hear of behind an event, and how far the outbox went.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heard {
    /// The latest first.
    pub notices: Vec<Notice>,
    pub upto: EventId,
}

/// More at once nobody reads.
pub const MOST: usize = 200;

/// Who reads.
#[derive(Debug, Clone)]
pub(super) struct Me {
    name: Label,
    /// By which names of the outbox I am meant.
    whom: Vec<Addressee>,
}

/// Events for me, each with the row of its ticket.
pub(super) type Found = (Vec<(Recorded, Option<Row>)>, EventId);

impl Me {
    /// Without people in the matrix every group is everyone's.
    pub fn of(name: &Label, matrix: &Matrix) -> Me {
        let mut whom = vec![Addressee::Person(name.clone()), Addressee::Named(name.clone())];
        let person = matrix.person(name.as_str());
        whom.extend(person.map(|person| Addressee::Named(person.role.clone())));
        let groups = person.map(|person| person.groups.clone()).unwrap_or_default();
        let all = || matrix.groups.iter().map(|group| group.name.clone()).collect();
        let groups: Vec<Label> = if matrix.team.people.is_empty() { all() } else { groups };
        whom.extend(groups.into_iter().map(Addressee::Group));
        Me { name: name.clone(), whom }
    }

    /// The latest behind `after`.
    pub fn find(&self, reader: &Reader<'_>, after: EventId, most: usize) -> Result<Found, StoreError> {
        let upto = posted(reader)?;
        let (mut found, mut before) = (Vec::new(), None);
        while found.len() < most && upto > after {
            let events = reader.outbox((after, before), &self.whom, most)?;
            let last = events.last().map(|event| event.id).filter(|_| events.len() == most);
            found.extend(events.into_iter().filter(|event| doer(event) != Some(&self.name)));
            before = last;
            if last.is_none() {
                break;
            }
        }
        found.truncate(most);
        let rows = found.into_iter().map(|event| {
            let row = reader.row(event.ticket)?;
            Ok((event, row))
        });
        Ok((rows.collect::<Result<_, StoreError>>()?, upto))
    }
}

/// The latest event that somebody must hear of.
pub(super) fn posted(reader: &Reader<'_>) -> Result<EventId, StoreError> {
    Ok(reader.horizon()?.posted)
}

impl Desk {
    /// What I must hear of behind an event: up to `most`, the latest first.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn notices(&mut self, since: EventId, most: usize) -> Result<Heard, DeskError> {
        let me = self.me();
        let found = self.store.read(&mut self.patience, |reader| me.find(reader, since, most))?;
        Ok(self.heard(found))
    }

    pub(super) fn me(&self) -> Me {
        Me::of(&self.author.actor, &self.force.matrix)
    }

    pub(super) fn heard(&self, (found, upto): Found) -> Heard {
        let notices = found.into_iter().map(|(event, row)| self.notice(&event, row.as_ref())).collect();
        Heard { notices, upto }
    }

    fn notice(&self, event: &Recorded, row: Option<&Row>) -> Notice {
        let teller = Teller { zone: &self.zone, matrix: &self.force.matrix };
        Notice {
            event: event.id,
            ticket: event.ticket,
            subject: row.map_or_else(String::new, |row| neutral(&row.subject).into_owned()),
            at: event.at,
            by: doer(event).cloned(),
            told: describe::tell(event, teller),
            stands: row.map_or(Stands::Still, |row| self.stands(event, row)),
        }
    }

    /// What went with the ticket is settled once somebody else has it, or it has gone elsewhere.
    fn stands(&self, event: &Recorded, row: &Row) -> Stands {
        let owned = row.owner == self.author.actor.as_str();
        let free = row.owner.is_empty() && self.scope().my_groups.contains(&row.place.group);
        let over = row.phase == Phase::Closed || row.phase == Phase::Resolved && stops_when_resolved(event);
        match goes_with_the_ticket(event) {
            _ if over => Stands::Settled,
            true if !owned && !free => Stands::Settled,
            _ => Stands::Still,
        }
    }
}

fn goes_with_the_ticket(event: &Recorded) -> bool {
    let came = matches!(
        &event.event,
        Event::Warned(_) | Event::Breached(_) | Event::Resumed(_) | Event::Reopened(_)
    );
    let moved = matches!(
        &event.event,
        Event::Escalated(_) | Event::Returned(_) | Event::Routed(_) | Event::Resolved(_)
    );
    came || moved
}

fn stops_when_resolved(event: &Recorded) -> bool {
    match &event.event {
        Event::Warned(it) => it.clock != Clock::Confirm,
        Event::Breached(it) => it.clock != Clock::Confirm,
        _ => false,
    }
}
