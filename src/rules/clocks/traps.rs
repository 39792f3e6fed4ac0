//! The traps that other help desks fell into, each by its name.

use super::script::{MATRIX, at, calendars, matrix, reads, shown, story};
use super::*;
use crate::domain::stamp::Span;
use crate::matrix::Matrix;

fn with<T>(matrix: &Matrix, events: &str, now: &str, look: impl FnOnce(&Clocks) -> T) -> T {
    let (events, calendars) = (story(events), calendars(matrix));
    look(&read(&events, &Ground { matrix, calendars: &calendars, now: at(now) }))
}

fn hours(n: i64) -> Span {
    Span::HOUR.times(n)
}

fn due(matrix: &Matrix, events: &str, clock: Clock, now: &str) -> String {
    with(matrix, events, now, |clocks| shown(clocks.get(clock).unwrap().due().unwrap()))
}

#[test]
fn a_pause_is_not_lost_when_the_target_changes() {
    let m = matrix();
    let paused = "2026-06-01 08:00 open P2\n 2026-06-01 09:00 wait requester\n 2026-06-01 11:00 resume";
    assert_eq!(due(&m, paused, Clock::Resolve, "2026-06-01 11:00"), "2026-06-02 10:00");
    let raised = format!("{paused}\n 2026-06-01 11:30 grade P1");
    assert_eq!(
        due(&m, &raised, Clock::Resolve, "2026-06-01 11:30"),
        "2026-06-01 14:00",
        "4h, and the 2h it waited"
    );
    let while_paused = "2026-06-01 08:00 open P2\n 2026-06-01 09:00 wait requester\n 2026-06-01 10:00 grade P1\n \
                        2026-06-01 11:00 resume";
    assert_eq!(due(&m, while_paused, Clock::Resolve, "2026-06-01 11:30"), "2026-06-01 14:00");
    let shorter = reads(&MATRIX.replace("resolve = \"4h\"", "resolve = \"3h\""));
    assert_eq!(
        due(&shorter, &raised, Clock::Resolve, "2026-06-01 11:30"),
        "2026-06-01 13:00",
        "a new matrix"
    );
    let other_pauses = reads(&MATRIX.replace("\"own\", \"tier\", \"resolve\"", "\"own\", \"tier\""));
    let running = due(&other_pauses, &raised, Clock::Resolve, "2026-06-01 11:30");
    assert_eq!(running, "2026-06-01 12:00", "a matrix that doesn't pause it");
}

#[test]
fn a_change_of_the_calendar_is_as_if_it_had_always_been_so() {
    let mut text = MATRIX.replace("holidays = [\"12-25\", \"2026-11-26\"]", "holidays = [\"06-02\"]");
    let events = "2026-06-01 17:00 open P2";
    assert_eq!(due(&matrix(), events, Clock::Resolve, "2026-06-01 17:00"), "2026-06-02 17:00");
    assert_eq!(due(&reads(&text), events, Clock::Resolve, "2026-06-01 17:00"), "2026-06-03 17:00");
    text = text.replace("13:00-18:00", "13:00-19:00");
    assert_eq!(due(&reads(&text), events, Clock::Resolve, "2026-06-01 17:00"), "2026-06-03 16:00");
}

#[test]
fn a_pause_over_a_holiday_costs_only_the_hours_that_would_have_been_worked() {
    // Wednesday 15:00 to Monday 09:00 over Thanksgiving: 3 h Wednesday, 9 h Friday, 4 h Saturday, 1 h Monday.
    let events = "2026-11-25 14:00 open P2\n 2026-11-25 15:00 wait requester\n 2026-11-30 09:00 resume";
    with(&matrix(), events, "2026-11-30 10:00", |clocks| {
        let resolve = clocks.get(Clock::Resolve).unwrap();
        assert_eq!((resolve.used, resolve.remaining()), (hours(2), Some(hours(7))));
        let pause = resolve.spells[1];
        assert_eq!(
            (pause.kind, pause.worked),
            (Kind::Paused(crate::domain::event::WaitOn::Requester), hours(17))
        );
        assert_eq!(shown(resolve.due().unwrap()), "2026-11-30 18:00");
    });
}

