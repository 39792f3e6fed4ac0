//! What goes wrong: mistakes and refusals are said at their fields, and no text is ever lost.

use super::*;
use crate::rules::refusal::Gap;
use crate::rules::{Reason, Refusal};
use crate::tui::intent::Answer;

fn escalated() -> (Env, Stack) {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Escalate, &env);
    let outcome = press(&mut stack, "right tab tab \"it_is_dead ctrl-s", &env);
    assert!(matches!(outcome, Outcome::Submit(Intent::Run(_))));
    (env, stack)
}

fn refusal() -> Refusal {
    let gap = Gap { field: label("address"), why: String::from("Network address is missing") };
    Refusal {
        reason: Reason::Missing(vec![gap]),
        why: String::from("not complete"),
        help: String::from("fill it in"),
    }
}

#[test]
fn a_refusal_goes_to_its_field_and_the_text_stays() {
    let (env, mut stack) = escalated();
    assert_eq!(form(&stack).stage, Stage::Saving);
    assert_eq!(press(&mut stack, "\"x ctrl-s esc", &env), Outcome::Stay, "nothing happens while it is saved");
    assert_eq!(stack.answer(Answer::Refused(refusal()), &env), Outcome::Stay);
    let form = form(&stack);
    let field = form.fields.get(form.focus).unwrap();
    assert_eq!((field.id.as_str(), form.stage), ("handoff:address", Stage::Editing));
    assert_eq!(field.state.error.as_deref(), Some("Network address is missing"));
    assert_eq!(text(&stack, "reason"), "it is dead");
}

#[test]
fn what_the_hand_off_lacks_is_told_along_with_an_empty_reason() {
    let env = env_of("vera");
    let mut stack = opened(ActionId::Escalate, &env);
    assert_eq!(press(&mut stack, "right ctrl-s", &env), Outcome::Stay);
    let wrong = |stack: &Stack| {
        let fields = form(stack).fields.iter().filter(|field| field.state.error.is_some());
        fields.map(|field| field.id.clone()).collect::<Vec<_>>()
    };
    let all = wrong(&stack);
    assert!(all.len() > 2 && all[0] == "reason" && all.contains(&String::from("handoff:address")), "{all:?}");
    // Who lets it go despite its gaps is told of nothing but the reason.
    let mut stack = opened(ActionId::Escalate, &env);
    press(&mut stack, "right", &env);
    let last = form(&stack).fields.iter().position(|field| field.id == "despite").unwrap();
    press(&mut stack, &format!("{} \"no_time ctrl-s", "tab ".repeat(last)), &env);
    assert_eq!((text(&stack, "despite").as_str(), wrong(&stack)), ("no time", vec![String::from("reason")]));
}

#[test]
fn a_mended_mistake_is_taken_back_while_it_is_mended() {
    let (env, mut stack) = escalated();
    stack.answer(Answer::Refused(refusal()), &env);
    press(&mut stack, "\"10.1.1.1", &env);
    let form = form(&stack);
    assert_eq!(form.fields.get(form.focus).unwrap().state.error, None);
    let again = press(&mut stack, "ctrl-s", &env);
    assert!(matches!(again, Outcome::Submit(Intent::Run(_))));
    assert_eq!(stack.answer(Answer::Done, &env), Outcome::Close);
}

#[test]
fn a_refusal_without_a_field_is_said_above() {
    let (env, mut stack) = escalated();
    stack.answer(Answer::Refused(Refusal::state("#1042 is closed", "reopen it first")), &env);
    let expected = form::Banner::Trouble { why: "#1042 is closed".into(), help: "reopen it first".into() };
    assert_eq!(form(&stack).banner, Some(expected));
    let (env, mut stack) = escalated();
    stack.answer(Answer::Failed(String::from("offline since 10:42")), &env);
    assert!(
        matches!(&form(&stack).banner, Some(form::Banner::Trouble { why, .. }) if why == "offline since 10:42")
    );
    assert_eq!(text(&stack, "reason"), "it is dead");
    assert!(matches!(press(&mut stack, "ctrl-s", &env), Outcome::Submit(_)), "it can be sent again");
}

