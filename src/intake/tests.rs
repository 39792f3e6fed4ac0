use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use proptest::prelude::*;

use super::*;
use crate::domain::event::{Author, Event};
use crate::domain::ids::{CommandId, TicketId};
use crate::domain::stamp::Stamp;
use crate::domain::text::{BODY_MAX, Label};
use crate::domain::ticket::{Phase, Ticket};
use crate::matrix::{self, Matrix};
use crate::store::{Access, Patience, Store};

const MATRIX: &str = r#"
[desk]
name = "Desk"
timezone = "UTC"
default-group = "Nobody"
[priority]
levels = ["P1", "P2"]
urgency = ["high", "low"]
impact.high = ["P1", "P2"]
impact.low = ["P2", "P2"]
[[tiers]]
name = "L1"
[[tiers]]
name = "L2"
[[groups]]
name = "Nobody"
tier = "L1"
escalates-to = ["Net"]
[[groups]]
name = "Desk"
tier = "L1"
escalates-to = ["Net", "Apps"]
[[groups]]
name = "Net"
tier = "L2"
[[groups]]
name = "Apps"
tier = "L2"
"#;

const MAP: &str = r#"
[source]
system = "Old"
[time]
format = "%d/%m/%Y %H:%M"
zone = "UTC"
[columns]
key = "key"
at = "at"
author = "by"
opened = "opened"
resolved = "resolved"
closed = "closed"
status = "state"
group = "group"
owner = "owner"
priority = "prio"
reopens = "reopens"
[texts]
subject = "{title}"
note = "{note}"
[missing]
marks = ["?"]
group = "Nobody"
[states]
new = "open"
held = "wait:vendor"
done = "resolved"
over = "closed"
odd = "keep"
"#;

const HEAD: &str = "key,at,by,opened,resolved,closed,state,group,owner,prio,reopens,title,note";

fn matrix() -> Matrix {
    matrix::read(MATRIX, "escalation.toml").unwrap().matrix
}

fn mapping() -> Mapping {
    map::read(MAP, "map.toml", &matrix()).unwrap()
}

fn table(csv: impl AsRef<[u8]>, mapping: &Mapping) -> Result<Table, ReadError> {
    Table::read(csv.as_ref(), 0, mapping, &mut |_| {})
}

fn planned(csv: impl AsRef<[u8]>, mapping: &Mapping) -> Result<Vec<History>, Vec<Trouble>> {
    let table = table(csv, mapping).unwrap();
    let plan = Plan::new(&table, mapping, OnTrouble::Refuse, &mut |_| {})?;
    Ok(plan.histories().map(|(_, history)| history).collect())
}

/// One ticket's rows, a minute apart: state, group, owner, what the resolved column says, the reopen counter.
fn told(rows: &[(&str, &str, &str, &str, u32)]) -> History {
    let mut csv = format!("{HEAD}\n");
    for (minute, (state, group, owner, resolved, reopens)) in (10..).zip(rows) {
        let at = format!("1/1/2020 1:{minute}");
        writeln!(csv, "T1,{at},mia,1/1/2020 1:00,{resolved},?,{state},{group},{owner},P1,{reopens},VPN,")
            .unwrap();
    }
    planned(csv, &mapping()).unwrap().remove(0)
}

fn kinds(history: &History) -> Vec<&str> {
    history.entries.iter().map(|entry| entry.event.kind().trim_start_matches("ticket.")).collect()
}

fn path(groups: &[&str]) -> Ticket {
    let rows: Vec<_> = groups.iter().map(|group| ("new", *group, "?", "?", 0)).collect();
    told(&rows).ticket
}