#[test]
fn a_pause_over_a_weekend_and_a_change_of_the_clock_costs_nothing_that_is_not_worked() {
    // Sunday 2026-03-08 is an hour short in Chicago.
    let saturday = "2026-03-07 12:00 open P2\n 2026-03-07 12:30 wait requester\n 2026-03-09 08:30 resume";
    with(&matrix(), saturday, "2026-03-09 09:00", |clocks| {
        let resolve = clocks.get(Clock::Resolve).unwrap();
        assert_eq!(resolve.used, hours(1));
        assert_eq!(resolve.spells[1].worked, hours(1), "half an hour each of Saturday and Monday");
        assert_eq!(resolve.spells[1].outside(), hours(42), "of the 43 hours that passed");
    });
    let whole = saturday.replace("P2", "P1");
    with(&matrix(), &whole, "2026-03-09 09:00", |clocks| {
        assert_eq!(clocks.get(Clock::Resolve).unwrap().spells[1].worked, hours(43));
    });
}

#[test]
fn a_pause_outside_working_hours_costs_nothing() {
    let m = matrix();
    let straight = "2026-06-01 16:00 open P2";
    let paused = format!("{straight}\n 2026-06-01 19:00 wait requester\n 2026-06-02 07:00 resume");
    let both = [straight, &paused].map(|events| due(&m, events, Clock::Resolve, "2026-06-02 09:00"));
    assert_eq!(both[0], both[1]);
}

#[test]
fn a_due_time_never_lands_outside_hours() {
    let m = matrix();
    for open in
        ["2026-06-05 17:30", "2026-06-06 13:00", "2026-06-07 03:00", "2026-06-01 12:30", "2026-12-24 17:59"]
    {
        let events = format!("{open} open P2");
        with(&m, &events, open, |clocks| {
            for reading in clocks.readings.iter().filter(|reading| reading.promise.is_some()) {
                for moment in reading.warnings().map(|(_, at)| at).chain(reading.due()) {
                    let just_before = Stamp(moment.0 - 1);
                    assert!(
                        reading.worktime.is_working(just_before),
                        "{open} {:?} {}",
                        reading.clock,
                        shown(moment)
                    );
                }
            }
        });
    }
    let response = due(&m, "2026-06-05 17:30 open P2", Clock::Response, "2026-06-05 17:30");
    assert_eq!(response, "2026-06-06 09:30", "half an hour on Friday, half on Saturday");
    let raised = "2026-06-06 12:00 open P1\n 2026-06-07 03:00 grade P2";
    assert_eq!(
        due(&m, raised, Clock::Resolve, "2026-06-07 03:00"),
        "2026-06-08 17:00",
        "moved to office hours"
    );
}

#[test]
fn nothing_breaks_while_it_is_paused() {
    let events = "2026-06-01 08:00 open P1\n 2026-06-01 10:00 wait requester";
    with(&matrix(), events, "2026-06-09 08:00", |clocks| {
        let resolve = clocks.get(Clock::Resolve).unwrap();
        assert_eq!((resolve.breached(), resolve.remaining()), (None, Some(hours(2))));
        assert_eq!(shown(resolve.due().unwrap()), "2026-06-09 10:00", "if it went on counting now");
        let warned: Vec<u8> = resolve.warned().map(|(share, _)| share).collect();
        assert_eq!(warned, [50], "half was used up when the pause began");
        assert_ne!(clocks.in_force().unwrap().clock, Clock::Resolve);
    });
    let late = "2026-06-01 08:00 open P1\n 2026-06-01 13:00 wait requester";
    with(&matrix(), late, "2026-06-09 08:00", |clocks| {
        let breached = clocks.get(Clock::Resolve).unwrap().breached();
        assert_eq!(breached.map(shown).unwrap(), "2026-06-01 12:00", "broken before the pause stays broken");
    });
}

#[test]
fn the_update_clock_does_not_overrule_response() {
    let m = matrix();
    let open = "2026-06-01 08:00 open P1\n 2026-06-01 08:01 take\n 2026-06-01 08:02 note";
    with(&m, open, "2026-06-01 08:20", |clocks| {
        assert!(clocks.get(Clock::Update).is_none(), "nobody spoke yet, so nothing is to be repeated");
        assert_eq!(clocks.in_force().unwrap().clock, Clock::Response);
    });
    let spoken = format!("{open}\n 2026-06-01 08:30 contact");
    with(&m, &spoken, "2026-06-01 08:40", |clocks| {
        let response = clocks.get(Clock::Response).unwrap();
        assert!(response.breached().is_some(), "the contact came late and stays late");
        assert_eq!(clocks.in_force().unwrap().clock, Clock::Tier);
    });
}

