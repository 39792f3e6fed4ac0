//! Pages to read: what stands on them, how they scroll, and which keys leave them.

use super::*;
use crate::domain::stamp::Span;
use crate::tui::testing::picture;
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
