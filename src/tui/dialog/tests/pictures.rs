//! Every dialog at both sizes, with its styles.

use super::*;
use crate::tui::testing::picture;
use crate::tui::theme::{Charset, Palette};

fn drawn(stack: &Stack, width: u16, height: u16, env: &Env) -> String {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let theme = Theme::new(Palette::Sixteen, Charset::Unicode);
    let cursor = stack.draw(buf.area, &theme, env, &mut buf);
    let cursor = cursor.map_or_else(|| String::from("none"), |at| format!("{},{}", at.x, at.y));
    format!("{}cursor {cursor}\n", picture(&buf))
}

fn both(stack: &Stack, env: &Env) -> String {
    format!("120x40\n{}\n80x24\n{}", drawn(stack, 120, 40, env), drawn(stack, 80, 24, env))
}

#[test]
fn forms() {
    let env = env_of("vera");
    for purpose in form::purpose::Purpose::all() {
        let stack = opened(purpose.action(), &env);
        insta::assert_snapshot!(purpose.name().replace('.', "-"), both(&stack, &env));
    }
}

#[test]
fn lists_prompt_and_matrix() {
    let env = env_of("mia");
    let actions = [ActionId::Palette, ActionId::Help, ActionId::Views, ActionId::Sort, ActionId::Matrix];
    for action in actions {
        let name = crate::tui::action::Action::of(action).name.replace('.', "-");
        insta::assert_snapshot!(name, both(&opened(action, &env), &env));
    }
    let mut stack = opened(ActionId::Filter, &env);
    insta::assert_snapshot!("filter-empty", both(&stack, &env));
    press(&mut stack, "\"is:open_gruop:x", &env);
    insta::assert_snapshot!("filter-mistaken", both(&stack, &env));
}

#[test]
fn states_of_a_form() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Escalate, &env);
    press(&mut stack, "right ctrl-s", &env);
    insta::assert_snapshot!("form-with-mistakes", both(&stack, &env));
    press(&mut stack, "\"why ctrl-s", &env);
    insta::assert_snapshot!("form-saving", both(&stack, &env));
    stack.answer(Answer::Failed(String::from("the drive does not answer since 10:42")), &env);
    insta::assert_snapshot!("form-in-trouble", both(&stack, &env));
    press(&mut stack, "esc", &env);
    insta::assert_snapshot!("form-leaving", both(&stack, &env));
}

#[test]
fn questions() {
    let env = env_of("mia");
    let mut stack = Stack::default();
    stack.ask("Leave tierline?", "Two changes are not saved yet.", Intent::Copy(String::new()));
    insta::assert_snapshot!("question", both(&stack, &env));
    let mut stack = Stack::default();
    stack.say(
        "The desk is open for reading only",
        "escalation.toml:3: unknown key\n\nMend it, then start again.",
    );
    insta::assert_snapshot!("message", both(&stack, &env));
}

#[test]
fn without_colours_and_unicode_everything_is_still_told() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Escalate, &env);
    press(&mut stack, "right ctrl-s", &env);
    let mut buf = Buffer::empty(Rect::new(0, 0, 80, 24));
    stack.draw(buf.area, &Theme::new(Palette::Mono, Charset::Ascii), &env, &mut buf);
    insta::assert_snapshot!("form-plain", picture(&buf));
}