#[test]
fn a_form_with_mistakes_goes_to_the_first_in_the_words_of_the_domain() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Resolve, &env);
    assert_eq!(form(&stack).fields[0].state.error, None, "nothing is wrong before it was left");
    assert_eq!(press(&mut stack, "tab", &env), Outcome::Stay);
    let empty = crate::domain::text::BadText::Empty.to_string();
    assert_eq!(form(&stack).fields[0].state.error.as_ref(), Some(&empty));
    assert_eq!(press(&mut stack, "ctrl-s", &env), Outcome::Stay);
    assert_eq!((form(&stack).focus, form(&stack).stage), (0, Stage::Editing));
    assert_eq!(form(&stack).fields[1].state.error.as_ref(), Some(&empty));
    stack.paste(&"x".repeat(300), &env);
    press(&mut stack, "tab", &env);
    let told = form(&stack).fields[0].state.error.clone().unwrap();
    assert!(told.contains("300 characters, 250 at most"), "{told}");
}

#[test]
fn a_moment_must_be_one_and_still_to_come() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Wait, &env);
    press(&mut stack, "tab \"soon tab", &env);
    assert!(form(&stack).fields[1].state.error.as_ref().unwrap().contains("2d, 2wd, 17:00"));
    let mut stack = opened(ActionId::Wait, &env);
    press(&mut stack, "tab \"2020-01-01 ctrl-s", &env);
    assert_eq!(form(&stack).fields[1].state.error.as_deref(), Some("that moment has passed"));
    assert_eq!(form(&stack).focus, 1);
}

#[test]
fn escape_asks_once_and_only_where_something_was_written() {
    let env = env_of("mia");
    assert_eq!(press(&mut opened(ActionId::Note, &env), "esc", &env), Outcome::Close);
    let mut stack = opened(ActionId::Note, &env);
    assert_eq!(press(&mut stack, "\"half esc", &env), Outcome::Stay);
    assert_eq!(form(&stack).stage, Stage::Leaving);
    press(&mut stack, "esc", &env);
    assert_eq!((form(&stack).stage, text(&stack, "text").as_str()), (Stage::Editing, "half"));
    assert_eq!(press(&mut stack, "esc y", &env), Outcome::Close);
    stack.close();
    assert!(stack.drafts().is_empty());
}

#[test]
fn a_draft_outlives_the_form_and_the_program() {
    let env = env_of("mia");
    let view = about(ActionId::Escalate, &env);
    let mut stack = opened_on(ActionId::Escalate, Some(&view), &env);
    press(&mut stack, "right tab tab \"half_a_reason", &env);
    let crashed = stack.drafts();
    assert_eq!(crashed.len(), 1, "it is a draft while it is being written");
    assert_eq!(press(&mut stack, "esc k", &env), Outcome::Close);
    stack.close();
    assert_eq!(stack.drafts(), crashed);
    let file = serde_json::to_string(&crashed).unwrap();
    let mut later = Stack::with_drafts(serde_json::from_str(&file).unwrap());
    let other = ticket(7, &env, &[("mia", opening())]);
    later
        .open(
            Occasion {
                action: ActionId::Escalate,
                ticket: Some(&other),
                list: &queue::List::default(),
                rows: &[],
            },
            &env,
        )
        .unwrap();
    assert_eq!(text(&later, "reason"), "", "another ticket's form is another form");
    later.close();
    later
        .open(
            Occasion {
                action: ActionId::Escalate,
                ticket: Some(&view),
                list: &queue::List::default(),
                rows: &[],
            },
            &env,
        )
        .unwrap();
    assert_eq!((text(&later, "to").as_str(), text(&later, "reason").as_str()), ("Network", "half a reason"));
    assert_eq!(later.drafts(), crashed);
    press(&mut later, "esc y", &env);
    later.close();
    assert!(later.drafts().is_empty());
}

