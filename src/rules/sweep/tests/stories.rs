//! Days in the life of a desk that nobody watches all the time.

use super::contract::step;
use super::*;
use crate::rules::sweep::would_do;

const WATCHED: &str = "[[steps]]\nname = \"Half\"\nclock = \"tier\"\nat = \"50%\"\nwhen = \"tier:L1\"\ndo = [\"notify:supervisor\"]\n\
    [[steps]]\nname = \"Stuck\"\nclock = \"tier\"\nwhen = \"tier:L1\"\ndo = [\"escalate\", \"notify:supervisor\"]\n\
    [[steps]]\nname = \"Stuck longer\"\nclock = \"tier\"\nat = \"+1h\"\nwhen = \"tier:L1\"\ndo = [\"notify:supervisor\"]\n\
    [[steps]]\nname = \"Nobody took it\"\nclock = \"own\"\ndo = [\"notify:supervisor\"]\nrepeat = { every = \"15m\", times = 8 }\n";

#[test]
fn a_weekend_that_nobody_watched_is_told_once_in_order_and_not_as_a_storm() {
    let mut told = Told::new(WATCHED, "2026-06-05 15:00 open P2");
    let lines = told.at("2026-06-08 08:05");
    assert_eq!(
        lines,
        [
            "breach own (1.1) due 06-05 15:30",
            "step own Nobody took it (1.1) due 06-05 15:30: notify supervisor",
            "breach response (1.1) due 06-05 16:00",
            "step tier Half (1.1) due 06-05 16:00: notify supervisor",
            "breach tier (1.1) due 06-05 17:00",
            "step tier Stuck (1.1) due 06-05 17:00: escalate Network, notify supervisor",
            "warn resolve 75 (1.1) due 06-06 12:45",
        ],
        "and the step after the one that escalated it has nothing more to say"
    );
    assert_eq!(told.at("2026-06-08 08:06"), [""; 0]);
    let next = told.at("2026-06-08 08:35");
    assert_eq!(
        next,
        [
            "breach own (2.1) due 06-08 08:35",
            "step own Nobody took it (2.1) due 06-08 08:35: notify supervisor"
        ],
        "the second tier got its full half hour"
    );
}

#[test]
fn who_escalates_by_hand_first_has_won() {
    let open = "2026-06-01 08:00 open P1\n2026-06-01 08:01 take\n2026-06-01 08:02 contact";
    let mut told = Told::new(WATCHED, open).and("2026-06-01 08:31 escalate Network");
    let lines = told.at("2026-06-01 08:32");
    assert_eq!(
        lines,
        ["breach tier (1.1) due 06-01 08:30", "warn update 50 (1.1) due 06-01 08:32"],
        "the step was due at 08:30 too, but that round is over"
    );
    assert_eq!(told.ticket().tally.escalations, 1);
}

#[test]
fn two_consoles_decide_the_same() {
    let told = Told::new(WATCHED, "2026-06-01 08:00 open P1");
    let (mut one, mut other) = (told.clone(), told);
    let now = at("2026-06-01 08:40");
    let commands = |firings: Vec<Firing>| firings.iter().map(|firing| firing.command).collect::<Vec<_>>();
    let (first, second) = (one.looks(now), other.looks(now.plus(crate::domain::stamp::Span::SECOND)));
    assert_eq!(first.iter().map(|firing| firing.seq.0).collect::<Vec<_>>().first(), Some(&1));
    assert_eq!(commands(first), commands(second));
}

#[test]
fn the_night_of_an_office_hours_target_is_quiet() {
    let mut told = Told::new(WATCHED, "2026-06-01 16:30 open P2\n2026-06-01 16:31 contact");
    let lines = told.until("2026-06-02 09:00");
    let at_night = |line: &&String| line.get(6..11).is_some_and(|time| !("08:00"..="18:00").contains(&time));
    assert_eq!(lines.iter().filter(at_night).count(), 0, "{lines:?}");
    assert!(
        lines.contains(&String::from(
            "06-02 08:00 step own Nobody took it (1.5) due 06-01 18:00: notify supervisor"
        )),
        "{lines:?}"
    );
    let round_the_clock = Told::new(WATCHED, "2026-06-01 22:00 open P1").until("2026-06-01 23:00");
    assert!(
        round_the_clock.iter().any(|line| line.contains("step own Nobody took it (1.1) due 06-01 22:10"))
    );
}

