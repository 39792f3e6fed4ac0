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
    let mut world = World::empty();
    std::fs::write(world.path("off.ics"), OFF).unwrap();
    std::fs::write(world.path("escalation.toml"), format!("{TEAM}\n{TARGETS}")).unwrap();
    world.must(&["init"]);
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
    let clocks = told["tickets"][0]["clocks"].as_array().unwrap();
    let resolve = clocks.iter().find(|story| story["clock"] == "resolve").unwrap();
    let counted = |lines: &serde_json::Value| {
        lines.as_array().unwrap().iter().map(|line| line["sum"]["counted_ms"].as_i64().unwrap()).sum::<i64>()
    };
    assert_eq!(counted(&resolve["lines"]), resolve["sum"]["counted_ms"].as_i64().unwrap());
}

#[test]
fn a_calendar_file_travels_with_the_matrix_until_another_is_applied() {
    let mut world = world();
    let before = world.must(&["explain", "1"]);
    let other = OFF.replace("20261123", "20261124");
    std::fs::write(world.path("off.ics"), other).unwrap();
    assert_eq!(world.must(&["explain", "1"]), before, "the revision in force has its own days off");
    world.user("tess");
    assert_snapshot!(world.transcript(&["list", "matrix diff", "matrix apply", "matrix diff", "matrix apply"]), @r"
    $ tierline list
    #  prio  status  tier  group         owner  clock            age  requester  subject
    1  P2    open    L1    Service Desk  mia    response -4h12m   2d  Ada Obi    VPN drops
    ! note: ~/off.ics differs from the matrix in force (revision 1); `tierline matrix diff` shows how, `tierline matrix apply` puts it into force
    $ tierline matrix diff
    off.ics: 95 days off more, 95 fewer
    $ tierline matrix apply
    ~/escalation.toml with off.ics is in force as revision 2
    1 open ticket judged anew, 1 past a limit of this matrix, 1 of the one before
    2 things done first that the matrix before had due
    $ tierline matrix diff
    ! note: ~/escalation.toml says what revision 2 says
    $ tierline matrix apply
    ~/escalation.toml with off.ics is in force as revision 2 already
    1 thing done that it had due
    ");
    assert_ne!(world.must(&["explain", "1"]), before);
    std::fs::remove_file(world.path("off.ics")).unwrap();
    assert_snapshot!(world.transcript(&["list", "matrix apply", "explain 77"]), @r"
    $ tierline list
    #  prio  status  tier  group         owner  clock         age  requester  subject
    1  P2    open    L1    Service Desk  mia    response -7h   2d  Ada Obi    VPN drops
    $ tierline matrix apply
    ! tierline: off.ics, the days off of the calendar office: No such file or directory (os error 2)
    ! help: put it beside the matrix
    [exit status 2]
    $ tierline explain 77
    ! tierline: there is no ticket #77
    ! help: look for it with `tierline list`
    [exit status 2]
    ");
    std::fs::write(world.path("off.ics"), OFF.replace("YEARLY", "WEEKLY")).unwrap();
    assert_snapshot!(world.transcript(&["matrix apply"]), @r#"
    $ tierline matrix apply
    ! tierline: off.ics, the days off of the calendar office: line 4: the rule's part "FREQ=WEEKLY" is not understood here: write the days out, one event each, or as yearly ones in the matrix (holidays = ["12-25"])
    ! help: then try again
    [exit status 2]
    "#);
}

#[test]
fn no_desk_is_made_without_the_calendar_files_of_its_matrix() {
    let world = World::empty();
    std::fs::write(world.path("escalation.toml"), format!("{TEAM}\n{TARGETS}")).unwrap();
    assert_snapshot!(world.transcript(&["init"]), @r"
    $ tierline init
    ! tierline: off.ics, the days off of the calendar office: No such file or directory (os error 2)
    ! help: put it beside the matrix
    [exit status 2]
    ");
    assert!(!world.path("desk.db").exists());
}

#[test]
fn a_check_reads_the_calendar_files_as_apply_does() {
    let world = World::empty();
    std::fs::write(world.path("escalation.toml"), format!("{TEAM}\n{TARGETS}")).unwrap();
    let check = || world.transcript(&["matrix check escalation.toml"]);
    let refused = |why: &str| {
        let found = check();
        let all = [why, "off.ics, the days off of the calendar office", ": 1 mistake", "[exit status 1]"];
        assert!(all.iter().all(|part| found.contains(part)), "{found}");
    };
    refused("No such file");
    std::fs::write(world.path("off.ics"), OFF.replace("YEARLY", "WEEKLY")).unwrap();
    refused("FREQ=WEEKLY");
    std::fs::write(world.path("off.ics"), OFF).unwrap();
    assert!(!check().contains("mistake") && !check().contains("exit status"), "{}", check());
}
