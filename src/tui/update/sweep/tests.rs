use super::*;
use crate::domain::stamp::Stamp;
use crate::tui::env::Standing;
use crate::tui::msg::{Msg, News};
use crate::tui::sample::{NOW, Play};

fn play() -> Play {
    let mut play = Play::with(2, (120, 40)).opened();
    play.env.jitter = Span(1_700);
    play.done();
    play
}

/// After what time the timer was set, and how often a sweep was ordered, since this was last asked.
fn done(play: &mut Play) -> (Option<Span>, usize) {
    let effects = play.done();
    let timer = |effect: &Effect| match effect {
        Effect::Timer(Timer::Sweep, after) => Some(*after),
        _ => None,
    };
    let sweeps = effects.iter().filter(|effect| **effect == Effect::Sweep).count();
    (effects.iter().rev().find_map(timer), sweeps)
}

fn due(play: &mut Play, at: Stamp) {
    play.hear(News::Due(Some(at)));
}

fn wake(play: &mut Play) {
    play.tell(Msg::Timer(Timer::Sweep));
}

#[test]
fn it_wakes_for_the_next_moment_a_little_later_and_sweeps_once() {
    let mut play = play();
    due(&mut play, NOW.plus(Span(20_000)));
    assert_eq!(done(&mut play), (Some(Span(21_700)), 0));
    play.env.now = NOW.plus(Span(21_700));
    wake(&mut play);
    assert_eq!(done(&mut play), (None, 1));
    wake(&mut play);
    assert_eq!(done(&mut play), (None, 0), "until the desk has said when next");
    play.hear(News::Due(None));
    assert_eq!(done(&mut play), (None, 0));
}

#[test]
fn what_is_overdue_waits_for_the_jitter_alone() {
    let mut play = play();
    due(&mut play, NOW.plus(Span::DAY.times(-2)));
    assert_eq!(done(&mut play), (Some(Span(1_700)), 0));
    wake(&mut play);
    assert_eq!(done(&mut play), (None, 1));
}

#[test]
fn a_far_moment_is_looked_at_again_on_the_way_for_the_machine_may_sleep() {
    let mut play = play();
    due(&mut play, NOW.plus(Span::HOUR));
    assert_eq!(done(&mut play), (Some(LONGEST), 0));
    play.env.now = NOW.plus(LONGEST);
    wake(&mut play);
    assert_eq!(done(&mut play), (Some(LONGEST), 0));
    play.env.now = NOW.plus(Span::DAY);
    wake(&mut play);
    assert_eq!(done(&mut play), (None, 1));
}

#[test]
fn a_clock_that_stands_still_wakes_it_once() {
    let mut play = play();
    due(&mut play, NOW.plus(Span(5_000)));
    assert_eq!(done(&mut play), (Some(Span(6_700)), 0));
    wake(&mut play);
    assert_eq!(done(&mut play), (None, 0));
}

#[test]
fn switched_off_or_without_a_desk_it_leaves_it_alone() {
    let mut play = play();
    play.env.sweeping = Sweeping::Off;
    due(&mut play, NOW);
    wake(&mut play);
    assert_eq!(done(&mut play), (None, 0));
    play.env.sweeping = Sweeping::On;
    play.env.standing = Standing::Shut { why: "x".into() };
    due(&mut play, NOW);
    wake(&mut play);
    assert_eq!(done(&mut play), (None, 0));
    play.env.standing = Standing::Open;
    let mut play = play.opened();
    assert_eq!(done(&mut play), (Some(Span(1_700)), 0), "it can be used again");
    play.env.standing = Standing::ReadOnly { why: "escalation.toml has 1 mistake".into(), help: "y".into() };
    due(&mut play, NOW);
    assert_eq!(done(&mut play), (Some(Span(1_700)), 0), "the desk alone knows whether it may be swept");
}
