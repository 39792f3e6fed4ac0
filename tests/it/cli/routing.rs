//! Where tickets go: routes on opening and on a change of category, and `matrix route`, which tells it beforehand.

use insta::assert_snapshot;

use super::{TEAM, World};

const ROUTES: &str = r#"
[[routes]]
name = "network of whole sites"
when = "category:network/* prio:P1..P2"
to = "Network"
[[routes]]
when = "category:software/*"
to = "Desktop"
"#;

fn world() -> World {
    World::with_matrix(&format!("{TEAM}{ROUTES}"))
}

#[test]
fn a_category_that_is_corrected_sends_the_ticket_where_it_belongs() {
    let world = world();
    world.must(&["new", "mail is slow", "--for", "Ada", "--category", "network/mail"]);
    assert_snapshot!(world.transcript(&[
        "take 1",
        "edit 1 --category software/mail",
        "edit 1 --category hr/pay",
        "log 1",
    ]), @r#"
    $ tierline take 1
    #1 took it
    $ tierline edit 1 --category software/mail
    #1 changed category software/mail; L1 Service Desk → L2 Desktop routed by "category:software/*"
    $ tierline edit 1 --category hr/pay
    #1 changed category hr/pay
    $ tierline log 1
    2026-11-22 10:12 CET  mia opened it by phone for Ada as P3 in L1 Service Desk
    2026-11-22 10:12 CET  mia took it
    2026-11-22 10:12 CET  mia changed category software/mail
    2026-11-22 10:12 CET  mia L1 Service Desk → L2 Desktop routed by "category:software/*"
    2026-11-22 10:12 CET  mia changed category hr/pay
    "#);
}

#[test]
fn the_receivers_say_what_they_think_of_a_hand_off() {
    let mut world = World::with_matrix(TEAM);
    world.must(&["new", "VPN drops", "--for", "Ada", "--field", "tried=rebooted"]);
    world.must(&["escalate", "1", "--to", "Network", "--reason", "beyond us"]);
    assert_snapshot!(world.transcript(&["rate 1 --handoff poor", "rate 1"]), @r"
    $ tierline rate 1 --handoff poor
    ! tierline: #1 was handed to Network, and mia does not work there
    ! help: leave it to somebody of Network
    [exit status 3]
    $ tierline rate 1
    ! tierline: missing: <--handoff <VERDICT>|--escalation <VERDICT>>
    ! help: usage: tierline rate <--handoff <VERDICT>|--escalation <VERDICT>> <TICKET>...
    [exit status 2]
    ");
    world.user("jo");
    assert_snapshot!(world.transcript(&[
        "rate 1 --handoff poor --reason 'which site?'",
        "rate 1 --escalation avoidable",
        "rate 1 --escalation avoidable",
        "show 1",
    ]), @r"
    $ tierline rate 1 --handoff poor --reason 'which site?'
    #1 rated the hand-off poor
    $ tierline rate 1 --escalation avoidable
    #1 rated the hand-off poor, the escalation avoidable
    $ tierline rate 1 --escalation avoidable
    ! tierline: that is what was said of the hand-off of #1 already
    ! help: say something else of it, or leave it
    [exit status 3]
    $ tierline show 1
    #1 VPN drops
    status      open
    priority    P3 (limited x medium)
    queue       L2 Network
    owner       nobody
    requester   Ada
    opened      2026-11-22 10:12 CET by phone
    hand-off    from L1 Service Desk by mia; jo rated the hand-off poor, the escalation avoidable
    so far      1 hand-off

    tried
      rebooted

    log
    2026-11-22 10:12 CET  mia opened it by phone for Ada as P3 in L1 Service Desk
    2026-11-22 10:12 CET  mia L1 Service Desk → L2 Network escalated
        beyond us
    2026-11-22 10:12 CET  jo rated the hand-off poor
        which site?
    2026-11-22 10:12 CET  jo rated the hand-off poor, the escalation avoidable
        which site?
    ");
    world.user("tess");
    world.must(&["return", "1", "--code", "avoidable"]);
    assert_snapshot!(world.transcript(&["rate 1 --handoff complete"]), @r"
    $ tierline rate 1 --handoff complete
    ! tierline: #1 did not come to Service Desk by an escalation
    ! help: only who has received a hand-off, and still has the ticket, can rate it
    [exit status 3]
    ");
}
