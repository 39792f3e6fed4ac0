use rusqlite::Connection;

use super::*;

fn told() -> Desk {
    let mut desk = Desk::new();
    for subject in ["VPN drops", "Payroll export fails", "Badge reader is dead"] {
        let ticket = desk.open_ticket(subject);
        desk.append(held(&ticket), vec![taken("mia"), noted("rebooted")]).unwrap();
    }
    desk
}

/// Edits the file as somebody with the file and a SQLite shell would.
fn edit(desk: &Desk, sql: &str) {
    let raw = Connection::open(desk.path()).unwrap();
    raw.execute_batch("DROP TRIGGER event_kept;DROP TRIGGER event_stays").unwrap();
    raw.execute_batch(sql).unwrap();
}

#[test]
fn the_log_refuses_to_be_rewritten() {
    let desk = told();
    let raw = Connection::open(desk.path()).unwrap();
    for sql in ["UPDATE event SET actor='jo'", "DELETE FROM event WHERE id=3"] {
        let error = raw.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("never"), "{error}");
    }
}

#[test]
fn each_kind_of_tampering_with_the_log_is_found() {
    let table = [
        ("UPDATE event SET body=replace(body,'rebooted','replaced') WHERE id=4", 4),
        ("UPDATE event SET at=at-60000 WHERE id=3", 3),
        ("UPDATE event SET actor='jo' WHERE id=3", 3),
        ("UPDATE event SET host='desk4' WHERE id=3", 3),
        ("UPDATE event SET kind='ticket.released' WHERE id=3", 3),
        ("UPDATE event SET matrix=9 WHERE id=3", 3),
        ("UPDATE event SET command=randomblob(16) WHERE id=3", 3),
        ("UPDATE event SET command=NULL WHERE id=3", 3),
        ("UPDATE event SET digest=randomblob(32) WHERE id=3", 3),
        ("UPDATE event SET hash=randomblob(32) WHERE id=3", 3),
        ("UPDATE event SET place=place+7 WHERE id=4", 4),
        ("DELETE FROM event WHERE id=3", 4),
        (
            "UPDATE event SET id=100 WHERE id=3;UPDATE event SET id=3 WHERE id=4;UPDATE event SET id=4 WHERE id=100",
            3,
        ),
        ("UPDATE event SET actor='a',host='bdesk3' WHERE id=3", 3),
    ];
    for (sql, id) in table {
        let mut desk = told();
        assert!(desk.verify().is_clean());
        edit(&desk, sql);
        let found = desk.verify().troubles;
        assert!(
            found.iter().any(|t| t.stage == Stage::Chain && t.event == Some(EventId(id))),
            "{sql}: {found:?}"
        );
    }
}

#[test]
fn damage_that_stops_one_check_is_a_finding_and_stops_no_other() {
    let mut desk = told();
    edit(
        &desk,
        "UPDATE ticket SET owner=CAST(x'ff' AS TEXT) WHERE id=2;UPDATE tally SET n=n+1 WHERE live>=0",
    );
    let found = desk.verify().troubles;
    assert!(found.iter().any(|t| t.stage == Stage::Tickets && t.what.contains("damaged")), "{found:?}");
    assert!(found.iter().any(|t| t.stage == Stage::Tally), "{found:?}");
}

#[test]
fn a_log_alone_makes_a_whole_desk_again() {
    let mut desk = told();
    let before = desk.verify();
    edit(&desk, "DROP TABLE tally;DELETE FROM ticket;DELETE FROM matrix_revision;DROP TABLE words");
    let target = desk.folder.path().join("new.db");
    let report = desk.store.salvage(&target, &mut Patience::default(), &mut |_| Go::On).unwrap();
    assert_eq!(report, before);
    let mut new = Store::open(&target, Access::Write).unwrap();
    assert_eq!(new.verify(&mut Patience::default(), &mut |_| Go::On).unwrap(), before);
    let files = std::fs::read_dir(desk.folder.path()).unwrap().map(|file| file.unwrap().file_name());
    assert!(files.into_iter().all(|name| !name.to_string_lossy().starts_with(".tierline")));
    let error = desk.store.salvage(&target, &mut Patience::default(), &mut |_| Go::On).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Exists);
}

#[test]
fn no_desk_is_made_of_a_log_that_does_not_hold_together() {
    let mut desk = told();
    edit(&desk, "UPDATE event SET actor='jo' WHERE id=3");
    let target = desk.folder.path().join("new.db");
    let error = desk.store.salvage(&target, &mut Patience::default(), &mut |_| Go::On).unwrap_err();
    assert_eq!((error.kind, error.path.as_path()), (ErrorKind::Damaged, target.as_path()));
    assert!(!target.exists());
}

#[test]
fn a_body_and_digest_changed_together_are_found() {
    let mut desk = told();
    let body = r#"{"text":"nothing","v":1}"#;
    let digest: String = chain::digest(body).0.iter().map(|byte| format!("{byte:02x}")).collect();
    edit(&desk, &format!("UPDATE event SET body='{body}',digest=x'{digest}' WHERE id=4"));
    assert!(desk.verify().troubles.iter().any(|t| t.event == Some(EventId(4))));
}

#[test]
fn each_projection_that_lies_is_found_and_made_again() {
    let table = [
        ("UPDATE ticket SET owner='jo' WHERE id=2", Stage::Tickets),
        ("DELETE FROM ticket WHERE id=2", Stage::Tickets),
        (
            "INSERT INTO event(place,id,at,actor,host,kind,body,matrix,digest,hash)SELECT 0,0,0,'','','','',0,x'',x''\
          WHERE 0;UPDATE ticket SET id=77 WHERE id=2",
            Stage::Tickets,
        ),
        ("UPDATE tally SET n=n+1 WHERE live>=0", Stage::Tally),
        ("INSERT INTO tally VALUES(0,1,'Ghosts','',3)", Stage::Tally),
        ("INSERT INTO matrix_revision VALUES(1,1,1,'a','b',zeroblob(32),0)", Stage::Tally),
        ("INSERT INTO words(rowid,text)VALUES(9,'ghost')", Stage::Words),
        ("INSERT INTO words(words)VALUES('delete-all')", Stage::Words),
    ];
    for (sql, stage) in table {
        let mut desk = told();
        edit(&desk, sql);
        let found = desk.verify().troubles;
        assert!(found.iter().any(|t| t.stage == stage), "{sql}: {found:?}");
        desk.store.rebuild(&mut Patience::default(), &mut |_| Go::On).unwrap();
        let left = desk.verify().troubles;
        assert_eq!(left, vec![], "{sql}");
    }
}

#[test]
fn a_stopped_rebuilding_changes_nothing() {
    let mut desk = told();
    let many: Vec<Event> = (0..1_000).map(|n| noted(&format!("note {n}"))).collect();
    desk.append(Base::New, std::iter::once(opened("long")).chain(many).collect::<Vec<_>>()).unwrap();
    let stopped = desk.store.rebuild(&mut Patience::default(), &mut |_| Go::Stop).unwrap_err();
    assert_eq!(stopped.kind, ErrorKind::Stopped);
    assert!(desk.verify().is_clean());
}
