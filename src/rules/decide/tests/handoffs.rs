//! What the receivers say of a hand-off: who may, when, and what is kept.

use super::*;
use crate::domain::event::{Need, Quality};
use crate::rules::command::Rate;

fn rate(quality: Option<Quality>, need: Option<Need>) -> Command {
    Command::Rate(Rate { quality, need, reason: None })
}

fn poor() -> Command {
    rate(Some(Quality::Poor), None)
}

fn verdict(play: &Play) -> Option<(Option<Quality>, Option<Need>)> {
    let verdict = play.now_is().place.handoff.as_ref()?.verdict.as_ref()?;
    Some((verdict.quality, verdict.need))
}

#[test]
fn the_receivers_rate_a_hand_off_and_think_again() {
    let mut play = Play::opened().does("sam", up("Network")).does("jo", poor());
    assert_eq!(verdict(&play), Some((Some(Quality::Poor), None)));
    assert_eq!(play.refuses("tess", poor()).reason, Reason::State, "it was said already");
    let play = play.does("tess", rate(None, Some(Need::Avoidable)));
    assert_eq!(verdict(&play), Some((Some(Quality::Poor), Some(Need::Avoidable))), "what is left out stays");
    let play = play.does("jo", rate(Some(Quality::Complete), Some(Need::Needed)));
    assert_eq!(verdict(&play), Some((Some(Quality::Complete), Some(Need::Needed))));
}

#[test]
fn neither_the_sender_nor_another_group_rates_a_hand_off() {
    let mut play = Play::opened().does("tess", up("Network"));
    assert_eq!(play.refuses("tess", poor()).reason, Reason::Authority, "tess works there, but sent it");
    assert_eq!(play.refuses("sam", poor()).reason, Reason::Authority);
    assert_eq!(play.refuses("eve", poor()).reason, Reason::Authority);
    play.act("jo", &poor()).unwrap();
}

#[test]
fn a_verdict_needs_the_right_to_take() {
    let text = TEAM.replace(
        "[roles.engineer]\nmay = [\"open\", \"edit\", \"route\", \"take\", ",
        "[roles.engineer]\nmay = [",
    );
    let mut play = Play::with(read(&text, "demo").unwrap().matrix);
    play.act("sam", &Command::Open(Box::new(open()))).unwrap();
    let mut play = play.does("sam", up("Network"));
    assert_eq!(play.refuses("jo", poor()).reason, Reason::Authority);
}

#[test]
fn a_hand_off_is_rated_by_who_has_the_ticket_and_only_then() {
    let back = Command::Return { to: None, code: ReturnCode::Done, reason: None };
    let mut play = Play::opened();
    assert_eq!(play.refuses("sam", poor()).reason, Reason::State, "it was not escalated");
    let mut play = play.does("sam", up("Network")).does("jo", poor()).does("jo", up("Platform"));
    assert_eq!(verdict(&play), None, "the next hand-off is another one");
    assert_eq!(play.refuses("jo", poor()).reason, Reason::Authority, "it is with Platform now");
    let mut play = play.does("lena", poor()).does("lena", back);
    assert_eq!(play.refuses("jo", poor()).reason, Reason::State, "it came back, which is no hand-off");
}

#[test]
fn somebody_who_says_nothing_is_asked_what_they_mean() {
    let mut play = Play::opened().does("sam", up("Network"));
    assert!(matches!(play.refuses("jo", rate(None, None)).reason, Reason::Missing(_)));
}

#[test]
fn without_people_anyone_rates() {
    let mut play = Play::with(Matrix::builtin());
    play.act("mia", &Command::Open(Box::new(open()))).unwrap();
    let mut wish = escalate("Specialists");
    wish.fields = BTreeMap::new();
    let play = play.does("mia", Command::Escalate(Box::new(wish))).does("mia", poor());
    assert_eq!(verdict(&play), Some((Some(Quality::Poor), None)));
}

#[test]
fn an_answer_in_any_case_is_stored_as_the_matrix_spells_it() {
    for (kind, given, stored) in [
        ("kind = \"yes-no\"", "YES", "yes"),
        ("kind = \"choice\"\nchoices = [\"Rebooted\", \"Nothing\"]", "rebooted", "Rebooted"),
        ("kind = \"person\"", "Lena", "lena"),
    ] {
        let text = TEAM.replace("help = \"Each step, and what it showed\"\nkind = \"text\"", kind);
        let mut play = Play::with(read(&text, "demo").unwrap().matrix);
        play.act("sam", &Command::Open(Box::new(open()))).unwrap();
        let mut wish = escalate("Network");
        wish.fields.insert(label("tried"), Body::new("no such thing").unwrap());
        let refusal = play.refuses("sam", Command::Escalate(Box::new(wish.clone())));
        assert_eq!(refusal.help, "correct what does not fit", "{kind}");
        wish.fields.remove(&label("address"));
        let refusal = play.refuses("sam", Command::Escalate(Box::new(wish.clone())));
        assert_eq!(refusal.help, "fill in what is missing and correct what does not fit", "{kind}");
        wish.fields.insert(label("address"), Body::new("floor 3").unwrap());
        wish.fields.insert(label("tried"), Body::new(given).unwrap());
        let play = play.does("sam", Command::Escalate(Box::new(wish)));
        let tried = play.now_is().about.fields.iter().find(|(name, _)| **name == *"tried");
        assert_eq!(tried.map(|(_, value)| value.as_str()), Some(stored), "{kind}");
    }
}
