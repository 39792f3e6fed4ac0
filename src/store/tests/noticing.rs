use super::*;

fn mark(desk: &mut Desk) -> Mark {
    desk.read(|r| r.mark())
}

fn changed(desk: &mut Desk, mark: &mut Mark) -> Noticed {
    desk.store.changed(mark, &mut Patience::default()).unwrap()
}

#[test]
fn another_connections_commit_is_noticed_even_within_one_tick_of_the_clock() {
    let mut desk = Desk::new();
    let mut other = Store::open(&desk.path(), Access::Write).unwrap();
    for n in 0..20 {
        let mut seen = mark(&mut desk);
        other.append(&batch(Base::New, vec![opened(&n.to_string())]), &mut Patience::default()).unwrap();
        let start = std::time::Instant::now();
        while changed(&mut desk, &mut seen) == Noticed::Nothing {
            assert!(start.elapsed().as_secs() < 5, "commit {n} was never noticed");
        }
        let mut seen = mark(&mut desk);
        for _ in 0..3 {
            assert_eq!(changed(&mut desk, &mut seen), Noticed::Nothing);
        }
    }
}

#[test]
fn a_replaced_file_is_noticed_and_opened_anew() {
    let mut desk = Desk::new();
    let ticket = desk.open_ticket("VPN drops");
    let copy = desk.folder.path().join("copy.db");
    desk.store.backup(&copy, &mut Patience::default(), &mut |_| Go::On).unwrap();
    desk.append(held(&ticket), vec![taken("mia")]).unwrap();
    let mut seen = mark(&mut desk);
    std::fs::rename(&copy, desk.path()).unwrap();
    assert_eq!(changed(&mut desk, &mut seen), Noticed::Something);
    assert_eq!(desk.read(|r| r.ticket(ticket.id)), Some(ticket));
}

#[test]
fn a_file_that_is_gone_is_an_error_with_its_name() {
    let mut desk = Desk::new();
    let mut seen = mark(&mut desk);
    std::fs::remove_file(desk.path()).unwrap();
    let error = desk.store.changed(&mut seen, &mut Patience::default()).unwrap_err();
    assert_eq!((error.kind, error.path), (ErrorKind::Missing, desk.path()));
}

#[test]
fn patience_ends_by_its_limit_and_by_whoever_is_told() {
    let mut desk = Desk::new();
    let raw = rusqlite::Connection::open(desk.path()).unwrap();
    raw.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut short = Patience::new(std::time::Duration::from_millis(20));
    let error = desk.store.append(&batch(Base::New, vec![opened("x")]), &mut short).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Busy);
    let mut told = 0;
    let mut stopped = Patience::default().telling(move |_| {
        told += 1;
        if told < 3 { Go::On } else { Go::Stop }
    });
    let error = desk.store.read(&mut stopped, |r| r.head()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Stopped);
    raw.execute_batch("ROLLBACK").unwrap();
    desk.open_ticket("free again");
}

#[test]
fn a_backup_is_whole_and_overwrites_nothing() {
    let mut desk = Desk::new();
    desk.open_ticket("VPN drops");
    let copy = desk.folder.path().join("copy.db");
    let report = desk.store.backup(&copy, &mut Patience::default(), &mut |_| Go::On).unwrap();
    assert_eq!((report.events, report.head), (2, desk.read(|r| r.head())));
    let again = desk.store.backup(&copy, &mut Patience::default(), &mut |_| Go::On).unwrap_err();
    assert_eq!((again.kind, again.path), (ErrorKind::Exists, copy.clone()));
    Store::open(&copy, Access::Write).unwrap();
    let stopped = desk.folder.path().join("stopped.db");
    let error = desk.store.backup(&stopped, &mut Patience::default(), &mut |_| Go::Stop).unwrap_err();
    assert_eq!((error.kind, stopped.exists()), (ErrorKind::Stopped, false));
    let names: Vec<_> =
        std::fs::read_dir(desk.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("partial")), "{names:?}");
}
