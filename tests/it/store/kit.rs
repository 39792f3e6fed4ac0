//! Events to append, and this test binary run again as another process.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use tierline::domain::event::{
    Author, Channel, Event, Noted, Opened, Prioritised, Queue, Requester, Rest, Taken,
};
use tierline::domain::ids::{CommandId, TicketId};
use tierline::domain::query::{Query, Scope, parse};
use tierline::domain::stamp::Stamp;
use tierline::domain::text::{Body, Label, Line};
use tierline::domain::ticket::Ticket;
use tierline::store::{
    Access, Anchor, Base, Batch, Change, Entry, Go, PageRequest, Patience, Report, Store, StoreError,
};

/// A folder for a test: in memory where there is such a drive, for thousands of syncs.
pub fn folder() -> tempfile::TempDir {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { tempfile::tempdir_in(shared).unwrap() } else { tempfile::tempdir().unwrap() }
}

pub fn author() -> Author {
    Author { actor: Label::soften("mia"), host: Label::soften("desk3") }
}

pub fn command() -> CommandId {
    CommandId(uuid::Uuid::now_v7().into_bytes())
}

pub fn create(path: &Path) -> Store {
    Store::create(path, "test", &author(), Stamp(1_000)).unwrap()
}

pub fn open(path: &Path) -> Store {
    Store::open(path, Access::Write).unwrap()
}

pub fn batch(base: Base, events: Vec<Event>) -> Batch {
    let changes = vec![Change { base, events }];
    Batch { command: command(), author: author(), at: Stamp(5_000), matrix: 1, changes }
}

pub fn base(ticket: &Ticket) -> Base {
    Base::Ticket(Box::new(ticket.clone()))
}

pub fn opened(n: u64) -> Event {
    let rank = u8::try_from(n % 4).unwrap();
    let group = format!("Group {}", n % 10);
    Event::from(Opened {
        subject: Line::soften(&format!("Printer {n} on floor {} is out of order again", n % 17)),
        description: Some(Body::soften("It blinks, it hums, and nothing comes out of it")),
        requester: Requester { name: Line::soften(&format!("Person {}", n % 997)), contact: None },
        category: Some(Label::soften("hardware/printer")),
        channel: Channel::Phone,
        grade: Prioritised {
            priority: Label::soften(&format!("P{}", rank + 1)),
            rank,
            ..Prioritised::default()
        },
        queue: Queue { group: Label::soften(&group), tier: Label::soften("L1"), rank: 0 },
        route: None,
        fields: Default::default(),
        source: None,
        brought_in: None,
        rest: Rest::new(),
    })
}

pub fn taken(owner: &str) -> Event {
    Event::from(Taken { owner: Label::soften(owner), from: None, reason: None, rest: Rest::new() })
}

pub fn noted(text: &str) -> Event {
    Event::from(Noted { text: Body::soften(text), rest: Rest::new() })
}

/// An entry of a bulk write with a time of its own.
pub fn entry(ticket: TicketId, at: i64, events: Vec<Event>) -> Entry {
    Entry { command: command(), author: author(), at: Stamp(at), matrix: 0, ticket, events }
}

/// What every console shows first.
pub fn live() -> Query {
    parse("is:open").unwrap()
}

pub fn page(rows: u64) -> PageRequest {
    PageRequest { query: live(), scope: Scope::default(), anchor: Anchor::Top, rows }
}

pub fn verify(store: &mut Store) -> Report {
    store.verify(&mut Patience::default(), &mut |_| Go::On).unwrap()
}

pub fn ticket(store: &mut Store, id: TicketId) -> Result<Ticket, StoreError> {
    store.read(&mut Patience::default(), |r| r.ticket(id)).map(Option::unwrap)
}

/// Runs a test of this binary that is ignored otherwise, as a process of its own.
pub fn child(test: &str, task: &str) -> Child {
    spawn(Command::new(std::env::current_exe().unwrap()), test, task)
}

pub fn spawn(mut program: Command, test: &str, task: &str) -> Child {
    program.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]);
    program.env("TIERLINE_TEST_TASK", task).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap()
}

/// What the child is to do; none where somebody runs the ignored tests by hand.
pub fn task() -> Option<String> {
    std::env::var("TIERLINE_TEST_TASK").ok()
}
