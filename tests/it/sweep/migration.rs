//! A desk that format 1 made (`desk-v1.db`: tickets that are open, wait, were escalated, resolved, closed, reopened; a
//! matrix with targets and steps) is led to today's format when it is first opened for writing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tierline::desk::settings::Access;
use tierline::desk::{
    Anchor, Clock, Count, Counts, Desk, Go, Look, News, Story, Surroundings, Wishes, clock, settle,
    surroundings,
};
use tierline::domain::clock::Clock as Limit;
use tierline::domain::ids::TicketId;
use tierline::domain::query::parse;
use tierline::domain::row::Row;
use tierline::domain::stamp::Stamp;
use tierline::store::{self, Patience, Store};

use super::oracle::{Oracle, stories};

const OLD: &[u8] = include_bytes!("desk-v1.db");

fn at(text: &str) -> Stamp {
    let moment: jiff::Timestamp = format!("2026-11-{text}:00Z").parse().unwrap();
    Stamp(moment.as_millisecond())
}

fn old_desk(folder: &Path) -> PathBuf {
    let path = folder.join("desk.db");
    std::fs::write(&path, OLD).unwrap();
    path
}

fn open(path: &Path, access: Access) -> Result<Desk, tierline::desk::DeskError> {
    let folder = path.parent().unwrap().to_owned();
    let folders =
        surroundings::Folders { config: folder.clone(), data: folder.clone(), state: folder.clone() };
    let (clock, zone) = (Clock::Fixed(at("19T09:30")), clock::Zone::named("UTC").unwrap());
    let around = Surroundings { env: BTreeMap::new(), folder, folders, host: "desk3".into(), clock, zone };
    let wishes =
        Wishes { desk: Some(path.to_owned()), user: Some("mia".into()), access, ..Wishes::default() };
    Desk::open(&settle(&wishes, &around).unwrap(), &around)
}

/// Every event with all that the hash covers, and the hash, as SQLite has them.
fn log(path: &Path) -> Vec<String> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let conn = rusqlite::Connection::open_with_flags(path, flags).unwrap();
    let sql = "SELECT format('%d %d %d %s %s %s %s %d %s %s',id,place,at,actor,host,kind,body,matrix,\
               ifnull(hex(command),'-'),hex(hash)) FROM event ORDER BY id";
    let mut query = conn.prepare(sql).unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn rows(path: &Path) -> Vec<Row> {
    let mut store = Store::open(path, store::Access::ReadOnly).unwrap();
    let row = |n| store.read(&mut Patience::default(), |reader| reader.row(TicketId(n))).unwrap().unwrap();
    (1..=7).map(row).collect()
}

fn counts(desk: &mut Desk) -> Counts {
    let query = parse("").unwrap();
    desk.look(&Look { query, anchor: Anchor::Top, rows: 1, story: Story::Nobodys, news: News::Unasked })
        .unwrap()
        .counts
}

#[test]
fn a_desk_of_the_first_format_opens_with_its_log_as_it_was_and_rows_as_a_rebuild_makes_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = old_desk(folder.path());
    let before = log(&path);
    assert_eq!(before.len(), 22);
    let mut desk = open(&path, Access::Write).unwrap();
    assert_eq!(log(&path), before);
    let counts = counts(&mut desk);
    assert_eq!((counts.live, counts.unowned, counts.waiting, counts.resolved), (5, 5, 2, 1), "as before");
    assert_eq!(counts.breached, Count::Exactly(4), "by clocks that nobody kept before");
    let made = rows(&path);
    let outlook = made[0].outlook;
    assert_eq!((outlook.clock, outlook.due), (Some(Limit::Response), Some(at("18T14:16"))));
    assert_eq!(outlook.next, Some(at("18T15:10")), "not before its last event");
    assert_eq!(made[1].outlook.clock, Some(Limit::Response), "waiting for the requester does not stop it");
    assert_eq!(made[3].outlook, Default::default(), "resolved, and P3 promises no confirmation");
    assert_eq!(made[4].outlook, Default::default(), "closed");
    assert_eq!(made[5].outlook.clock, Some(Limit::Tier), "reopened");
    assert_eq!(desk.verify(&mut |_| Go::On).unwrap().troubles, vec![]);
    desk.rebuild(&mut |_| Go::On).unwrap();
    assert_eq!(rows(&path), made);
    assert_eq!(log(&path), before);
}

#[test]
fn what_came_due_while_the_old_version_ran_is_swept_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = old_desk(folder.path());
    let mut desk = open(&path, Access::Write).unwrap();
    let swept = desk.sweep(100).unwrap();
    let (matrix, calendars) = (desk.matrix(), desk.laid_out());
    let oracle = Oracle { matrix: &matrix, calendars: &calendars };
    let stories = stories(desk.log(Default::default(), usize::MAX).unwrap());
    let came: usize = stories.values().map(|events| oracle.judge(events)).sum();
    assert!(came > 10 && came == swept.fired.len(), "{came}");
    assert!(stories.values().all(|events| oracle.due(events, at("19T09:30")).is_empty()));
    assert_eq!(desk.sweep(100).unwrap().fired, vec![]);
    assert_eq!(desk.verify(&mut |_| Go::On).unwrap().troubles, vec![]);
}

#[test]
fn an_old_desk_that_is_only_to_be_read_says_what_to_do_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = old_desk(folder.path());
    let error = open(&path, Access::ReadOnly).unwrap_err();
    let tierline::desk::DeskError::Store(error) = &error else { panic!("{error}") };
    assert!(error.what.contains("older format"), "{error}");
    assert!(error.help.contains("start `tierline` on it once"), "{}", error.help);
    assert_eq!(std::fs::read(&path).unwrap(), OLD);
}
