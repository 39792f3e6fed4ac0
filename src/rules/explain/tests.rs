use proptest::prelude::*;

use super::*;
use crate::rules::clocks::script::{any_story, at, calendars, matrix, story};

fn explained(lines: &str, now: Stamp) -> Explained {
    let (events, m) = (story(lines), matrix());
    let calendars = calendars(&m);
    explain(&events, &Ground { matrix: &m, calendars: &calendars, now })
}

fn strip_of(lines: &str, clock: Clock, now: &str) -> String {
    let page = explained(lines, at(now));
    let story = page.clocks.iter().find(|story| story.clock == clock).unwrap();
    story.strip.cells.iter().map(|cell| cell.sign(Signs::Ascii)).collect()
}

#[test]
fn a_strip_shows_what_happened_where_it_happened() {
    let resolve = |lines: &str, now: &str| strip_of(lines, Clock::Resolve, now);
    let open = "2026-06-01 08:00 open P1";
    assert_eq!(resolve(open, "2026-06-01 09:00"), format!("{}{}", "#".repeat(15), "-".repeat(45)));
    let waited = format!("{open}\n 2026-06-01 09:00 wait requester\n 2026-06-01 10:00 resume");
    let half = resolve(&waited, "2026-06-01 10:30");
    assert_eq!(half, format!("{}{}{}{}", "#".repeat(12), "r".repeat(12), "#".repeat(6), "-".repeat(30)));
    let late = resolve(open, "2026-06-01 14:00");
    assert_eq!(late, format!("{}!{}!{}X{}", "#".repeat(20), "#".repeat(9), "#".repeat(9), "%".repeat(19)));
    let moved = format!("{open}\n 2026-06-01 09:02 escalate Network\n 2026-06-01 10:00 resolve");
    assert!(resolve(&moved, "2026-06-09 10:00").starts_with(&format!("{}>#", "#".repeat(31))));
}

#[test]
fn a_paused_clock_in_a_calendar_shows_nights_and_why_it_waits() {
    let lines = "2026-06-01 08:00 open P2\n 2026-06-01 15:00 wait requester";
    let strip = strip_of(lines, Clock::Resolve, "2026-06-02 08:00");
    assert_eq!(strip, "##########..######rrrrrrr...................................");
}

#[test]
fn what_was_counted_leaves_a_mark_however_short_it_was() {
    // Two minutes of work within ten days of waiting.
    let lines = "2026-06-01 08:00 open P1\n 2026-06-01 08:02 wait requester\n 2026-06-06 08:00 resume\n \
                 2026-06-06 08:01 wait requester";
    let strip = strip_of(lines, Clock::Resolve, "2026-06-11 08:00");
    assert_eq!(strip, format!("#{}#{}", "r".repeat(29), "r".repeat(29)));
}

#[test]
fn briefs_put_the_clock_in_force_first_and_what_is_paused_last() {
    let (events, m) = (
        story("2026-06-01 08:00 open P1\n 2026-06-01 08:02 contact\n 2026-06-01 08:02 wait vendor"),
        matrix(),
    );
    let calendars = calendars(&m);
    let clocks = crate::rules::clocks::read(
        &events,
        &Ground { matrix: &m, calendars: &calendars, now: at("2026-06-01 08:12") },
    );
    let said: Vec<(Clock, i64)> = briefs(&clocks).iter().map(|b| (b.clock, b.left.0 / 60_000)).collect();
    assert_eq!(said, [(Clock::Own, -2), (Clock::Update, 50), (Clock::Resolve, 228), (Clock::Tier, 28)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_table_adds_up(lines in any_story(), later in 0i64..9_000_000) {
        let now = story(&lines).last().unwrap().at.plus(Span(later));
        for told in explained(&lines, now).clocks {
            let sum = told.sum;
            prop_assert_eq!(sum.passed, told.to.since(told.from), "the lines are the whole life");
            prop_assert_eq!(sum.passed.0, sum.outside.0 + sum.paused.0 + sum.counted.0);
            for line in &told.lines {
                prop_assert_eq!(line.sum.passed.0, line.sum.outside.0 + line.sum.paused.0 + line.sum.counted.0);
                prop_assert!(line.sum.passed.0 % 1_000 == 0 && line.sum.counted.0 % 1_000 == 0);
            }
            let seams = told.lines.windows(2).all(|pair| pair[0].to == pair[1].from);
            prop_assert!(seams, "each line begins where the one before has ended");
            prop_assert_eq!(told.strip.cells.len(), CELLS);
            if let Some(verdict) = told.verdict {
                prop_assert!((verdict.span.0 - verdict.left.0 - sum.counted.0).abs() < 1_000);
            }
        }
    }
}

#[test]
fn what_is_told_to_the_second_adds_up_whatever_the_milliseconds() {
    let lines = "2026-06-01 13:05 open P2
         2026-06-01 14:00 wait requester 2026-06-01 15:30
         2026-06-01 15:45 contact
         2026-06-01 19:20 wait vendor
         2026-06-02 13:10 resume";
    let (mut events, m) = (story(lines), matrix());
    for (place, recorded) in events.iter_mut().enumerate() {
        recorded.at.0 += 137 + 411 * i64::try_from(place).unwrap() % 1_000;
    }
    let calendars = calendars(&m);
    let now = Stamp(at("2026-06-02 15:00").0 + 999);
    let told = explain(&events, &Ground { matrix: &m, calendars: &calendars, now });
    for story in &told.clocks {
        let columns: [fn(&Sum) -> Span; 4] =
            [|it| it.passed, |it| it.outside, |it| it.paused, |it| it.counted];
        for column in columns {
            assert!(story.lines.iter().all(|line| column(&line.sum).0 % 1_000 == 0), "{story:?}");
            let sum: i64 = story.lines.iter().map(|line| column(&line.sum).0).sum();
            assert_eq!(sum, column(&story.sum).0, "{story:?}");
        }
        let left = story.verdict.as_ref().map(|verdict| verdict.span.0 - story.sum.counted.0);
        assert_eq!(story.verdict.as_ref().map(|verdict| verdict.left.0), left);
    }
}
