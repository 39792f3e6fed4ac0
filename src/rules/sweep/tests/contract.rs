//! Each rule of when something comes, and what it does, one test each.

use super::*;

/// A step of this name; the rest as the matrix writes it.
pub fn step(name: &str, rest: &str) -> String {
    format!("[[steps]]\nname = \"{name}\"\n{rest}\n")
}

/// Taken and answered, so that only tier, update and resolve run; all of them far from their limits.
const OPEN: &str = "2026-06-01 08:00 open P1\n2026-06-01 08:01 take\n2026-06-01 08:02 contact";

/// What is due of the steps alone.
fn steps(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().filter(|line| line.contains("step ")).collect()
}

#[test]
fn a_clock_warns_and_breaks_once() {
    let mut told = Told::new("", OPEN);
    let lines = told.until("2026-06-01 10:00");
    assert_eq!(
        lines,
        [
            "06-01 08:15 warn tier 50 (1.1) due 06-01 08:15",
            "06-01 08:22 warn tier 75 (1.1) due 06-01 08:22",
            "06-01 08:30 breach tier (1.1) due 06-01 08:30",
            "06-01 08:32 warn update 50 (1.1) due 06-01 08:32",
            "06-01 08:47 warn update 75 (1.1) due 06-01 08:47",
            "06-01 09:02 breach update (1.1) due 06-01 09:02",
            "06-01 10:00 warn resolve 50 (1.1) due 06-01 10:00",
        ]
    );
    assert_eq!(told.at("2026-06-01 10:30"), [""; 0]);
}

#[test]
fn of_warnings_that_nobody_saw_only_the_latest_is_told_and_none_after_the_breach() {
    let told = Told::new("", OPEN);
    assert_eq!(told.clone().at("2026-06-01 08:25"), ["warn tier 75 (1.1) due 06-01 08:22"]);
    let after = told.clone().and("2026-06-01 08:50 note").at("2026-06-01 08:50");
    assert_eq!(after, ["breach tier (1.1) due 06-01 08:30", "warn update 75 (1.1) due 06-01 08:47"]);
    let mut late = told;
    late.at("2026-06-01 08:50");
    assert_eq!(late.at("2026-06-01 08:51"), [""; 0], "a lower share is not told later");
}

#[test]
fn a_round_that_is_over_gives_nothing_more_but_the_breach_that_nobody_noticed() {
    let over = [
        (
            "2026-06-01 09:10 escalate Network",
            ["breach tier (1.1) due 06-01 08:30", "breach update (1.1) due 06-01 09:02"].as_slice(),
        ),
        (
            "2026-06-01 09:10 resolve",
            &["breach tier (1.1) due 06-01 08:30", "breach update (1.1) due 06-01 09:02"],
        ),
        (
            "2026-06-01 09:10 contact",
            &[
                "breach tier (1.1) due 06-01 08:30",
                "step tier Stuck (1.1) due 06-01 08:30: suggest Network",
                "breach update (1.1) due 06-01 09:02",
            ],
        ),
    ];
    for (line, rest) in over {
        let mut told = Told::new(&step("Stuck", "clock = \"tier\"\ndo = [\"suggest\"]"), OPEN).and(line);
        assert_eq!(told.at("2026-06-01 09:10"), rest, "{line}");
    }
}

