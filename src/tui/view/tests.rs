use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use ratatui::style::{Color, Modifier};

use super::*;
use crate::desk::{Count, Counts};
use crate::domain::event::Outcome;
use crate::domain::ids::TicketId;
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::{Body, Line as Text};
use crate::rules::Command;
use crate::tui::env::Standing;
use crate::tui::input::Input;
use crate::tui::model::{Banner, Held, Tone, Weight};
use crate::tui::msg::{Health, Msg};
use crate::tui::sample::{NOW, Play, life, note, notice, open};
use crate::tui::screen::{Capabilities, Screen};
use crate::tui::theme::{Charset, Palette, Role};

fn drawn(play: &Play, theme: &Theme) -> Buffer {
    let size = play.model.size;
    let mut buf = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    let _ = draw(&play.model, theme, &play.env, &mut buf);
    buf
}

/// The screen as text, and below it a letter for each cell that is not plain: a picture and its styles.
pub fn picture(buf: &Buffer) -> String {
    let mut legend: BTreeMap<String, char> = BTreeMap::new();
    let (mut text, mut styles) = (String::new(), String::new());
    for y in 0..buf.area.height {
        let (mut row, mut map) = (String::new(), String::new());
        let mut skip = 0;
        for x in 0..buf.area.width {
            let cell = &buf[(x, y)];
            map.push(letter(cell.fg, cell.modifier, &mut legend));
            if skip == 0 {
                row.push_str(cell.symbol());
                skip = text::width(cell.symbol());
            }
            skip = skip.saturating_sub(1);
        }
        let _ = writeln!(text, "{}", row.trim_end());
        let _ = writeln!(styles, "{}", runs(&map));
    }
    let legend: Vec<String> = legend.iter().map(|(style, letter)| format!("{letter} {style}")).collect();
    format!("{text}--- {}\n{styles}", legend.join(", "))
}

fn letter(fg: Color, modifier: Modifier, legend: &mut BTreeMap<String, char>) -> char {
    if fg == Color::Reset && modifier.is_empty() {
        return '.';
    }
    let style = format!("{fg:?} {modifier:?}").to_lowercase();
    let next = char::from(b'a' + u8::try_from(legend.len()).unwrap());
    *legend.entry(style).or_insert(next)
}

/// `5. 3a`: five plain cells, three of style a; the plain end of a row is left out.
fn runs(map: &str) -> String {
    let mut out: Vec<(usize, char)> = Vec::new();
    for c in map.trim_end_matches('.').chars() {
        match out.last_mut() {
            Some((n, last)) if *last == c => *n += 1,
            _ => out.push((1, c)),
        }
    }
    out.iter().map(|(n, c)| format!("{n}{c}")).collect::<Vec<_>>().join(" ")
}

fn unicode() -> Theme {
    Theme::new(Palette::Sixteen, Charset::Unicode)
}

fn shot(name: &str, play: &Play) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, picture(&drawn(play, &unicode())));
    });
}

const LARGE: (u16, u16) = (120, 40);
const SMALL: (u16, u16) = (80, 24);

#[test]
fn the_three_panes_stand_together_on_a_large_screen() {
    shot("large", &Play::with(30, LARGE).opened());
}

#[test]
fn a_small_screen_shows_one_pane_at_a_time() {
    let mut play = Play::with(30, SMALL).opened();
    shot("small-queue", &play);
    play.press("enter");
    shot("small-ticket", &play);
    play.press("tab");
    shot("small-log", &play);
    play.press("L");
    shot("small-log-everything", &play);
}

#[test]
fn a_wide_screen_shows_them_side_by_side() {
    shot("wide", &Play::with(30, (180, 40)).opened());
}

#[test]
fn too_small_a_window_says_so_in_a_sentence() {
    shot("too-small", &Play::with(3, (59, 14)).opened());
}

#[test]
fn a_waiting_and_a_resolved_ticket_say_so() {
    let mut play = Play::with(0, LARGE).opened();
    play.press("j j").rest();
    shot("waiting", &play);
    let list = crate::tui::model::List { view: 5, ..Default::default() };
    play.model.queue.turn(list);
    play.press("R j").rest();
    shot("resolved", &play);
}

#[test]
fn the_first_frame_needs_no_desk() {
    let mut play = Play::with(0, LARGE);
    play.env.standing = Standing::Opening;
    shot("opening", &play);
}

