//! Whoever looks and whenever: what is due is done, once, and the fast way finds what the slow way finds.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::query::Query;
use crate::domain::stamp::Span;
use crate::rules::clocks::life::Lives;
use crate::rules::clocks::script::{any_story, any_story_within};
use crate::rules::clocks::{Ground, read};

const STEPS: [&str; 17] = [
    "when = \"age:<2h,5h..9h,>20h\"\ndo = [\"notify:supervisor\"]",
    "clock = \"tier\"\nat = \"50%\"\nwhen = \"-updated:1h..3h\"\ndo = [\"suggest\"]\nrepeat = { every = \"1h\", times = 2 }",
    "clock = \"tier\"\nat = \"50%\"\nwhen = \"tier:L1\"\ndo = [\"escalate\", \"notify:supervisor\"]",
    "clock = \"tier\"\nat = \"-10m\"\ndo = [\"notify:supervisor\"]",
    "clock = \"tier\"\nat = \"+30m\"\nwhen = \"is:unowned\"\ndo = [\"suggest\"]\nrepeat = { every = \"40m\", times = 3 }",
    "clock = \"own\"\ndo = [\"notify:supervisor\"]\nrepeat = { every = \"25m\", times = 2 }",
    "clock = \"resolve\"\nat = \"75%\"\nwhen = \"prio:P2.. age:>3h\"\ndo = [\"raise\"]",
    "clock = \"resolve\"\nat = \"+1h\"\nwhen = \"updated:>2h\"\ndo = [\"escalate:Desktop\"]\nrepeat = { every = \"1h\", times = 3 }",
    "clock = \"update\"\nwhen = \"is:owned\"\ndo = [\"release\", \"notify:supervisor\"]",
    "clock = \"confirm\"\nat = \"50%\"\ndo = [\"notify:supervisor\", \"escalate\"]",
    "when = \"age:>3h is:unowned\"\ndo = [\"suggest\", \"raise\"]",
    "when = \"updated:>8h\"\ndo = [\"notify:supervisor\"]\nrepeat = { every = \"3h\", times = 2 }",
    "when = \"reopens:>=1 age:2h..30h\"\ndo = [\"raise\", \"escalate\"]",
    "when = \"due:<30m\"\ndo = [\"notify:supervisor\"]",
    "when = \"is:breached\"\ndo = [\"release\", \"notify:supervisor\"]",
    "clock = \"resolve\"\nat = \"25%\"\nwhen = \"is:warned due:<1h\"\ndo = [\"suggest\"]",
    "when = \"is:waiting -updated:<2h\"\ndo = [\"notify:supervisor\"]",
];

fn steps() -> impl Strategy<Value = String> {
    let numbered: Vec<(usize, &str)> = STEPS.iter().copied().enumerate().collect();
    prop::sample::subsequence(numbered, 0..STEPS.len()).prop_map(|chosen| {
        let step = |(place, text): (usize, &str)| format!("[[steps]]\nname = \"Step {place}\"\n{text}\n");
        chosen.into_iter().map(step).collect()
    })
}

/// What people do, and the moments between at which somebody looks.
struct Play {
    told: Told,
    rest: std::vec::IntoIter<Recorded>,
    next: Option<Recorded>,
}

impl Play {
    fn new(steps: &str, lines: &str) -> Play {
        let mut rest = story(lines).into_iter();
        let next = rest.next();
        Play { told: Told::new(steps, ""), rest, next }
    }

    /// People go on until a moment, that moment too.
    fn until(&mut self, now: Stamp) {
        while let Some(recorded) = self.next.take_if(|next| next.at <= now) {
            self.told.push(recorded);
            self.next = self.rest.next();
        }
    }
}

fn found(told: &Told, now: Stamp) -> BTreeSet<Key> {
    let ticket = told.ticket();
    let due = Agenda::of(told.case(&ticket)).due(now);
    due.iter().map(|item| Key::of(ticket.id, item, &told.matrix)).collect()
}

