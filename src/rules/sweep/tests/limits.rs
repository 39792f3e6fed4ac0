//! Limits that change under a ticket: priorities, matrices and calendars that come and go, seen by consoles whose clocks
//! differ. Each limit is kept, and told once.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::stamp::Span;
use crate::domain::ticket::Phase;
use crate::rules::clocks::life::Lives;
use crate::rules::clocks::script::{any_story_within, calendars};
use crate::rules::clocks::{Ground, Reading, State, read};

const STEPS: &str = "[[steps]]\nname = \"Stuck\"\nclock = \"tier\"\ndo = [\"notify:supervisor\"]\n\
    repeat = { every = \"40m\", times = 2 }\n\
    [[steps]]\nname = \"Late\"\nwhen = \"is:breached\"\ndo = [\"notify:supervisor\"]\n";

/// The matrix of the clocks' tests, and others with longer and shorter limits and other hours.
fn matrices() -> Vec<Matrix> {
    let changed: [&[(&str, &str)]; 6] = [
        &[],
        &[
            ("[targets.P1]\ncalendar = \"always\"", "[targets.P1]\ncalendar = \"office\""),
            ("confirm = \"1d\"", "confirm = \"8h\""),
        ],
        &[
            ("[targets.P2]\ncalendar = \"office\"", "[targets.P2]\ncalendar = \"always\""),
            ("confirm = \"9h\"", "confirm = \"2d\""),
        ],
        &[
            (
                "tier = { L1 = \"2h\", L2 = \"5h\" }",
                "tier = { L1 = \"20m\", L2 = \"30m\" }\nwarn-at = [\"25%\", \"90%\"]",
            ),
            ("tier = { L1 = \"30m\", L2 = \"2h\" }", "tier = { L1 = \"10m\", L2 = \"20m\" }"),
        ],
        &[(
            "own = \"10m\"\nupdate = \"1h\"\nresolve = \"4h\"",
            "own = \"30m\"\nupdate = \"20m\"\nresolve = \"8h\"",
        )],
        &[("requester = [\"own\", \"tier\", \"resolve\"]", "requester = [\"update\"]")],
    ];
    let read = |changes: &&[(&str, &str)]| {
        let text = changes.iter().fold(String::from(MATRIX), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        reads(&format!("{text}\n[roles.supervisor]\nmay = [\"take\"]\n{STEPS}"))
    };
    changed.iter().map(read).collect()
}

/// What happens after some minutes.
#[derive(Debug, Clone, Copy)]
enum Act {
    /// A console looks whose clock is so many minutes behind.
    Look(i64),
    /// One of the matrices comes into force, what its predecessor has due being done first.
    Apply(usize),
}

fn acts() -> impl Strategy<Value = Vec<(i64, Act)>> {
    let act = prop_oneof![3 => (0i64..30).prop_map(Act::Look), 1 => (0usize..6).prop_map(Act::Apply)];
    prop::collection::vec((1i64..180, act), 1..30)
}

/// Whether the log tells of a breach of that round by the limit that it has.
fn is_told(told: &Told, reading: &Reading) -> bool {
    let Some(due) = reading.due() else { return true };
    told.events.iter().any(|it| match &it.event {
        Event::Breached(breach) => {
            (breach.clock, breach.round) == (reading.clock, u32::from(reading.round.number))
                && it.at.max(breach.due) >= due
        }
        _ => false,
    })
}

/// Rounds that broke their limit and of which nobody told, but for those that were over before the matrix came.
fn untold(told: &Told, now: Stamp) -> Vec<String> {
    if told.ticket().phase() == Phase::Closed {
        return Vec::new();
    }
    let ground = Ground { matrix: &told.matrix, calendars: &told.calendars, now };
    let lives = Lives::of(&told.events);
    let over = lives.courses.iter().flat_map(|course| ground.rounds(&lives, course));
    let over = over.filter(|it| matches!(it.state, State::Stopped(_)) && it.end > told.since);
    let running = read(&told.events, &ground).readings.into_iter().filter(|it| it.state == State::Running);
    let broken = over.chain(running).filter(|it| it.breached().is_some() && !is_told(told, it));
    broken
        .map(|it| format!("{} {}, due {:?}", it.clock.name(), it.round.number, it.due().map(shown)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn each_limit_is_kept_and_told_once_whatever_matrix_comes_and_whatever_the_time_is_elsewhere(
        lines in any_story_within(90, 12), acts in acts()
    ) {
        let matrices = matrices();
        let mut rest = story(&lines).into_iter().peekable();
        let mut told = Told::new(STEPS, "");
        let (mut now, mut done) = (story(&lines)[0].at, BTreeSet::new());
        for (minutes, act) in acts {
            now = now.plus(Span::MINUTE.times(minutes));
            while let Some(recorded) = rest.next_if(|next| next.at <= now) {
                told.push(recorded);
            }
            let seen = match act {
                Act::Look(behind) => now.plus(Span::MINUTE.times(-behind)),
                Act::Apply(_) => now,
            };
            let (ticket, first) = (told.ticket(), told.next());
            let something = Agenda::of(told.case(&ticket)).something(seen);
            let firings = told.looks(seen);
            let least = seen.max(Lives::of(&told.events).latest);
            prop_assert!(!something || first.is_some_and(|first| first <= least), "the row's next moment");
            prop_assert_eq!(told.looks(seen).len(), 0, "at {}", shown(seen));
            // Where it is not night yet, a step may still come.
            let elsewhere = told.looks(seen.plus(Span::HOUR.times(-1)));
            prop_assert!(elsewhere.iter().all(|firing| firing.key.what.starts_with("step")));
            for firing in firings.iter().chain(&elsewhere) {
                prop_assert!(done.insert(firing.key.clone()), "{} twice", firing.key);
            }
            prop_assert_eq!(untold(&told, seen), [""; 0], "at {}", shown(seen));
            if let Act::Apply(place) = act {
                (told.matrix, told.since) = (matrices[place].clone(), now);
                told.calendars = calendars(&told.matrix);
            }
        }
    }

    /// Nothing but the moment at which it came into force tells a matrix from itself.
    #[test]
    fn a_matrix_that_is_applied_once_more_has_nothing_to_do(lines in any_story_within(90, 12), gap in 1i64..400) {
        let mut told = Told::new(STEPS, &lines);
        let mut now = told.events.last().unwrap().at;
        for _ in 0..12 {
            told.looks(now);
            let before = Agenda::of(told.case(&told.ticket())).after(now);
            told.since = now;
            prop_assert_eq!(told.looks(now).len(), 0, "at {}", shown(now));
            prop_assert_eq!(Agenda::of(told.case(&told.ticket())).after(now), before);
            now = now.plus(Span::MINUTE.times(gap));
        }
    }
}
