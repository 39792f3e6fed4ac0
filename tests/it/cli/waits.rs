//! Until when a ticket waits, as people type it.

use insta::assert_snapshot;

use super::{TEAM, World};

const MATRIX: &str = include_str!("../../../escalation.toml");

#[test]
fn working_days_are_those_of_each_tickets_own_target() {
    let world = World::with_matrix(MATRIX);
    world.must(&["new", "VPN drops", "--for", "Ada"]);
    world.must(&["new", "all down", "--for", "Bo", "--impact", "extensive", "--urgency", "high"]);
    assert_snapshot!(world.transcript(&[
        "wait 1,2 --on vendor --until 2wd",
        "wait 1 --on vendor --until 0wd",
        "wait 1,99 --on change --until 1wd",
    ]), @r#"
    $ tierline wait 1,2 --on vendor --until 2wd
    #1  mia waits on the vendor until Wed 01:00
    #2  mia waits on the vendor until Tue 10:12
    $ tierline wait 1 --on vendor --until 0wd
    ! tierline: --until: "0wd" is no moment
    ! help: write it like 2d, 2wd (working days), 17:00, 2026-12-01 or "2026-12-01 09:00"
    [exit status 2]
    $ tierline wait 1,99 --on change --until 1wd
    #1  mia waits on a change until Tue 01:00
    ! tierline: there is no ticket #99
    ! help: look for it with `tierline list`
    [exit status 2]
    "#);
}

#[test]
fn without_a_target_no_day_is_a_working_day() {
    let world = World::with_matrix(TEAM);
    world.must(&["new", "VPN drops", "--for", "Ada"]);
    assert_snapshot!(world.transcript(&["wait 1 --on vendor --until 2wd"]), @r#"
    $ tierline wait 1 --on vendor --until 2wd
    ! tierline: working days are counted in the calendar of a target, and P3, as #1 is, has none
    ! help: write it like 2d, 17:00, 2026-12-01 or "2026-12-01 09:00"
    [exit status 2]
    "#);
}

#[test]
fn a_reason_of_several_lines_is_told_to_be_one() {
    let world = World::with_matrix(TEAM);
    world.must(&["new", "VPN drops", "--for", "Ada"]);
    assert_snapshot!(world.transcript(&["wait 1 --on vendor --reason 'first\nsecond'"]), @r"
    $ tierline wait 1 --on vendor --reason 'first
    second'
    ! tierline: --reason <WHY>: it has a line break, and must be one line only: put the rest into a note
    ! help: see `tierline wait --help`
    [exit status 2]
    ");
}
