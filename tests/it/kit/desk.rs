//! A desk of any size, the same for the same size: tickets of a year, most of them closed, written through the
//! store's own bulk write, so that the log and all projections are real.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // An example uses it too, and it may fall like a test.

use std::path::Path;

use tierline::domain::event::{
    Author, Channel, Closed, Escalated, Event, HowClosed, MatrixApplied, Noted, Opened, Outcome, Prioritised,
    Queue, Requester, Resolved, Rest, Taken, Trigger,
};
use tierline::domain::ids::{CommandId, TicketId};
use tierline::domain::stamp::Stamp;
use tierline::domain::text::{Body, Label, Line};
use tierline::store::{Bulk, Entry, Patience, Store, StoreError};

/// Sunday 2026-11-22 10:01 UTC: the moment at which these desks are looked at.
pub const NOW: i64 = 1_795_341_660_000;
/// One in so many is open.
pub const OPEN: u64 = 20;

const MATRIX: &str = include_str!("../../../assets/minimal.toml");
const MINUTE: i64 = 60_000;
/// Tickets in one transaction: a bulk write keeps the tickets it touched in memory.
const CHUNK: u64 = 50_000;
/// Commands of a ticket at most.
const STEPS: u64 = 8;

const WHAT: [&str; 12] = [
    "VPN drops every ten minutes",
    "Payroll export fails since the update",
    "Badge reader at the gate is dead",
    "New laptop for the Berlin office",
    "Printer on floor 3 prints blank pages",
    "Mailbox is full and refuses mail",
    "Cannot open the shared calendar",
    "Screen flickers after docking",
    "Password expired during leave",
    "Report shows last month's figures",
    "Phone has no dial tone",
    "Access to the archive for a new colleague",
];
const WHO: [&str; 8] =
    ["Ada Obi", "Kim Ahn", "Jörg Weiß", "Sam Field", "Payroll", "Facilities", "Noor Haddad", "李小龙"];
const STAFF: [&str; 6] = ["mia", "jo", "sam", "tess", "lin", "ravi"];
const ABOUT: [&str; 5] =
    ["network/vpn", "hardware/laptop", "software/mail", "access/badge", "hardware/printer"];

/// A generator without a state of the machine: the same seed gives the same numbers everywhere (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, sides: u64) -> u64 {
        self.roll() % sides
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(words.len() as u64)).unwrap()]
    }
}

/// Makes a desk of so many tickets at a path where nothing is yet.
pub fn make(path: &Path, tickets: u64) {
    let author = author("tess");
    let begun = Stamp(NOW - 366 * 24 * 60 * MINUTE);
    let mut store = Store::create(path, "test", &author, begun).unwrap();
    let matrix = Event::from(MatrixApplied { text: MATRIX.to_owned(), ..MatrixApplied::default() });
    let matrix = entry(TicketId::DESK, begun, "tess", matrix, u64::MAX);
    let patience = &mut Patience::default();
    store.bulk(patience, |bulk| bulk.add(&Entry { matrix: 0, ..matrix }).map(drop)).unwrap();
    for from in (1..=tickets).step_by(usize::try_from(CHUNK).unwrap()) {
        let to = tickets.min(from + CHUNK - 1);
        store.bulk(patience, |bulk| (from..=to).try_for_each(|n| ticket(bulk, n, tickets))).unwrap();
    }
    drop(store);
    rest(path);
}

/// Makes a file look as if nobody had written it for an hour.
pub fn rest(path: &Path) {
    // A file written this very moment counts as changed once more at the first look.
    let rested = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
    std::fs::File::options().append(true).open(path).unwrap().set_modified(rested).unwrap();
}

