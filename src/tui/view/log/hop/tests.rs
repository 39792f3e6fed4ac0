use super::*;
use crate::domain::clock::Clock;
use crate::domain::event::{ActKind, Deed, Rest, StepFired};
use crate::domain::text::Line;
use crate::rules::Command;
use crate::tui::sample::{NOW, escalate, life, open};

fn story(steps: Vec<(i64, &str, Command)>) -> Vec<Recorded> {
    let mut all = vec![(60, "jo", open("x", "y", "extensive", "high"))];
    all.extend(steps);
    life(7, all).log
}

fn take() -> Command {
    Command::Take { reason: None }
}

fn minutes(n: i64) -> Span {
    Span::MINUTE.times(n)
}

#[test]
fn who_took_it_and_after_how_long_stands_with_the_move() {
    let log = story(vec![(55, "jo", take()), (40, "jo", escalate()), (10, "mia", take())]);
    let hops = hops(&log);
    let told: Vec<_> = hops.iter().map(|hop| (hop.place, hop.stayed, hop.taken)).collect();
    let (jo, mia) = (Label::soften("jo"), Label::soften("mia"));
    let expected = [
        (0, None, Taken::By { owner: &jo, after: minutes(5), place: 1 }),
        (2, Some(minutes(20)), Taken::By { owner: &mia, after: minutes(30), place: 3 }),
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_nobody_took_waits_until_it_moves_on() {
    let log = story(vec![(40, "jo", escalate())]);
    let taken: Vec<_> = hops(&log).iter().map(|hop| hop.taken).collect();
    assert_eq!(taken, [Taken::Nobody(minutes(20)), Taken::Waits { since: NOW.plus(minutes(-40)) }]);
}

#[test]
fn a_release_does_not_undo_that_it_was_taken() {
    let log =
        story(vec![(55, "jo", take()), (50, "jo", Command::Release { reason: None }), (45, "mia", take())]);
    let hops = hops(&log);
    assert!(matches!(hops[0].taken, Taken::By { place: 1, .. }), "{hops:?}");
}

#[test]
fn a_step_is_late_by_what_lies_between_due_and_noticed() {
    let mut log = story(vec![(40, "jo", escalate())]);
    let name = || Line::soften("stuck");
    let mut fired = log[1].clone();
    fired.at = NOW.plus(minutes(-40));
    let did = vec![Deed { act: ActKind::Escalate, ..Deed::default() }];
    let due = NOW.plus(minutes(-52));
    let (clock, round, turn, rest) = (Some(Clock::Tier), 1, 1, Rest::new());
    fired.event = StepFired { step: name(), clock, round, turn, due, did, rest }.into();
    if let Event::Escalated(it) = &mut log[1].event {
        it.trigger = Trigger::Step(name());
    }
    assert_eq!(hops(&log)[1].late, None, "nothing says when it was due");
    log.insert(1, fired);
    assert_eq!(hops(&log)[1].late, Some(minutes(12)));
}