#[test]
fn steps_fire_once_each_at_their_point_in_the_order_in_which_they_are_due() {
    let table = [
        ("at = \"50%\"", "08:15"),
        ("at = \"75%\"", "08:22"),
        ("at = \"-10m\"", "08:20"),
        ("", "08:30"),
        ("at = \"100%\"", "08:30"),
        ("at = \"+5m\"", "08:35"),
        ("at = \"200%\"", "09:00"),
        ("at = \"-2h\"", "08:00"),
    ];
    for (at, due) in table {
        let notify = step("S", &format!("clock = \"tier\"\n{at}\ndo = [\"notify:supervisor\"]"));
        let lines = steps(Told::new(&notify, OPEN).until("2026-06-01 12:00"));
        let when = if due == "08:00" { "08:02" } else { due };
        assert_eq!(lines, [format!("06-01 {when} step tier S (1.1) due 06-01 {due}: notify supervisor")]);
    }
    let both = table
        .iter()
        .enumerate()
        .map(|(n, (at, _))| step(&format!("S{n}"), &format!("clock = \"tier\"\n{at}\ndo = [\"suggest\"]")));
    let mut told = Told::new(&both.collect::<String>(), OPEN);
    let order: Vec<String> =
        steps(told.at("2026-06-01 10:00")).iter().map(|line| line.get(10..12).unwrap().to_owned()).collect();
    assert_eq!(order, ["S7", "S0", "S2", "S1", "S3", "S4", "S5", "S6"]);
    assert_eq!(steps(told.at("2026-06-01 10:01")), [""; 0]);
}

#[test]
fn a_step_waits_for_its_condition_and_says_since_when_it_holds() {
    let owned = step("S", "clock = \"tier\"\nwhen = \"is:unowned\"\ndo = [\"notify:supervisor\"]");
    let told = Told::new(&owned, OPEN);
    assert_eq!(steps(told.clone().until("2026-06-01 12:00")), [""; 0]);
    let mut late = told.and("2026-06-01 09:10 release\n2026-06-01 09:20 note");
    let expected = ["step tier S (1.1) due 06-01 09:10: notify supervisor"];
    assert_eq!(steps(late.clone().at("2026-06-01 11:00")), expected, "not since the point was reached");
    late = late.and("2026-06-01 09:30 take\n2026-06-01 09:40 release");
    let expected = ["step tier S (1.1) due 06-01 09:40: notify supervisor"];
    assert_eq!(steps(late.at("2026-06-01 11:00")), expected, "since it held the last time");
}

#[test]
fn time_alone_makes_a_condition_hold() {
    let table = [
        ("age:>2h", "10:00"),
        ("age:>=2h", "10:00"),
        ("updated:>1h", "09:02"),
        ("-updated:<=1h", "09:02"),
        ("age:>1h is:owned updated:>2h", "10:02"),
        ("age:1h..3h", "09:00"),
        ("reopens:0 is:open", "08:00"),
        ("opened:2026-06-01 prio:P1", "08:00"),
        ("age:>2h is:unowned", "never"),
        ("age:>2h age:<1h", "never"),
        ("is:waiting", "never"),
    ];
    for (when, due) in table {
        let told = Told::new(&step("S", &format!("when = \"{when}\"\ndo = [\"notify:supervisor\"]")), OPEN);
        let lines = steps(told.clone().until("2026-06-02 12:00"));
        match due {
            "never" => assert_eq!(lines, [""; 0], "{when}"),
            due => {
                assert_eq!(lines.len(), 1, "{when}: {lines:?}");
                assert!(
                    lines[0].ends_with(&format!("due 06-01 {due}: notify supervisor")),
                    "{when}: {lines:?}"
                );
            }
        }
    }
}

#[test]
fn a_step_without_a_clock_keeps_to_the_hours_of_its_ticket_too_and_acts_only_while_there_is_work() {
    let old = step("Old", "when = \"age:>12h\"\ndo = [\"suggest\"]");
    let lines = steps(Told::new(&old, "2026-06-01 12:00 open P2").until("2026-06-02 12:00"));
    assert_eq!(lines, ["06-02 08:00 step - Old (1.1) due 06-02 00:00: suggest Network"]);
    let lines = steps(Told::new(&old, "2026-06-01 12:00 open P1").until("2026-06-02 12:00"));
    assert_eq!(lines, ["06-02 00:00 step - Old (1.1) due 06-02 00:00: suggest Network"], "round the clock");
    for end in ["2026-06-01 13:00 resolve", "2026-06-01 13:00 close"] {
        let told = Told::new(&old, "2026-06-01 12:00 open P2").and(end);
        assert_eq!(steps(told.clone().until("2026-06-02 12:00")), [""; 0], "{end}");
    }
    let waits = Told::new(&old, "2026-06-01 12:00 open P2\n2026-06-01 13:00 wait vendor");
    assert_eq!(steps(waits.clone().until("2026-06-02 12:00")).len(), 1);
}

