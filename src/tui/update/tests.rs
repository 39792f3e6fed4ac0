use super::*;
use crate::desk::{Anchor, TicketView};
use crate::domain::ids::TicketId;
use crate::domain::query::parse;
use crate::rules::{Command, Refusal};
use crate::tui::env::Standing;
use crate::tui::layout::Pane;
use crate::tui::model::{Depth, Held};
use crate::tui::msg::{Generation, Job, News, NotDone};
use crate::tui::sample::{Answering, NOW, Play, life, open};

fn play(plain: i64) -> Play {
    Play::with(plain, (120, 40)).opened()
}

fn commands(effects: &[Effect]) -> Vec<Command> {
    let ask = |effect: &Effect| match effect {
        Effect::Run { ask, .. } => Some((*ask.command).clone()),
        _ => None,
    };
    effects.iter().filter_map(ask).collect()
}

fn asks_the_desk(effects: &[Effect]) -> bool {
    effects.iter().any(|e| matches!(e, Effect::Page(_) | Effect::Ticket { .. } | Effect::Run { .. }))
}

#[test]
fn the_first_page_brings_the_most_urgent_ticket_and_its_story() {
    let play = play(0);
    assert_eq!(play.selected(), Some(1042));
    assert!(play.model.selected().is_some());
}

#[test]
fn nothing_is_asked_before_the_desk_is_open() {
    let mut play = Play::with(3, (120, 40));
    play.env.standing = Standing::Opening;
    play.press("j G t");
    assert!(!asks_the_desk(&play.done()));
}

#[test]
fn a_step_inside_the_rows_held_asks_nothing_until_it_rests() {
    let mut play = play(8);
    play.done();
    play.press("j j k");
    let effects = play.done();
    assert!(!asks_the_desk(&effects), "{effects:?}");
    assert!(effects.contains(&Effect::Timer(Timer::Rest, settle::REST)));
    play.rest();
    let effects = play.done();
    assert_eq!(effects.iter().filter(|e| matches!(e, Effect::Ticket { .. })).count(), 1);
    assert_eq!(play.model.selected().map(|view| view.ticket.id.0), play.selected());
}

#[test]
fn scrolling_fetches_ahead_and_seldom() {
    let mut play = play(1000);
    play.done();
    for n in 0..400 {
        play.press("j");
        assert!(play.model.queue.selected().is_some(), "row {n} was not there when it was reached");
    }
    let pages = play.done().iter().filter(|e| matches!(e, Effect::Page(_))).count();
    assert!(pages <= 8, "{pages} pages for 400 rows");
}

#[test]
fn the_ends_of_a_long_list_are_a_key_away() {
    let mut play = play(1000);
    play.press("G");
    let last = play.selected();
    assert_eq!(play.model.queue.cursor.at + 1, play.model.queue.page.total);
    assert!(last.is_some());
    play.press("g g");
    assert_eq!(play.selected(), Some(1042));
}

#[test]
fn a_refresh_never_moves_the_cursor_off_its_ticket() {
    let mut play = play(30);
    play.press("j j j j j");
    let (before, line) = (play.selected(), play.model.queue.cursor.at - play.model.queue.top);
    for n in 0..3 {
        let urgent = open("Fire in the server room", "Facilities", "extensive", "high");
        play.views.push(life(2000 + n, vec![(1, "jo", urgent)]));
    }
    let query = play.model.queue.list.query();
    let page = play.page(&query, Anchor::Top, 200);
    let (generation, counts) = (play.model.queue.generation, play.model.queue.counts.unwrap());
    play.hear(News::Page { generation, page, counts });
    assert_eq!(play.selected(), before);
    assert_eq!(play.model.queue.cursor.at - play.model.queue.top, line, "nor the ticket on the screen");
}

#[test]
fn where_the_ticket_left_the_list_the_next_takes_its_place() {
    let mut play = play(10);
    play.press("j j");
    let at = play.model.queue.cursor.at;
    let gone = play.selected().unwrap();
    play.views.retain(|view| view.ticket.id != TicketId(gone));
    let query = play.model.queue.list.query();
    let page = play.page(&query, Anchor::Top, 200);
    let (generation, counts) = (play.model.queue.generation, play.model.queue.counts.unwrap());
    play.hear(News::Page { generation, page, counts });
    assert_eq!(play.model.queue.cursor.at, at);
    assert!(play.selected().is_some_and(|id| id != gone));
}

