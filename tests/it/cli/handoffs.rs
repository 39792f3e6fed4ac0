//! What a hand-off lacks is told all at once, however it was answered.

use insta::assert_snapshot;

use super::World;

const MATRIX: &str = include_str!("../../../escalation.toml");

fn world() -> World {
    let world = World::with_matrix(MATRIX);
    world.must(&["new", "VPN drops", "--for", "Ada Obi"]);
    world
}

#[test]
fn every_gap_is_named_at_once() {
    let world = world();
    assert_snapshot!(world.transcript(&[
        "escalate 1 --to Network --field 'tried= ... ' --field 'address= ' --field site-down=maybe --reason x",
        "escalate 1 --to Network --field tried=rebooted --field address= --field site-down=no --reason x",
    ]), @r#"
    $ tierline escalate 1 --to Network --field 'tried= ... ' --field 'address= ' --field site-down=maybe --reason x
    ! tierline: the hand-off of #1 is not complete: "..." is no answer to What was tried, Network address is missing, Whole site down? must be yes or no
    !   tried: "..." is no answer to What was tried
    !   address: Network address is missing
    !   site-down: Whole site down? must be yes or no
    ! help: fill in what is missing and correct what does not fit
    ! help: a field of the hand-off is given as --field NAME=TEXT
    [exit status 2]
    $ tierline escalate 1 --to Network --field tried=rebooted --field address= --field site-down=no --reason x
    ! tierline: the hand-off of #1 is not complete: Network address is missing
    !   address: Network address is missing
    ! help: fill in what is missing
    ! help: a field of the hand-off is given as --field NAME=TEXT
    [exit status 2]
    "#);
    let told = world.json(&["escalate", "1", "--to", "Network", "--field", "tried=?!", "--reason", "x"]);
    assert_eq!(told["error"]["missing"].as_array().unwrap().len(), 3, "{told}");
    assert_eq!(world.must(&["log", "1"]).lines().count(), 1);
}

#[test]
fn a_reason_to_go_despite_gaps_has_to_say_something() {
    let mut world = world();
    world.user("vera");
    assert_snapshot!(world.transcript(&[
        "escalate 1 --to Network --field tried=rebooted --despite-gaps ' . ' --reason x",
        "escalate 1 --to Desktop --field tried=rebooted --despite-gaps ' . ' --reason x",
        "escalate 1 --to Network --field tried=rebooted --despite-gaps 'site is dark' --reason x",
    ]), @r"
    $ tierline escalate 1 --to Network --field tried=rebooted --despite-gaps ' . ' --reason x
    ! tierline: the hand-off of #1 is not complete: Network address is missing, Whole site down? is missing, and the reason to go despite the gaps says nothing
    !   address: Network address is missing
    !   site-down: Whole site down? is missing
    !   despite-gaps: the reason to go despite the gaps says nothing
    ! help: fill in what is missing
    ! help: a field of the hand-off is given as --field NAME=TEXT
    [exit status 2]
    $ tierline escalate 1 --to Desktop --field tried=rebooted --despite-gaps ' . ' --reason x
    ! tierline: the reason to go despite the gaps says nothing
    ! help: say why, in words, or leave it out
    [exit status 2]
    $ tierline escalate 1 --to Network --field tried=rebooted --despite-gaps 'site is dark' --reason x
    #1  vera escalated it, L1 Service Desk → L2 Network, without Network address, Whole site down?
    ");
}

#[test]
fn an_empty_answer_that_nobody_asked_for_stays_out_of_the_log() {
    let world = world();
    assert_snapshot!(world.transcript(&[
        "escalate 1 --to Desktop --field tried=rebooted --field address= --reason x",
    ]), @r"
    $ tierline escalate 1 --to Desktop --field tried=rebooted --field address= --reason x
    ! tierline: the answer to address is empty
    ! help: write something, or leave the field out
    [exit status 2]
    ");
    assert_eq!(world.must(&["log", "1"]).lines().count(), 1);
}
