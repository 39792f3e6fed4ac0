use proptest::prelude::*;

use super::life::Phase;
use super::script::{any_story, at, calendars, matrix, reads, shown, story};
use super::*;
use crate::domain::event::Event;
use crate::domain::stamp::Span;
use crate::domain::{fold, ticket};
use crate::matrix::Matrix;

/// What a clock says at a moment: its state, what it used, what is left, when it is due.
fn says(matrix: &Matrix, events: &str, clock: Clock, now: &str) -> String {
    let (events, calendars) = (story(events), calendars(matrix));
    let ground = Ground { matrix, calendars: &calendars, now: at(now) };
    let clocks = read(&events, &ground);
    let Some(reading) = clocks.get(clock) else { return "never started".to_owned() };
    let state = match reading.state {
        State::Running => "running".to_owned(),
        State::Paused(on) => format!("paused on {}", on.name()),
        State::Stopped(ending) => ending.name().to_owned(),
    };
    let left = reading.remaining().map_or("no limit".to_owned(), |left| format!("left {left}"));
    let due = reading.due().map_or(String::new(), |due| format!(", due {}", shown(due)));
    let late = reading.breached().map_or("", |_| ", breached");
    format!("{} {state}: used {}, {left}{due}{late}", reading.round.number, reading.used)
}

#[test]
fn response_runs_from_the_opening_to_the_first_contact() {
    let m = matrix();
    let open = "2026-06-01 08:00 open P1\n 2026-06-01 08:02 take\n 2026-06-01 08:03 note";
    let says = |more: &str, now| says(&m, &format!("{open}\n{more}"), Clock::Response, now);
    assert_eq!(says("", "2026-06-01 08:05"), "1 running: used 5m, left 10m, due 2026-06-01 08:15");
    assert_eq!(says("", "2026-06-01 08:15"), "1 running: used 15m, left 0s, due 2026-06-01 08:15, breached");
    let contact = "2026-06-01 08:15 contact\n 2026-06-01 09:00 contact";
    assert_eq!(says(contact, "2026-06-01 10:00"), "1 contact: used 15m, left 0s, due 2026-06-01 08:15");
    let late = "2026-06-01 08:20 contact";
    assert_eq!(
        says(late, "2026-06-01 10:00"),
        "1 contact: used 20m, left -5m, due 2026-06-01 08:15, breached"
    );
}

#[test]
fn own_runs_in_each_queue_until_somebody_takes_the_ticket() {
    let m = matrix();
    let says = |events: &str, now| says(&m, events, Clock::Own, now);
    let taken = "2026-06-01 08:00 open P1\n 2026-06-01 08:04 take";
    assert_eq!(says(taken, "2026-06-01 09:00"), "1 taken: used 4m, left 6m, due 2026-06-01 08:10");
    let up = format!("{taken}\n 2026-06-01 08:30 escalate Network");
    assert_eq!(says(&up, "2026-06-01 08:35"), "2 running: used 5m, left 5m, due 2026-06-01 08:40");
    let over = format!("{up}\n 2026-06-01 08:36 route Desktop");
    assert_eq!(says(&over, "2026-06-01 08:40"), "3 running: used 4m, left 6m, due 2026-06-01 08:46");
    let given = format!("{over}\n 2026-06-01 08:40 assign\n 2026-06-01 08:50 release");
    assert_eq!(says(&given, "2026-06-01 08:51"), "4 running: used 1m, left 9m, due 2026-06-01 09:00");
}

#[test]
fn tier_starts_anew_in_each_tier_and_not_in_each_group() {
    let m = matrix();
    let says = |events: &str, now| says(&m, events, Clock::Tier, now);
    let up = "2026-06-01 08:00 open P1\n 2026-06-01 08:25 escalate Network\n 2026-06-01 08:30 route Desktop";
    assert_eq!(says(up, "2026-06-01 08:45"), "2 running: used 20m, left 1h40m, due 2026-06-01 10:25");
    let back = format!("{up}\n 2026-06-01 09:00 return Desk");
    assert_eq!(says(&back, "2026-06-01 09:10"), "3 running: used 10m, left 20m, due 2026-06-01 09:30");
}

