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

const LIMITS: &str = r#"
[calendars.always]
every-day = "00:00-24:00"
[targets.P1]
calendar = "always"
response = "15m"
tier = { L1 = "30m", L2 = "2h" }
"#;

fn world() -> World {
    World::with_matrix(&format!("{TEAM}{ROUTES}{LIMITS}"))
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
    #1  mia took it
    $ tierline edit 1 --category software/mail
    #1  mia changed category software/mail; escalated it by route "category:software/*", L1 Service Desk → L2 Desktop, without What was tried
    $ tierline edit 1 --category hr/pay
    #1  mia changed category hr/pay
    $ tierline log 1
    2026-11-22 10:12 CET  mia opened it by phone for Ada as P3 in L1 Service Desk
    2026-11-22 10:12 CET  mia took it
    2026-11-22 10:12 CET  mia changed category software/mail
    2026-11-22 10:12 CET  mia escalated it by route "category:software/*", L1 Service Desk → L2 Desktop, without What was tried
        its category is now software/mail
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
    #1  jo rated the hand-off poor
    $ tierline rate 1 --escalation avoidable
    #1  jo rated the hand-off poor, the escalation avoidable
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

    What was tried
      rebooted

    log
    2026-11-22 10:12 CET  mia opened it by phone for Ada as P3 in L1 Service Desk
    2026-11-22 10:12 CET  mia escalated it, L1 Service Desk → L2 Network
        beyond us
    2026-11-22 10:12 CET  jo rated the hand-off poor
        which site?
    2026-11-22 10:12 CET  jo rated the hand-off poor, the escalation avoidable
        which site?
    ");
    world.user("tess");
    world.must(&["return", "1", "--code", "avoidable"]);
    let report = world.must(&["report"]);
    assert_snapshot!(report.split_once("Rated by the receivers\n").unwrap().1, @r"
      what                  times  of      %
      hand-off poor             1   1  100.0
      escalation avoidable      1   1  100.0

    Satisfaction
      what                               tickets  mean
      last score of each ticket, 1 to 5        0   0.0

    Limits breached, as recorded
      clock     times  tickets  of    %
      response      0        0   1  0.0
      own           0        0   1  0.0
      update        0        0   1  0.0
      tier          0        0   1  0.0
      resolve       0        0   1  0.0
      confirm       0        0   1  0.0
    ");
    assert_snapshot!(world.transcript(&["rate 1 --handoff complete"]), @r"
    $ tierline rate 1 --handoff complete
    ! tierline: #1 did not come to Service Desk by an escalation
    ! help: only who has received a hand-off, and still has the ticket, can rate it
    [exit status 3]
    ");
}

#[test]
fn the_matrix_tells_where_a_ticket_would_go_and_why() {
    let world = world();
    assert_snapshot!(world.transcript(&[
        "matrix route 'VPN drops' --category network/vpn --impact extensive --urgency high",
        "matrix route 'VPN drops' category:network/vpn urgency:low",
        "matrix route mail is 'down today' prio:P1",
        "matrix route x --category software/mail --priority P9",
        "matrix route x channel:pigeon",
        "list",
    ]), @r#"
    $ tierline matrix route 'VPN drops' --category network/vpn --impact extensive --urgency high
    goes to   L2 Network, nobody's yet: by the route "network of whole sites"
    priority  P1 (extensive x high)
    promised  response 15m, tier 2h (calendar always)
    contacts  chat #net-oncall, answers within 15m
    routes    1 network of whole sites → Network: matches category:network/* prio:P1..P2
              2 category:software/* → Desktop: not asked, an earlier one matched
    $ tierline matrix route 'VPN drops' category:network/vpn urgency:low
    goes to   L1 Service Desk, nobody's yet: the default group, for no route matches
    priority  P4 (limited x low)
    promised  nothing: P4 has no limit here
    contacts  none
    routes    1 network of whole sites → Network: not prio:P1..P2, it is P4
              2 category:software/* → Desktop: not category:software/*, it is network/vpn
    $ tierline matrix route mail is 'down today' prio:P1
    goes to   L1 Service Desk, nobody's yet: the default group, for no route matches
    priority  P1 (limited x medium, against the grid)
    promised  response 15m, tier 30m (calendar always)
    contacts  none
    routes    1 network of whole sites → Network: not category:network/*, it has none
              2 category:software/* → Desktop: not category:software/*, it has none
    $ tierline matrix route x --category software/mail --priority P9
    ! tierline: there is no priority "P9"
    ! help: known: P1, P2, P3, P4
    [exit status 2]
    $ tierline matrix route x channel:pigeon
    ! tierline: channel:pigeon: known: phone, mail, chat, person, web, other
    ! help: write it like category:network/vpn or channel:mail
    [exit status 2]
    $ tierline list
    ! note: no ticket matches
    "#);
    let mut route = world.json(&["matrix", "route", "VPN drops", "--category", "network/vpn"]);
    assert_snapshot!(serde_json::to_string_pretty(&route["route"].take()).unwrap(), @r#"
    {
      "against_grid": false,
      "by": null,
      "calendar": null,
      "contacts": [],
      "group": "Service Desk",
      "impact": "limited",
      "limits": {},
      "owner": null,
      "priority": "P3",
      "routes": [
        {
          "route": "network of whole sites",
          "to": "Network",
          "unmet": [
            {
              "has": "P3",
              "term": "prio:P1..P2"
            }
          ],
          "verdict": "fails",
          "when": "category:network/* prio:P1..P2"
        },
        {
          "route": "category:software/*",
          "to": "Desktop",
          "unmet": [
            {
              "has": "network/vpn",
              "term": "category:software/*"
            }
          ],
          "verdict": "fails",
          "when": "category:software/*"
        }
      ],
      "tier": "L1",
      "urgency": "medium"
    }
    "#);
}