#[test]
fn stale_answers_are_dropped() {
    let mut play = play(3);
    let before = play.model.queue.page.clone();
    let counts = play.model.queue.counts.unwrap();
    play.hear(News::Page { generation: Generation(0), page: Default::default(), counts });
    assert_eq!(play.model.queue.page, before);
    let shown = play.model.story.shown.clone();
    play.hear(News::Ticket { generation: Generation(0), id: TicketId(1), view: None });
    assert_eq!(play.model.story.shown, shown);
}

#[test]
fn take_runs_at_once_and_a_refusal_says_why_in_place() {
    let mut play = play(0);
    play.done();
    play.press("t");
    assert_eq!(commands(&play.done()), [Command::Take { reason: None }]);
    assert!(play.model.writes.touches(TicketId(1042)));
    let refusal = Refusal::state("#1042 is jo's already", "look again");
    play.hear(News::Ran { job: Job(1), result: Err(NotDone::Refused(refusal)) });
    assert!(play.toast().contains("#1042 is jo's already; look again"), "{}", play.toast());
    assert!(!play.model.writes.touches(TicketId(1042)));
    play.press("j");
    assert_eq!(play.toast(), "", "the next key takes it away");
}

#[test]
fn what_the_rules_refuse_is_not_even_sent() {
    let mut play = play(0);
    play.done();
    for (key, word) in
        [("T", "nobody's"), ("W", "not waiting"), ("o", "nothing to reopen"), ("c", "not resolved")]
    {
        play.press(key);
        assert!(play.toast().contains(word), "{key}: {}", play.toast());
    }
    assert_eq!(commands(&play.done()), []);
}

#[test]
fn a_desk_for_reading_refuses_with_its_reason() {
    let mut play = play(0);
    play.env.standing = Standing::ReadOnly { why: "the drive's locks lie".into(), help: "run doctor".into() };
    play.press("t");
    assert!(play.toast().contains("the drive's locks lie"), "{}", play.toast());
    play.press("n");
    assert!(play.model.dialogs.is_empty() && play.toast().contains("run doctor"));
}

#[test]
fn an_action_on_a_ticket_not_read_yet_waits_for_it() {
    let mut play = play(5);
    play.answering = Answering::NotYet;
    play.press("j");
    play.done();
    play.press("o");
    let effects = play.done();
    let asked = |e: &Effect| matches!(e, Effect::Ticket { .. });
    assert!(effects.iter().any(asked) && play.toast().is_empty(), "{effects:?}");
    let id = play.model.queue.cursor.id.unwrap();
    let view: TicketView = play.views.iter().find(|view| view.ticket.id == id).cloned().unwrap();
    let generation = play.model.story.generation;
    play.hear(News::Ticket { generation, id, view: Some(Box::new(view)) });
    assert!(play.toast().contains("nothing to reopen"), "{}", play.toast());
}

#[test]
fn panes_are_a_key_away_and_escape_goes_back_one_level() {
    let mut play = play(3);
    play.press("enter");
    assert_eq!(play.model.focus, Pane::Ticket);
    play.press("tab L");
    assert_eq!((play.model.focus, play.model.story.depth), (Pane::Log, Depth::Everything));
    play.press("esc");
    assert_eq!(play.model.focus, Pane::Queue);
    play.press("3 1 shift-tab");
    assert_eq!(play.model.focus, Pane::Log);
}

#[test]
fn escape_in_the_queue_clears_the_filter_and_keeps_the_ticket() {
    let mut play = play(5);
    play.model.queue.list.filter = String::from("subject:vpn");
    play.press("j j esc");
    assert_eq!(play.model.queue.list.filter, "");
    assert_eq!(play.model.queue.state, Held::Rows);
    assert!(play.selected().is_some());
}

#[test]
fn every_view_is_a_query() {
    for view in crate::tui::views::VIEWS {
        assert!(parse(view.query).is_ok(), "{}", view.name);
    }
}

#[test]
fn an_edit_that_sends_the_ticket_away_says_where() {
    let mut play = play(0);
    let routes = "[[routes]]\nwhen = \"category:lan\"\nto = \"Network\"\n";
    let matrix = crate::matrix::read(&format!("{}\n{routes}", crate::tui::sample::MATRIX), "sample");
    play.env.matrix = std::sync::Arc::new(matrix.unwrap().matrix);
    play.press("j").rest().press("d tab tab tab ctrl-u l a n ctrl-s");
    play.hear(News::Ran { job: Job(1), result: Ok(TicketId(play.selected().unwrap())) });
    assert!(play.toast().contains("edited, which escalated it to L2 Network"), "{}", play.toast());
}