#[test]
fn update_runs_from_contact_to_contact_until_it_is_resolved() {
    let m = matrix();
    let says = |more: &str, now| says(&m, &format!("2026-06-01 08:00 open P1\n{more}"), Clock::Update, now);
    assert_eq!(says("", "2026-06-01 08:30"), "never started");
    let twice = "2026-06-01 08:10 contact\n 2026-06-01 08:40 contact";
    assert_eq!(says(twice, "2026-06-01 09:00"), "2 running: used 20m, left 40m, due 2026-06-01 09:40");
    let done = format!("{twice}\n 2026-06-01 09:10 resolve");
    assert_eq!(says(&done, "2026-06-01 12:00"), "2 resolved: used 30m, left 30m, due 2026-06-01 09:40");
}

#[test]
fn resolve_goes_on_where_it_stood_when_the_ticket_is_reopened() {
    let m = matrix();
    let events = "2026-06-01 08:00 open P1\n 2026-06-01 10:00 resolve\n 2026-06-01 11:00 close\n 2026-06-03 08:00 reopen";
    let says = |clock, now| says(&m, events, clock, now);
    let resolve = says(Clock::Resolve, "2026-06-03 09:00");
    assert_eq!(resolve, "1 running: used 3h, left 1h, due 2026-06-03 10:00");
    assert_eq!(says(Clock::Tier, "2026-06-03 08:10"), "2 running: used 10m, left 20m, due 2026-06-03 08:30");
    assert_eq!(says(Clock::Own, "2026-06-03 08:05"), "2 running: used 5m, left 5m, due 2026-06-03 08:10");
    let response = says(Clock::Response, "2026-06-03 08:05");
    assert_eq!(response, "1 running: used 2h05m, left -1h50m, due 2026-06-01 08:15, breached");
}

#[test]
fn confirm_runs_from_the_resolution_to_the_end() {
    let m = matrix();
    let resolved = "2026-06-01 08:00 open P1\n 2026-06-01 10:00 resolve Desk";
    let says = |more: &str, now| says(&m, &format!("{resolved}\n{more}"), Clock::Confirm, now);
    assert_eq!(says("", "2026-06-01 22:00"), "1 running: used 12h, left 12h, due 2026-06-02 10:00");
    let unreached = "2026-06-01 11:00 confirm no";
    assert_eq!(says(unreached, "2026-06-01 22:00"), "1 running: used 12h, left 12h, due 2026-06-02 10:00");
    let closed = "2026-06-01 12:00 confirm yes\n 2026-06-01 12:00 close";
    assert_eq!(says(closed, "2026-06-05 22:00"), "1 closed: used 2h, left 22h, due 2026-06-02 10:00");
    let again = "2026-06-01 12:00 reopen\n 2026-06-01 13:00 resolve";
    assert_eq!(says(again, "2026-06-01 14:00"), "2 running: used 1h, left 23h, due 2026-06-02 13:00");
}

#[test]
fn a_ticket_imported_as_closed_has_no_clock_that_runs() {
    let m = matrix();
    let (events, calendars) = (story("2026-06-01 08:00 open P1\n 2026-06-01 09:00 close"), calendars(&m));
    let clocks = read(&events, &Ground { matrix: &m, calendars: &calendars, now: at("2026-07-01 08:00") });
    assert!(clocks.readings.iter().all(|reading| reading.state == State::Stopped(life::Ending::Closed)));
    assert_eq!((clocks.in_force(), clocks.next_moment()), (None, None));
}

#[test]
fn a_priority_without_a_target_or_a_clock_without_a_limit_promises_nothing() {
    let m = matrix();
    assert_eq!(says(&m, "2026-06-01 08:00 open P4", Clock::Resolve, "2026-06-02 08:00"), "never started");
    let response = says(&m, "2026-06-01 08:00 open P3", Clock::Response, "2026-06-01 09:00");
    assert_eq!(response, "1 running: used 1h, no limit");
}

#[test]
fn working_days_are_counted_from_the_start() {
    let m = matrix();
    let says = |events: &str, now| says(&m, events, Clock::Resolve, now);
    let friday = "2026-06-05 15:00 open P3";
    assert_eq!(says(friday, "2026-06-05 16:00"), "1 running: used 1h, left 12h, due 2026-06-08 15:00");
    let waited = format!("{friday}\n 2026-06-05 16:00 wait requester\n 2026-06-06 10:00 resume");
    assert_eq!(says(&waited, "2026-06-06 10:00"), "1 running: used 1h, left 12h, due 2026-06-08 18:00");
}

