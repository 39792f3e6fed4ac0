//! Several processes on one file: nothing lost, nothing doubled, whoever dies in between.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};

use tierline::domain::ids::{CommandId, TicketId};
use tierline::store::{Access, Base, ErrorKind, Go, Patience, Store, StoreError};

use super::kit::*;

const PROCESSES: usize = 8;
const COMMANDS: usize = 200;

fn patient() -> Patience {
    Patience::new(std::time::Duration::from_secs(120))
}

/// One command: most on one of four tickets that everybody wants, decided anew after each conflict.
fn command_on(store: &mut Store, n: usize) -> Result<(CommandId, i64), StoreError> {
    let patience = &mut patient();
    if n.is_multiple_of(5) {
        let new = batch(Base::New, vec![opened(n as u64), noted("first note")]);
        let done = store.append(&new, patience)?;
        return Ok((new.command, done.first.0));
    }
    let wanted = TicketId(1 + (n % 4) as i64);
    loop {
        let seen = ticket(store, wanted)?;
        let take = batch(base(&seen), vec![taken(&format!("p{}", std::process::id())), noted("mine now")]);
        match store.append(&take, patience) {
            Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => {}
            done => return done.map(|done| (take.command, done.first.0)),
        }
    }
}

/// Prints each command that was accepted, with its first event.
#[test]
#[ignore = "a child of the tests here"]
fn worker() {
    let Some(path) = task() else { return };
    let mut store =
        Store::open_reading(Path::new(&path), Access::Write, &mut patient(), |_| Ok(())).unwrap().0;
    for n in 0..COMMANDS {
        let (command, event) = command_on(&mut store, n).unwrap();
        println!("\ndone {command} {event}");
    }
}

/// Commits for ever, or until the drive is full.
#[test]
#[ignore = "a child of the tests here"]
fn restless() {
    let Some(path) = task() else { return };
    let mut store = open(Path::new(&path));
    for n in 0.. {
        match command_on(&mut store, n) {
            Ok((command, event)) => println!("\ndone {command} {event}"),
            Err(error) => {
                println!("\nrefused {error}");
                std::process::exit(1);
            }
        }
    }
}

/// A desk with the four tickets that everybody wants.
fn desk(folder: &Path) -> (Store, std::path::PathBuf) {
    let path = folder.join("desk.db");
    let mut store = create(&path);
    for n in 0..4 {
        store.append(&batch(Base::New, vec![opened(n)]), &mut Patience::default()).unwrap();
    }
    (store, path)
}

/// The accepted commands in a child's output; the last line may be cut by its death.
fn accepted(output: &str) -> Vec<(String, i64)> {
    let lines = output.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let done = lines.filter_map(|line| line.trim_end().strip_prefix("done "));
    let pairs = done.filter_map(|line| line.split_once(' '));
    pairs.map(|(command, event)| (command.to_owned(), event.parse().unwrap())).collect()
}

/// Each accepted command is in the log once, where its process was told.
fn assert_kept(store: &mut Store, accepted: &[(String, i64)]) {
    let log =
        store.read(&mut Patience::default(), |r| r.events_since(Default::default(), usize::MAX)).unwrap();
    for (command, event) in accepted {
        let found: Vec<i64> = log
            .iter()
            .filter(|it| it.command.is_some_and(|it| it.to_string() == *command))
            .map(|it| it.id.0)
            .collect();
        assert_eq!(found, [*event], "{command}");
    }
    assert_eq!(verify(store).troubles, vec![]);
}

fn output(mut child: Child) -> String {
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success(), "{text}");
    text
}

#[test]
fn eight_processes_with_two_hundred_commands_each_lose_and_double_nothing() {
    let folder = folder();
    let (mut store, path) = desk(folder.path());
    let children: Vec<Child> =
        (0..PROCESSES).map(|_| child("store::processes::worker", path.to_str().unwrap())).collect();
    let accepted: Vec<_> = children.into_iter().flat_map(|child| accepted(&output(child))).collect();
    assert_eq!(accepted.len(), PROCESSES * COMMANDS);
    let head = store.read(&mut Patience::default(), |r| r.head()).unwrap();
    assert_eq!(head.id.0 as usize, 5 + 2 * PROCESSES * COMMANDS);
    assert_kept(&mut store, &accepted);
}

#[test]
fn a_process_killed_in_the_middle_leaves_the_log_whole_and_the_journal_in_place() {
    let folder = folder();
    let (mut store, path) = desk(folder.path());
    for round in 0..10 {
        let mut child = child("store::processes::restless", path.to_str().unwrap());
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while accepted(&text).len() <= round % 4 {
            assert!(lines.read_line(&mut text).unwrap() > 0, "{text}");
        }
        child.kill().unwrap();
        lines.read_to_string(&mut text).unwrap();
        child.wait().unwrap();
        assert_kept(&mut store, &accepted(&text));
        assert!(std::fs::metadata(path.with_extension("db-journal")).unwrap().len() > 0);
    }
}

#[test]
fn a_backup_of_a_desk_in_use_is_of_one_moment() {
    let folder = folder();
    let (mut store, path) = desk(folder.path());
    let mut busy = child("store::processes::restless", path.to_str().unwrap());
    let mut lines = BufReader::new(busy.stdout.take().unwrap());
    for round in 0..3 {
        let mut text = String::new();
        while accepted(&text).len() < 5 {
            assert!(lines.read_line(&mut text).unwrap() > 0, "{text}");
        }
        let copy = folder.path().join(format!("copy{round}.db"));
        let report = store.backup(&copy, &mut patient(), &mut |_| Go::On).unwrap();
        assert!(report.is_clean());
        assert_kept(&mut open(&copy), &accepted(&text));
    }
    busy.kill().unwrap();
    busy.wait().unwrap();
}

/// The drive is full in the middle of a write: files may not grow beyond what they are.
#[test]
#[cfg(unix)]
fn a_drive_that_fills_up_loses_nothing_that_was_accepted() {
    let folder = folder();
    let (mut store, path) = desk(folder.path());
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "ulimit -f 600; trap '' XFSZ; exec \"$@\"", "sh"]);
    shell.arg(std::env::current_exe().unwrap()).stderr(Stdio::null());
    let mut child = spawn(shell, "store::processes::restless", path.to_str().unwrap());
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    assert!(!child.wait().unwrap().success());
    assert!(accepted(&text).len() > 10 && text.contains("\nrefused "), "{text}");
    assert_kept(&mut store, &accepted(&text));
    store.append(&batch(Base::New, vec![opened(1)]), &mut Patience::default()).unwrap();
}
