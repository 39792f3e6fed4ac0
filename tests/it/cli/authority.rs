//! Who is recommended where somebody may not: only people whom the same check would let do it on that ticket.

use insta::assert_snapshot;

use super::World;

const MATRIX: &str = include_str!("../../../escalation.toml");

/// Two tickets of noor's in Network, a P1 and a P4.
fn world() -> World {
    let mut world = World::with_matrix(MATRIX);
    world.user("vera");
    world.must(&[
        "new",
        "all down",
        "--for",
        "Bo",
        "--group",
        "Network",
        "--impact",
        "extensive",
        "--urgency",
        "high",
    ]);
    world.must(&["new", "VPN drops", "--for", "Ada", "--group", "Network", "--urgency", "low"]);
    world.user("noor");
    world.must(&["take", "1", "2"]);
    world.user("mia");
    world
}

#[test]
fn only_who_could_is_recommended() {
    let world = world();
    assert_snapshot!(world.transcript(&[
        "release 1",
        "release 2",
        "resolve 1 --root-cause 'dead switch' --resolution 'replaced it'",
        "assign 1 --to noor",
    ]), @r"
    $ tierline release 1
    ! tierline: mia is analyst here, and analyst may not take-over
    ! help: ask noor or vera
    [exit status 3]
    $ tierline release 2
    ! tierline: mia is analyst here, and analyst may not take-over
    ! help: ask noor or vera
    [exit status 3]
    $ tierline resolve 1 --root-cause 'dead switch' --resolution 'replaced it'
    ! tierline: analyst may resolve only prio:P3..P4, and #1 is not
    ! help: ask noor or vera
    [exit status 3]
    $ tierline assign 1 --to noor
    ! tierline: mia is analyst here, and analyst may not assign
    ! help: ask vera
    [exit status 3]
    ");
}

#[test]
fn a_bound_right_is_asked_of_the_ticket() {
    let mut world = world();
    world.must(&["release", "2", "--as", "noor"]);
    world.must(&["assign", "2", "--to", "vera", "--as", "vera"]);
    world.user("noor");
    assert_snapshot!(world.transcript(&["take 2 --reason 'vera is away'", "release 2 --as mia"]), @r"
    $ tierline take 2 --reason 'vera is away'
    ! tierline: engineer may take-over only prio:P1..P2, and #2 is not
    ! help: ask vera
    [exit status 3]
    $ tierline release 2 --as mia
    ! tierline: mia is analyst here, and analyst may not take-over
    ! help: ask vera
    [exit status 3]
    ");
}

#[test]
fn nobody_is_recommended_where_nobody_could() {
    let text = MATRIX
        .replace("[roles.supervisor]\nmay = [\"all\"]", "[roles.supervisor]\nmay = [\"open\", \"take\"]");
    let mut world = World::with_matrix(&text);
    world.user("vera");
    world.must(&["new", "printer jams", "--for", "Ada", "--group", "Desktop", "--urgency", "low"]);
    world.must(&["take", "1"]);
    world.user("sam");
    assert_snapshot!(world.transcript(&["release 1", "assign 1 --to sam"]), @r#"
    $ tierline release 1
    ! tierline: engineer may take-over only prio:P1..P2, and #1 is not
    ! help: nobody else may do that with #1 either; see [roles] in the matrix
    [exit status 3]
    $ tierline assign 1 --to sam
    ! tierline: sam is engineer here, and engineer may not assign
    ! help: no other role has "assign"; add it to a role's `may` in the matrix
    [exit status 3]
    "#);
}

#[test]
fn what_is_resolved_already_is_told_so_whoever_asks() {
    let world = world();
    world.must(&[
        "resolve",
        "1",
        "--root-cause",
        "dead switch",
        "--resolution",
        "replaced it",
        "--as",
        "noor",
    ]);
    assert_snapshot!(world.transcript(&["resolve 1 --root-cause 'dead switch' --resolution 'replaced it'"]), @r"
    $ tierline resolve 1 --root-cause 'dead switch' --resolution 'replaced it'
    ! tierline: #1 is resolved already
    ! help: confirm it with the requester, or reopen it first
    [exit status 3]
    ");
}
