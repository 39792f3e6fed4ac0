use super::*;
use crate::desk::{Notice, Stands};
use crate::domain::ids::TicketId;
use crate::tui::model::inbox::Unseen;
use crate::tui::msg::News;
use crate::tui::sample::{Play, notice};

fn hear(play: &mut Play, notices: Vec<Notice>) {
    let upto = notices.last().map_or(EventId(0), |it| it.event);
    play.hear(News::Heard { notices, upto });
}

/// Three notices on two tickets.
fn called() -> Play {
    let mut play = Play::with(8, (120, 40)).opened();
    play.done();
    let three = [(11, 1051), (12, 1042), (13, 1051)];
    hear(
        &mut play,
        three.map(|(event, ticket)| notice(event, ticket, "noticed: own clock over its limit")).into(),
    );
    play
}

fn kept(effects: &[Effect]) -> Option<Unseen> {
    let kept = |effect: &Effect| if let Effect::KeepUnseen(it) = effect { Some(it.clone()) } else { None };
    effects.iter().rev().find_map(kept)
}

fn rings(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Ring(_))).count()
}

fn unseen(upto: i64, waiting: &[i64]) -> Unseen {
    Unseen { upto: EventId(upto), waiting: waiting.iter().copied().map(EventId).collect() }
}

#[test]
fn what_comes_is_kept_and_calls_once() {
    let mut play = called();
    let effects = play.done();
    assert_eq!((kept(&effects), rings(&effects)), (Some(unseen(13, &[11, 12, 13])), 1));
    hear(&mut play, vec![notice(13, 1051, "again")]);
    let effects = play.done();
    assert_eq!((kept(&effects), rings(&effects)), (Some(unseen(13, &[11, 12, 13])), 0));
    hear(&mut play, Vec::new());
    assert_eq!(rings(&play.done()), 0);
}

#[test]
fn it_takes_no_key_and_moves_nothing_but_by_its_own() {
    let mut play = called();
    let selected = play.selected();
    play.press("a h i");
    assert!(play.model.dialogs.drafts().iter().any(|draft| draft.fields.values().any(|text| text == "hi")));
    play.press("esc esc");
    assert_eq!((play.selected(), play.model.notices.inbox.len()), (selected, 3));
}

#[test]
fn going_there_selects_the_ticket_and_sees_all_about_it() {
    let mut play = called();
    play.done();
    play.press("b");
    assert_eq!(play.selected(), Some(1051));
    assert_eq!(kept(&play.done()), Some(unseen(13, &[12])));
    play.press("b");
    assert_eq!((play.selected(), kept(&play.done())), (Some(1042), Some(unseen(13, &[]))));
    play.press("b");
    assert!(play.toast().contains("no notice waits to be seen; I lists the latest"), "{}", play.toast());
}

#[test]
fn dismissing_brings_the_next_one() {
    let mut play = called();
    play.done();
    let first = |play: &Play| play.model.notices.inbox.first().map(|it| it.event.0);
    for next in [Some(12), Some(13), None] {
        play.press("B");
        assert_eq!(first(&play), next);
    }
    assert_eq!(kept(&play.done()), Some(unseen(13, &[])));
    play.press("B");
    assert!(play.toast().contains("no notice"), "{}", play.toast());
}

#[test]
fn the_list_shows_what_there_was_and_all_of_it_is_seen() {
    let mut play = called();
    play.done();
    play.press("I");
    assert!(play.done().contains(&Effect::Notices) && play.model.dialogs.is_empty());
    let settled = Notice { stands: Stands::Settled, ..notice(9, 1048, "jo took it over") };
    play.hear(News::Recent(vec![notice(13, 1051, "later"), settled]));
    assert!(!play.model.dialogs.is_empty() && play.model.notices.inbox.is_empty());
    assert_eq!(kept(&play.done()), Some(unseen(13, &[])));
    play.press("down enter");
    assert_eq!((play.selected(), play.model.dialogs.is_empty()), (Some(1048), true));
}

#[test]
fn a_list_that_comes_late_stays_away_and_an_empty_one_says_so() {
    let mut play = called();
    play.press("I a");
    play.hear(News::Recent(vec![notice(13, 1051, "later")]));
    assert_eq!(play.model.notices.inbox.len(), 3);
    play.press("esc");
    play.hear(News::Recent(Vec::new()));
    assert!(play.toast().contains("nothing yet"), "{}", play.toast());
    assert!(play.model.notices.inbox.first().is_some_and(|it| it.ticket == TicketId(1051)));
}
