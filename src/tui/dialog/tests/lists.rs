//! Palette, help, views, orders, the filter prompt, the matrix and questions.

use super::*;
use crate::domain::query::{Sort, SortKey, Way};
use crate::tui::view::text::width;
use crate::tui::views::VIEWS;

#[test]
fn the_palette_finds_actions_by_a_few_letters() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Palette, &env);
    assert_eq!(press(&mut stack, "\"esca enter", &env), Outcome::Submit(Intent::Act(ActionId::Escalate)));
}

#[test]
fn what_cannot_be_done_is_listed_with_its_reason_and_not_chosen() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Palette, &env);
    assert_eq!(press(&mut stack, "\"reopen enter", &env), Outcome::Stay);
    let Some(Dialog::List(list)) = stack.open.last() else { panic!() };
    assert!(
        matches!(&list.chosen().unwrap().state, list::State::Barred(why) if why.contains("#1042 is open"))
    );
}

#[test]
fn help_lists_every_action_and_is_searched_by_words_or_key() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Help, &env);
    assert_eq!(press(&mut stack, "\"higher enter", &env), Outcome::Submit(Intent::Act(ActionId::Escalate)));
    let mut stack = opened(ActionId::Help, &env);
    assert_eq!(press(&mut stack, "\"Submit enter", &env), Outcome::Stay, "a key of forms is only read");
}

#[test]
fn views_and_orders_are_chosen() {
    let env = env_of("mia");
    assert_eq!(
        press(&mut opened(ActionId::Views, &env), "down enter", &env),
        Outcome::Submit(Intent::View(1))
    );
    let all = VIEWS.iter().position(|view| view.name == "all").unwrap();
    let outcome = press(&mut opened(ActionId::Views, &env), "\"all enter", &env);
    assert_eq!(
        outcome,
        Outcome::Submit(Intent::View(all)),
        "a name comes before what is said of another view"
    );
    let sort = vec![Sort { key: SortKey::Due, way: Way::Down }];
    let outcome = press(&mut opened(ActionId::Sort, &env), "\"-due enter", &env);
    assert_eq!(outcome, Outcome::Submit(Intent::Sort(sort)));
}

#[test]
fn only_a_filter_that_parses_leaves_the_prompt_and_it_is_remembered() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Filter, &env);
    assert_eq!(press(&mut stack, "\"is:opne enter", &env), Outcome::Stay);
    let outcome = press(&mut stack, "ctrl-w backspace backspace \"is:open enter", &env);
    assert!(
        matches!(&outcome, Outcome::Submit(Intent::Filter(text)) if text.ends_with("is:open")),
        "{outcome:?}"
    );
    stack.close();
    stack
        .open(
            Occasion { action: ActionId::Filter, ticket: None, list: &queue::List::default(), rows: &[] },
            &env,
        )
        .unwrap();
    let again = press(&mut stack, "\"x up enter", &env);
    assert_eq!(again, outcome);
    let mut stack = opened(ActionId::Filter, &env);
    stack.filters = vec![String::from("old")];
    assert_eq!(press(&mut stack, "esc", &env), Outcome::Close);
}

#[test]
fn tab_completes_fields_and_the_names_of_the_matrix() {
    let env = env_of("mia");
    let filter = |keys: &str| match press(&mut opened(ActionId::Filter, &env), keys, &env) {
        Outcome::Submit(Intent::Filter(text)) => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(filter("\"gro tab \"Ser tab enter"), "group:\"Service Desk\"");
    assert_eq!(filter("\"is:unow tab \"_-ti tab \"l tab enter"), "is:unowned -tier:L1");
}

#[test]
fn a_question_means_no_until_somebody_says_yes() {
    let env = env_of("mia");
    let asked = || {
        let mut stack = Stack::default();
        stack.ask("Leave?", "Two changes are not saved.", Intent::Copy(String::from("yes")));
        stack
    };
    let yes = Outcome::Submit(Intent::Copy(String::from("yes")));
    assert_eq!(press(&mut asked(), "enter", &env), Outcome::Close);
    assert_eq!(press(&mut asked(), "right enter", &env), yes);
    assert_eq!(press(&mut asked(), "\"y", &env), yes);
    assert_eq!(press(&mut asked(), "\"n", &env), Outcome::Close);
    let mut told = Stack::default();
    told.say("Note", "Something.");
    assert_eq!(press(&mut told, "enter", &env), Outcome::Close);
}

#[test]
fn help_finds_a_key_before_words_that_hold_its_letter() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Help, &env);
    assert_eq!(press(&mut stack, "\"G enter", &env), Outcome::Submit(Intent::Act(ActionId::Bottom)));
}

#[test]
fn notices_keep_their_columns_and_their_subjects() {
    let env = env_of("mia");
    let mut notices = [crate::tui::sample::notice(12, 1048, "x"), crate::tui::sample::notice(11, 7, "y")];
    notices[1].at = env.now.plus(crate::domain::stamp::Span::DAY.times(-2));
    notices[1].subject = String::from("日本語のチケット: 断線する 日本語のチケット: 断線する");
    let mut stack = Stack::default();
    stack.list_notices(&notices, &env);
    let mut buf = Buffer::empty(Rect::new(0, 0, 80, 24));
    stack.draw(buf.area, &Theme::default(), &env, &mut buf);
    let page = crate::tui::testing::picture(&buf);
    let at = |what: &str| {
        page.lines()
            .find_map(|line| Some(width(line.split_once(what)?.0)))
            .unwrap_or_else(|| panic!("{page}"))
    };
    assert_eq!(at("VPN drops every ten minutes"), at("日本語の"), "{page}");
    assert_eq!(at("#1048") + "#1048".len(), at("#7") + "#7".len(), "{page}");
    assert!(page.contains("VPN drops every ten minutes · x"), "{page}");
}