#[test]
fn hand_offs_are_the_steps_between_named_groups() {
    type Case = (&'static [&'static str], &'static str, (u32, u32, u32));
    let table: [Case; 8] = [
        (&["Desk", "Desk"], "Desk", (0, 0, 0)),
        (&["?", "Desk"], "Desk", (0, 0, 0)),
        (&["Desk", "?"], "Nobody", (0, 0, 0)),
        (&["Desk", "?", "Desk"], "Desk", (0, 0, 0)),
        (&["Desk", "?", "Net"], "Net", (1, 1, 0)),
        (&["Desk", "Net", "Desk"], "Desk", (2, 1, 1)),
        (&["Net", "Apps", "Net"], "Net", (2, 0, 0)),
        (&["Desk", "Net", "?", "?", "Apps", "Desk", "?"], "Nobody", (3, 1, 1)),
    ];
    for (groups, last, (handoffs, escalations, bounces)) in table {
        let ticket = path(groups);
        assert_eq!(ticket.place.queue.group, last, "{groups:?}");
        let tally = ticket.tally;
        assert_eq!(
            (tally.handoffs, tally.escalations, tally.bounces),
            (handoffs, escalations, bounces),
            "{groups:?}"
        );
        assert!(ticket.place.trail.iter().all(|queue| queue.group != "Nobody"), "{groups:?}");
    }
}

#[test]
fn a_stated_end_is_not_known_before_a_row_is_as_late() {
    let end = "1/1/2020 1:12";
    let history = told(&[
        ("new", "Desk", "mia", end, 0),
        ("done", "Desk", "mia", end, 0),
        ("done", "Desk", "mia", end, 0),
        ("over", "Desk", "mia", end, 0),
    ]);
    assert_eq!(kinds(&history), ["opened", "taken", "resolved", "resolved", "closed"]);
    let ends: Vec<Option<Stamp>> = history
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Resolved(it) => Some(it.ended),
            _ => None,
        })
        .collect();
    let reached = history.entries[3].at;
    assert_eq!(ends, [None, Some(reached)]);
    assert_eq!((history.ticket.times.resolved, history.ticket.owner), (Some(reached), None));

    let ahead = told(&[("new", "Desk", "?", "9/9/2020 1:00", 0)]);
    assert_eq!((kinds(&ahead), ahead.ticket.phase()), (vec!["opened"], Phase::Open));
    assert_eq!(ahead.noticed.iter().map(|noticed| noticed.what).collect::<Vec<_>>(), [Notice::ResolvedAhead]);
}

#[test]
fn life_after_an_end_is_a_reopening_counted_once() {
    let history = told(&[
        ("done", "Desk", "?", "?", 0),
        ("held", "Desk", "?", "?", 1),
        ("held", "Net", "?", "?", 1),
        ("over", "Net", "?", "?", 1),
        ("new", "Net", "?", "?", 1),
        ("over", "Net", "?", "?", 3),
        ("odd", "Net", "joe", "?", 3),
    ]);
    let expected = [
        "opened",
        "resolved",
        "reopened",
        "wait_started",
        "escalated",
        "wait_started",
        "closed",
        "reopened",
        "reopened",
        "reopened",
        "closed",
    ];
    assert_eq!(kinds(&history), expected);
    assert_eq!((history.ticket.tally.reopens, history.ticket.phase()), (4, Phase::Closed));
}

#[test]
fn an_owner_is_taken_given_and_let_go() {
    let history = told(&[
        ("new", "Desk", "?", "?", 0),
        ("new", "Desk", "mia", "?", 0),
        ("new", "Desk", "jo", "?", 0),
        ("new", "Desk", "?", "?", 0),
        ("new", "Net", "sam", "?", 0),
        ("new", "Apps", "?", "?", 0),
    ]);
    let expected = ["opened", "taken", "assigned", "released", "escalated", "assigned", "routed"];
    assert_eq!(kinds(&history), expected);
}

