//! The store's own tests: append, read, verify, each on a real file.

use std::path::PathBuf;

use super::*;
use crate::domain::event::{
    Author, Channel, Event, MatrixApplied, Noted, Opened, Prioritised, Queue, Requester, Rest, Taken,
};
use crate::domain::ids::{CommandId, EventId, Seq, TicketId};
use crate::domain::query::{Query, Scope};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Label, Line};
use crate::domain::ticket::Ticket;

mod appending;
mod files;
mod histories;
mod noticing;
mod outbox;
mod tampering;

/// A desk in a folder of its own.
struct Desk {
    store: Store,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("desk.db"), "0.1.0", &author(), Stamp(1_000)).unwrap();
        Desk { store, folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("desk.db")
    }

    fn append(&mut self, base: Base, events: Vec<Event>) -> Result<Appended, StoreError> {
        self.store.append(&batch(base, events), &mut Patience::default())
    }

    fn open_ticket(&mut self, subject: &str) -> Ticket {
        self.append(Base::New, vec![opened(subject)]).unwrap().tickets.remove(0)
    }

    fn read<T>(&mut self, work: impl FnMut(&Reader<'_>) -> Result<T, StoreError>) -> T {
        self.store.read(&mut Patience::default(), work).unwrap()
    }

    fn verify(&mut self) -> Report {
        self.store.verify(&mut Patience::default(), &mut |_| Go::On).unwrap()
    }
}

fn author() -> Author {
    Author { actor: Label::soften("mia"), host: Label::soften("desk3") }
}

fn command() -> CommandId {
    CommandId(uuid::Uuid::now_v7().into_bytes())
}

fn batch(base: Base, events: Vec<Event>) -> Batch {
    let changes = vec![Change { base, events }];
    Batch { command: command(), author: author(), at: Stamp(5_000), matrix: 1, changes }
}

fn held(ticket: &Ticket) -> Base {
    Base::Ticket(Box::new(ticket.clone()))
}

fn opened(subject: &str) -> Event {
    Event::from(Opened {
        subject: Line::soften(subject),
        description: Some(Body::soften("nothing works")),
        requester: Requester { name: Line::soften("Ada Obi"), contact: None },
        category: None,
        channel: Channel::Phone,
        grade: Prioritised { priority: Label::soften("P2"), rank: 1, ..Prioritised::default() },
        queue: Queue { group: Label::soften("Desk"), tier: Label::soften("L1"), rank: 0 },
        route: None,
        fields: Default::default(),
        source: None,
        brought_in: None,
        rest: Rest::new(),
    })
}

fn taken(owner: &str) -> Event {
    Event::from(Taken { owner: Label::soften(owner), from: None, reason: None, rest: Rest::new() })
}

fn noted(text: &str) -> Event {
    Event::from(Noted { text: Body::soften(text), rest: Rest::new() })
}

fn top(rows: u64) -> PageRequest {
    PageRequest { query: Query::default(), scope: Scope::default(), anchor: Anchor::Top, rows }
}
