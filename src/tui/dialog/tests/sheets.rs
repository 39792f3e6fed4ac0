//! Pages to read: what stands on them, how they scroll, and which keys leave them.

use super::*;
use crate::domain::clock::Clock;
use crate::domain::event::{ActKind, Deed, Event, Rest, StepFired};
use crate::domain::stamp::Span;
use crate::tui::testing::{env_with, picture};
use crate::tui::theme::{Charset, Palette};
use ratatui::layout::Size;

fn drawn(stack: &Stack, (width, height): (u16, u16), theme: &Theme, env: &Env) -> String {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    stack.draw(buf.area, theme, env, &mut buf);
    picture(&buf)
}

fn unicode() -> Theme {
    Theme::new(Palette::Sixteen, Charset::Unicode)
}

#[test]
fn clocks_are_explained() {
    let env = env_of("mia");
    let stack = opened(ActionId::Explain, &env);
    insta::assert_snapshot!("ticket-explain", {
        let (large, small) =
            (drawn(&stack, (120, 40), &unicode(), &env), drawn(&stack, (80, 24), &unicode(), &env));
        format!("120x40\n{large}\n80x24\n{small}")
    });
    let plain = drawn(&stack, (80, 60), &Theme::new(Palette::Mono, Charset::Ascii), &env);
    insta::assert_snapshot!("ticket-explain-plain", plain);
}

#[test]
fn a_table_of_clocks_is_whole_on_eighty_columns() {
    let env = env_of("mia");
    let stack = opened(ActionId::Explain, &env);
    let page = drawn(&stack, (80, 24), &unicode(), &env);
    let heading = page.lines().find(|line| line.contains("passed")).unwrap();
    assert!(heading.contains("counted") && heading.chars().count() == 80, "{heading}");
}

#[test]
fn pages_scroll_and_their_own_key_closes_them() {
    let env = env_of("mia");
    for (action, own) in [(ActionId::Explain, "i"), (ActionId::Matrix, "m")] {
        let mut stack = opened(action, &env);
        let mut press = |keys: &str| {
            stack.fit(Size { width: 80, height: 24 });
            press(&mut stack, keys, &env)
        };
        for key in [own, "esc", "q", "enter", "left"] {
            assert_eq!(press(key), Outcome::Close, "{key}");
        }
        assert_eq!(press("J j K G k t"), Outcome::Stay);
        let end = drawn(&stack, (80, 24), &unicode(), &env);
        let at_top = drawn(&opened(action, &env), (80, 24), &unicode(), &env);
        assert_ne!(end, at_top);
    }
}

#[test]
fn what_others_do_to_the_ticket_stands_on_its_page_at_once() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Explain, &env);
    let before = drawn(&stack, (80, 24), &unicode(), &env);
    stack.meanwhile(&about(ActionId::Reopen, &env), &env);
    assert_ne!(drawn(&stack, (80, 24), &unicode(), &env), before);
    let mut another = about(ActionId::Explain, &env);
    another.ticket.id = crate::domain::ids::TicketId(7);
    let before = drawn(&stack, (80, 24), &unicode(), &env);
    stack.meanwhile(&another, &env);
    assert_eq!(drawn(&stack, (80, 24), &unicode(), &env), before, "that is not its ticket");
}

#[test]
fn a_page_tells_the_time_at_which_it_is_looked_at() {
    let mut env = env_of("mia");
    let stack = opened(ActionId::Explain, &env);
    let before = drawn(&stack, (80, 24), &unicode(), &env);
    env.now = env.now.plus(Span::MINUTE);
    assert_ne!(drawn(&stack, (80, 24), &unicode(), &env), before);
}