#[test]
fn every_bad_row_is_reported_with_line_column_and_reason() {
    let good = "T0,1/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,0,fine,";
    let bad = [
        ("T1,32/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,0,a,", "at", "no time"),
        ("T2,?,mia,?,?,?,new,Desk,?,P1,0,a,", "at", "does not say when"),
        ("T3,1/1/2020 1:00,mia,?,?,?,gone,Desk,?,P1,0,a,", "state", "\"gone\""),
        ("T4,1/1/2020 1:00,mia,?,?,?,new,Dusk,?,P1,0,a,", "group", "did you mean \"Desk\"?"),
        ("T5,1/1/2020 1:00,mia,?,?,?,new,Desk,?,P9,0,a,", "prio", "unknown priority"),
        ("T6,1/1/2020 1:00,mia,?,?,?,new,Desk,?,?,0,a,", "", "names no priority"),
        ("T7,1/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,-1,a,", "reopens", "no count"),
        ("T8,1/1/2020 1:00,mia", "", "3 cells"),
        ("T9,1/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,0,a,b,c", "", "14 cells"),
        ("?,1/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,0,a,", "key", "names no ticket"),
        ("T\u{1b}[2J,1/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,0,a,", "key", "safely"),
    ];
    let rows: Vec<&str> = [good].into_iter().chain(bad.iter().map(|(row, ..)| *row)).collect();
    let csv = format!("{HEAD}\n{}\n", rows.join("\n"));
    let mapping = mapping();
    let troubles = planned(&csv, &mapping).unwrap_err();
    assert_eq!(troubles.len(), bad.len(), "{troubles:#?}");
    for ((line, trouble), (_, column, why)) in (3..).zip(&troubles).zip(bad) {
        assert_eq!((trouble.line, trouble.column.as_str()), (line, column), "{trouble:?}");
        assert!(trouble.why.contains(why), "{trouble:?}");
        assert!(!trouble.to_string().contains('\u{1b}'));
    }
    let table = table(&csv, &mapping).unwrap();
    let plan = Plan::new(&table, &mapping, OnTrouble::SkipTickets, &mut |_| {}).unwrap();
    assert_eq!(plan.histories().map(|(_, it)| it.source.key.to_string()).collect::<Vec<_>>(), ["T0"]);
    assert_eq!((plan.counts.tickets, plan.troubles.len()), (1, bad.len()));
}

#[test]
fn a_ticket_with_one_bad_row_is_left_out_whole() {
    let row = |at: &str, more: &str| format!("T1,{at},mia,?,?,?,new,Desk,?,P1,0,a,{more}");
    for bad in [row("never", ""), row("1/1/2020 1:02", "b,c")] {
        let csv = format!("{HEAD}\n{}\n{bad}\n", row("1/1/2020 1:00", ""));
        let mapping = mapping();
        let table = table(&csv, &mapping).unwrap();
        let plan = Plan::new(&table, &mapping, OnTrouble::SkipTickets, &mut |_| {}).unwrap();
        assert_eq!((plan.histories().count(), plan.counts.skipped), (0, 1), "{bad}");
    }
}

#[test]
fn hostile_texts_are_neutralised_and_cut() {
    let long = "x".repeat(1 << 20);
    let mut csv = format!(
        "{HEAD}\nT1,1/1/2020 1:00,m\u{202E}ia,?,?,?,new,Desk,j\u{7}o,P1,0,\u{1b}[2J{long},\"{long}\"\n"
    );
    csv.push_str("T2,1/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,0,");
    let mut csv = csv.into_bytes();
    csv.extend(b"caf\xe9,\n");
    let histories = planned(&csv, &mapping()).unwrap();
    let ticket = &histories[0].ticket;
    assert!(ticket.about.subject.as_str().starts_with("\u{FFFD}[2Jx"));
    assert_eq!(ticket.owner_name(), Some("j\u{FFFD}o"));
    let Event::Noted(note) = &histories[0].entries.last().unwrap().event else { panic!() };
    assert_eq!(note.text.as_str().len(), BODY_MAX);
    assert_eq!(histories[1].ticket.about.subject, "caf\u{FFFD}");
}

#[test]
fn what_is_not_utf8_is_noticed_and_never_makes_two_keys_one() {
    let mut csv = format!("{HEAD}\nT1,1/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,0,").into_bytes();
    csv.extend(b"caf\xe9,\n");
    let mapping = mapping();
    let read = table(&csv, &mapping).unwrap();
    let plan = Plan::new(&read, &mapping, OnTrouble::Refuse, &mut |_| {}).unwrap();
    assert_eq!(plan.noticed, [Noticed { line: 2, key: "T1".into(), what: Notice::Marked }]);
    for key in [b"T\xe4", b"T\xf6"] {
        csv.extend(key);
        csv.extend(b",1/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,0,fine,\n");
    }
    let troubles = planned(&csv, &mapping).unwrap_err();
    let lines: Vec<u64> = troubles.iter().map(|trouble| trouble.line).collect();
    assert_eq!(lines, [3, 4], "{troubles:?}");
    assert!(troubles[0].why.contains("not UTF-8"));
}

