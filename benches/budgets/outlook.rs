//! What the look ahead at one ticket costs: the clocks and the agenda of a hundred events, under the matrix of the
//! project. What a re-projection does per ticket, without the file.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use tierline::domain::event::{Author, Event, Recorded};
use tierline::domain::fold::replay;
use tierline::domain::ids::{EventId, Seq, TicketId};
use tierline::domain::stamp::{Span, Stamp};
use tierline::domain::text::Label;
use tierline::matrix;
use tierline::rules::agenda::Case;
use tierline::rules::outlook::outlook;
use tierline::rules::worktime::Calendars;

const OPENED: &str = r#"{"channel":"phone","grade":{"impact":"limited","priority":"P2","rank":1,"urgency":"high"},
    "queue":{"group":"Service Desk","rank":0,"tier":"L1"},"requester":{"name":"Ada Obi"},"subject":"VPN drops","v":1}"#;
/// What goes on in it, again and again.
const DAY: [(&str, &str); 4] = [
    ("ticket.wait_started", r#"{"on":"requester","v":1}"#),
    ("ticket.resumed", r#"{"v":1}"#),
    ("ticket.contacted", r#"{"channel":"mail","text":"We are on it","v":1}"#),
    ("ticket.noted", r#"{"text":"still looking","v":1}"#),
];
const ROUNDS: u32 = 2_000;

fn events() -> Vec<Recorded> {
    let author = Author { actor: Label::soften("mia"), host: Label::soften("desk3") };
    let day = DAY.iter().cycle().take(99);
    let told = std::iter::once(&("ticket.opened", OPENED)).chain(day).zip(0i64..);
    let recorded = |((kind, body), n): (&(&str, &str), i64)| Recorded {
        id: EventId(n + 1),
        ticket: TicketId(7),
        seq: Seq(n + 1),
        at: Stamp(1_795_341_660_000).plus(Span::HOUR.times(3 * n)),
        author: author.clone(),
        event: Event::read(kind, body),
        matrix: 1,
        command: None,
    };
    told.map(recorded).collect()
}

/// Microseconds for one ticket.
pub fn micros() -> f64 {
    let matrix = matrix::read(include_str!("../../escalation.toml"), "escalation.toml").unwrap().matrix;
    let calendars = Calendars::new(&matrix, &BTreeMap::new()).unwrap();
    let events = events();
    let ticket = replay(TicketId(7), &events);
    let (ticket, events, since) = (&ticket, &events, Stamp(i64::MIN));
    let case = Case { ticket, events, matrix: &matrix, calendars: &calendars, since };
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        black_box(outlook(black_box(&case)));
    }
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS)
}