fn after(told: &Told, now: Stamp) -> Option<Stamp> {
    Agenda::of(told.case(&told.ticket())).after(now)
}

/// The next full minute.
fn minute(at: Stamp) -> Stamp {
    Stamp((at.0 + 59_999).div_euclid(60_000) * 60_000)
}

/// Whether a step's condition held from its due moment on, and not before it if nothing else held the step back.
fn held_since_due(told: &Told, firing: &Firing, now: Stamp) -> Result<(), TestCaseError> {
    let Some(Event::StepFired(it)) = firing.events.first() else { return Ok(()) };
    let step = told.matrix.steps.iter().find(|step| step.name == it.step).unwrap();
    let Some(when) = &step.when else { return Ok(()) };
    let held = |at: Stamp| {
        let then: Vec<Recorded> = told.events.iter().filter(|event| event.at <= at).cloned().collect();
        slow::holds(told, &then, when as &Query, at)
    };
    let mut at = it.due;
    while at < now {
        prop_assert!(held(at), "{} at {} due {}", it.step, shown(at), shown(it.due));
        at = at.plus(Span::MINUTE.times(7));
    }
    if step.clock.is_none() && it.turn == 1 {
        let reborn =
            told.events.iter().rfind(|told| matches!(told.event, Event::Opened(_) | Event::Reopened(_)));
        let begins = reborn.is_some_and(|reborn| reborn.at == it.due);
        prop_assert!(begins || !held(Stamp(it.due.0 - 1)), "{} held before {}", it.step, shown(it.due));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn looking_when_something_comes_is_as_good_as_looking_every_minute(
        steps in steps(), lines in any_story_within(90, 8)
    ) {
        let begin = story(&lines)[0].at;
        let end = story(&lines).last().unwrap().at.plus(Span::HOUR.times(14));
        let (mut slowly, mut fast) = (Play::new(&steps, &lines), Play::new(&steps, &lines));
        let mut now = begin;
        while now <= end {
            slowly.until(now);
            prop_assert_eq!(found(&slowly.told, now), slow::due(&slowly.told, now), "at {}", shown(now));
            slowly.told.looks(now);
            now = now.plus(Span::MINUTE);
        }
        let mut now = begin;
        while now <= end {
            fast.until(now);
            fast.told.looks(now);
            let people = fast.next.as_ref().map(|next| next.at);
            let comes = fast.told.next().map(|next| minute(next).max(now.plus(Span::MINUTE)));
            let Some(next) = people.into_iter().chain(comes).min() else { break };
            now = next;
        }
        prop_assert_eq!(slowly.told.events, fast.told.events);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn looking_now_and_then_does_everything_once(
        steps in steps(), lines in any_story(), gaps in prop::collection::vec(1i64..2_000, 1..40)
    ) {
        let mut play = Play::new(&steps, &lines);
        let mut now = story(&lines)[0].at;
        let mut done = BTreeSet::new();
        for gap in gaps {
            play.until(now);
            let due = slow::due(&play.told, now);
            prop_assert_eq!(&found(&play.told, now), &due, "at {}", shown(now));
            prop_assert!(due.is_empty() || play.told.next().is_some_and(|next| next <= now), "the row's next moment");
            let before = play.told.clone();
            let firings = play.told.looks(now);
            prop_assert_eq!(firings.is_empty(), due.is_empty());
            prop_assert!(firings.len() < 40);
            for firing in &firings {
                prop_assert!(firing.due <= now && !firing.events.is_empty());
                prop_assert!(done.insert(firing.key.clone()), "{} twice", firing.key);
            }
            if let Some(first) = firings.first() {
                held_since_due(&before, first, now)?;
            }
            prop_assert!(slow::due(&play.told, now).is_empty(), "{:?} left", slow::due(&play.told, now));
            if let Some(next) = after(&play.told, now) {
                prop_assert!(slow::due(&play.told, Stamp(next.0 - 1)).is_empty(), "before {}", shown(next));
                prop_assert!(!slow::due(&play.told, next).is_empty(), "after {}", shown(now));
            }
            if before.ticket().broken_invariants().is_empty() {
                prop_assert_eq!(play.told.ticket().broken_invariants(), Vec::<&str>::new());
            }
            now = now.plus(Span::MINUTE.times(gap));
        }
        let commands: BTreeSet<CommandId> = done.iter().map(Key::command).collect();
        prop_assert_eq!(commands.len(), done.len());
    }

    #[test]
    fn nothing_comes_before_its_moment(steps in steps(), lines in any_story(), parts in prop::collection::vec(0i64..100, 4)) {
        let mut told = Told::new(&steps, &lines);
        let mut now = told.events.last().unwrap().at;
        told.looks(now);
        for _ in 0..12 {
            let Some(next) = told.next() else { break };
            prop_assert!(next > now, "nobody's time has come before {}", shown(next));
            for part in parts.iter().map(|part| Stamp(now.0 + (next.0 - 1 - now.0) / 99 * part)) {
                prop_assert!(slow::due(&told, part).is_empty(), "{:?} at {}", slow::due(&told, part), shown(part));
            }
            prop_assert!(slow::due(&told, Stamp(next.0 - 1)).is_empty());
            prop_assert!(!told.looks(next).is_empty(), "something comes at {}", shown(next));
            now = next;
        }
    }

    #[test]
    fn no_clock_minds_what_was_noticed(steps in steps(), lines in any_story(), gap in 1i64..700) {
        let mut play = Play::new(&steps, &lines);
        let mut now = story(&lines)[0].at;
        while play.next.is_some() {
            play.until(now);
            play.told.looks(now);
            now = now.plus(Span::MINUTE.times(gap));
        }
        let noticed = |event: &Event| matches!(event, Event::Warned(_) | Event::Breached(_) | Event::StepFired(_));
        let deaf: Vec<Recorded> = play.told.events.iter().filter(|told| !noticed(&told.event)).cloned().collect();
        prop_assert_eq!(Lives::of(&deaf).courses, Lives::of(&play.told.events).courses);
        let ground = Ground { matrix: &play.told.matrix, calendars: &play.told.calendars, now };
        prop_assert_eq!(read(&deaf, &ground), read(&play.told.events, &ground));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A matrix that came meanwhile disowns what was due before it, and nothing else.
    #[test]
    fn what_a_later_matrix_owns_comes_at_the_moment_that_the_row_names(
        steps in steps(), lines in any_story_within(90, 8), since in 0i64..900, minutes in prop::collection::vec(0i64..3_000, 40)
    ) {
        let mut told = Told::new(&steps, &lines);
        let (begin, last) = (told.events[0].at, told.events.last().unwrap().at);
        told.since = begin.plus(Span::MINUTE.times(since));
        let ticket = told.ticket();
        let agenda = Agenda::of(told.case(&ticket));
        let next = agenda.next();
        for now in minutes.into_iter().map(|n| last.plus(Span::MINUTE.times(n))) {
            if agenda.something(now) {
                prop_assert!(next.is_some_and(|next| next <= now), "{} of {:?}", shown(now), next.map(shown));
            }
        }
        if let Some(next) = next {
            prop_assert!(!agenda.due(next).is_empty());
        }
    }
}

#[test]
fn the_same_firing_has_the_same_command_for_everyone_for_ever() {
    let key = Key { ticket: TicketId(1042), what: "step tier P1 stuck at L1".into(), round: 2, turn: 1 };
    assert_eq!(key.to_string(), "#1042 2 1 step tier P1 stuck at L1");
    assert_eq!(key.command().to_string(), "4d6e35973ad78705bc76c8b2071b529f");
}