#[test]
fn other_writings_of_the_same_file_tell_the_same() {
    let plain = format!("{HEAD}\nT1,1/1/2020 1:00,mia,?,?,?,new,Desk,?,P1,0,fine,\n");
    let expected = planned(&plain, &mapping()).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(plain.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let others = [
        plain.replace(',', ";").into_bytes(),
        plain.replace(',', "\t").into_bytes(),
        plain.replace('\n', "\r\n").into_bytes(),
        format!("\u{FEFF}{plain}").into_bytes(),
        packed.clone(),
    ];
    for other in others {
        assert_eq!(planned(&other, &mapping()).unwrap(), expected);
    }
    let torn = table(&packed[..packed.len() - 12], &mapping());
    assert!(matches!(torn, Err(ReadError::Broken { .. })), "{torn:?}");
}

#[test]
fn a_file_that_is_no_such_table_says_why() {
    let table = [
        ("", "no row"),
        (HEAD, "no row"),
        ("key,at\nT1,now\n", "\"by\" is not there"),
        (
            "key,key,at,by,opened,resolved,closed,state,gruop,owner,prio,reopens,title,note\n",
            "\"key\" is there 2 times",
        ),
        (
            "key,at,by,opened,resolved,closed,state,gruop,owner,prio,reopens,title,note\n",
            "did you mean \"gruop\"",
        ),
        ("\u{1}\u{2}\u{3}", "not there"),
    ];
    for (text, why) in table {
        let said = super::tests::table(text, &mapping()).unwrap_err().to_string();
        assert!(said.contains(why), "{said}");
    }
    let utf16 = super::tests::table(b"\xff\xfek\0e\0y\0", &mapping()).unwrap_err();
    assert_eq!(utf16, ReadError::Utf16);
    let none = Table::open(std::path::Path::new("/nowhere/at.csv"), &mapping(), &mut |_| {}).unwrap_err();
    assert!(none.to_string().contains("/nowhere/at.csv"), "{none}");
}

#[test]
fn rows_of_a_ticket_need_not_stand_together_nor_in_order() {
    let row = |key: &str, minute: u8, group: &str| {
        format!("{key},1/1/2020 1:{minute},mia,?,?,?,new,{group},?,P1,0,a,")
    };
    let rows = [row("A", 30, "Net"), row("B", 11, "Apps"), row("A", 10, "Desk")];
    let csv = format!("{HEAD}\n{}\n", rows.join("\n"));
    let by_time = map::read(&MAP.replace("\"Old\"", "\"Old\"\norder = \"time\""), "m", &matrix()).unwrap();
    let histories = planned(&csv, &by_time).unwrap();
    assert_eq!(kinds(&histories[0]), ["opened", "escalated"]);
    let by_file = planned(&csv, &mapping()).unwrap();
    assert_eq!(kinds(&by_file[0]), ["opened", "returned"]);
    assert_eq!(by_file[0].noticed[0].what, Notice::TimeWentBack);
}

#[test]
fn all_mistakes_of_a_map_are_told_at_once() {
    let broken = MAP
        .replace("zone = \"UTC\"", "zone = \"Europe/Berlni\"")
        .replace("%d/%m/%Y %H:%M", "%H:%M")
        .replace("status = \"state\"\n", "")
        .replace("owner = ", "ower = ")
        .replace("{title}", "{title")
        .replace("group = \"Nobody\"", "group = \"Nobdy\"")
        .replace("\"wait:vendor\"", "\"wait:vender\"")
        .replace("[missing]", "[colours]\nred = 1\n[missing]");
    let found = map::read(&broken, "map.toml", &matrix()).unwrap_err();
    let said: Vec<String> = found
        .iter()
        .map(|m| format!("{}: {} / {}", m.place.line, m.message, m.help.clone().unwrap_or_default()))
        .collect();
    let expected = [
        "no time can be read",
        "Europe/Berlin",
        "\"status\"",
        "did you mean \"owner\"",
        "never closed",
        "section \"colours\"",
        "did you mean \"Nobody\"",
        "did you mean \"wait:vendor\"",
    ];
    for word in expected {
        assert!(said.iter().any(|line| line.contains(word)), "{word}: {said:#?}");
    }
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    assert!(map::read("[source\nsystem =", "map.toml", &matrix()).is_err());
    assert!(map::read("", "map.toml", &matrix()).unwrap_err().len() >= 3);
}

fn desk() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let author = Author { actor: Label::soften("mia"), host: Label::soften("desk3") };
    drop(Store::create(&path, "test", &author, Stamp(0)).unwrap());
    let store = Store::open(&path, Access::Write).unwrap();
    (folder, store)
}

