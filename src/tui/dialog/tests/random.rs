//! Any keys and pastes at any size: no panic, no unsafe character on the screen, the cursor inside.

use proptest::prelude::*;

use super::*;
use crate::domain::text::{MARK, is_unsafe};

const KEYS: [&str; 20] = [
    "tab",
    "shift-tab",
    "up",
    "down",
    "left",
    "right",
    "enter",
    "esc",
    "ctrl-s",
    "ctrl-o",
    "pageup",
    "pagedown",
    "home",
    "end",
    "backspace",
    "space",
    "y",
    "k",
    "a",
    "z",
];

const ACTIONS: [ActionId; 27] = {
    use ActionId as A;
    [
        A::New,
        A::Edit,
        A::Note,
        A::NoteInEditor,
        A::Contact,
        A::Escalate,
        A::CallIn,
        A::Return,
        A::Route,
        A::Wait,
        A::Resume,
        A::Resolve,
        A::Confirm,
        A::Close,
        A::Reopen,
        A::Assign,
        A::Take,
        A::Release,
        A::Priority,
        A::Link,
        A::Unlink,
        A::Palette,
        A::Help,
        A::Views,
        A::Sort,
        A::Filter,
        A::Matrix,
    ]
};

#[derive(Debug, Clone)]
enum Act {
    Press(&'static str),
    Paste(String),
    Answer(Answer),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let hostile = "[a-z\u{1b}\u{202e}\u{200b}\n\r\u{7}\u{301}日🦀]{0,40}";
    let gone = crate::rules::Refusal::missing("reason", "say why", "write it");
    let answers = vec![Answer::Refused(gone), Answer::Failed("x".repeat(200)), Answer::Composed(None)];
    let act = prop_oneof![
        8 => prop::sample::select(&KEYS[..]).prop_map(Act::Press),
        1 => hostile.prop_map(Act::Paste),
        1 => prop::sample::select(answers).prop_map(Act::Answer),
    ];
    prop::collection::vec(act, 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn nothing_falls_over(
        action in prop::sample::select(&ACTIONS[..]), acts in acts(), width in 1u16..=200, height in 1u16..=60,
    ) {
        let env = env_of("vera");
        let mut stack = opened(action, &env);
        for act in acts {
            let outcome = match act {
                Act::Press(name) => stack.key(name.parse().unwrap(), &env),
                Act::Paste(text) => stack.paste(&text, &env),
                Act::Answer(answer) => stack.answer(answer, &env),
            };
            let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
            let cursor = stack.draw(buf.area, &Theme::default(), &env, &mut buf);
            prop_assert!(cursor.is_none_or(|at| buf.area.contains(at)));
            let dangerous = |c: char| c != MARK && c != '\u{200d}' && is_unsafe(c);
            prop_assert!(!buf.content.iter().any(|cell| cell.symbol().contains(dangerous)));
            if outcome == Outcome::Close {
                break;
            }
        }
    }

    #[test]
    fn the_focused_field_is_always_seen(
        action in prop::sample::select(&ACTIONS[..21]), tabs in 0usize..24, height in 8u16..=60,
    ) {
        let env = env_of("vera");
        let mut stack = opened(action, &env);
        press(&mut stack, &"tab ".repeat(tabs), &env);
        let mut buf = Buffer::empty(Rect::new(0, 0, 80, height));
        prop_assert!(stack.draw(buf.area, &Theme::default(), &env, &mut buf).is_some());
    }
}