#[test]
fn an_empty_desk_says_what_to_press() {
    let mut play = Play::of(Vec::new(), SMALL).opened();
    play.model.queue.counts = Some(Counts::default());
    shot("empty-desk", &play);
    play.model.queue.list.filter = String::from("subject:nothing");
    shot("empty-filter", &play);
}

#[test]
fn trouble_with_the_desk_says_why() {
    let mut play = Play::of(Vec::new(), SMALL);
    play.env.standing = Standing::Shut { why: "desk.db is no desk: it was made by another program".into() };
    shot("shut", &play);
    let mut play = Play::with(3, LARGE).opened();
    play.model.queue.fail("the drive does not answer".into());
    play.model.drive.health = Health::Offline { since: Stamp(NOW.0 - 1_140_000), why: "gone".into() };
    shot("offline", &play);
}

#[test]
fn a_refusal_stands_in_place_and_the_keys_stay() {
    let mut play = Play::with(3, SMALL).opened();
    play.press("T");
    shot("refused", &play);
    play.press("g");
    shot("prefix", &play);
}

#[test]
fn nothing_shines_through_a_message_or_a_title() {
    let mono = Theme::new(Palette::Mono, Charset::Unicode);
    let mut play = Play::with(30, SMALL).opened();
    // Without colour what is breached is reversed, in every row that the message may cover.
    for row in &mut play.model.queue.page.rows {
        row.outlook = play.views[0].outlook;
    }
    play.press("T");
    let buf = drawn(&play, &mono);
    let rule = (0..24).rfind(|y| buf[(40, *y)].symbol() == "─").unwrap();
    let covered = (rule..23).flat_map(|y| (0..80).map(move |x| (x, y)));
    let shining: Vec<_> = covered.filter(|at| buf[*at].modifier.contains(Modifier::REVERSED)).collect();
    assert!(rule > 15 && shining.is_empty(), "{shining:?}");
    let title = (0..80).find(|x| buf[(*x, 1)].symbol() == "Q").unwrap();
    assert_eq!(buf[(title, 1)].modifier, mono.style(Role::FocusBorder).add_modifier);
}

#[test]
fn a_broken_matrix_is_a_banner() {
    let mut play = Play::with(3, SMALL).opened();
    play.model.notices.banners =
        ["reading only: escalation.toml has 3 mistakes", "a second", "a third"].map(Banner::alarm).into();
    play.env.standing =
        Standing::ReadOnly { why: "escalation.toml has 3 mistakes".into(), help: "correct them".into() };
    shot("broken-matrix", &play);
}

#[test]
fn what_others_must_mend_is_said_without_alarm() {
    let mut play = Play::with(3, SMALL).opened();
    let style = |play: &Play| drawn(play, &unicode())[(2, 1)].modifier;
    play.model.notices.banners = vec![Banner::alarm("matrix file differs")];
    assert!(style(&play).contains(Modifier::REVERSED));
    play.model.notices.banners[0].weight = Weight::Others;
    assert!(!style(&play).contains(Modifier::REVERSED));
}

#[test]
fn what_the_person_must_hear_of_is_a_line_with_its_keys() {
    for (name, size) in [("notice", LARGE), ("small-notice", SMALL)] {
        let mut play = Play::with(3, size).opened();
        let mut handed = notice(12, 1048, "L1 Service Desk → L2 Network escalated");
        handed.by = Some(crate::domain::text::Label::soften("jo"));
        let over = notice(11, 1042, "noticed: own clock over its limit, since 10:51");
        let upto = handed.event;
        play.hear(crate::tui::msg::News::Heard { notices: vec![over, handed.clone()], upto });
        shot(name, &play);
        play.press("B I");
        play.hear(crate::tui::msg::News::Recent(vec![handed]));
        shot(&format!("{name}-list"), &play);
    }
}

#[test]
fn a_hostile_notice_is_drawn_harmlessly_and_keeps_its_keys() {
    let mut play = Play::with(3, SMALL).opened();
    let mut bad = notice(11, 1042, "a\u{1b}[2J\u{202e}b\u{7}");
    bad.subject = "\u{1b}]0;owned\u{7}日本語".repeat(20);
    play.hear(crate::tui::msg::News::Heard { notices: vec![bad.clone()], upto: bad.event });
    let text =
        |play: &Play| drawn(play, &unicode()).content.iter().map(|cell| cell.symbol()).collect::<String>();
    let line = text(&play);
    assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line:?}");
    assert!(line.contains("b go there  B dismiss"), "{line:?}");
    play.press("I");
    play.hear(crate::tui::msg::News::Recent(vec![bad]));
    assert!(!text(&play).chars().any(|c| c.is_control() || c == '\u{202e}'));
}