/// What the page says, without its frame and its looks.
fn read(stack: &Stack, env: &Env) -> String {
    let page = drawn(stack, (120, 60), &Theme::new(Palette::Mono, Charset::Unicode), env);
    page.lines().filter(|line| !line.starts_with('~')).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_matrix_tells_where_the_ticket_is_and_where_it_goes_by_itself() {
    let env = env_of("mia");
    let page = read(&opened(ActionId::Matrix, &env), &env);
    for line in [
        "#1042 now  L1 Service Desk for 2m, nobody's, open",
        "in 28m  → L2 Desktop · chat #desktop, answers within 30m; tell supervisor  (step \"P1 stuck at the help desk\")",
        "key e   L2 Network · chat #net-oncall, answers within 15m",
        "Taken, then forgotten       does not hold: is:owned prio:P2..P4",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
}

#[test]
fn what_is_overdue_says_since_when_and_a_step_that_fired_how_late() {
    let mut env = env_of("mia");
    let mut view = about(ActionId::Matrix, &env);
    let opened_at = view.ticket.times.opened;
    let mut fired = view.log.last().unwrap().clone();
    let did = vec![Deed { act: ActKind::Notify, who: Some(label("supervisor")), ..Deed::default() }];
    let (step, due) = (line("P1 waits at the help desk"), opened_at.plus(Span::MINUTE.times(15)));
    let (clock, round, turn, rest) = (Some(Clock::Tier), 1, 1, Rest::new());
    fired.event = StepFired { step, clock, round, turn, due, did, rest }.into();
    fired.at = opened_at.plus(Span::MINUTE.times(24));
    view.log.push(fired);
    env.now = opened_at.plus(Span::MINUTE.times(25));
    let page = read(&opened_on(ActionId::Matrix, Some(&view), &env), &env);
    assert!(page.contains("10m ago   !! response breached") && page.contains("in 5m"), "{page}");
    assert!(page.contains("✓ P1 waits at the help desk   fired 11:23, 9m late"), "{page}");
}

#[test]
fn a_matrix_opened_before_its_ticket_was_read_takes_it_and_no_other() {
    let env = env_of("mia");
    let mut stack = opened_on(ActionId::Matrix, None, &env);
    assert!(!read(&stack, &env).contains("#1042"));
    stack.meanwhile(&about(ActionId::Matrix, &env), &env);
    let with_ticket = read(&stack, &env);
    assert!(with_ticket.contains("#1042 now"));
    let mut another = about(ActionId::Reopen, &env);
    another.ticket.id = crate::domain::ids::TicketId(7);
    stack.meanwhile(&another, &env);
    assert_eq!(read(&stack, &env), with_ticket);
}

#[test]
fn a_resolved_ticket_is_confirmed_or_reopened_by_hand_and_a_closed_one_reopened() {
    let env = env_of("mia");
    let view = about(ActionId::Confirm, &env);
    let page = read(&opened_on(ActionId::Matrix, Some(&view), &env), &env);
    assert!(page.contains("confirm breached") && !page.contains("key e"), "{page}");
    assert!(page.contains("the ticket is not open"), "{page}");
    for way in ["key c   Confirm with the requester", "key o   Reopen a resolved"] {
        assert!(page.contains(way), "{way}\n{page}");
    }
    assert!(!page.contains("key C"), "not before the requester was tried: {page}");
    let page = read(&opened_on(ActionId::Matrix, Some(&view), &env_of("eve")), &env_of("eve"));
    assert!(!page.contains("key "), "a stranger can do nothing: {page}");
}

/// A ticket opened so many minutes ago whose step, noticed late, has fired so many times.
fn fired(step: &str, turns: u16, env: &mut Env) -> TicketView {
    let mut view = about(ActionId::Matrix, env);
    let opened_at = view.ticket.times.opened;
    for turn in 1..=turns {
        let due = opened_at.plus(Span::MINUTE.times(15 * i64::from(turn)));
        let mut recorded = view.log.last().unwrap().clone();
        let did = vec![Deed { act: ActKind::Notify, who: Some(label("supervisor")), ..Deed::default() }];
        let (step, clock, rest) = (line(step), Some(Clock::Own), Rest::new());
        recorded.event = StepFired { step, clock, round: 1, turn, due, did, rest }.into();
        recorded.at = due;
        env.now = due;
        view.log.push(recorded);
    }
    view
}

const REPEATED: &str = "[[steps]]\nname = \"Nobody takes it\"\nclock = \"own\"\ndo = [\"notify:supervisor\"]\n\
    repeat = { every = \"15m\", times = 4 }\n";

/// The example desk with no step but this one, and nothing but an own clock.
fn desk_with(step: &str) -> Env {
    let text = include_str!("../../../../escalation.toml");
    let without = text.split("[[steps]]").next().unwrap();
    env_with("mia", crate::matrix::read(&format!("{without}\n{step}"), "escalation.toml").unwrap().matrix)
}

#[test]
fn a_repeat_to_come_is_not_nothing_and_is_counted_as_the_matrix_counts_it() {
    let mut env = desk_with(REPEATED);
    let view = fired("Nobody takes it", 2, &mut env);
    let page = read(&opened_on(ActionId::Matrix, Some(&view), &env), &env);
    assert!(!page.contains("nothing comes by itself"), "{page}");
    assert!(page.contains("in 15m    tell supervisor, and 2× again  (step \"Nobody takes it\")"), "{page}");
    assert!(page.contains(", again 1 of 4 times; comes in 15m"), "{page}");
    assert!(page.contains("resolve warned, at 50% and 75%"), "{page}");
}

#[test]
fn what_a_matrix_finds_passed_comes_and_what_was_passed_elsewhere_says_so() {
    let mut env = desk_with(REPEATED);
    let mut view = about(ActionId::Matrix, &env);
    let later = view.ticket.times.opened.plus(Span::MINUTE.times(40));
    (env.since, env.now) = (later, later.plus(Span::MINUTE));
    let page = read(&opened_on(ActionId::Matrix, Some(&view), &env), &env);
    assert!(page.contains("tell supervisor") && !page.contains("passed 11:04"), "{page}");
    let Event::Opened(opened) = &mut view.log[0].event else { panic!("it begins with its opening") };
    opened.brought_in = Some(later);
    let page = read(&opened_on(ActionId::Matrix, Some(&view), &env), &env);
    assert!(page.contains("passed 11:04, before it was brought in here"), "{page}");
}
