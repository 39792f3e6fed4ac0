//! The import of a real audit log, held to figures that another program computed from the same file. Skipped, and
//! saying so, where the data is not there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tierline::domain::event::{Author, Event};
use tierline::domain::row::{Outlook, Row};
use tierline::domain::stamp::{Span, Stamp};
use tierline::domain::text::Label;
use tierline::intake::{
    Arrival, Counts, History, Loaded, Mapping, Notice, OnTrouble, Plan, Table, load, map,
};
use tierline::matrix::{self, Matrix};
use tierline::report::{Figures, Share};
use tierline::store::{Access, Patience, Store};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/servicenow");
const BESIDE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/servicenow-incidents/incident_event_log.csv.gz");

/// After the last row: nothing of it was this desk's to keep.
const ARRIVAL: Arrival = Arrival { matrix: 1, at: Stamp(1_795_341_660_000) };

struct Data {
    log: PathBuf,
    reference: Value,
}

fn data() -> Option<Data> {
    let named = std::env::var_os("TIERLINE_INCIDENTS").map(PathBuf::from);
    let log = named.unwrap_or_else(|| BESIDE.into());
    let Ok(text) = std::fs::read_to_string(log.with_file_name("reference.json")) else {
        eprintln!("SKIPPED: no real log at {} (set TIERLINE_INCIDENTS)", log.display());
        return None;
    };
    Some(Data { log, reference: serde_json::from_str(&text).unwrap() })
}

fn example() -> (Matrix, Mapping) {
    let read = |name: &str| std::fs::read_to_string(Path::new(EXAMPLE).join(name)).unwrap();
    let matrix = matrix::read(&read("escalation.toml"), "escalation.toml").unwrap();
    assert_eq!(matrix.warnings, []);
    let mapping = map::read(&read("map.toml"), "map.toml", &matrix.matrix).unwrap();
    (matrix.matrix, mapping)
}

fn number(reference: &Value, path: &str) -> u64 {
    reference.pointer(path).and_then(Value::as_u64).unwrap_or_else(|| panic!("no {path}"))
}

/// The names and numbers of an object.
fn numbers(reference: &Value, path: &str) -> BTreeMap<String, u64> {
    let object = reference.pointer(path).and_then(Value::as_object).unwrap();
    object.iter().map(|(name, n)| (name.clone(), n.as_u64().unwrap())).collect()
}

fn shares(shares: &[Share]) -> BTreeMap<&str, u64> {
    shares.iter().map(|share| (share.name.as_str(), share.tickets)).collect()
}

#[test]
fn the_example_is_without_mistakes() {
    let (matrix, mapping) = example();
    assert_eq!(matrix.groups.len(), 73);
    assert!(mapping.wanted().count() > 15);
}

#[test]
fn the_real_log_tells_what_the_reference_says() {
    let Some(Data { log, reference }) = data() else { return };
    let (_, mapping) = example();
    let table = Table::open(&log, &mapping, &mut |_| {}).unwrap();
    let plan = Plan::new(&table, &mapping, OnTrouble::Refuse, &mut |_| {}).unwrap();
    let histories: Vec<History> = plan.histories().map(|(_, history)| history).collect();
    let rows: Vec<Row> =
        histories.iter().map(|history| Row::of(&history.ticket, Outlook::bare(&history.ticket))).collect();
    let figures = Figures::of(&rows);

    assert_eq!(plan.counts.rows, number(&reference, "/events"));
    assert_eq!(figures.tickets, number(&reference, "/incidents"));
    assert_eq!(plan.counts.events, histories.iter().map(|history| history.entries.len() as u64).sum::<u64>());
    by_parts(&figures, &reference);
    moves(&figures, &reference);
    ends(&plan.counts, &histories, &reference);
    let ahead = plan.noticed.iter().filter(|noticed| noticed.what == Notice::ResolvedAhead).count() as u64;
    assert_eq!(ahead, number(&reference, "/final_state/New"));
}

fn by_parts(figures: &Figures, reference: &Value) {
    let states = shares(&figures.phases);
    assert_eq!(states["closed"], number(reference, "/final_state/Closed"));
    assert_eq!(states["open"], number(reference, "/final_state/New"));
    let priorities = reference["by_priority"].as_object().unwrap();
    let expected: Vec<u64> = priorities.values().map(|figures| figures["n"].as_u64().unwrap()).collect();
    assert_eq!(figures.priorities.iter().map(|share| share.tickets).collect::<Vec<_>>(), expected);
    let groups = shares(&figures.groups);
    let real = groups.keys().filter(|name| **name != "Unassigned").count() as u64;
    for (name, n) in numbers(reference, "/top_groups_final") {
        let ours = if name == "?" { "Unassigned" } else { &name };
        assert_eq!(groups.get(ours), Some(&n), "{name}");
    }
    for (name, figures) in reference["breach_rate_by_final_group_n>=100"].as_object().unwrap() {
        let ours = if name == "?" { "Unassigned" } else { name };
        assert_eq!(groups.get(ours).copied(), figures[0].as_u64(), "{name}");
    }
    assert_eq!(groups.values().sum::<u64>(), figures.tickets);
    assert!(real <= number(reference, "/groups"), "{real}");
}