#[test]
fn a_change_on_its_way_and_a_slow_drive_are_marked() {
    let mut play = Play::with(3, SMALL).opened();
    play.press("t");
    play.model.drive.health = Health::Locked(Span(3_200));
    shot("saving", &play);
}

#[test]
fn hostile_and_wide_text_moves_nothing() {
    let hostile = "a\u{1b}[2J\u{202e}b\u{200b}\u{7}c 日本語 👩‍👩‍👧 z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}";
    let mut play = Play::with(2, LARGE).opened();
    for view in &mut play.views {
        view.log.extend(
            life(
                view.ticket.id.0,
                vec![(9, "jo", open("x", "y", "limited", "low")), (8, "jo", note("日本語"))],
            )
            .log,
        );
    }
    for row in &mut play.model.queue.page.rows {
        row.subject = String::from(hostile);
        row.requester = String::from("日本語のチケット日本語のチケット");
    }
    let buf = drawn(&play, &unicode());
    let all: String = buf.content.iter().map(|cell| cell.symbol()).collect();
    assert!(!all.chars().any(|c| c.is_control() || c == '\u{202e}' || c == '\u{200b}'), "{all:?}");
    let heading =
        (0..120).find(|x| buf[(*x, 2)].symbol() == "t" && buf[(*x + 1, 2)].symbol() == "i").unwrap();
    for y in 3..7 {
        assert_eq!(buf[(heading, y)].symbol(), "L", "the tier stands in its column in row {y}");
    }
}

