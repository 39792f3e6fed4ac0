use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::*;

fn refused(path: &Path) -> StoreError {
    let error = Store::open(path, Access::Write).unwrap_err();
    assert_eq!(error.path, path, "{error}");
    assert!(!error.help.is_empty(), "{error}");
    error
}

#[test]
fn what_is_no_desk_is_refused_each_with_its_own_sentence_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("empty"), "").unwrap();
    fs::write(at("text"), "dear diary").unwrap();
    fs::write(at("cut"), "SQLite format 3\0").unwrap();
    Connection::open(at("other")).unwrap().execute_batch("CREATE TABLE t(x)").unwrap();
    let table = [
        ("absent", ErrorKind::Missing, "no such file"),
        ("folder/absent", ErrorKind::Missing, "folder"),
        (".", ErrorKind::Foreign, "a folder"),
        ("empty", ErrorKind::Foreign, "empty"),
        ("text", ErrorKind::Foreign, "no SQLite file"),
        ("cut", ErrorKind::Foreign, "no SQLite file"),
        ("other", ErrorKind::Foreign, "another program"),
    ];
    for (name, kind, word) in table {
        let before = fs::read(at(name)).ok();
        let error = refused(&at(name));
        assert_eq!((error.kind, error.what.contains(word)), (kind, true), "{name}: {error}");
        assert_eq!(fs::read(at(name)).ok(), before, "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
}

#[test]
fn a_newer_format_and_a_wal_file_are_refused_untouched() {
    for (sql, kind) in
        [("PRAGMA user_version=99", ErrorKind::TooNew), ("PRAGMA journal_mode=WAL", ErrorKind::Unsafe)]
    {
        let desk = Desk::new();
        let path = desk.path();
        drop(desk.store);
        Connection::open(&path).unwrap().execute_batch(&format!("{sql};CREATE TABLE x(y)")).unwrap();
        let before = fs::read(&path).unwrap();
        assert_eq!(refused(&path).kind, kind);
        assert_eq!(fs::read(&path).unwrap(), before);
        assert!(!path.with_extension("db-wal").exists());
    }
}

#[test]
fn a_desk_that_lost_its_format_is_damaged_and_is_not_laid_anew() {
    let desk = Desk::new();
    let path = desk.path();
    drop(desk.store);
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version=0").unwrap();
    let before = fs::read(&path).unwrap();
    let error = refused(&path);
    assert_eq!(error.kind, ErrorKind::Damaged);
    assert!(error.what.contains("number of its format"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_format_raised_by_another_host_stops_reading_and_writing() {
    let mut desk = Desk::new();
    Connection::open(desk.path()).unwrap().execute_batch("PRAGMA user_version=99").unwrap();
    let read = desk.store.read(&mut Patience::default(), |r| r.head()).unwrap_err();
    let write = desk.append(Base::New, vec![opened("late")]).unwrap_err();
    assert_eq!((read.kind, write.kind), (ErrorKind::TooNew, ErrorKind::TooNew));
}

#[test]
fn nothing_is_overwritten_by_creating() {
    let desk = Desk::new();
    let error = Store::create(&desk.path(), "0.1.0", &author(), Stamp(0)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Exists);
    let absent = desk.folder.path().join("no/desk.db");
    let error = Store::create(&absent, "0.1.0", &author(), Stamp(0)).unwrap_err();
    assert_eq!((error.kind, error.path), (ErrorKind::Missing, absent));
}

#[cfg(unix)]
#[test]
fn a_file_without_the_right_to_write_or_read_says_so() {
    use std::os::unix::fs::PermissionsExt;
    if rustix::process::geteuid().is_root() {
        eprintln!("SKIPPED: root may write everything");
        return;
    }
    let desk = Desk::new();
    let path = desk.path();
    drop(desk.store);
    for (mode, kind) in [(0o444, ErrorKind::ReadOnly), (0o000, ErrorKind::Denied)] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(refused(&path).kind, kind);
    }
}

#[test]
fn a_read_only_desk_reads_and_refuses_to_write() {
    let mut desk = Desk::new();
    let ticket = desk.open_ticket("VPN drops");
    desk.store = Store::open(&desk.path(), Access::ReadOnly).unwrap();
    assert_eq!(desk.read(|r| r.ticket(ticket.id)), Some(ticket));
    assert_eq!(desk.append(Base::New, vec![opened("x")]).unwrap_err().kind, ErrorKind::ReadOnly);
}

#[test]
fn a_damaged_page_is_told_as_damage_not_as_a_panic() {
    let mut desk = Desk::new();
    (0..200).for_each(|n| drop(desk.open_ticket(&format!("ticket {n}"))));
    let path = desk.path();
    drop(desk.store);
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..40_960].fill(0xA5);
    fs::write(&path, &bytes).unwrap();
    let mut store = Store::open(&path, Access::Write).unwrap();
    let error = store.read(&mut Patience::default(), |r| r.stream(TicketId(1))).unwrap_err();
    assert_eq!((error.kind, error.path), (ErrorKind::Damaged, path));
}

#[test]
fn a_full_drive_is_told_and_nothing_is_half_done() {
    let mut desk = Desk::new();
    let ticket = desk.open_ticket("VPN drops");
    let conn = &desk.store.link.as_ref().unwrap().conn;
    let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    conn.execute_batch(&format!("PRAGMA max_page_count={}", pages + 2)).unwrap();
    let error = desk.append(held(&ticket), vec![noted(&"long ".repeat(10_000))]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Full);
    assert!(desk.verify().is_clean());
    desk.append(held(&ticket), vec![taken("mia")]).unwrap();
}

#[test]
fn an_older_format_is_led_on_in_one_go_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let steps =
        ["CREATE TABLE a(x);INSERT INTO a VALUES(1)", "CREATE TABLE b(y);INSERT INTO b SELECT x+1 FROM a"];
    let mut conn = Connection::open(&path).unwrap();
    schema::migrate(&mut conn, &steps[..1]).unwrap();
    let broken = [steps[0], steps[1], "CREATE TABLE c(z);INSERT INTO nowhere VALUES(1)"];
    assert!(schema::migrate(&mut conn, &broken).is_err());
    assert_eq!(schema::version(&conn).unwrap(), 1);
    schema::migrate(&mut conn, &steps).unwrap();
    schema::migrate(&mut conn, &steps).unwrap();
    let b: i64 = conn.query_row("SELECT sum(y) FROM b", [], |row| row.get(0)).unwrap();
    assert_eq!((schema::version(&conn).unwrap(), b), (2, 2));
}

#[test]
fn the_matrix_travels_with_the_desk() {
    let mut desk = Desk::new();
    let applied = |text: &str| Event::from(MatrixApplied { text: text.into(), ..MatrixApplied::default() });
    assert_eq!(desk.read(|r| r.revision()), None);
    desk.append(Base::Desk(Seq(1)), vec![applied("one")]).unwrap();
    desk.append(Base::Desk(Seq(2)), vec![applied("two")]).unwrap();
    let (now, all, text) = desk.read(|r| Ok((r.revision()?, r.revisions()?, r.matrix(2)?.map(|it| it.text))));
    assert_eq!((all.len(), all.last(), text.as_deref()), (2, now.as_ref(), Some("two")));
    assert!(now.is_some_and(|now| now.number == 2 && now.is("two") && !now.is("two ")));
    assert!(desk.verify().is_clean());
}

/// Leaves beside each other what a host leaves that dies in the middle of a commit.
fn crash(desk: &Desk) -> std::path::PathBuf {
    let raw = Connection::open(desk.path()).unwrap();
    raw.execute_batch("PRAGMA journal_mode=PERSIST;PRAGMA cache_size=2;DROP TRIGGER event_kept;BEGIN")
        .unwrap();
    raw.execute_batch("UPDATE event SET actor='half'||id;UPDATE ticket SET owner='half'").unwrap();
    let hot = desk.folder.path().join("hot.db");
    fs::copy(desk.path(), &hot).unwrap();
    fs::copy(desk.path().with_extension("db-journal"), hot.with_extension("db-journal")).unwrap();
    hot
}

#[test]
fn a_dead_writers_half_transaction_is_undone_and_its_journal_stays() {
    let mut desk = Desk::new();
    (0..300).for_each(|n| drop(desk.open_ticket(&format!("ticket {n}"))));
    let whole = fs::read(desk.path()).unwrap();
    let hot = crash(&desk);
    assert_ne!(fs::read(&hot).unwrap(), whole);
    let mut store = Store::open(&hot, Access::Write).unwrap();
    assert!(fs::metadata(hot.with_extension("db-journal")).unwrap().len() > 0);
    let report = store.verify(&mut Patience::default(), &mut |_| Go::On).unwrap();
    assert_eq!((report.events, report.troubles), (301, vec![]));
    drop(store);
    assert!(hot.with_extension("db-journal").exists());
}