#[test]
fn the_clock_in_force_is_the_next_to_fall_due() {
    let m = matrix();
    let calendars = calendars(&m);
    let force = |events: &str, now: &str| {
        let events = story(events);
        let clocks = read(&events, &Ground { matrix: &m, calendars: &calendars, now: at(now) });
        clocks.in_force().map(|reading| reading.clock)
    };
    let opened = "2026-06-01 08:00 open P1";
    assert_eq!(force(opened, "2026-06-01 08:01"), Some(Clock::Own));
    let taken = format!("{opened}\n 2026-06-01 08:02 take");
    assert_eq!(force(&taken, "2026-06-01 08:03"), Some(Clock::Response));
    let spoken = format!("{taken}\n 2026-06-01 08:10 contact");
    assert_eq!(force(&spoken, "2026-06-01 08:11"), Some(Clock::Tier));
    let up = format!("{spoken}\n 2026-06-01 08:20 escalate Network");
    assert_eq!(force(&up, "2026-06-01 09:00"), Some(Clock::Own), "overdue since 08:30");
    let done = format!("{up}\n 2026-06-01 09:00 resolve Desk");
    assert_eq!(force(&done, "2026-06-01 09:00"), Some(Clock::Confirm));
}

#[test]
fn the_next_moment_is_the_next_warning_breach_or_end_of_waiting() {
    let m = matrix();
    let calendars = calendars(&m);
    let next = |events: &str, now: Stamp| {
        let events = story(events);
        read(&events, &Ground { matrix: &m, calendars: &calendars, now }).next_moment()
    };
    let open = "2026-06-01 08:00 open P1\n 2026-06-01 08:00 take\n 2026-06-01 08:00 contact";
    let mut now = at("2026-06-01 08:00");
    for moment in ["08:15", "08:22", "08:30", "08:45", "09:00", "10:00", "11:00", "12:00"] {
        now = next(open, now).unwrap();
        assert_eq!(shown(now), format!("2026-06-01 {moment}"));
    }
    assert_eq!(next(open, now), None, "all is said");
    let next = |events: &str, now: &str| next(events, at(now)).map(shown).unwrap();
    let waits = format!("{open}\n 2026-06-01 08:10 wait requester 2026-06-01 08:20");
    assert_eq!(next(&waits, "2026-06-01 08:10"), "2026-06-01 08:20");
    assert_eq!(next(&waits, "2026-06-01 08:20"), "2026-06-01 08:30", "only the update clock goes on");
    let without = "2026-06-01 08:00 open P4\n 2026-06-01 08:10 wait other 2026-06-02 08:20";
    assert_eq!(next(without, "2026-06-01 08:10"), "2026-06-02 08:20", "no target, and yet looked at again");
}

/// Minutes that count for a clock, one at a time.
fn slow(clocks: &Lives, ground: &Ground, reading: &Reading) -> i64 {
    let minutes = (reading.round.start.0..reading.end.0).step_by(60_000).map(Stamp);
    let counts = |at: &Stamp| {
        let phase = clocks.phases.iter().rev().find(|(from, _)| from <= at).unwrap().1;
        let pauses = match phase {
            Phase::Work => false,
            Phase::Wait(on) => ground.matrix.pauses[on.name()].contains(&reading.clock),
            Phase::Settled => reading.clock != Clock::Confirm,
        };
        !pauses && reading.worktime.is_working(*at)
    };
    i64::try_from(minutes.filter(counts).count()).unwrap()
}

