use super::*;
use crate::desk::TicketView;
use crate::domain::clock::Clock;
use crate::domain::event::{ActKind, Breached, Deed, Event, Rest, StepFired, Trigger, Warned};
use crate::domain::stamp::{Span as Time, Stamp};
use crate::domain::text::{Label, Line as Text};
use crate::rules::Command;
use crate::tui::sample::{NOW, env, escalate, life, open};
use crate::tui::theme::{Charset, Palette};

fn ago(minutes: i64) -> Stamp {
    NOW.plus(Time::MINUTE.times(-minutes))
}

/// A ticket that a step of the matrix moved: when it was due, and when that was noticed.
fn moved_by_a_step(due: i64, noticed: i64) -> TicketView {
    let mut view =
        life(7, vec![(60, "jo", open("x", "y", "extensive", "high")), (noticed, "mia", escalate())]);
    let name = || Text::soften("stuck at L1");
    if let Event::Escalated(it) = &mut view.log[1].event {
        it.trigger = Trigger::Step(name());
        it.reason = Text::soften("tier clock over its limit");
    }
    let did = vec![
        Deed { act: ActKind::Escalate, to: Some(Label::soften("Network")), ..Deed::default() },
        Deed { act: ActKind::Notify, who: Some(Label::soften("supervisor")), ..Deed::default() },
    ];
    let (clock, due) = (Clock::Tier, ago(due));
    let came: [Event; 3] = [
        Warned { clock, round: 1, share: 50, due: ago(45), rest: Rest::new() }.into(),
        Breached { clock, round: 1, due, rest: Rest::new() }.into(),
        StepFired { step: name(), clock: Some(clock), round: 1, turn: 1, due, did, rest: Rest::new() }.into(),
    ];
    for (n, event) in came.into_iter().enumerate() {
        let mut recorded = view.log[n + 1].clone();
        recorded.event = event;
        recorded.at = if n == 0 { ago(45) } else { ago(noticed) };
        view.log.insert(n + 1, recorded);
    }
    view
}

fn told(view: &TicketView, depth: Depth) -> String {
    let theme = Theme::new(Palette::Mono, Charset::Unicode);
    lines(view, depth, 64, &theme, &env())
        .iter()
        .map(|line| format!("{}\n", line.to_string().trim_end()))
        .collect()
}

#[test]
fn a_step_that_nobody_was_there_to_notice_says_so() {
    insta::assert_snapshot!(told(&moved_by_a_step(30, 19), Depth::Escalations));
}

#[test]
fn what_was_noticed_at_once_is_not_called_late() {
    let page = told(&moved_by_a_step(19, 19), Depth::Escalations);
    assert!(page.contains("noticed by mia@desk3") && !page.contains(" late by"), "{page}");
}

#[test]
fn a_step_that_did_nothing_but_move_the_ticket_is_told_once() {
    let mut view = moved_by_a_step(19, 19);
    for recorded in &mut view.log {
        if let Event::StepFired(it) = &mut recorded.event {
            it.did.truncate(1);
        }
    }
    assert_eq!(told(&view, Depth::Escalations).matches("stuck at L1").count(), 1);
    assert_eq!(told(&view, Depth::Everything).matches("stuck at L1").count(), 2);
}

#[test]
fn who_took_it_stands_once_beside_the_move_or_as_an_event() {
    let take = || ("jo", Command::Take { reason: None });
    let steps = vec![
        (60, "jo", open("x", "y", "extensive", "high")),
        (50, take().0, take().1),
        (40, "jo", escalate()),
        (10, take().0, take().1),
    ];
    let view = life(7, steps);
    insta::assert_snapshot!(told(&view, Depth::Escalations));
    assert_eq!(told(&view, Depth::Everything).matches("jo took it").count(), 4);
}