fn loaded(store: &mut Store, csv: &str, mapping: &Mapping) -> Loaded {
    let table = table(csv, mapping).unwrap();
    let plan = Plan::new(&table, mapping, OnTrouble::Refuse, &mut |_| {}).unwrap();
    load(&plan, store, Arrival { matrix: 1, at: Stamp(i64::MAX) }, &mut Patience::default(), &mut |_| {})
        .unwrap()
}

#[test]
fn a_longer_file_adds_what_is_new_and_the_same_file_nothing() {
    let (_folder, mut store) = desk();
    let row = |key: &str, minute: u8, state: &str| {
        format!("{key},1/1/2020 1:{minute},mia,?,?,?,{state},Desk,?,P1,0,a,\n")
    };
    let short = format!("{HEAD}\n{}{}", row("A", 10, "new"), row("A", 20, "held"));
    let long = format!("{short}{}{}", row("A", 20, "new"), row("B", 11, "done"));
    let mapping = mapping();
    assert_eq!(loaded(&mut store, &short, &mapping), Loaded { new: 1, events: 2, ..Loaded::default() });
    assert_eq!(loaded(&mut store, &short, &mapping), Loaded { same: 1, ..Loaded::default() });
    let more = loaded(&mut store, &long, &mapping);
    assert_eq!(more, Loaded { new: 1, grown: 1, same: 0, events: 3 });
    assert_eq!(loaded(&mut store, &long, &mapping), Loaded { same: 2, ..Loaded::default() });
    let ticket = store.read(&mut Patience::default(), |read| read.ticket(TicketId(1))).unwrap().unwrap();
    assert_eq!((ticket.phase(), ticket.seq.0), (Phase::Open, 3));
}

#[test]
fn a_row_per_ticket_tells_its_ends_at_their_own_times_and_later_exports_what_changed() {
    let text = MAP.replace("\"Old\"", "\"Old\"\nrows = \"ticket\"").replace("status = \"state\"\n", "");
    let mapping = map::read(&text, "map.toml", &matrix()).unwrap();
    let row = |at: &str, resolved: &str, closed: &str, group: &str| {
        format!("{HEAD}\nT1,{at},mia,1/1/2020 1:00,{resolved},{closed},,{group},jo,P1,0,a,\n")
    };
    let (_folder, mut store) = desk();
    let first = row("1/1/2020 2:00", "?", "?", "Desk");
    let later = row("3/1/2020 9:00", "2/1/2020 1:00", "3/1/2020 1:00", "Net");
    assert_eq!(loaded(&mut store, &first, &mapping).events, 2);
    assert_eq!(loaded(&mut store, &later, &mapping), Loaded { grown: 1, events: 3, ..Loaded::default() });
    for again in [&later, &first] {
        assert_eq!(loaded(&mut store, again, &mapping), Loaded { same: 1, ..Loaded::default() });
    }
    let ticket = store.read(&mut Patience::default(), |read| read.ticket(TicketId(1))).unwrap().unwrap();
    assert_eq!((ticket.phase(), ticket.place.queue.group.as_str()), (Phase::Closed, "Net"));
    let hours = |end: Option<Stamp>| end.unwrap().since(ticket.times.opened).0 / 3_600_000;
    assert_eq!((hours(ticket.times.resolved), hours(ticket.times.closed)), (24, 48));
}

fn any_cell() -> impl Strategy<Value = String> {
    let known = [
        "new", "held", "done", "over", "odd", "Desk", "Net", "Apps", "?", "", "P1", "P2", "mia", "0", "1",
        "7",
    ];
    prop_oneof![
        8 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        3 => (1..40u8, 0..70u8).prop_map(|(day, minute)| format!("{day}/1/2020 1:{minute}")),
        1 => "(?s:.{0,6})",
    ]
}