#[test]
fn counts_make_a_step_fire_once_in_each_life_of_the_ticket() {
    let again = step("Again", "when = \"reopens:>=1\"\ndo = [\"raise\", \"notify:supervisor\"]");
    let mut told = Told::new(&again, "2026-06-01 08:00 open P2\n2026-06-01 09:00 resolve");
    assert_eq!(steps(told.at("2026-06-01 09:30")), [""; 0]);
    told = told.and("2026-06-01 10:00 reopen");
    let first = ["step - Again (2.1) due 06-01 10:00: raise P1, notify supervisor"];
    assert_eq!(steps(told.at("2026-06-01 10:05")), first);
    assert_eq!(steps(told.at("2026-06-01 10:06")), [""; 0]);
    told = told.and("2026-06-01 11:00 resolve\n2026-06-01 12:00 reopen");
    let second =
        ["step - Again (3.1) due 06-01 12:00: raise [P1 is the highest priority], notify supervisor"];
    assert_eq!(steps(told.at("2026-06-01 12:05")), second);
}

#[test]
fn a_repeat_counts_from_when_the_last_turn_was_really_done() {
    let nag = "clock = \"tier\"\ndo = [\"notify:supervisor\"]\nrepeat = { every = \"30m\", times = 2 }";
    let mut told = Told::new(&step("Nag", nag), OPEN);
    assert_eq!(
        steps(told.at("2026-06-01 11:00")),
        ["step tier Nag (1.1) due 06-01 08:30: notify supervisor"]
    );
    assert_eq!(steps(told.at("2026-06-01 11:29")), [""; 0], "three were missed, and none is made up for");
    assert_eq!(
        steps(told.at("2026-06-01 11:40")),
        ["step tier Nag (1.2) due 06-01 11:30: notify supervisor"]
    );
    assert_eq!(
        steps(told.at("2026-06-01 12:20")),
        ["step tier Nag (1.3) due 06-01 12:10: notify supervisor"]
    );
    assert_eq!(steps(told.at("2026-06-02 12:20")), [""; 0], "twice more, and no more");
}

#[test]
fn a_repeat_ends_with_its_round_and_with_its_condition() {
    let nag =
        "clock = \"own\"\nwhen = \"tier:L1\"\ndo = [\"suggest\"]\nrepeat = { every = \"10m\", times = 9 }";
    let open = Told::new(&step("Nag", nag), "2026-06-01 08:00 open P1");
    let turns = |line: &str| {
        let mut told = open.clone();
        told.at("2026-06-01 08:10");
        told.at("2026-06-01 08:20");
        told = told.and(line);
        steps(told.until("2026-06-01 09:00")).len()
    };
    assert_eq!(turns("2026-06-01 08:21 note"), 4);
    assert_eq!(turns("2026-06-01 08:21 take"), 0);
    assert_eq!(turns("2026-06-01 08:21 escalate Network"), 0);
}

#[test]
fn working_hours_are_kept_when_a_step_fires_and_its_repeats_count_in_them() {
    let nag = "clock = \"tier\"\ndo = [\"notify:supervisor\"]\nrepeat = { every = \"2h\", times = 2 }";
    // Office hours on Monday to Friday: 08:00-12:00, 13:00-18:00; Saturday 09:00-13:00.
    let mut told = Told::new(&step("Nag", nag), "2026-06-05 15:00 open P2");
    assert_eq!(steps(told.at("2026-06-05 20:00")), [""; 0], "due at 17:00, but now it is night");
    assert_eq!(steps(told.at("2026-06-06 08:59")), [""; 0]);
    assert_eq!(
        steps(told.until("2026-06-09 12:00")),
        [
            "06-06 09:00 step tier Nag (1.1) due 06-05 17:00: notify supervisor",
            "06-06 11:00 step tier Nag (1.2) due 06-06 11:00: notify supervisor",
            "06-08 08:00 step tier Nag (1.3) due 06-06 13:00: notify supervisor",
        ]
    );
}