#[test]
fn a_form_says_what_others_did_to_its_ticket_meanwhile() {
    let env = env_of("mia");
    let view = about(ActionId::Escalate, &env);
    let mut stack = opened_on(ActionId::Escalate, Some(&view), &env);
    press(&mut stack, "tab tab \"why", &env);
    stack.meanwhile(&view, &env);
    assert_eq!(form(&stack).banner, None);
    let taken = ticket(1042, &env, &[("mia", opening()), ("vera", resolving())]);
    stack.meanwhile(&taken, &env);
    let told = form(&stack).banner.clone();
    let expected = "meanwhile vera resolved it";
    assert!(matches!(&told, Some(form::Banner::Hint(text)) if text.starts_with(expected)), "{told:?}");
    assert_eq!(text(&stack, "reason"), "why");
    let other = ticket(7, &env, &[("mia", opening()), ("vera", resolving())]);
    stack.meanwhile(&other, &env);
    assert_eq!(form(&stack).ticket_id(), Some(crate::domain::ids::TicketId(1042)));
}

#[test]
fn a_text_that_rests_is_read_from_its_beginning() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Edit, &env);
    press(&mut stack, "tab tab tab tab", &env);
    stack.paste("first line\nsecond\nthird\nfourth\nfifth\n", &env);
    press(&mut stack, "tab", &env);
    let mut buf = Buffer::empty(Rect::new(0, 0, 80, 24));
    stack.draw(buf.area, &crate::tui::theme::Theme::default(), &env, &mut buf);
    let shown = crate::tui::testing::picture(&buf);
    assert!(shown.contains("fourth…") && !shown.contains("fifth"), "{shown}");
}

#[test]
fn the_editor_gets_the_focused_text_and_gives_it_back() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Note, &env);
    let outcome = press(&mut stack, "\"first ctrl-o", &env);
    assert_eq!(outcome, Outcome::Submit(Intent::Compose(String::from("first"))));
    stack.answer(Answer::Composed(Some(String::from("first\nsecond"))), &env);
    assert_eq!(text(&stack, "text"), "first\nsecond");
    stack.answer(Answer::Composed(None), &env);
    assert_eq!(text(&stack, "text"), "first\nsecond");
}

#[test]
fn an_answer_finds_the_form_that_asked_below_others() {
    let (env, mut stack) = escalated();
    stack.say("The drive is slow", "It answers after 2.3 s.");
    assert_eq!(stack.answer(Answer::Done, &env), Outcome::Stay);
    assert!(matches!(stack.open.as_slice(), [Dialog::Question(_)]));
}

#[test]
fn hostile_text_is_marked_on_its_way_in() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Note, &env);
    stack.paste("a\u{1b}[2J\u{202e}b\u{200b}\u{7}", &env);
    let written = text(&stack, "text");
    assert!(!written.chars().any(|c| c != crate::domain::text::MARK && crate::domain::text::is_unsafe(c)));
    assert!(written.starts_with('a') && written.contains('b'));
}

#[test]
fn who_confirms_is_told_of_the_attempts_so_far_and_what_closing_still_takes() {
    let env = env_of("vera");
    let said = |attempts: u32| {
        let mut view = about(ActionId::Confirm, &env);
        view.ticket.tally.attempts = attempts;
        format!("{:?}", form(&opened_on(ActionId::Confirm, Some(&view), &env)).lead)
    };
    assert!(
        said(0).contains("0 of 3 times; after 3 more it can be closed without their word"),
        "{}",
        said(0)
    );
    assert!(said(2).contains("2 of 3 times; after one more it can be closed"), "{}", said(2));
    assert!(said(3).contains("3 of 3 times; C closes it without their word"), "{}", said(3));
}
