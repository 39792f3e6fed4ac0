//! File calls, counted by strace: exact, and the same on every machine. A step is what lies between two marks
//! (a stat of a path that does not exist); a call counts if it names the desk or uses a descriptor of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use tierline::domain::event::Closed;
use tierline::domain::event::{Event, HowClosed, Rest};
use tierline::domain::ids::TicketId;
use tierline::store::{Access, Bulk, CountsRequest, Noticed, Patience, Reader, Store, StoreError};

use super::kit::*;

const TICKETS: u64 = 20_000;
const TAKES: i64 = 21;
const LIVE: u64 = 5_000;

fn fill(bulk: &mut Bulk<'_>) -> Result<(), StoreError> {
    let closed = Event::from(Closed { how: HowClosed::Imported, reason: None, rest: Rest::new() });
    for n in 0..TICKETS {
        let id = bulk.next_ticket();
        let at = i64::try_from(n).unwrap() * 1_000;
        bulk.add(&entry(id, at, vec![opened(n)]))?;
        if n >= LIVE {
            bulk.add(&entry(id, at + 1, vec![closed.clone()]))?;
        }
    }
    Ok(())
}

fn mark(name: &str) {
    let _ = Path::new(&format!("/tierline-mark/{name}/")).metadata();
}

/// The work that is traced.
#[test]
#[ignore = "a child of `file_calls_stay_within_their_budget`"]
fn traced() {
    let Some(path) = task() else { return };
    let patience = &mut Patience::default();
    let counts = CountsRequest { queries: vec![live()], scope: Default::default() };
    mark("open");
    let first = |r: &Reader<'_>| r.page(&page(40)).and_then(|_| r.mark());
    let (mut store, mut seen) =
        Store::open_reading(Path::new(&path), Access::Write, patience, first).unwrap();
    mark("settle");
    let settled = std::time::Instant::now();
    while settled.elapsed() < std::time::Duration::from_millis(30) {
        std::thread::yield_now();
    }
    assert_eq!(store.changed(&mut seen, patience).unwrap(), Noticed::Nothing);
    mark("poll");
    assert_eq!(store.changed(&mut seen, patience).unwrap(), Noticed::Nothing);
    for n in 0..TAKES {
        mark("load");
        let mine = ticket(&mut store, TicketId(41 + 97 * n)).unwrap();
        mark(&format!("take {n}"));
        let mine = store.append(&batch(base(&mine), vec![taken("mia")]), patience).unwrap().tickets.remove(0);
        mark(&format!("again {n}"));
        store.append(&batch(base(&mine), vec![taken("jo")]), patience).unwrap();
    }
    mark("load-note");
    let mine = ticket(&mut store, TicketId(41)).unwrap();
    mark("note");
    store
        .append(&batch(base(&mine), vec![noted("rebooted, cable swapped, other site fine")]), patience)
        .unwrap();
    mark("new");
    store.append(&batch(tierline::store::Base::New, vec![opened(7)]), patience).unwrap();
    mark("notice");
    seen = store.read(patience, |r| r.mark()).unwrap();
    assert!(child("store::calls::foreign", &path).wait().unwrap().success());
    mark("noticed");
    assert_eq!(store.changed(&mut seen, patience).unwrap(), Noticed::Something);
    mark("refresh");
    seen = store
        .read(patience, |r| {
            r.page(&page(40))?;
            r.stream(TicketId(41))?;
            r.counts(&counts)?;
            r.mark()
        })
        .unwrap();
    mark("poll");
    assert_eq!(store.changed(&mut seen, patience).unwrap(), Noticed::Nothing);
    mark("take-cold-foreign");
    assert!(child("store::calls::foreign", &path).wait().unwrap().success());
    mark("take-cold");
    let mine = ticket(&mut store, TicketId(77)).unwrap();
    store.append(&batch(base(&mine), vec![taken("mia")]), patience).unwrap();
    mark("end");
}

/// Somebody else's commit.
#[test]
#[ignore = "a child of `traced`"]
fn foreign() {
    let Some(path) = task() else { return };
    let mut store = open(Path::new(&path));
    let theirs = ticket(&mut store, TicketId(41)).unwrap();
    store.append(&batch(base(&theirs), vec![taken("jo")]), &mut Patience::default()).unwrap();
}

#[test]
fn file_calls_stay_within_their_budget() {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("SKIPPED: file calls are not counted, for there is no strace here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let start = std::time::Instant::now();
    create(&path).bulk(&mut Patience::default(), fill).unwrap();
    println!("bulk write of {} events: {:?}", 2 * TICKETS - LIVE, start.elapsed());
    let trace = folder.path().join("trace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-o"]).arg(&trace).arg(std::env::current_exe().unwrap());
    let done = spawn(strace, "store::calls::traced", path.to_str().unwrap()).wait().unwrap();
    assert!(done.success());
    let counted = count(&std::fs::read_to_string(&trace).unwrap(), path.to_str().unwrap());
    let median = |action: &str| {
        let steps = counted.iter().filter(|(step, _)| step.starts_with(action));
        let mut calls: Vec<usize> = steps.map(|(_, calls)| *calls).collect();
        calls.sort_unstable();
        calls[calls.len() / 2]
    };
    println!("file calls: {counted:?}");
    for (action, most) in [("take ", 80), ("again ", 65)] {
        let calls = median(action);
        println!("{action}: {calls}");
        assert!((1..=most).contains(&calls), "{action}: {calls} calls, {most} at most: {counted:?}");
    }
    let budget = [("open", 40), ("poll", 2), ("refresh", 24)];
    for (step, most) in budget {
        let calls = counted.get(step).copied().unwrap_or(0);
        assert!((1..=most).contains(&calls), "{step}: {calls} calls, {most} at most: {counted:?}");
    }
}

/// What root and a debug build do besides; and the second line of a call that was interrupted.
const ONLY_HERE: [&str; 3] = ["fchown(", "F_GETFD", "resumed>"];

/// Calls per step.
fn count(trace: &str, path: &str) -> BTreeMap<String, usize> {
    let (mut step, mut counted) = (String::new(), BTreeMap::new());
    for line in trace.lines() {
        if let Some((_, rest)) = line.split_once("/tierline-mark/") {
            step = rest.split('/').next().unwrap_or_default().to_owned();
        } else if line.contains(path) && !ONLY_HERE.iter().any(|call| line.contains(call)) {
            *counted.entry(step.clone()).or_default() += 1;
        }
    }
    counted
}