#[test]
fn a_paused_clock_gives_what_it_had_come_to_and_no_more() {
    let nag = "clock = \"tier\"\nat = \"50%\"\ndo = [\"suggest\"]\nrepeat = { every = \"20m\", times = 5 }";
    let waits = "2026-06-01 08:20 wait requester 2026-06-01 12:00";
    let mut told = Told::new(&step("Nag", nag), OPEN).and(waits);
    let lines = told.at("2026-06-01 08:30");
    let reached =
        ["step tier Nag (1.1) due 06-01 08:15: suggest Network", "warn tier 50 (1.1) due 06-01 08:15"];
    assert_eq!(lines, ["warn tier 50 (1.1) due 06-01 08:15", reached[0]]);
    assert_eq!(told.at("2026-06-01 08:45"), ["warn update 50 (1.1) due 06-01 08:32"], "which nothing pauses");
    told.at("2026-06-01 11:00");
    assert_eq!(told.at("2026-06-01 11:59"), [""; 0]);
    assert_eq!(
        told.at("2026-06-01 12:02"),
        ["resume (1.1) due 06-01 12:00", "step tier Nag (1.2) due 06-01 12:00: suggest Network"]
    );
    assert_eq!(told.at("2026-06-01 12:03"), ["warn tier 75 (1.1) due 06-01 12:02"]);
}

#[test]
fn the_clocks_go_on_from_when_waiting_was_over_though_nobody_looked() {
    let waits = "2026-06-01 08:20 wait requester 2026-06-01 09:00";
    let mut told = Told::new("", OPEN).and(waits);
    told.at("2026-06-01 08:59");
    assert_eq!(
        told.at("2026-06-01 09:40"),
        [
            "resume (1.1) due 06-01 09:00",
            "breach update (1.1) due 06-01 09:02",
            "breach tier (1.1) due 06-01 09:10"
        ]
    );
    told = told.and("2026-06-01 09:41 wait vendor 2026-06-01 09:45");
    assert_eq!(told.at("2026-06-01 09:45"), ["resume (2.1) due 06-01 09:45"]);
}

#[test]
fn what_a_step_does_is_told_and_done() {
    let table = [
        ("escalate", "escalate Network", "L2 Network"),
        ("escalate:Desktop", "escalate Desktop", "L2 Desktop"),
        ("release", "release noor", "nobody's"),
        ("raise", "raise P1", "P1"),
        ("suggest", "suggest Network", ""),
        ("notify:supervisor", "notify supervisor", ""),
    ];
    for (act, did, after) in table {
        let one = step("S", &format!("clock = \"tier\"\ndo = [\"{act}\"]"));
        let mut told = Told::new(&one, "2026-06-01 08:00 open P2\n2026-06-01 08:01 take");
        let (before, updated) = (told.ticket(), told.ticket().times.updated);
        assert_eq!(steps(told.at("2026-06-01 10:30")), [format!("step tier S (1.1) due 06-01 10:00: {did}")]);
        let ticket = told.ticket();
        let state = [
            format!("{} {}", ticket.place.queue.tier, ticket.place.queue.group),
            ticket.owner_name().map_or("nobody's".into(), str::to_owned),
            ticket.grade.priority.as_str().to_owned(),
        ];
        let was = [String::from("L1 Desk"), String::from("noor"), String::from("P2")];
        let changed: Vec<&String> =
            state.iter().zip(&was).filter(|(now, was)| now != was).map(|(now, _)| now).collect();
        match after {
            "" => assert_eq!(Ticket { seq: before.seq, ..ticket }, before, "{act}"),
            after => assert!(changed.first().is_some_and(|changed| *changed == after), "{act}: {changed:?}"),
        }
        assert_eq!(told.ticket().times.updated == updated, after.is_empty(), "{act}");
    }
}

