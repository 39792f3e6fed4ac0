//! What the console costs, in bytes to the terminal and calls on the file: one walk over a big desk, used by the tests
//! that hold the bounds and by the bench that prints them. Knows how to see on the screen that a thing is done.

use std::time::{Duration, Instant};

use tierline::domain::event::{Author, Event, Noted, Rest};
use tierline::domain::ids::{CommandId, TicketId};
use tierline::domain::stamp::Stamp;
use tierline::domain::text::{Body, Label};
use tierline::store::{Access, Base, Batch, Change, Patience, Store};

use super::calls::{Calls, Trace};
use super::desk::NOW;
use super::stage::{Stage, WIDE};
use super::tty::{Seen, Tty};

/// Bytes written to a terminal of 120x40.
#[derive(Debug)]
pub struct Bytes {
    pub first_frame: usize,
    /// The text shown by the first frame, without trailing blanks.
    pub first_text: usize,
    pub moves: Vec<usize>,
    pub scrolls: Vec<usize>,
    pub idle: usize,
}

/// Calls on the desk's folder.
#[derive(Debug)]
pub struct Files {
    pub open: Calls,
    /// While nothing happens, for `IDLE`.
    pub idle: Calls,
    pub foreign: Calls,
    pub action: Calls,
    pub twenty_keys: Calls,
    pub one_key: Calls,
    pub hundred_rows: Calls,
}

const IDLE: Duration = Duration::from_secs(3);

/// The queue's mark: the row of the screen, and the number of the ticket on it.
pub fn marked(seen: &Seen) -> Option<(u16, i64)> {
    let rows = seen.screen().size().0.get();
    (0..rows).find_map(|row| {
        let text = seen.row(row);
        let rest = text.trim_start().strip_prefix('▸')?;
        let number = rest.split_whitespace().find_map(|word| word.parse().ok())?;
        Some((row, number))
    })
}

/// All three panes are filled: rows, the marked ticket, its log.
pub fn full(seen: &Seen) -> bool {
    let text = seen.text();
    marked(seen).is_some_and(|(_, number)| text.contains(&format!("Ticket #{number}")))
        && ["opened it", "took it", "warned: ", "breached: "].iter().any(|told| text.contains(told))
}

fn last_row(seen: &Seen) -> u16 {
    let rows = seen.screen().size().0.get();
    let title = (0..rows).find(|row| seen.row(*row).contains(" Ticket #"));
    title.map_or(0, |row| row - 1)
}

/// A console that has shown everything and rests.
pub fn settled(stage: &Stage) -> Tty {
    let tty = stage.start(WIDE);
    tty.until("the first full frame", full);
    tty.rests();
    tty
}

/// One key down; the bytes until the mark, or the ticket under it, has changed.
fn down(tty: &mut Tty) -> usize {
    loop {
        let before = tty.seen().raw.len();
        let at = marked(&tty.seen());
        tty.press("j")
            .until("the mark one ticket further", |seen| marked(seen).is_some() && marked(seen) != at);
        let bytes = bytes_of_move(&tty.seen(), before);
        tty.rests();
        if let Some(bytes) = bytes {
            return bytes;
        }
    }
}

/// None where the machine was so busy that the selection rested meanwhile, and its ticket came with the move.
fn bytes_of_move(seen: &Seen, before: usize) -> Option<usize> {
    let (_, number) = marked(seen)?;
    (!seen.has(&format!("Ticket #{number} "))).then_some(seen.raw.len() - before)
}

fn to_last_row(tty: &mut Tty) {
    let last = last_row(&tty.seen());
    while marked(&tty.seen()).is_some_and(|(row, _)| row < last) {
        down(tty);
    }
}

/// To a row that anybody may take.
fn to_unowned(tty: &mut Tty) {
    let owned = |seen: &Seen| marked(seen).is_some_and(|(row, _)| !seen.row(row).contains('—'));
    while owned(&tty.seen()) {
        down(tty);
    }
    tty.rests();
}

pub fn bytes(stage: &Stage) -> Bytes {
    let mut tty = settled(stage);
    let first_frame = tty.rests();
    let first_text = tty.seen().text().lines().map(|line| line.trim_end().len()).sum();
    let moves = (0..8).map(|_| down(&mut tty)).collect();
    to_last_row(&mut tty);
    let scrolls = (0..8).map(|_| down(&mut tty)).collect();
    let before = tty.rests();
    let begun = Instant::now();
    let idle = tty.quiet_for(IDLE) - before;
    assert!(begun.elapsed() >= IDLE);
    Bytes { first_frame, first_text, moves, scrolls, idle }
}

/// Somebody else's commit: a note on the ticket that is looked at.
fn foreign(stage: &Stage, ticket: i64, text: &str) {
    let mut store = Store::open(&stage.desk(), Access::Write).unwrap();
    let patience = &mut Patience::default();
    let held = store.read(patience, |reader| reader.ticket(TicketId(ticket))).unwrap().unwrap();
    let noted = Event::from(Noted { text: Body::soften(text), rest: Rest::new() });
    let changes = vec![Change { base: Base::Ticket(Box::new(held)), events: vec![noted] }];
    let author = Author { actor: Label::soften("jo"), host: Label::soften("desk9") };
    let command = CommandId(uuid::Uuid::now_v7().into_bytes());
    store.append(&Batch { command, author, at: Stamp(NOW), matrix: 1, changes }, patience).unwrap();
}

/// What `work` calls until the console rests again.
fn during(tty: &mut Tty, trace: &Trace, work: impl FnOnce(&mut Tty)) -> Calls {
    let before = trace.calls();
    work(tty);
    tty.rests();
    trace.calls() - before
}

/// As [`during`]: the least of some tries, for a selection that rests in between, on a busy machine, only adds to it.
fn least(tty: &mut Tty, trace: &Trace, mut work: impl FnMut(&mut Tty)) -> Calls {
    let tries = (0..3).map(|_| during(tty, trace, &mut work));
    tries.min_by_key(|calls| calls.others).unwrap()
}

pub fn files(stage: &Stage) -> Files {
    let (trace, command) = Trace::of(stage);
    let mut tty = Tty::start(command, WIDE);
    tty.until("the first full frame", full);
    let open = trace.calls();
    tty.rests();
    let idle = during(&mut tty, &trace, |tty| {
        tty.quiet_for(IDLE);
    });
    // The story of the first ticket lies across a page's end, as one in five does: the usual one is on one page.
    down(&mut tty);
    tty.rests();
    let (_, number) = marked(&tty.seen()).unwrap();
    let foreign = during(&mut tty, &trace, |tty| {
        foreign(stage, number, "seen from elsewhere");
        tty.shows("seen from elsewhere");
    });
    let one_key = least(&mut tty, &trace, |tty| {
        tty.press("j").rests();
        tty.press("k");
    });
    let twenty_keys = least(&mut tty, &trace, |tty| {
        tty.press("jjjjjkkkkkjjjjjkkkkkj").rests();
        tty.press("k");
    });
    to_last_row(&mut tty);
    // As a key that is held down: the next one comes before the selection rests.
    let hundred_rows = least(&mut tty, &trace, |tty| {
        tty.press(&"j".repeat(100));
    });
    to_unowned(&mut tty);
    let action = during(&mut tty, &trace, |tty| {
        tty.press("t").shows("mia took it");
    });
    tty.press("q").ends();
    if let Ok(keep) = std::env::var("TIERLINE_BENCH_TRACE") {
        std::fs::write(keep, trace.lines().join("\n")).unwrap();
    }
    Files { open, idle, foreign, action, twenty_keys, one_key, hundred_rows }
}
