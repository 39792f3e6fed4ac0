//! `sweep` in a shell: what was due, as text and as JSON, and when to come again.

use super::World;

const MATRIX: &str = r#"
[desk]
name = "Test"
timezone = "UTC"
[[tiers]]
name = "L1"
[[tiers]]
name = "L2"
[[groups]]
name = "Desk"
tier = "L1"
escalates-to = ["Network"]
[[groups]]
name = "Network"
tier = "L2"
[priority]
levels = ["P1"]
urgency = ["high"]
impact.limited = ["P1"]
[roles.supervisor]
may = ["all"]
[targets.P1]
calendar = "always"
response = "1h"
tier = { L1 = "30m" }
warn-at = ["50%"]
[[steps]]
name = "Stuck"
clock = "tier"
do = ["escalate", "notify:supervisor"]
"#;

/// A ticket of 10:12 in Berlin.
fn world() -> World {
    let world = World::with_matrix(MATRIX);
    world.must(&["new", "--for", "Ada Obi", "VPN drops"]);
    world
}

#[test]
fn nothing_due_says_when_something_will_be() {
    insta::assert_snapshot!(world().transcript(&["sweep", "sweep --json"]));
    insta::assert_snapshot!("idle", World::with_desk().transcript(&["sweep", "sweep --json"]));
}

#[test]
fn what_is_due_is_done_told_and_done_only_once() {
    let mut world = world();
    world.later(15);
    let warned = world.transcript(&["sweep", "sweep"]);
    world.later(40);
    world.user("zoe");
    let late = world.transcript(&["sweep", "sweep", "log 1"]);
    insta::assert_snapshot!(warned + &late);
}

#[test]
fn as_json_each_thing_has_its_due_moment_the_moment_it_was_noticed_and_its_events() {
    let mut world = world();
    world.later(30);
    let swept = world.json(&["sweep"]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&swept).unwrap());
}

/// Somebody is writing a new matrix beside the desk: people are told of the mistake, and the limits are kept meanwhile.
#[test]
fn a_draft_with_mistakes_stops_people_and_not_the_matrix_in_force() {
    let mut world = world();
    std::fs::write(world.path("escalation.toml"), MATRIX.replace("\"30m\"", "\"3h\" x")).unwrap();
    world.later(40);
    let swept = world.must(&["sweep"]);
    assert!(swept.contains("step \"Stuck\"") && swept.contains("L1 Desk → L2 Network"), "{swept}");
    let refused = world.transcript(&["note 1 -m 'she called'"]);
    assert!(refused.contains("reading only") && refused.contains("exit status 1"), "{refused}");
}

#[test]
fn a_desk_that_is_only_read_is_not_swept() {
    insta::assert_snapshot!(world().transcript(&["--read-only sweep"]));
}