#[test]
fn a_priority_changed_in_flight_is_measured_anew_and_nothing_is_told_twice() {
    let open = "2026-06-01 08:00 open P2\n2026-06-01 08:01 take\n2026-06-01 08:02 contact";
    let mut told = Told::new(WATCHED, open);
    assert_eq!(told.at("2026-06-01 09:05"), ["step tier Half (1.1) due 06-01 09:00: notify supervisor"]);
    told = told.and("2026-06-01 09:10 grade P1");
    let lines = told.at("2026-06-01 09:11");
    assert_eq!(
        lines,
        [
            "breach update (1.1) due 06-01 09:10",
            "breach tier (1.1) due 06-01 09:10",
            "step tier Stuck (1.1) due 06-01 09:10: escalate Network, notify supervisor",
        ],
        "by the target that is in force now, and from then on"
    );
    told = told.and("2026-06-01 09:12 grade P2");
    let later = told.until("2026-06-01 18:00");
    assert!(!later.iter().any(|line| line.contains("breach tier (1") || line.contains("Half")), "{later:?}");
}

#[test]
fn a_ticket_that_is_reopened_goes_on_with_what_it_had_not_said() {
    let promise = step("Promise", "clock = \"resolve\"\nat = \"75%\"\ndo = [\"notify:supervisor\"]");
    let mut told =
        Told::new(&promise, "2026-06-01 08:00 open P1\n2026-06-01 08:01 take\n2026-06-01 08:02 contact");
    told.at("2026-06-01 10:30");
    told = told.and("2026-06-01 10:40 resolve");
    assert_eq!(told.at("2026-06-01 15:00"), [""; 0], "no clock of a resolved ticket but confirm");
    told = told.and("2026-06-01 20:00 reopen");
    let lines = told.until("2026-06-01 21:00");
    let resolve: Vec<&String> = lines.iter().filter(|line| line.contains("resolve")).collect();
    assert_eq!(
        resolve,
        [
            "06-01 20:20 warn resolve 75 (1.1) due 06-01 20:20",
            "06-01 20:20 step resolve Promise (1.1) due 06-01 20:20: notify supervisor",
        ],
        "in its first round still: half was told before"
    );
    assert!(lines.iter().any(|line| line.contains("breach tier (2.1)")), "{lines:?}");
}

#[test]
fn steps_of_the_same_moment_see_what_the_one_before_did() {
    let twice = step("First", "clock = \"tier\"\ndo = [\"escalate\"]")
        + &step("Second", "clock = \"tier\"\ndo = [\"escalate\"]");
    let mut told =
        Told::new(&twice, "2026-06-01 08:00 open P1\n2026-06-01 08:01 take\n2026-06-01 08:02 contact");
    let lines = told.at("2026-06-01 08:30");
    assert_eq!(
        lines,
        ["breach tier (1.1) due 06-01 08:30", "step tier First (1.1) due 06-01 08:30: escalate Network"]
    );
    assert_eq!(told.ticket().tally.escalations, 1);
}

