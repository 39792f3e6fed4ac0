//! A desk on which everything is open and little is due, and what a sweep of it calls. The tickets are alike, so that
//! only their number can make a difference.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use tierline::domain::event::{
    Author, Channel, Event, MatrixApplied, Opened, Prioritised, Queue, Requester, Rest,
};
use tierline::domain::ids::{CommandId, TicketId};
use tierline::domain::stamp::Stamp;
use tierline::domain::text::{Label, Line};
use tierline::store::{Entry, Patience, Store, StoreError};

use super::calls::{Calls, Trace};
use super::desk::{NOW, rest};
use super::stage::Stage;

/// So many are due a minute after [`NOW`]; all others hours later.
pub const DUE: u64 = 10;
const MINUTE: i64 = 60_000;

const MATRIX: &str = r#"
[desk]
name = "Busy"
timezone = "UTC"
[priority]
levels = ["P1"]
urgency = ["high"]
impact.limited = ["P1"]
[[tiers]]
name = "L1"
[[groups]]
name = "Desk"
tier = "L1"
[roles.supervisor]
may = ["all"]
[targets.P1]
calendar = "always"
resolve = "4h"
warn-at = []
[[steps]]
name = "Late"
clock = "resolve"
do = ["notify:supervisor"]
"#;

/// Makes a desk of so many open tickets; the first sweep writes what lies ahead of them.
pub fn make(stage: &Stage, open: u64) {
    let author = Author { actor: Label::soften("tess"), host: Label::soften("desk3") };
    let begun = Stamp(NOW - 24 * 60 * MINUTE);
    let mut store = Store::create(&stage.desk(), "test", &author, begun).unwrap();
    let entry = |n: u64, ticket, at, matrix, event| {
        let command = CommandId(
            ((u128::from(n) << 64 | u128::from(n)).wrapping_mul(0x9E37_79B9_7F4A_7C15)).to_be_bytes(),
        );
        Entry { command, author: author.clone(), at, matrix, ticket, events: vec![event] }
    };
    let matrix = Event::from(MatrixApplied { text: MATRIX.to_owned(), ..MatrixApplied::default() });
    store
        .bulk(&mut Patience::default(), |bulk| {
            bulk.add(&entry(0, TicketId::DESK, begun, 0, matrix))?;
            for n in 1..=open {
                let soon = n.is_multiple_of(open / DUE);
                let at = Stamp(if soon { NOW - 239 * MINUTE } else { NOW - 60 * MINUTE });
                let ticket = bulk.next_ticket();
                bulk.add(&entry(n, ticket, at, 1, opened(n)))?;
            }
            Ok::<(), StoreError>(())
        })
        .unwrap();
    drop(store);
    assert!(swept(&stage.run(&["sweep"]).stdout).starts_with("nothing was due"));
    rest(&stage.desk());
}

fn opened(n: u64) -> Event {
    Event::from(Opened {
        subject: Line::soften(&format!("VPN drops every ten minutes ({n})")),
        description: None,
        requester: Requester { name: Line::soften("Ada Obi"), contact: None },
        category: None,
        channel: Channel::Phone,
        grade: Prioritised {
            impact: Label::soften("limited"),
            urgency: Label::soften("high"),
            priority: Label::soften("P1"),
            ..Prioritised::default()
        },
        queue: Queue { group: Label::soften("Desk"), tier: Label::soften("L1"), rank: 0 },
        route: None,
        fields: Default::default(),
        source: None,
        brought_in: None,
        rest: Rest::new(),
    })
}

fn swept(output: &[u8]) -> String {
    String::from_utf8_lossy(output).lines().last().unwrap_or_default().to_owned()
}

/// What `tierline sweep` calls a minute later, its opening included: pages read, and calls in all.
pub fn calls(stage: &Stage) -> (usize, Calls) {
    let (trace, mut command) = Trace::under(stage);
    let now = (NOW + MINUTE).to_string();
    let output = command.arg("sweep").env("TIERLINE_NOW", now).output().unwrap();
    let said = swept(&output.stdout);
    assert!(said.starts_with(&format!("{} things done", 2 * DUE)), "{said} {output:?}");
    let reads = trace.lines().iter().filter(|line| line.contains("pread64(")).count();
    (reads, trace.calls())
}