fn ticket(bulk: &mut Bulk<'_>, n: u64, of: u64) -> Result<(), StoreError> {
    let (id, dice) = (bulk.next_ticket(), &mut Dice(n));
    let year = 365 * 24 * 60 * MINUTE;
    let mut at = Stamp(
        NOW - year + i64::try_from(u128::from(n) * year.unsigned_abs() as u128 / u128::from(of)).unwrap(),
    );
    for (step, (who, event)) in story(dice, n).into_iter().enumerate() {
        bulk.add(&entry(id, at, who, event, n * STEPS + step as u64))?;
        at = Stamp((at.0 + i64::try_from(dice.below(45) + 1).unwrap() * MINUTE).min(NOW));
    }
    Ok(())
}

fn story(dice: &mut Dice, n: u64) -> Vec<(&'static str, Event)> {
    let (desk, owner) = (dice.one_of(&STAFF), dice.one_of(&STAFF));
    let mut story = vec![(desk, opened(dice, n))];
    if dice.below(4) > 0 {
        story.push((
            owner,
            Event::from(Taken { owner: Label::soften(owner), from: None, reason: None, rest: Rest::new() }),
        ));
        let text =
            Body::soften("Rebooted, cable swapped, the other site is fine; asked for the log of the client.");
        story.push((owner, Event::from(Noted { text, rest: Rest::new() })));
    }
    if dice.below(3) == 0 {
        story.push((owner, escalated()));
    }
    if !n.is_multiple_of(OPEN) {
        story.push((owner, resolved(dice)));
        let closed = Closed { how: HowClosed::Confirmed, reason: None, rest: Rest::new() };
        story.push((desk, Event::from(closed)));
    }
    story
}

fn opened(dice: &mut Dice, n: u64) -> Event {
    let rank = [0, 1, 1, 2, 2, 2, 2, 3, 3, 3][usize::try_from(dice.below(10)).unwrap()];
    let grade = Prioritised {
        impact: Label::soften("limited"),
        urgency: Label::soften("medium"),
        priority: Label::soften(&format!("P{}", rank + 1)),
        rank,
        ..Prioritised::default()
    };
    Event::from(Opened {
        subject: Line::soften(&format!("{} ({n})", dice.one_of(&WHAT))),
        description: Some(Body::soften("It began this morning.\nNothing was changed that anybody knows of.")),
        requester: Requester {
            name: Line::soften(dice.one_of(&WHO)),
            contact: Some(Line::soften("+1 555 0142")),
        },
        category: Some(Label::soften(dice.one_of(&ABOUT))),
        channel: Channel::Phone,
        grade,
        queue: first_queue(),
        route: None,
        fields: Default::default(),
        source: None,
        brought_in: None,
        rest: Rest::new(),
    })
}

fn first_queue() -> Queue {
    Queue { group: Label::soften("Service Desk"), tier: Label::soften("L1"), rank: 0 }
}

fn escalated() -> Event {
    Event::from(Escalated {
        from: first_queue(),
        to: Queue { group: Label::soften("Specialists"), tier: Label::soften("L2"), rank: 1 },
        reason: Line::soften("beyond the desk's means"),
        trigger: Trigger::Person,
        handoff: Default::default(),
        gap: None,
        rest: Rest::new(),
    })
}

fn resolved(dice: &mut Dice) -> Event {
    Event::from(Resolved {
        root_cause: Line::soften(dice.one_of(&["a worn cable", "a full disk", "an expired certificate"])),
        resolution: Body::soften("Replaced and tried with the requester."),
        outcome: Outcome::Fixed,
        to: None,
        ended: None,
        rest: Rest::new(),
    })
}

fn author(name: &str) -> Author {
    Author { actor: Label::soften(name), host: Label::soften("desk3") }
}

fn entry(ticket: TicketId, at: Stamp, who: &str, event: Event, number: u64) -> Entry {
    // Spread as those of an import are: numbers in a row would leave every page of their index full to the brim.
    let mut dice = Dice(number);
    let command = CommandId((u128::from(dice.roll()) << 64 | u128::from(number)).to_be_bytes());
    Entry { command, author: author(who), at, matrix: 1, ticket, events: vec![event] }
}