#[test]
fn a_command_that_came_to_another_ticket_says_so_and_goes_there() {
    let mut play = play(0);
    play.done();
    play.press("t");
    play.hear(News::Ran { job: Job(1), result: Ok(TicketId(2000)) });
    assert!(play.toast().contains("#2000 opened: it goes on with #1042"), "{}", play.toast());
}

#[test]
fn leaving_waits_for_what_is_unsaved() {
    let mut play = play(0);
    play.press("t q");
    let quit = |effects: &[Effect]| {
        effects.iter().find_map(|e| if let Effect::Quit(q) = e { Some(q.clone()) } else { None })
    };
    assert_eq!(quit(&play.done()), None);
    assert!(play.toast().contains("saving 1 change"), "{}", play.toast());
    play.tell(Msg::Timer(Timer::Leave));
    assert!(play.toast().contains("1 change not saved yet"), "{}", play.toast());
    play.hear(News::Ran { job: Job(1), result: Ok(TicketId(1042)) });
    assert_eq!(quit(&play.done()), Some(Ending::Left));
}

#[test]
fn leaving_twice_leaves_without_and_a_failure_keeps_everything() {
    let mut play = play(0);
    play.press("t q q");
    assert!(play.done().contains(&Effect::Quit(Ending::Abandoned(1))));
    let mut play = self::play(0);
    play.press("t q");
    play.hear(News::Ran { job: Job(1), result: Err(NotDone::Failed("the drive is full".into())) });
    assert!(!play.done().iter().any(|e| matches!(e, Effect::Quit(_))));
    assert!(play.toast().contains("the drive is full"));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_its_own_status() {
    let mut play = play(0);
    play.tell(Msg::Signal(Signal::Terminate));
    assert!(play.done().contains(&Effect::Quit(Ending::Signalled(143))));
}

#[test]
fn a_slow_answer_is_said_and_forgotten() {
    use crate::tui::msg::Health;
    let mut play = play(3);
    play.answering = Answering::NotYet;
    play.press("j").rest();
    play.env.now = NOW.plus(Span(2_300));
    play.tell(Msg::Timer(Timer::Slow));
    assert_eq!(play.model.drive.health, Health::Slow(Span(2_300)));
    play.answering = Answering::AtOnce;
    play.press("j").rest();
    assert_eq!(play.model.drive.health, Health::Fine);
}

#[test]
fn idle_sets_one_timer_for_the_next_age() {
    let mut play = play(0);
    let ages =
        |effects: &[Effect]| effects.iter().filter(|e| matches!(e, Effect::Timer(Timer::Age, _))).count();
    assert_eq!(ages(&play.done()), 1);
    play.press("j k");
    assert_eq!(ages(&play.done()), 0, "it is set already");
}

#[test]
fn a_number_chosen_elsewhere_is_found_outside_the_view() {
    let mut play = play(3);
    let outcome = crate::tui::intent::Outcome::Submit(crate::tui::intent::Intent::Select(TicketId(1030)));
    let env = play.env.clone();
    let mut effects = ask::outcome(&mut play.model, outcome, &env);
    effects.extend(settle::settle(&mut play.model, &env));
    assert!(
        effects
            .iter()
            .any(|e| matches!(e, Effect::Page(wish) if wish.anchor == Anchor::Around(TicketId(1030))))
    );
}

#[test]
fn the_mouse_selects_and_focuses() {
    use crate::tui::input::{Button, Mouse, MouseAct};
    let mut play = play(5);
    let click = |x, y| Msg::Input(Input::Mouse(Mouse { x, y, act: MouseAct::Press(Button::Left) }));
    play.tell(click(30, 5));
    assert_eq!(play.model.queue.cursor.at, 2);
    play.tell(click(30, 30));
    assert_eq!(play.model.focus, Pane::Ticket);
    play.tell(Msg::Input(Input::Mouse(Mouse { x: 30, y: 5, act: MouseAct::WheelDown })));
    assert_eq!(play.model.queue.cursor.at, 5);
}

#[test]
fn an_unbound_key_says_where_to_look() {
    let mut play = play(0);
    play.press("x");
    assert_eq!(play.toast(), "x does nothing here; ? shows the keys");
    play.press("g x");
    assert_eq!(play.toast(), "g x does nothing here; ? shows the keys");
}

#[test]
fn a_form_keeps_its_text_until_the_desk_said_yes() {
    let mut play = play(0);
    play.press("a h i ctrl-s");
    let sent = commands(&play.done());
    assert!(matches!(&sent[..], [Command::Note { text }] if text.as_str() == "hi"), "{sent:?}");
    play.hear(News::Ran { job: Job(1), result: Err(NotDone::Failed("the drive is full".into())) });
    assert!(!play.model.dialogs.is_empty());
    play.press("ctrl-s");
    assert_eq!(commands(&play.done()), sent, "the text is still there");
    play.hear(News::Ran { job: Job(2), result: Ok(TicketId(1042)) });
    assert!(play.model.dialogs.is_empty());
    assert_eq!(play.toast(), "#1042 noted");
}

#[test]
fn what_is_written_is_kept_when_the_fingers_rest() {
    let mut play = play(0);
    play.press("a h i");
    assert!(play.done().iter().any(|e| matches!(e, Effect::Timer(Timer::Drafts, _))));
    play.tell(Msg::Timer(Timer::Drafts));
    let kept =
        play.done().into_iter().find_map(|e| if let Effect::KeepDrafts(d) = e { Some(d) } else { None });
    let kept = kept.unwrap();
    assert!(kept.len() == 1 && kept[0].fields.values().any(|text| text == "hi"), "{kept:?}");
}

#[test]
fn a_note_can_be_written_in_the_editor() {
    let mut play = play(0);
    play.press("N");
    assert!(play.done().contains(&Effect::Compose(String::new())));
    play.tell(Msg::Composed(Some(String::from("from the editor\n"))));
    play.press("ctrl-s");
    let sent = commands(&play.done());
    assert!(matches!(&sent[..], [Command::Note { text }] if text.as_str() == "from the editor"), "{sent:?}");
}

#[test]
fn a_filter_is_typed_and_narrows_the_view() {
    let mut play = play(5);
    play.press("/ d r o p s enter");
    assert_eq!(play.model.queue.list.filter, "drops");
    assert_eq!(play.model.queue.page.total, 1);
    play.press("esc");
    assert!(play.model.queue.page.total > 1);
}

#[test]
fn who_works_in_no_group_sees_all_of_them() {
    let mut play = Play::with(2, (120, 40));
    play.env.me.actor = crate::domain::text::Label::soften("stranger");
    let mut play = play.opened();
    assert_eq!(play.model.queue.list.view().name, "open");
    assert!(play.model.queue.page.total > 0);
    play.press("t");
    assert!(play.toast().contains("stranger is not among this desk's people"), "{}", play.toast());
}

#[test]
fn a_ticket_just_opened_is_looked_for_in_the_list_one_works_in() {
    let mut play = play(3);
    let before = play.model.queue.list.clone();
    play.done();
    play.press("n");
    play.model.queue.seek(TicketId(2));
    play.press("esc");
    let anchors: Vec<Anchor> = play
        .done()
        .into_iter()
        .filter_map(|effect| if let Effect::Page(wish) = effect { Some(wish.anchor) } else { None })
        .collect();
    assert_eq!(anchors, [Anchor::Around(TicketId(2))]);
    assert_eq!((play.model.queue.list.clone(), play.selected()), (before, Some(2)));
}

#[test]
fn a_matrix_with_mistakes_is_shown_at_once() {
    let mut play = Play::with(0, (120, 40));
    let (matrix, standing) = (std::sync::Arc::clone(&play.env.matrix), play.env.standing.clone());
    let diagnosis = String::from("mistake: unknown key `teir`");
    play.env.diagnosis.clone_from(&diagnosis);
    let calendars = play.env.calendars.clone();
    let facts = crate::tui::msg::DeskFacts {
        matrix,
        revision: 1,
        since: crate::domain::stamp::Stamp(i64::MIN),
        calendars,
        standing,
        banners: Vec::new(),
        diagnosis,
    };
    play.hear(News::Desk(Box::new(facts)));
    assert!(!play.model.dialogs.is_empty());
}

#[test]
fn what_is_typed_before_the_form_is_there_goes_into_the_form() {
    let mut play = play(3);
    play.answering = Answering::NotYet;
    play.press("j a h e l l o");
    assert!(play.model.dialogs.is_empty(), "its ticket is still being read");
    play.answering = Answering::AtOnce;
    let id = play.model.queue.cursor.id.unwrap();
    let view = play.views.iter().find(|view| view.ticket.id == id).cloned().map(Box::new);
    let generation = play.model.story.generation;
    play.hear(News::Ticket { generation, id, view });
    let drafts = play.model.dialogs.drafts();
    assert_eq!(drafts.len(), 1);
    assert_eq!((drafts[0].form.as_str(), drafts[0].fields["text"].as_str()), ("ticket.note", "hello"));
    assert!(commands(&play.done()).is_empty());
}

#[test]
fn a_form_that_does_not_come_can_be_given_up() {
    let mut play = play(3);
    play.answering = Answering::NotYet;
    play.press("j e x esc");
    assert_eq!((&play.model.awaiting, play.toast()), (&None, "given up"));
    play.press("j e x");
    play.hear(News::Unread(String::from("the drive is gone")));
    assert!(play.model.awaiting.is_none());
    assert!(play.toast().ends_with("can't be read: the drive is gone"), "{}", play.toast());
}

#[test]
fn the_editor_goes_on_with_a_kept_draft() {
    let mut play = play(3);
    play.press("a h a l f esc k");
    play.done();
    play.press("N");
    assert!(play.done().contains(&Effect::Compose(String::from("half"))));
}

#[test]
fn a_form_without_anything_to_choose_says_so_instead() {
    let mut play = play(3);
    play.tell(Msg::Input(Input::Key(":".parse().unwrap())));
    play.press("u n l i n k enter");
    assert!(play.model.dialogs.is_empty());
    assert!(play.toast().starts_with("it is linked to no other ticket"), "{}", play.toast());
}

#[test]
fn the_end_of_the_matrix_is_reached_and_left_by_single_steps_at_any_size() {
    for size in [(60, 15), (74, 24), (120, 40)] {
        let mut play = Play::with(3, size).opened();
        let shown = |play: &Play| {
            let theme = crate::tui::theme::Theme::default();
            let mut buf = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, size.0, size.1));
            play.model.dialogs.draw(buf.area, &theme, &play.env, &mut buf);
            crate::tui::testing::picture(&buf)
        };
        play.press("m G");
        let end = shown(&play);
        play.press("j G pagedown");
        assert_eq!(shown(&play), end);
        play.press("k");
        assert_ne!(shown(&play), end, "one step back is seen at {size:?}");
        play.press("j");
        assert_eq!(shown(&play), end);
        play.press("q");
        assert!(play.model.dialogs.is_empty());
    }
}

