//! Whole lives of tickets, as a person at a plain terminal would type them.

use insta::assert_snapshot;

use super::{TEAM, World};

#[test]
fn a_desk_is_made_once_with_its_matrix_beside_it() {
    let world = World::empty();
    assert_snapshot!(world.transcript(&["init team", "init team", "init team --desk x.db", "--desk team/desk.db list"]), @r#"
    $ tierline init team
    made ~/team/desk.db with the built-in matrix
    wrote ~/team/escalation.toml: change it, then `tierline matrix apply`
    next: `tierline new --for NAME SUBJECT` opens a ticket, `tierline` the console
    $ tierline init team
    ! tierline: ~/team/desk.db: there is something of that name
    ! help: choose another name
    [exit status 1]
    $ tierline init team --desk x.db
    ! tierline: both a folder and --desk say where the desk is to be
    ! help: give one of them
    [exit status 2]
    $ tierline --desk team/desk.db list
    ! note: no ticket matches
    "#);
    assert!(world.path("team/escalation.toml").is_file());
}

#[test]
fn a_ticket_lives_from_its_opening_to_its_end() {
    let mut world = World::with_desk();
    assert_snapshot!(world.transcript(&[
        "new 'VPN drops every ten minutes' --for 'Ada Obi' --contact '+1 555 0142' --category network/vpn --impact limited --urgency high",
        "list",
        "take 1",
        "note 1 -m 'rebooted, cable swapped'",
        "note '#1' -m 'told her we are at it' --contact phone",
        "escalate 1 --reason 'needs the firewall log'",
    ]), @r"
    $ tierline new 'VPN drops every ten minutes' --for 'Ada Obi' --contact '+1 555 0142' --category network/vpn --impact limited --urgency high
    #1  mia opened it by phone for Ada Obi as P2 in L1 Service Desk
    $ tierline list
    #  prio  status  tier  group         owner  clock        age  requester  subject
    1  P2    open    L1    Service Desk  -      response 1h   0s  Ada Obi    VPN drops every ten minutes
    $ tierline take 1
    #1  mia took it
    $ tierline note 1 -m 'rebooted, cable swapped'
    #1  mia noted
    $ tierline note '#1' -m 'told her we are at it' --contact phone
    #1  mia spoke with the requester (phone)
    $ tierline escalate 1 --reason 'needs the firewall log'
    #1  mia escalated it, L1 Service Desk → L2 Specialists
    ");
    world.later(30);
    world.user("jo");
    assert_snapshot!(world.transcript(&[
        "take 1",
        "wait 1 --on vendor --until 2d --reason 'ticket 4711 with them'",
        "list is:waiting",
        "resume 1 --reason 'they found it'",
        "return 1 --code incomplete --reason 'which gateway?'",
        "escalate 1 --to specialists --reason 'gateway 7'",
        "resolve 1 --root-cause 'MTU of gateway 7' --resolution 'set to 1400' --outcome fixed",
    ]), @r"
    $ tierline take 1
    #1  jo took it
    $ tierline wait 1 --on vendor --until 2d --reason 'ticket 4711 with them'
    #1  jo waits on the vendor until Tue 10:42
    $ tierline list is:waiting
    #  prio  status   tier  group        owner  clock         age  requester  subject
    1  P2    waiting  L2    Specialists  jo     update 3h30m  30m  Ada Obi    VPN drops every ten minutes
    $ tierline resume 1 --reason 'they found it'
    #1  jo resumed work
    $ tierline return 1 --code incomplete --reason 'which gateway?'
    #1  jo returned it (incomplete), L2 Specialists → L1 Service Desk
    $ tierline escalate 1 --to specialists --reason 'gateway 7'
    #1  jo escalated it, L1 Service Desk → L2 Specialists
    $ tierline resolve 1 --root-cause 'MTU of gateway 7' --resolution 'set to 1400' --outcome fixed
    #1  jo resolved it (fixed), to be confirmed by Service Desk
    ");
    world.later(60);
    world.user("mia");
    assert_snapshot!(world.transcript(&[
        "confirm 1 --not-reached",
        "reopen 1 --reason 'it drops again'",
        "resolve 1 --root-cause 'MTU of gateway 8' --resolution 'set to 1400 too'",
        "confirm 1 --satisfaction 4 --comment 'took long'",
        "list",
        "list is:closed",
    ]), @r"
    $ tierline confirm 1 --not-reached
    #1  mia did not reach the requester (phone)
    $ tierline reopen 1 --reason 'it drops again'
    #1  mia reopened it
    $ tierline resolve 1 --root-cause 'MTU of gateway 8' --resolution 'set to 1400 too'
    #1  mia resolved it (fixed)
    $ tierline confirm 1 --satisfaction 4 --comment 'took long'
    #1  mia confirmed it with the requester (phone, satisfaction 4 of 5); closed it (confirmed)
    $ tierline list
    ! note: no ticket matches
    $ tierline list is:closed
    #  prio  status  tier  group         owner  clock    age  requester  subject
    1  P2    closed  L1    Service Desk  -      -      1h30m  Ada Obi    VPN drops every ten minutes
    ");
    assert_snapshot!(world.transcript(&["show 1"]), @r"
    $ tierline show 1
    #1 VPN drops every ten minutes
    status      closed (confirmed), satisfaction 4 of 5; resolved (fixed) by mia, cause: MTU of gateway 8
    priority    P2 (limited x high)
    queue       L1 Service Desk
    owner       nobody
    requester   Ada Obi, +1 555 0142
    opened      2026-11-22 10:12 CET by phone
    category    network/vpn
    so far      3 hand-offs, 1 bounce, 1 reopening, 2 contacts, 1 confirmation attempt

    resolution
      set to 1400 too

    log
    2026-11-22 10:12 CET  mia opened it by phone for Ada Obi as P2 in L1 Service Desk
    2026-11-22 10:12 CET  mia took it
    2026-11-22 10:12 CET  mia noted
        rebooted, cable swapped
    2026-11-22 10:12 CET  mia spoke with the requester (phone)
        told her we are at it
    2026-11-22 10:12 CET  mia escalated it, L1 Service Desk → L2 Specialists
        needs the firewall log
    2026-11-22 10:42 CET  jo took it
    2026-11-22 10:42 CET  jo waits on the vendor until Tue 10:42
        ticket 4711 with them
    2026-11-22 10:42 CET  jo resumed work
        they found it
    2026-11-22 10:42 CET  jo returned it (incomplete), L2 Specialists → L1 Service Desk
        which gateway?
    2026-11-22 10:42 CET  jo escalated it, L1 Service Desk → L2 Specialists
        gateway 7
    2026-11-22 10:42 CET  jo resolved it (fixed), to be confirmed by Service Desk
        root cause: MTU of gateway 7
        set to 1400
    2026-11-22 11:42 CET  mia did not reach the requester (phone)
    2026-11-22 11:42 CET  mia reopened it
        it drops again
    2026-11-22 11:42 CET  mia resolved it (fixed)
        root cause: MTU of gateway 8
        set to 1400 too
    2026-11-22 11:42 CET  mia confirmed it with the requester (phone, satisfaction 4 of 5)
        took long
    2026-11-22 11:42 CET  mia closed it (confirmed)
    ");
}

#[test]
fn several_tickets_at_once_each_on_its_own() {
    let world = World::with_desk();
    world.must(&["new", "one", "--for", "Ada"]);
    world.must(&["new", "two", "--for", "Ada"]);
    assert_snapshot!(world.transcript(&["take 1,2", "take 1 2 9", "release 1", "list --ids"]), @r"
    $ tierline take 1,2
    #1  mia took it
    #2  mia took it
    $ tierline take 1 2 9
    ! tierline: #1 is yours already
    ! help: go on with it
    ! tierline: #2 is yours already
    ! help: go on with it
    ! tierline: there is no ticket #9
    ! help: look for it with `tierline list`
    [exit status 3]
    $ tierline release 1
    #1  mia released it (mia had it)
    $ tierline list --ids
    1
    2
    ");
    assert_snapshot!(world.transcript_fed("release -", b"#2\n1\n"), @r"
    $ tierline release -
    #2  mia released it (mia had it)
    ! tierline: #1 is nobody's; it waits in the queue of Service Desk
    ! help: there is nothing to release
    [exit status 3]
    ");
    assert_snapshot!(world.transcript_fed("note 2 -m -", b"line one\nline two\n"), @r"
    $ tierline note 2 -m -
    #2  mia noted
    ");
    assert_snapshot!(world.transcript(&["log 2"]), @r#"
    $ tierline log 2
    2026-11-22 10:12 CET  mia opened it by phone for Ada as P4 in L1 Service Desk
    2026-11-22 10:12 CET  mia took it
    2026-11-22 10:12 CET  mia released it (mia had it)
    2026-11-22 10:12 CET  mia noted
        line one
        line two
    "#);
}

#[test]
fn the_rest_of_a_tickets_life() {
    let world = World::with_matrix(TEAM);
    assert_snapshot!(world.transcript(&[
        "new 'Badge reader is dead' --for Facilities --impact extensive --urgency low --field 'tried=another badge'",
        "new 'Badge reader at the gate' --for 'Kim Ahn'",
        "link 2 1 --is duplicate-of",
        "link 2 1 --is duplicate-of --remove",
        "link 2 1 --remove",
        "edit 1 --subject 'Badge reader at the gate is dead' --category building/doors",
        "edit 1",
        "prioritise 1 --urgency high",
        "prioritise 1 --priority P3 --reason 'there is a second gate' --as tess",
        "assign 1 --to mia --as tess",
        "escalate 1 --call-in tess --reason 'the board is waiting'",
        "escalate 1 --to desktop --reason 'reader needs a driver'",
        "route 1 --to network --reason 'it is the switch' --as tess",
        "show 1",
        "log 1 --moves",
        "log --last 2",
    ]), @r#"
    $ tierline new 'Badge reader is dead' --for Facilities --impact extensive --urgency low --field 'tried=another badge'
    #1  mia opened it by phone for Facilities as P3 in L1 Service Desk
    $ tierline new 'Badge reader at the gate' --for 'Kim Ahn'
    #2  mia opened it by phone for Kim Ahn as P3 in L1 Service Desk
    $ tierline link 2 1 --is duplicate-of
    #2  mia linked it: duplicate-of #1
    $ tierline link 2 1 --is duplicate-of --remove
    ! tierline: the argument '--is <RELATION>' cannot be used with '--remove'
    ! help: usage: tierline link --is <RELATION> <TICKET> <OTHER>
    [exit status 2]
    $ tierline link 2 1 --remove
    #2  mia took the link to #1 away
    $ tierline edit 1 --subject 'Badge reader at the gate is dead' --category building/doors
    #1  mia changed subject "Badge reader at the gate is dead", category building/doors
    $ tierline edit 1
    ! tierline: missing: what to change
    ! help: give --subject, --description, --for, --category, --field or --clear
    [exit status 2]
    $ tierline prioritise 1 --urgency high
    #1  mia made it P1 (extensive x high)
    $ tierline prioritise 1 --priority P3 --reason 'there is a second gate' --as tess
    #1  tess made it P3 (extensive x high, against the grid)
    $ tierline assign 1 --to mia --as tess
    #1  tess assigned it to mia
    $ tierline escalate 1 --call-in tess --reason 'the board is waiting'
    #1  mia called tess in
    $ tierline escalate 1 --to desktop --reason 'reader needs a driver'
    #1  mia escalated it, L1 Service Desk → L2 Desktop
    $ tierline route 1 --to network --reason 'it is the switch' --as tess
    #1  tess routed it, L2 Desktop → L2 Network
    $ tierline show 1
    #1 Badge reader at the gate is dead
    status      open
    priority    P3 (extensive x high, against the grid)
    queue       L2 Network
    owner       nobody
    requester   Facilities
    opened      2026-11-22 10:12 CET by phone
    category    building/doors
    so far      2 hand-offs

    What was tried
      another badge

    log
    2026-11-22 10:12 CET  mia opened it by phone for Facilities as P3 in L1 Service Desk
    2026-11-22 10:12 CET  mia linked it: duplicated-by #2
    2026-11-22 10:12 CET  mia took the link to #2 away
    2026-11-22 10:12 CET  mia changed subject "Badge reader at the gate is dead", category building/doors
    2026-11-22 10:12 CET  mia made it P1 (extensive x high)
    2026-11-22 10:12 CET  tess made it P3 (extensive x high, against the grid)
        there is a second gate
    2026-11-22 10:12 CET  tess assigned it to mia
    2026-11-22 10:12 CET  mia called tess in
        the board is waiting
    2026-11-22 10:12 CET  mia escalated it, L1 Service Desk → L2 Desktop
        reader needs a driver
    2026-11-22 10:12 CET  tess routed it, L2 Desktop → L2 Network
        it is the switch
    $ tierline log 1 --moves
    2026-11-22 10:12 CET  mia called tess in
        the board is waiting
    2026-11-22 10:12 CET  mia escalated it, L1 Service Desk → L2 Desktop
        reader needs a driver
    2026-11-22 10:12 CET  tess routed it, L2 Desktop → L2 Network
        it is the switch
    $ tierline log --last 2
        #1 2026-11-22 10:12 CET  mia escalated it, L1 Service Desk → L2 Desktop
        reader needs a driver
        #1 2026-11-22 10:12 CET  tess routed it, L2 Desktop → L2 Network
        it is the switch
    "#);
}

#[test]
fn the_supervisors_two_minutes() {
    let mut world = World::with_desk();
    assert_snapshot!(world.transcript(&["review"]), @r#"
    $ tierline review
    Help Desk at 2026-11-22 10:12 CET
    nothing needs you now
    "#);
    world.must(&[
        "new",
        "Payroll export fails since the update of last night",
        "--for",
        "Payroll",
        "--impact",
        "extensive",
        "--urgency",
        "high",
    ]);
    world.must(&["new", "New laptop", "--for", "Kim Ahn"]);
    world.must(&["new", "Printer jams", "--for", "Ada Obi"]);
    world.must(&["wait", "2", "--on", "vendor", "--until", "1h"]);
    world.must(&["resolve", "3", "--root-cause", "worn roller", "--resolution", "replaced"]);
    world.later(60 * 24 * 4);
    assert_snapshot!(world.transcript(&["review"]), @r#"
    $ tierline review
    Help Desk at 2026-11-26 10:12 CET

    a clock is breached: 2
    #  prio  tier  group         owner  clock          age  subject
    1  P1    L1    Service Desk  -      response -95h   4d  Payroll export fails si…
    2  P4    L1    Service Desk  -      response -88h   4d  New laptop

    P1 and P2, nobody's: 1
    #  prio  tier  group         owner  clock          age  subject
    1  P1    L1    Service Desk  -      response -95h   4d  Payroll export fails si…

    resolved over two days ago, not confirmed: 1
    #  prio  tier  group         owner  clock  age  subject
    3  P4    L1    Service Desk  -      -       4d  Printer jams

    nobody's for over a day: 1
    #  prio  tier  group         owner  clock          age  subject
    1  P1    L1    Service Desk  -      response -95h   4d  Payroll export fails si…

    nothing happened for three days: 1
    #  prio  tier  group         owner  clock          age  subject
    1  P1    L1    Service Desk  -      response -95h   4d  Payroll export fails si…

    open in L1, the oldest first: 2
    #  prio  tier  group         owner  clock          age  subject
    1  P1    L1    Service Desk  -      response -95h   4d  Payroll export fails si…
    2  P4    L1    Service Desk  -      response -88h   4d  New laptop
    "#);
}

#[test]
fn what_was_closed_too_long_ago_goes_on_in_a_new_ticket() {
    let mut world =
        World::with_matrix(&format!("{TEAM}\n[closing]\nattempts = 1\nreopen-within = \"14d\"\n"));
    world.must(&[
        "new",
        "VPN drops",
        "--for",
        "Ada",
        "--category",
        "network/vpn",
        "--field",
        "tried=rebooted",
    ]);
    world.must(&["resolve", "1", "--root-cause", "a switch", "--resolution", "a new one"]);
    world.user("tess");
    world.must(&["confirm", "1", "--satisfaction", "5"]);
    world.later(15 * 24 * 60);
    assert_snapshot!(world.transcript(&["reopen 1 --reason 'drops again'", "show 2", "reopen 1 --reason again", "list is:closed"]), @r"
    $ tierline reopen 1 --reason 'drops again'
    #2  tess opened it by phone for Ada as P3 in L1 Service Desk; linked it: follows #1; noted
    ! note: #1 was closed too long ago to be reopened: #2 goes on with it
    $ tierline show 2
    #2 VPN drops
    status      open
    priority    P3 (limited x medium)
    queue       L1 Service Desk
    owner       nobody
    requester   Ada
    opened      2026-12-07 10:12 CET by phone
    category    network/vpn
    links       follows #1

    next: L2 Network
      chat #net-oncall, answers within 15m
      hand-off 0 of 1: What was tried is missing

    next: L2 Desktop
      hand-off 0 of 1: What was tried is missing

    log
    2026-12-07 10:12 CET  tess opened it by phone for Ada as P3 in L1 Service Desk
    2026-12-07 10:12 CET  tess linked it: follows #1
    2026-12-07 10:12 CET  tess noted
        drops again
    $ tierline reopen 1 --reason again
    ! tierline: #1 was closed too long ago to be reopened, and #2 goes on with it
    ! help: look at #2
    [exit status 3]
    $ tierline list is:closed
    #  prio  status  tier  group         owner  clock  age  requester  subject
    1  P3    closed  L1    Service Desk  -      -      15d  Ada        VPN drops
    ");
}
