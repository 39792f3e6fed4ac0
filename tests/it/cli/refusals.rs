//! Every kind of refusal and its exit status, in the words the console uses too.

use insta::assert_snapshot;

use super::{TEAM, World};

fn team() -> World {
    let world = World::with_matrix(TEAM);
    world.must(&["new", "VPN drops", "--for", "Ada Obi"]);
    world
}

#[test]
fn the_matrix_says_who_may_what() {
    let world = team();
    assert_snapshot!(world.transcript(&[
        "take 1 --as zoe",
        "take 1 --as jo",
        "assign 1 --to mia",
        "prioritise 1 --priority P1 --reason 'I say so'",
        "matrix apply",
        "list --as zoe",
    ]), @r#"
    $ tierline take 1 --as zoe
    ! tierline: zoe is not among this desk's people and can only read
    ! help: say who you are with --as NAME, or have [[people]] name = "zoe" added to the matrix
    [exit status 3]
    $ tierline take 1 --as jo
    ! tierline: #1 is in the queue of Service Desk, and jo does not work there
    ! help: leave it to somebody of Service Desk, or ask whoever may assign it
    [exit status 3]
    $ tierline assign 1 --to mia
    ! tierline: mia is analyst here, and analyst may not assign
    ! help: ask tess
    [exit status 3]
    $ tierline prioritise 1 --priority P1 --reason 'I say so'
    ! tierline: mia is analyst here, and analyst may not override-priority
    ! help: ask tess
    [exit status 3]
    $ tierline matrix apply
    ! tierline: mia is analyst here, and analyst may not apply-matrix
    ! help: ask tess
    [exit status 3]
    $ tierline list --as zoe
    #  prio  status  tier  group         owner  clock  age  requester  subject
    1  P3    open    L1    Service Desk  -      -       0s  Ada Obi    VPN drops
    "#);
}

#[test]
fn a_tickets_state_decides_what_comes_next() {
    let world = team();
    assert_snapshot!(world.transcript(&[
        "release 1",
        "resume 1",
        "confirm 1",
        "close 1",
        "reopen 1 --reason x",
        "return 1 --code done",
        "link 1 1",
        "show 99",
        "take 99",
    ]), @r#"
    $ tierline release 1
    ! tierline: #1 is nobody's; it waits in the queue of Service Desk
    ! help: there is nothing to release
    [exit status 3]
    $ tierline resume 1
    ! tierline: #1 is not waiting; it is open
    ! help: there is nothing to resume
    [exit status 3]
    $ tierline confirm 1
    ! tierline: #1 is not resolved yet
    ! help: resolve it first: root cause, resolution, outcome
    [exit status 3]
    $ tierline close 1
    ! tierline: #1 is not resolved yet
    ! help: resolve it first: root cause, resolution, outcome
    [exit status 3]
    $ tierline reopen 1 --reason x
    ! tierline: #1 is open
    ! help: there is nothing to reopen
    [exit status 3]
    $ tierline return 1 --code done
    ! tierline: #1 was not escalated from anywhere
    ! help: route it to another group if it is in the wrong queue
    [exit status 3]
    $ tierline link 1 1
    ! tierline: #1 can't be linked to itself
    ! help: name another ticket
    [exit status 3]
    $ tierline show 99
    ! tierline: there is no ticket #99
    ! help: look for it with `tierline list`
    [exit status 2]
    $ tierline take 99
    ! tierline: there is no ticket #99
    ! help: look for it with `tierline list`
    [exit status 2]
    "#);
}

#[test]
fn what_is_missing_is_named_and_nothing_is_written() {
    let world = team();
    assert_snapshot!(world.transcript(&[
        "new",
        "take",
        "escalate 1",
        "escalate 1 --reason 'needs a look'",
        "escalate 1 --reason 'needs a look' --field tried=...",
        "escalate 1 --reason 'needs a look' --despite-gaps 'no time'",
        "return 1",
        "wait 1",
        "wait 1 --on vendor --until yesterday",
        "resolve 1 --root-cause x",
        "resolve 1 --root-cause . --resolution .",
        "confirm 1 --satisfaction 9",
        "prioritise 1",
        "prioritise 1 --priority P1",
    ]), @r#"
    $ tierline new
    ! tierline: missing: --for <NAME>, <SUBJECT>
    ! help: usage: tierline new --for <NAME> <SUBJECT>
    [exit status 2]
    $ tierline take
    ! tierline: missing: <TICKET>...
    ! help: usage: tierline take <TICKET>...
    [exit status 2]
    $ tierline escalate 1
    ! tierline: missing: --reason <WHY>
    ! help: usage: tierline escalate --reason <WHY> <TICKET>...
    [exit status 2]
    $ tierline escalate 1 --reason 'needs a look'
    ! tierline: the hand-off of #1 is not complete: What was tried is missing
    !   tried: What was tried is missing
    ! help: fill in what is missing
    ! help: a field of the hand-off is given as --field NAME=TEXT
    [exit status 2]
    $ tierline escalate 1 --reason 'needs a look' --field tried=...
    ! tierline: the hand-off of #1 is not complete: "..." is no answer to What was tried
    !   tried: "..." is no answer to What was tried
    ! help: correct what does not fit
    ! help: a field of the hand-off is given as --field NAME=TEXT
    [exit status 2]
    $ tierline escalate 1 --reason 'needs a look' --despite-gaps 'no time'
    ! tierline: mia is analyst here, and analyst may not override-handoff
    ! help: ask tess
    [exit status 3]
    $ tierline return 1
    ! tierline: missing: --code <CODE>
    ! help: usage: tierline return --code <CODE> <TICKET>...
    [exit status 2]
    $ tierline wait 1
    ! tierline: missing: --on <WHAT>
    ! help: usage: tierline wait --on <WHAT> <TICKET>...
    [exit status 2]
    $ tierline wait 1 --on vendor --until yesterday
    ! tierline: --until: "yesterday" is no moment
    ! help: write it like 2d, 2wd (working days), 17:00, 2026-12-01 or "2026-12-01 09:00"
    [exit status 2]
    $ tierline resolve 1 --root-cause x
    ! tierline: missing: --resolution <TEXT>
    ! help: usage: tierline resolve --root-cause <LINE> --resolution <TEXT> <TICKET>...
    [exit status 2]
    $ tierline resolve 1 --root-cause . --resolution .
    ! tierline: the root-cause says nothing
    ! help: write what you found, in words
    [exit status 2]
    $ tierline confirm 1 --satisfaction 9
    ! tierline: #1 is not resolved yet
    ! help: resolve it first: root cause, resolution, outcome
    [exit status 3]
    $ tierline prioritise 1
    ! tierline: missing: --impact <IMPACT>, --urgency <URGENCY>, or --priority <PRIORITY> with --reason <WHY>
    ! help: give one of them at least
    [exit status 2]
    $ tierline prioritise 1 --priority P1
    ! tierline: missing: --reason <WHY>
    ! help: usage: tierline prioritise --priority <PRIORITY> --reason <WHY> <TICKET>...
    [exit status 2]
    "#);
    assert_eq!(world.must(&["log", "1"]).lines().count(), 1);
}

#[test]
fn an_unknown_name_suggests_the_nearest() {
    let world = team();
    assert_snapshot!(world.transcript(&[
        "escalate 1 --to netwrok --reason x --field tried=y",
        "route 1 --to nowhere --reason x",
        "assign 1 --to mai --as tess",
        "prioritise 1 --urgency hihg",
        "return 1 --code wrong",
        "wait 1 --on godot",
        "list 'gruop:x'",
        "list 'is:unwoned'",
        "frob",
        "tkae 1",
        "list --colour never",
    ]), @r#"
    $ tierline escalate 1 --to netwrok --reason x --field tried=y
    ! tierline: there is no group "netwrok"
    ! help: did you mean Network?
    [exit status 2]
    $ tierline route 1 --to nowhere --reason x
    ! tierline: there is no group "nowhere"
    ! help: known: Service Desk, Network, Desktop
    [exit status 2]
    $ tierline assign 1 --to mai --as tess
    ! tierline: there is no person "mai"
    ! help: known: mia, jo, tess
    [exit status 2]
    $ tierline prioritise 1 --urgency hihg
    ! tierline: there is no urgency "hihg"
    ! help: did you mean high?
    [exit status 2]
    $ tierline return 1 --code wrong
    ! tierline: invalid value 'wrong' for '--code <CODE>'
    !   [possible values: wrong-group, incomplete, avoidable, done, other]
    ! help: a similar value exists: 'wrong-group'
    [exit status 2]
    $ tierline wait 1 --on godot
    ! tierline: invalid value 'godot' for '--on <WHAT>'
    !   [possible values: requester, vendor, change, other]
    ! help: see `tierline wait --help`
    [exit status 2]
    $ tierline list 'gruop:x'
    ! tierline: that is no query
    ! gruop:x
    ! ^^^^^ no field is called "gruop": did you mean group? Quotes search the text for it
    ! help: `tierline list --help` shows the language
    [exit status 2]
    $ tierline list 'is:unwoned'
    ! tierline: that is no query
    ! is:unwoned
    !    ^^^^^^^ no state is called "unwoned": did you mean unowned?
    ! help: `tierline list --help` shows the language
    [exit status 2]
    $ tierline frob
    ! tierline: there is no verb 'frob'
    ! help: usage: tierline [OPTIONS] [VERB]
    [exit status 2]
    $ tierline tkae 1
    ! tierline: there is no verb 'tkae'
    ! help: a similar verb exists: 'take'
    [exit status 2]
    $ tierline list --colour never
    ! tierline: there is no flag --colour here
    ! help: a similar flag exists: '--color'
    [exit status 2]
    "#);
}

#[test]
fn a_read_only_desk_takes_no_commands() {
    let world = team();
    assert_snapshot!(world.transcript(&["take 1 --read-only", "list --read-only"]), @r#"
    $ tierline take 1 --read-only
    ! tierline: the desk is open for reading only: that was asked for
    ! help: start without --read-only
    [exit status 1]
    $ tierline list --read-only
    #  prio  status  tier  group         owner  clock  age  requester  subject
    1  P3    open    L1    Service Desk  -      -       0s  Ada Obi    VPN drops
    "#);
}

#[test]
fn missing_arguments_are_named_for_scripts_too() {
    let world = team();
    let error = world.json(&["resolve", "1"])["error"].clone();
    let named: Vec<&str> =
        error["missing"].as_array().unwrap().iter().filter_map(|gap| gap["field"].as_str()).collect();
    assert_eq!(named, ["--root-cause", "--resolution"], "{error}");
}

#[test]
fn a_negated_term_is_told_from_a_flag() {
    let world = World::with_desk();
    assert_snapshot!(world.transcript(&["list is:open -group:Network", "list -x", "list -- is:open -group:Network"]), @r"
    $ tierline list is:open -group:Network
    ! tierline: -group:Network reads like a flag, for it begins with `-`
    ! help: put `--` before the query: `tierline list -- -group:Network`
    [exit status 2]
    $ tierline list -x
    ! tierline: there is no flag -x here
    ! help: see `tierline list --help`; words that begin with `-` go behind a `--`
    [exit status 2]
    $ tierline list -- is:open -group:Network
    ! note: no ticket matches
    ");
}

#[test]
fn a_matrix_without_a_group_that_holds_tickets_is_refused() {
    let mut world = team();
    for _ in 0..2 {
        world.must(&["new", "VPN drops", "--for", "Ada", "--group", "Desktop"]);
    }
    world.user("tess");
    world.must(&["resolve", "3", "--root-cause", "driver", "--resolution", "replaced"]);
    let text = std::fs::read_to_string(world.path("escalation.toml")).unwrap();
    let gone = text
        .replace("[[groups]]\nname = \"Desktop\"\ntier = \"L2\"\n", "")
        .replace("[\"Network\", \"Desktop\"]", "[\"Network\"]")
        .replace("\"Network\", \"Desktop\"]", "\"Network\"]");
    std::fs::write(world.path("escalation.toml"), gone).unwrap();
    assert_snapshot!(world.transcript(&["matrix apply", "matrix apply --force", "route 2 --to 'Service Desk' --reason gone"]), @r"
    $ tierline matrix apply
    ! tierline: the new matrix has no group Desktop, which holds tickets that are not closed: #2, #3
    ! help: keep the group, route them to another first (and confirm what is resolved), or leave them there with --force
    [exit status 3]
    $ tierline matrix apply --force
    ~/escalation.toml is in force as revision 2
    2 open tickets judged anew, 0 past a limit of this matrix, 0 of the one before
    $ tierline route 2 --to 'Service Desk' --reason gone
    #2  tess routed it, L2 Desktop → L1 Service Desk
    ");
}