#[test]
fn what_a_step_can_not_do_is_told_with_the_reason_and_the_rest_is_done() {
    let all = "do = [\"escalate\", \"release\", \"raise\", \"escalate:Desk\", \"escalate:Network\", \"notify:supervisor\"]";
    let mut told = Told::new(
        &step("S", &format!("clock = \"own\"\nwhen = \"tier:L2\"\n{all}")),
        "2026-06-01 08:00 open P1\n2026-06-01 08:05 escalate Network",
    );
    let lines = steps(told.at("2026-06-01 08:16"));
    assert_eq!(lines.len(), 1);
    for part in [
        "escalate [the matrix has no way up from Network (L2)]",
        "release [#7 is nobody's; it waits in the queue of Network]",
        "raise [P1 is the highest priority]",
        "escalate Desk [Desk (L1) is not above Network (L2)]",
        "escalate Network [#7 is in the queue of Network already]",
        "notify supervisor",
    ] {
        assert!(lines[0].contains(part), "{part}: {}", lines[0]);
    }
    assert!(told.ticket().owner.is_none() && told.ticket().tally.escalations == 1);
    let late = step("Late", "clock = \"confirm\"\nat = \"50%\"\ndo = [\"escalate\"]");
    let mut resolved = Told::new(&late, "2026-06-01 08:00 open P1\n2026-06-01 09:00 resolve");
    let lines = resolved.at("2026-06-02 00:00");
    assert!(lines.iter().any(|line| line.contains("escalate [#7 is resolved]")), "{lines:?}");
}

#[test]
fn a_hand_off_with_gaps_goes_all_the_same_and_the_gaps_are_told() {
    let handoff = "[handoff.default]\nrequire = [\"summary\", \"tried\", \"address\"]\n[fields.address]\nlabel = \"Address\"\n";
    let stuck = format!("{handoff}{}", step("Stuck", "clock = \"tier\"\ndo = [\"escalate\"]"));
    let mut told =
        Told::new(&stuck, "2026-06-01 08:00 open P1\n2026-06-01 08:01 take\n2026-06-01 08:02 contact");
    let firings = told.looks(at("2026-06-01 08:31"));
    let escalated = firings.iter().flat_map(|firing| &firing.events).find_map(|event| match event {
        Event::Escalated(it) => Some(it),
        _ => None,
    });
    let escalated = escalated.unwrap();
    let gap = escalated.gap.as_ref().unwrap();
    let missing: Vec<&str> = gap.missing.iter().map(Label::as_str).collect();
    assert_eq!((missing, gap.reason.as_str()), (vec!["tried", "address"], "Stuck"));
    assert_eq!(escalated.handoff.keys().map(Label::as_str).collect::<Vec<_>>(), ["summary"]);
    assert_eq!(
        escalated.trigger,
        crate::domain::event::Trigger::Step(crate::domain::text::Line::soften("Stuck"))
    );
    assert_eq!(escalated.reason.as_str(), "due when the tier limit is reached");
}

#[test]
fn nobody_needs_a_right_to_notice() {
    let people =
        "[roles.nobody]\nmay = []\n[[people]]\nname = \"sam\"\nrole = \"nobody\"\ngroups = [\"Desk\"]\n";
    let all = step("S", "clock = \"tier\"\ndo = [\"raise\", \"escalate\"]");
    let mut told = Told::new(&format!("{people}{all}"), "2026-06-01 08:00 open P2");
    assert_eq!(
        steps(told.at("2026-06-01 10:00")),
        ["step tier S (1.1) due 06-01 10:00: raise P1, escalate Network"]
    );
    assert!(told.events.iter().rev().take(3).all(|event| event.author.actor == *"sam"));
}