/// Rows that mostly make sense: each column has a word of its own.
fn any_row() -> impl Strategy<Value = String> {
    let pick = |words: &'static [&'static str]| prop::sample::select(words);
    let time = || (1..4u8, 10..14u8).prop_map(|(day, minute)| format!("{day}/1/2020 1:{minute}"));
    let end = || prop_oneof![Just("?".to_owned()), time()];
    let places = (pick(&["new", "held", "done", "over", "odd"]), pick(&["Desk", "Net", "Apps", "?"]));
    (pick(&["A", "B"]), time(), end(), end(), places, pick(&["?", "mia", "jo"]), 0..3u32).prop_map(
        |(key, at, resolved, closed, (state, group), owner, reopens)| {
            format!(
                "{key},{at},mia,1/1/2020 1:00,{resolved},{closed},{state},{group},{owner},P1,{reopens},a,b"
            )
        },
    )
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_explained(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mapping = mapping();
        let mut file = format!("{HEAD}\n").into_bytes();
        file.extend(&bytes);
        for file in [&bytes, &file] {
            if let Ok(table) = table(file, &mapping) {
                let _ = Plan::new(&table, &mapping, OnTrouble::SkipTickets, &mut |_| {}).unwrap();
            }
        }
    }

    #[test]
    fn any_cells_are_read_or_explained(cells in prop::collection::vec(prop::collection::vec(any_cell(), 13), 1..6)) {
        let mut csv = csv::WriterBuilder::new().from_writer(format!("{HEAD}\n").into_bytes());
        cells.iter().for_each(|row| csv.write_record(row).unwrap());
        let csv = csv.into_inner().unwrap();
        let mapping = mapping();
        let table = table(&csv, &mapping).unwrap();
        let refused = Plan::new(&table, &mapping, OnTrouble::Refuse, &mut |_| {}).err();
        let plan = Plan::new(&table, &mapping, OnTrouble::SkipTickets, &mut |_| {}).unwrap();
        prop_assert_eq!(refused.unwrap_or_default(), plan.troubles.clone());
        prop_assert_eq!(plan.histories().count() as u64, plan.counts.tickets);
        prop_assert_eq!(plan.counts.rows, cells.len() as u64);
    }

    #[test]
    fn the_ticket_is_after_each_row_what_the_row_says(rows in prop::collection::vec(any_row(), 1..12), cut in 0..12usize) {
        let csv = |rows: &[String]| format!("{HEAD}\n{}\n", rows.join("\n"));
        let mapping = mapping();
        let whole = planned(csv(&rows), &mapping).unwrap();
        for history in &whole {
            let key = history.source.key.as_str();
            let last = rows.iter().rev().find(|row| row.starts_with(key)).unwrap();
            let cells: Vec<&str> = last.split(',').collect();
            let ticket = &history.ticket;
            let phase = match cells[6] {
                "new" => Some(Phase::Open),
                "held" => Some(Phase::Waiting),
                "done" => Some(Phase::Resolved),
                "over" => Some(Phase::Closed),
                _ => None,
            };
            prop_assert!(phase.is_none_or(|phase| phase == ticket.phase()), "{} {:?}", last, ticket.status);
            let group = if cells[7] == "?" { "Nobody" } else { cells[7] };
            prop_assert_eq!(ticket.place.queue.group.as_str(), group);
            let owner = Some(cells[8]).filter(|owner| *owner != "?" && ticket.phase() != Phase::Closed);
            prop_assert_eq!(ticket.owner_name(), owner);
            let ids: BTreeSet<[u8; 16]> = history.entries.iter().map(|entry| entry.command.0).collect();
            prop_assert_eq!(ids.len(), history.entries.len());
        }
        let ids = |of: &[History]| -> BTreeSet<CommandIdText> {
            of.iter().flat_map(|history| &history.entries).map(|entry| text(entry.command)).collect()
        };
        let part = planned(csv(&rows[..cut.clamp(1, rows.len())]), &mapping).unwrap();
        prop_assert!(ids(&part).is_subset(&ids(&whole)));
    }
}

type CommandIdText = String;

fn text(id: CommandId) -> CommandIdText {
    id.to_string()
}
