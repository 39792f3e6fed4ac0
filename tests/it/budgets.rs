//! The budgets that are counts, held on the real binary: bytes to the terminal, calls on the desk's file. They are
//! the same on every machine. Times are the bench's: `cargo bench`.

use super::kit::calls::can_count;
use super::kit::stage::Stage;
use super::kit::{cost, desk, due};

/// Enough that no page holds it: 500 of them open.
const TICKETS: u64 = 10_000;

fn stage() -> Stage {
    let stage = Stage::new(env!("CARGO_BIN_EXE_tierline"));
    desk::make(&stage.desk(), TICKETS);
    // Opened and swept once: what lies ahead of the tickets is written, and nothing is due while it is measured.
    assert!(stage.run(&["sweep"]).status.success());
    desk::rest(&stage.desk());
    stage
}

#[test]
fn bytes_stay_within_their_budgets() {
    let bytes = cost::bytes(&stage());
    println!("{bytes:?}");
    assert!(bytes.moves.iter().all(|n| (1..=64).contains(n)), "a move: {bytes:?}");
    assert!(bytes.scrolls.iter().all(|n| (1..=375).contains(n)), "a row scrolled: {bytes:?}");
    assert_eq!(bytes.idle, 0, "idle: {bytes:?}");
    let frame = bytes.first_frame * 10;
    assert!(frame <= bytes.first_text * 13 * 3 / 2, "the first frame against its text: {bytes:?}");
}

#[test]
fn file_calls_stay_within_their_budgets() {
    if !can_count() {
        eprintln!(
            "SKIPPED: file calls are not counted, for there is no strace here (apt-get install strace)"
        );
        return;
    }
    let files = cost::files(&stage());
    println!("{files:#?}");
    let bounds = [
        ("open to the first frame", files.open.others, 40),
        ("one settling read, then nothing", files.idle.others, 15),
        ("refresh after another's commit", files.foreign.others, 24),
        // The design's 57 + 16, a quarter more: a moment to come is kept in an index of its own.
        ("an action and the refresh after it", files.action.others, 91),
        ("100 rows scrolled", files.hundred_rows.others, 60),
    ];
    let over: Vec<_> = bounds.iter().filter(|(_, calls, most)| calls > most).collect();
    assert!(over.is_empty(), "{over:?} in {files:#?}");
    let per_key = files.twenty_keys.others.saturating_sub(files.one_key.others);
    assert_eq!(per_key, 0, "20 keys inside the window cost more than one: {files:#?}");
    assert!((1..=4).contains(&files.idle.looks), "looks in 3 s: {files:#?}");
}

#[test]
fn a_sweep_reads_what_is_due_however_much_is_open() {
    if !can_count() {
        eprintln!(
            "SKIPPED: file calls are not counted, for there is no strace here (apt-get install strace)"
        );
        return;
    }
    let of = |open: u64| {
        let stage = Stage::new(env!("CARGO_BIN_EXE_tierline"));
        due::make(&stage, open);
        due::calls(&stage).0
    };
    let (some, many) = (of(2_500), of(20_000));
    println!("{some} pages read with 2,500 open, {many} with 20,000");
    // Ten tickets lie on pages of their own in both; a walk over an index of all moments would be eighty pages more.
    assert!(many <= some + 40, "{some} and {many} pages read");
}
