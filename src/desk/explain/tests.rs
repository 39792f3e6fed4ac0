//! Each page here is also documentation: what counts, what does not, and how it is told.

use insta::assert_snapshot;

use super::*;
use crate::rules::clocks::script::{at, calendars, matrix, story};

fn told(lines: &str, now: &str) -> String {
    let (events, m) = (story(lines), matrix());
    let calendars = calendars(&m);
    let told = explain(&events, &Ground { matrix: &m, calendars: &calendars, now: at(now) });
    let zone = Zone::named("America/Chicago").unwrap();
    let page = page(&told, Hand { zone: &zone, signs: Signs::Blocks, revision: 3 });
    page.into_iter().map(|(_, line)| format!("{line}\n")).collect()
}

#[test]
fn nights_and_lunch_do_not_count_and_waiting_pauses() {
    assert_snapshot!(
        "office_hours",
        told(
            "2026-06-01 11:00 open P2
         2026-06-01 11:10 take
         2026-06-01 11:20 contact
         2026-06-01 15:00 wait requester
         2026-06-02 10:00 resume",
            "2026-06-02 10:30",
        )
    );
}

#[test]
fn each_tier_has_its_own_clock_and_the_promise_to_the_requester_goes_on() {
    assert_snapshot!(
        "handed_over",
        told(
            "2026-06-01 08:00 open P1
         2026-06-01 08:03 take
         2026-06-01 08:12 contact
         2026-06-01 08:40 escalate Network
         2026-06-01 08:55 take",
            "2026-06-01 09:30",
        )
    );
}

#[test]
fn a_clock_that_waits_does_not_break_and_a_raised_priority_keeps_the_pause() {
    assert_snapshot!(
        "paused_and_raised",
        told(
            "2026-06-01 08:00 open P2
         2026-06-01 09:00 wait vendor
         2026-06-01 11:00 wait requester 2026-06-03 09:00
         2026-06-01 11:30 grade P1",
            "2026-06-01 16:00",
        )
    );
}

#[test]
fn what_was_resolved_and_reopened_goes_on_where_it_stood() {
    assert_snapshot!(
        "reopened",
        told(
            "2026-06-01 08:00 open P1
         2026-06-01 08:05 contact
         2026-06-01 09:30 resolve Desk
         2026-06-01 10:00 confirm yes
         2026-06-01 10:00 close
         2026-06-02 08:00 reopen",
            "2026-06-02 10:45",
        )
    );
}

#[test]
fn what_is_resolved_is_to_be_confirmed() {
    assert_snapshot!(
        "resolved",
        told(
            "2026-06-05 15:00 open P3
         2026-06-05 16:00 resolve Desk",
            "2026-06-08 09:00",
        )
    );
}

#[test]
fn without_a_target_nothing_counts() {
    assert_snapshot!(told("2026-06-01 08:00 open P4", "2026-06-01 09:00"),
        @"2026-06-01 09:00 CDT by matrix revision 3; no target for this priority, so no clock counts");
}

#[test]
fn strips_and_tables_fit_a_frame_of_eighty_columns() {
    let page = told("2026-06-01 08:00 open P2\n 2026-06-01 08:05 wait requester", "2026-06-11 09:00");
    let drawn =
        page.lines().filter(|line| line.contains('█') || line.contains(" CDT  ") || line.contains("passed"));
    let widths: Vec<usize> = drawn.map(|line| line.chars().count()).collect();
    assert!(widths.len() > 12 && widths.iter().all(|width| *width <= 78), "{page}");
}

#[test]
fn a_moment_with_seconds_stands_apart_from_what_happened_then() {
    let page = told("2026-06-01 08:00:07 open P2", "2026-06-01 09:00:11");
    assert!(page.contains("2026-06-01 08:00:07 CDT counting"), "{page}");
}

#[test]
fn spans_are_exact_and_never_in_days() {
    let table =
        [(0, "0s"), (5_400_000, "1h30m"), (237_600_000, "66h"), (-60_000, "-1m"), (3_601_000, "1h1s")];
    for (ms, text) in table {
        assert_eq!(hours(Span(ms)), text);
    }
}