#[test]
fn a_list_shorter_than_it_was_counted_is_asked_for_once() {
    let mut play = play(3);
    play.answering = Answering::NotYet;
    play.press("v a l l enter");
    let query = play.model.queue.list.query();
    let whole = play.page(&query, Anchor::Top, 200);
    let (generation, counts) = (play.model.queue.generation, play.model.queue.counts.unwrap());
    let rows = whole.rows.len();
    play.done();
    play.hear(News::Page { generation, page: crate::desk::Page { total: rows + 7, ..whole }, counts });
    assert_eq!(play.model.queue.page.total, rows);
    assert!(play.done().iter().all(|effect| !matches!(effect, Effect::Page(_))));
}

#[test]
fn the_next_change_of_a_clock_wakes_the_console_and_nothing_sooner() {
    let mut play = play(0);
    let wakes = |play: &mut Play| {
        let mut timers = play.done().into_iter().filter_map(|effect| match effect {
            Effect::Timer(Timer::Age, after) => Some(after),
            _ => None,
        });
        timers.next_back()
    };
    let first = wakes(&mut play).unwrap();
    assert!(first.0 > 0 && first <= Span::MINUTE, "{first:?}");
    play.press("j k");
    assert_eq!(wakes(&mut play), None, "it is set already");
    play.env.now = NOW.plus(first);
    play.tell(Msg::Timer(Timer::Age));
    assert!(wakes(&mut play).is_some_and(|next| next.0 > 0 && next <= Span::MINUTE));
}

#[test]
fn what_falls_due_within_the_hour_is_counted_again_once_a_minute() {
    let mut play = play(0);
    play.done();
    let refreshes = |play: &mut Play| play.done().iter().filter(|effect| **effect == Effect::Refresh).count();
    for (seconds, expected) in [(30, 0), (60, 1), (75, 0), (119, 0), (121, 1)] {
        play.env.now = NOW.plus(Span::SECOND.times(seconds));
        play.tell(Msg::Timer(Timer::Age));
        assert_eq!(refreshes(&mut play), expected, "after {seconds} s");
    }
}