#[test]
fn ascii_and_no_colour_lose_no_meaning() {
    let play = Play::with(3, LARGE).opened();
    let buf = drawn(&play, &Theme::new(Palette::Mono, Charset::Ascii));
    let own = |symbol: &str| symbol.is_ascii() || text::width(symbol) == 2;
    assert!(buf.content.iter().all(|cell| own(cell.symbol())), "{}", picture(&buf));
    assert!(buf.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    let page = picture(&buf);
    for word in ["!!", ">", "waiting", "P1", "nobody"] {
        assert!(page.contains(word), "{word}");
    }
}

/// Bytes that a key costs on the terminal.
fn bytes(play: &mut Play, screen: &mut Screen, keys: &str) -> usize {
    let paint = |play: &Play, screen: &mut Screen| {
        let mut canvas = screen.canvas();
        let cursor = draw(&play.model, &unicode(), &play.env, &mut canvas);
        screen.draw(canvas, cursor).len()
    };
    paint(play, screen);
    play.press(keys);
    paint(play, screen)
}

#[test]
fn moving_the_selection_costs_few_bytes_and_resting_nothing_more_than_the_story() {
    let mut play = Play::with(500, LARGE).opened();
    let mut screen = Screen::new(play.model.size, Capabilities::default());
    let step = bytes(&mut play, &mut screen, "j");
    assert!(step <= 64, "{step} bytes for a step");
    for _ in 0..30 {
        bytes(&mut play, &mut screen, "j");
    }
    let scrolled = bytes(&mut play, &mut screen, "j");
    assert!(scrolled <= 300, "{scrolled} bytes for a row scrolled");
    assert_eq!(bytes(&mut play, &mut screen, ""), 0, "nothing happened, nothing is written");
}

#[test]
fn a_shown_age_changes_no_more_than_once_a_minute() {
    let mut play = Play::with(20, LARGE).opened();
    // A second after the round number at which what is due in whole days shows one less.
    play.env.now = NOW.plus(Span(1_000));
    let before = drawn(&play, &unicode());
    play.env.now = NOW.plus(Span(30_000));
    assert_eq!(drawn(&play, &unicode()), before);
    play.env.now = NOW.plus(Span(60_000));
    assert_ne!(drawn(&play, &unicode()), before);
}

#[test]
fn the_header_never_says_more_than_was_counted() {
    let mut play = Play::with(3, LARGE).opened();
    let header =
        |play: &Play| picture(&drawn(play, &unicode())).lines().next().unwrap_or_default().to_owned();
    let counts = |breached, soon| Counts { live: 128, breached, soon, ..Counts::default() };
    play.model.queue.counts = Some(counts(Count::Exactly(3), Count::AtLeast(47)));
    assert!(header(&play).contains("open 128  breached 3  due <1h 47+  unowned 0"), "{}", header(&play));
    play.model.queue.counts = Some(counts(Count::AtLeast(50), Count::AtLeast(0)));
    assert!(header(&play).contains("open 128  breached 50+  unowned 0"), "{}", header(&play));
}

#[test]
fn what_is_to_be_confirmed_stands_in_the_header_before_what_presses_less() {
    let header = |counts: Counts, size| {
        let mut play = Play::with(3, size).opened();
        play.model.queue.counts = Some(counts);
        picture(&drawn(&play, &unicode())).lines().next().unwrap_or_default().to_owned()
    };
    let (breached, soon) = (Count::Exactly(3), Count::Exactly(7));
    let busy = Counts { live: 128, breached, soon, unowned: 12, mine: 5, waiting: 9, resolved: 14 };
    let (large, small) = (header(busy, LARGE), header(busy, SMALL));
    assert!(
        large.contains("open 128  breached 3  due <1h 7") && large.contains("  to confirm 14"),
        "{large}"
    );
    assert!(small.contains("open 128  breached 3  due <1h 7  to confirm 14"), "{small}");
    assert!(small.contains("Northwind") && small.contains("mia  drive ok"), "{small}");
    let none = header(Counts { resolved: 0, ..busy }, LARGE);
    assert!(!none.contains("to confirm") && none.contains("unowned 12  mine 5"), "{none}");
}

#[test]
fn an_empty_queue_tells_of_what_is_to_be_confirmed_and_how_to_get_there() {
    let mut play = Play::of(Vec::new(), SMALL).opened();
    let text = |play: &Play| picture(&drawn(play, &unicode()));
    assert!(text(&play).contains("1 ticket is resolved and to be confirmed with the requester: v, then"));
    play.model.queue.counts = Some(Counts { live: 3, ..Counts::default() });
    assert!(!text(&play).contains("to be confirmed with"));
}

#[test]
fn a_stranger_is_told_so_and_offered_nothing_that_is_refused_for_that() {
    for size in [LARGE, SMALL] {
        let mut play = Play::with(3, size).opened();
        play.env.me.actor = crate::domain::text::Label::soften("eve");
        let page = picture(&drawn(&play, &unicode()));
        assert!(page.lines().next().unwrap().contains("eve (reads only)"), "{page}");
        let foot = page.lines().nth(usize::from(size.1) - 1).unwrap();
        assert!(["enter open", "/ filter", "i explain"].iter().all(|key| foot.contains(key)), "{foot}");
        for refused in ["take", "note", "escalate", "resolve", "wait", "new"] {
            assert!(!foot.split_whitespace().any(|word| word == refused), "{refused}: {foot}");
        }
    }
}

fn resolve() -> Command {
    let (root_cause, resolution) = (Text::soften("a"), Body::soften("b"));
    Command::Resolve { root_cause, resolution, outcome: Outcome::Fixed }
}

#[test]
fn a_resolved_ticket_waits_for_nobody() {
    let view = life(7, vec![(9, "jo", open("x", "y", "limited", "low")), (8, "jo", resolve())]);
    let env = crate::tui::sample::env();
    let lines = log::lines(&view, crate::tui::model::Depth::Escalations, 60, &unicode(), &env);
    assert!(!lines.iter().any(|line| line.to_string().contains("nobody has taken it")));
    assert_eq!(view.ticket.id, TicketId(7));
}

fn keys() -> impl Strategy<Value = Vec<&'static str>> {
    let all: Vec<&str> =
        crate::tui::action::Action::all().flat_map(|action| action.keys.iter().copied()).collect();
    prop::collection::vec(prop::sample::select(all), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_keys_and_no_size_make_it_fall(
        keys in keys(), sizes in prop::collection::vec((1u16..300, 1u16..100), 1..5), failed in any::<bool>(),
    ) {
        let mut play = Play::with(12, LARGE).opened();
        for (n, key) in keys.iter().enumerate() {
            let (width, height) = sizes[n % sizes.len()];
            play.tell(Msg::Input(Input::Resize(width, height)));
            play.press(key);
            if n % 3 == 0 {
                play.rest();
            }
            if failed && n == 5 {
                play.model.queue.state = Held::Failed("gone".into());
                play.model.say(Tone::Refused, "because ".repeat(n * 9));
            }
            let _ = drawn(&play, &unicode());
        }
    }
}