/// Without what `decide` never lets happen.
fn sensible(events: Vec<Recorded>) -> Vec<Recorded> {
    let mut ticket = ticket::Ticket::blank(events[0].ticket);
    let fits = |phase: ticket::Phase, event: &Event| match event {
        Event::WaitStarted(_) | Event::Routed(_) | Event::Escalated(_) | Event::Returned(_) => {
            phase.is_live()
        }
        Event::Resolved(_) => phase.is_live(),
        Event::Confirmed(_) | Event::Closed(_) => phase == ticket::Phase::Resolved,
        Event::Reopened(_) => !phase.is_live(),
        _ => phase != ticket::Phase::Closed,
    };
    let mut kept = events;
    kept.retain(|recorded| {
        let fits = fits(ticket.phase(), &recorded.event);
        if fits {
            ticket = fold::apply(ticket.clone(), recorded);
        }
        fits
    });
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_used_agrees_with_the_slow_way(lines in any_story(), later in 0i64..3_000) {
        let (events, m) = (story(&lines), matrix());
        let calendars = calendars(&m);
        let now = events.last().unwrap().at.plus(Span::MINUTE.times(later));
        let ground = Ground { matrix: &m, calendars: &calendars, now };
        let lives = Lives::of(&events);
        for course in &lives.courses {
            for reading in ground.rounds(&lives, course) {
                let whole: i64 = reading.spells.iter().map(|spell| spell.to.since(spell.from).0).sum();
                prop_assert_eq!(whole, reading.end.since(reading.round.start).0, "spells leave no gap");
                prop_assert_eq!(reading.used, Span::MINUTE.times(slow(&lives, &ground, &reading)));
                if let (Some(due), Some(left)) = (reading.due(), reading.remaining()) {
                    prop_assert_eq!(left.0 > 0, due > reading.end, "due {} left {}", shown(due), left);
                }
            }
        }
    }

    #[test]
    fn what_is_due_falls_due_when_nobody_does_anything(lines in any_story()) {
        let (events, m) = (story(&lines), matrix());
        let calendars = calendars(&m);
        let now = events.last().unwrap().at;
        let before = read(&events, &Ground { matrix: &m, calendars: &calendars, now });
        if let Some(next) = before.next_moment() {
            prop_assert!(next > now);
            let after = read(&events, &Ground { matrix: &m, calendars: &calendars, now: next });
            let told = |clocks: &Clocks| {
                let said = |r: &Reading| r.warned().count() + usize::from(r.breached().is_some());
                clocks.readings.iter().map(said).sum::<usize>()
            };
            prop_assert!(told(&after) > told(&before) || before.until == Some(next));
            let just_before = Ground { matrix: &m, calendars: &calendars, now: Stamp(next.0 - 1) };
            prop_assert_eq!(told(&read(&events, &just_before)), told(&before), "nothing happens earlier");
        }
    }

    #[test]
    fn clocks_follow_the_fold(lines in any_story()) {
        let events = sensible(story(&lines));
        let lives = Lives::of(&events);
        let ticket = fold::replay(events[0].ticket, &events);
        let settled = matches!(lives.phases.last(), Some((_, Phase::Settled)));
        prop_assert_eq!(settled, !ticket.phase().is_live());
        let runs = |clock| {
            let course = lives.courses.iter().find(|course| course.clock == clock).unwrap();
            course.rounds.last().is_some_and(|round| round.stop.is_none())
        };
        prop_assert_eq!(runs(Clock::Resolve), !settled);
        prop_assert_eq!(runs(Clock::Tier), !settled);
        prop_assert_eq!(runs(Clock::Confirm), ticket.phase() == ticket::Phase::Resolved);
        prop_assert_eq!(runs(Clock::Own), !settled && ticket.owner.is_none());
        prop_assert_eq!(runs(Clock::Response), !settled && ticket.times.first_contact.is_none());
        prop_assert_eq!(runs(Clock::Update), !settled && ticket.times.first_contact.is_some());
    }
}

#[test]
fn a_hundred_events_cost_a_few_looks_into_the_tables() {
    let m = reads(script::MATRIX);
    let calendars = calendars(&m);
    let mut lines = "2026-01-05 08:00 open P2".to_owned();
    for day in 1..=28 {
        lines.push_str(&format!("\n2026-02-{day:02} 09:00 wait requester\n2026-02-{day:02} 10:00 resume"));
        lines.push_str(&format!("\n2026-02-{day:02} 11:00 contact\n2026-02-{day:02} 11:30 note"));
    }
    let events = story(&lines);
    assert!(events.len() > 100);
    let ground = Ground { matrix: &m, calendars: &calendars, now: at("2026-03-05 08:00") };
    let looks = crate::rules::worktime::looks(|| {
        let clocks = read(&events, &ground);
        (clocks.in_force().is_some(), clocks.next_moment())
    });
    assert!((100..6_000).contains(&looks), "{looks} looks");
}
