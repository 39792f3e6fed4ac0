//! `explain`: the page and its JSON, with a calendar whose days off come from a file.

use insta::assert_snapshot;

use super::{TEAM, World};

const TARGETS: &str = r#"
[calendars.office]
mon-fri = "08:00-12:00, 13:00-18:00"
holidays-ics = "off.ics"

[targets.P2]
calendar = "office"
response = "2h"
own = "1h"
resolve = "1wd"
"#;

/// The Monday after the Sunday on which the world stands is a day off.
const OFF: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261123\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR\n";

const HOUR: i64 = 60;

/// A ticket opened on Sunday, looked at on Tuesday afternoon after a wait.
fn world() -> World {
    let mut world = World::with_matrix(&format!("{TEAM}\n{TARGETS}"));
    std::fs::write(world.path("off.ics"), OFF).unwrap();
    world.must(&["new", "VPN drops", "--for", "Ada Obi", "--impact", "limited", "--urgency", "high"]);
    world.later(48 * HOUR);
    world.must(&["take", "1"]);
    world.must(&["wait", "1", "--on", "requester"]);
    world.later(5 * HOUR);
    world.must(&["resume", "1"]);
    world
}

#[test]
fn the_page_tells_what_counted_and_why() {
    assert_snapshot!("explained", world().transcript(&["explain 1", "explain 1 --ascii"]));
}

#[test]
fn the_json_carries_the_same() {
    let told = world().json(&["explain", "1"]);
    assert_snapshot!("explained_json", serde_json::to_string_pretty(&told).unwrap());
    let resolve = &told["tickets"][0]["clocks"][3];
    let counted = |lines: &serde_json::Value| {
        lines.as_array().unwrap().iter().map(|line| line["sum"]["counted_ms"].as_i64().unwrap()).sum::<i64>()
    };
    assert_eq!(counted(&resolve["lines"]), resolve["sum"]["counted_ms"].as_i64().unwrap());
}

#[test]
fn a_calendar_file_that_is_missing_or_not_understood_is_named() {
    let world = world();
    std::fs::write(world.path("off.ics"), OFF.replace("YEARLY", "WEEKLY")).unwrap();
    let broken = world.transcript(&["explain 1"]);
    std::fs::remove_file(world.path("off.ics")).unwrap();
    assert_snapshot!(
        "explained_without",
        format!("{broken}{}", world.transcript(&["explain 1", "explain 77"]))
    );
}