#[test]
fn what_waits_for_the_requester_is_not_late_with_anything_that_is_paused() {
    let events = "2026-06-01 08:00 open P1\n 2026-06-01 08:01 wait requester";
    with(&matrix(), events, "2026-06-01 08:10", |clocks| {
        let states: Vec<State> = clocks.readings.iter().map(|reading| reading.state).collect();
        let paused = State::Paused(crate::domain::event::WaitOn::Requester);
        assert_eq!(states, [State::Running, paused, paused, paused], "response, own, tier, resolve");
    });
}

#[test]
fn the_second_tier_does_not_inherit_a_burnt_clock() {
    let events = "2026-06-01 08:00 open P1\n 2026-06-01 09:00 escalate Network";
    with(&matrix(), events, "2026-06-01 09:10", |clocks| {
        assert_eq!(clocks.get(Clock::Tier).unwrap().remaining(), Some(Span::MINUTE.times(110)));
    });
}

#[test]
fn a_round_that_is_over_keeps_the_promise_it_had() {
    let m = matrix();
    let (events, calendars) = (
        story("2026-06-01 08:00 open P2\n 2026-06-01 09:00 escalate Network\n 2026-06-01 09:30 grade P1"),
        calendars(&m),
    );
    let lives = Lives::of(&events);
    let ground = Ground { matrix: &m, calendars: &calendars, now: at("2026-06-01 10:00") };
    let tier = lives.courses.iter().find(|course| course.clock == Clock::Tier).unwrap();
    let spans: Vec<Span> = ground.rounds(&lives, tier).map(|reading| reading.promise.unwrap().span).collect();
    assert_eq!(spans, [hours(2), hours(2)], "L1 of P2, then L2 of P1");
}

#[test]
fn clocks_that_disagree_between_hosts_do_not_turn_time_back() {
    let events = "2026-06-01 08:00 open P1\n 2026-06-01 08:10 contact\n 2026-06-01 08:07 wait requester\n \
                  2026-06-01 08:20 resume";
    with(&matrix(), events, "2026-06-01 08:30", |clocks| {
        assert_eq!(clocks.get(Clock::Resolve).unwrap().used, Span::MINUTE.times(20));
    });
    with(&matrix(), events, "2026-06-01 07:00", |clocks| {
        assert_eq!(
            clocks.get(Clock::Resolve).unwrap().used,
            Span::MINUTE.times(10),
            "a host behind the others"
        );
    });
}

#[test]
fn a_calendar_without_any_working_time_is_refused() {
    let text = MATRIX.replace("mon-fri = \"08:00-12:00, 13:00-18:00\"\nsat = \"09:00-13:00\"", "mon = \"\"");
    let mistakes = crate::matrix::read(&text, "escalation.toml").unwrap_err();
    assert!(mistakes.iter().any(|mistake| mistake.message.contains("has no working time")), "{mistakes:?}");
}

#[test]
fn waiting_ends_at_its_end_whoever_notices_and_when() {
    let open = "2026-06-01 08:00 open P1\n 2026-06-01 08:10 wait requester 2026-06-01 09:00";
    let used = |more: &str, now: &str| {
        let (matrix, events) = (matrix(), story(&format!("{open}\n{more}")));
        let calendars = calendars(&matrix);
        let ground = Ground { matrix: &matrix, calendars: &calendars, now: at(now) };
        seen(&events, &ground).get(Clock::Resolve).unwrap().used
    };
    let hour = Span::MINUTE.times(70);
    for more in ["", "2026-06-01 09:40 resume", "2026-06-01 10:00 note", "2026-06-01 10:00 wait requester"] {
        assert_eq!(used(more, "2026-06-01 10:00"), hour, "{more}");
    }
    assert_eq!(used("2026-06-01 08:30 resume", "2026-06-01 08:40"), Span::MINUTE.times(20), "sooner by hand");
}