#[test]
fn the_screen_is_told_what_comes_next_and_what_it_would_do() {
    let told =
        Told::new(WATCHED, "2026-06-01 08:00 open P1\n2026-06-01 08:01 take\n2026-06-01 08:02 contact");
    let ticket = told.ticket();
    let agenda = Agenda::of(told.case(&ticket));
    let steps: Vec<(&str, String)> = agenda
        .items()
        .iter()
        .filter_map(|item| Some((item, item.step(&told.matrix)?)))
        .map(|(item, step)| {
            let deeds = would_do(&ticket, step, &told.matrix, item.opens);
            (
                step.name.as_str(),
                format!("{} {}", day(item.opens), deeds.iter().map(deed).collect::<Vec<_>>().join(", ")),
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            ("Half", String::from("06-01 08:15 notify supervisor")),
            ("Stuck", String::from("06-01 08:30 escalate Network, notify supervisor")),
            ("Stuck longer", String::from("06-01 09:30 notify supervisor")),
        ]
    );
}

#[test]
fn a_ticket_of_a_hundred_events_costs_a_few_looks_into_the_tables() {
    let mut lines = "2026-01-05 08:00 open P2".to_owned();
    for day in 1..=25 {
        lines.push_str(&format!("\n2026-02-{day:02} 09:00 wait requester\n2026-02-{day:02} 10:00 resume"));
        lines.push_str(&format!("\n2026-02-{day:02} 11:00 contact\n2026-02-{day:02} 11:30 note"));
    }
    let told = Told::new(WATCHED, &lines);
    assert!(told.events.len() > 100);
    let ticket = told.ticket();
    let looks = crate::rules::worktime::looks(|| Agenda::of(told.case(&ticket)).next());
    assert!((100..8_000).contains(&looks), "{looks} looks");
}

#[test]
fn what_a_new_matrix_finds_overdue_comes_when_it_comes_into_force() {
    let mut told = Told::new(WATCHED, "2026-06-01 08:00 open P1");
    told.since = at("2026-06-01 08:31");
    let lines = told.at("2026-06-01 08:40");
    assert!(lines.len() > 3 && lines.iter().all(|line| line.contains("due 06-01 08:31")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("step tier Stuck (1.1)")), "no ticket slips: {lines:?}");
    assert!(!lines.iter().any(|line| line.contains("Stuck longer")), "due at 09:30: {lines:?}");
}

#[test]
fn what_was_over_before_a_matrix_came_was_not_its_to_keep() {
    let mut told = Told::new(WATCHED, "2026-06-01 08:00 open P1\n2026-06-01 09:00 take");
    told.since = at("2026-06-01 09:30");
    let lines = told.at("2026-06-01 09:30");
    assert!(!lines.iter().any(|line| line.contains("breach own")), "{lines:?}");
}

#[test]
fn what_a_new_matrix_found_overdue_is_told_though_its_clock_stopped_before_anybody_looked() {
    let mut told = Told::new("", "2026-06-01 08:00 open P1\n2026-06-01 08:40 take");
    told.since = at("2026-06-01 08:31");
    let lines = told.at("2026-06-01 09:00");
    assert!(lines.iter().any(|line| line == "breach own (1.1) due 06-01 08:31"), "{lines:?}");
    assert_eq!(told.at("2026-06-01 09:00"), [""; 0], "once");
}

/// Made urgent by mistake, breached by that limit at once, and put right: its own limit is still to come.
#[test]
fn a_breach_by_a_limit_that_holds_no_more_is_not_the_breach_of_the_one_that_does() {
    let mut told = Told::new("", "2026-06-01 08:00 open P2\n2026-06-01 08:01 take\n2026-06-01 08:02 contact");
    let tier = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().filter(|line| line.contains(" tier")).collect()
    };
    assert_eq!(tier(told.at("2026-06-01 08:45")), [""; 0]);
    told = told.and("2026-06-01 08:50 grade P1");
    assert_eq!(tier(told.at("2026-06-01 08:50")), ["breach tier (1.1) due 06-01 08:50"]);
    told = told.and("2026-06-01 08:55 grade P2");
    assert_eq!(tier(told.at("2026-06-01 08:56")), [""; 0]);
    let later = tier(told.at("2026-06-03 12:00"));
    assert!(later.iter().any(|line| line.starts_with("breach tier (1.2) due ")), "{later:?}");
    assert_eq!(tier(told.at("2026-06-03 13:00")), [""; 0], "once");
}

#[test]
fn what_had_to_wait_for_the_morning_counts_by_that_morning() {
    let notify = step("Old", "clock = \"tier\"\ndo = [\"suggest\"]");
    let mut told = Told::new(&notify, "2026-06-01 17:00 open P2");
    told.since = at("2026-06-01 23:00");
    let lines = told.at("2026-06-02 09:01");
    assert!(lines.iter().any(|line| line.contains("step tier Old")), "{lines:?}");
    let mut night =
        Told::new(&step("Aged", "when = \"age:>4h\"\ndo = [\"suggest\"]"), "2026-06-01 17:00 open P2");
    night.since = at("2026-06-01 23:00");
    assert!(night.at("2026-06-02 08:01").iter().any(|line| line.contains("step - Aged")), "due at 21:00");
}

#[test]
fn what_fell_due_before_a_ticket_was_brought_here_was_not_ours_to_keep() {
    let mut told = Told::new(WATCHED, "2026-06-01 08:00 open P1");
    let Event::Opened(opened) = &mut told.events[0].event else { panic!("it begins with its opening") };
    opened.brought_in = Some(at("2026-06-01 08:20"));
    assert_eq!(told.at("2026-06-01 08:20"), [""; 0], "own and response were breached elsewhere");
    assert_eq!(
        told.at("2026-06-01 08:31"),
        [
            "warn tier 75 (1.1) due 06-01 08:22",
            "breach tier (1.1) due 06-01 08:30",
            "step tier Stuck (1.1) due 06-01 08:30: escalate Network, notify supervisor",
        ][1..],
        "the tier was ours by then"
    );
}
