//! What `matrix apply` tells of what it did to the desk.

use insta::assert_snapshot;

use super::World;

const MATRIX: &str = r#"
[desk]
name = "Test"
timezone = "UTC"
[[tiers]]
name = "L1"
[[groups]]
name = "Desk"
tier = "L1"
[priority]
levels = ["P1"]
urgency = ["high"]
impact.limited = ["P1"]
[targets.P1]
calendar = "always"
response = "1h"
resolve = "8h"
warn-at = ["50%"]
"#;

/// Two open tickets, of 10:12 and 12:12; it is 12:12, so the first one's response is late and nobody noticed.
fn world() -> World {
    let mut world = World::with_matrix(MATRIX);
    world.must(&["new", "VPN drops", "--for", "Ada"]);
    world.later(120);
    world.must(&["new", "mail is slow", "--for", "Bo"]);
    let tighter = MATRIX.replace("resolve = \"8h\"", "resolve = \"2h\"");
    std::fs::write(world.path("escalation.toml"), tighter).unwrap();
    world
}

#[test]
fn the_open_tickets_and_what_was_due_before_are_counted() {
    assert_snapshot!(world().transcript(&["matrix apply", "matrix apply", "list is:breached"]), @r"
    $ tierline matrix apply
    ~/escalation.toml is in force as revision 2
    2 open tickets judged anew, 1 past a limit of this matrix, 1 of the one before
    1 thing done first that the matrix before had due
    $ tierline matrix apply
    ~/escalation.toml is in force as revision 2 already
    1 thing done that it had due
    $ tierline list is:breached
    #  prio  status  tier  group  owner  clock         age  requester  subject
    1  P1    open    L1    Desk   -      response -1h   2h  Ada        VPN drops
    ");
}

#[test]
fn scripts_get_the_same_numbers() {
    assert_snapshot!(world().json(&["matrix", "apply"])["applied"].as_object().unwrap().iter()
        .filter(|(name, _)| *name != "file")
        .map(|(name, value)| format!("{name} {value}\n")).collect::<String>(), @r"
    breached 1
    breached_before 1
    done_before 1
    new true
    open 2
    revision 2
    ");
}
