//! A priority against the grid and what becomes of it when impact or urgency change.

use super::*;

fn graded(impact: &str, urgency: &str) -> Command {
    let (impact, urgency) = (Some(label(impact)), Some(label(urgency)));
    Command::Prioritise(Prioritise { impact, urgency, against_grid: None })
}

fn against(priority: &str) -> Command {
    let against_grid = Some((label(priority), line("a drill")));
    Command::Prioritise(Prioritise { against_grid, ..Prioritise::default() })
}

fn priority(play: &Play) -> (&str, bool) {
    let grade = &play.now_is().grade;
    (grade.priority.as_str(), grade.override_reason.is_some())
}

fn dropped(events: &[Event]) -> Option<&str> {
    let Some(Event::Prioritised(grade)) = events.first() else { panic!("{events:?}") };
    grade.dropped.as_ref().map(Label::as_str)
}

#[test]
fn whoever_may_not_set_it_leaves_it_standing() {
    let mut play = Play::opened().does("sam", graded("extensive", "high")).does("mia", against("P3"));
    let events = play.act("sam", &graded("limited", "high")).unwrap();
    assert_eq!((priority(&play), dropped(&events)), (("P3", true), None));
    assert_eq!(play.now_is().grade.impact, "limited", "the new facts are kept all the same");
}

#[test]
fn whoever_may_set_it_ends_it_and_the_log_says_so() {
    let mut play = Play::opened().does("sam", graded("extensive", "high")).does("mia", against("P3"));
    let events = play.act("mia", &graded("limited", "high")).unwrap();
    assert_eq!((priority(&play), dropped(&events)), (("P2", false), Some("P3")));
    assert_eq!(play.now_is().grade.dropped, None, "it is told once");
    assert_eq!(play.refuses("mia", graded("limited", "high")).reason, Reason::State);
}

#[test]
fn what_was_raised_rises_further_with_the_grid_but_does_not_fall() {
    let play = Play::opened().does("sam", graded("single", "high")).does("mia", against("P2"));
    let play = play.does("sam", graded("single", "low"));
    assert_eq!(priority(&play), ("P2", true));
    let mut play = play;
    let events = play.act("sam", &graded("extensive", "high")).unwrap();
    assert_eq!((priority(&play), dropped(&events)), (("P1", false), Some("P2")));
}