fn moves(figures: &Figures, reference: &Value) {
    let moves = figures.moves;
    assert_eq!(moves.handoffs, number(reference, "/group_path/handoffs_total"));
    assert_eq!(moves.handed_off, number(reference, "/group_path/incidents_with_handoff"));
    assert_eq!(moves.escalations, number(reference, "/tier_map_group70_is_1/escalation_steps"));
    assert_eq!(moves.escalated, number(reference, "/tier_map_group70_is_1/incidents_with_a_1to2_step"));
    assert_eq!(moves.bounces, number(reference, "/tier_map_group70_is_1/deescalation_steps"));
    assert_eq!(moves.bounced, number(reference, "/tier_map_group70_is_1/incidents_deescalated"));
    assert_eq!(moves.reopened, number(reference, "/reopen/n_gt0"));
    let reopens: u64 =
        numbers(reference, "/reopen/hist").iter().map(|(n, of)| n.parse::<u64>().unwrap() * of).sum();
    assert_eq!(moves.reopens, reopens);
}

/// The reference counts every incident whose rows state a resolution, the one that is still open among them.
fn ends(counts: &Counts, histories: &[History], reference: &Value) {
    let resolutions = counts.resolutions;
    let stated = number(reference, "/open_to_resolved/n");
    assert_eq!(resolutions.stated + resolutions.ahead, stated);
    assert_eq!(resolutions.ahead, number(reference, "/final_state/New"));
    let spans: Vec<Span> = histories.iter().filter_map(stated_span).collect();
    assert_eq!(spans.len() as u64, resolutions.stated);
    let hours = tierline::report::Hours::of(spans);
    let near = |ours: f64, path: &str, room: f64| {
        let theirs = reference.pointer(path).and_then(Value::as_f64).unwrap();
        assert!((ours - theirs).abs() <= room, "{path}: {ours} {theirs}");
    };
    near(hours.max, "/open_to_resolved/max_h", 0.0001);
    near(hours.median, "/open_to_resolved/median_h", 0.05);
    near(hours.mean, "/open_to_resolved/mean_h", 0.05);
}

fn stated_span(history: &History) -> Option<Span> {
    let stated =
        history.entries.iter().any(|entry| matches!(&entry.event, Event::Resolved(it) if it.ended.is_some()));
    let times = history.ticket.times;
    times.resolved.filter(|_| stated).map(|end| end.since(times.opened))
}

#[test]
fn nothing_is_known_before_its_time() {
    let Some(Data { log, .. }) = data() else { return };
    let (_, mapping) = example();
    let table = Table::open(&log, &mapping, &mut |_| {}).unwrap();
    let plan = Plan::new(&table, &mapping, OnTrouble::Refuse, &mut |_| {}).unwrap();
    for (_, history) in plan.histories() {
        let mut before = Stamp(i64::MIN);
        for entry in &history.entries {
            assert!(entry.at >= before, "{:?}", history.source);
            before = entry.at;
            if let Event::Resolved(resolved) = &entry.event {
                assert!(resolved.ended.is_none_or(|ended| ended <= entry.at), "{:?}", history.source);
            }
        }
    }
}

fn desk(folder: &Path) -> Store {
    let author = Author { actor: Label::soften("mia"), host: Label::soften("desk3") };
    let path = folder.join("desk.db");
    drop(Store::create(&path, "test", &author, Stamp(0)).unwrap());
    Store::open(&path, Access::Write).unwrap()
}

#[test]
fn the_real_log_is_imported_once() {
    let Some(Data { log, .. }) = data() else { return };
    let (_, mapping) = example();
    let folder = tempfile::tempdir().unwrap();
    let mut store = desk(folder.path());
    let began = std::time::Instant::now();
    let table = Table::open(&log, &mapping, &mut |_| {}).unwrap();
    let plan = Plan::new(&table, &mapping, OnTrouble::Refuse, &mut |_| {}).unwrap();
    let first = load(&plan, &mut store, ARRIVAL, &mut Patience::default(), &mut |_| {}).unwrap();
    eprintln!("imported {} events of {} tickets in {:?}", first.events, first.new, began.elapsed());
    let counts = &plan.counts;
    assert_eq!(first, Loaded { new: counts.tickets, events: counts.events, ..Loaded::default() });
    let again = load(&plan, &mut store, ARRIVAL, &mut Patience::default(), &mut |_| {}).unwrap();
    assert_eq!(again, Loaded { same: counts.tickets, ..Loaded::default() });
}
