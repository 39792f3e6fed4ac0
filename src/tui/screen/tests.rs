use super::*;
use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};
use std::num::NonZeroU16;

fn size(width: u16, height: u16) -> Size {
    Size { width, height }
}

fn capable() -> Capabilities {
    Capabilities::default()
}

fn nonzero(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

/// A screen with the terminal it talks to.
struct Pair {
    screen: Screen,
    terminal: vt100::Parser,
}

impl Pair {
    fn new(width: u16, height: u16, capabilities: Capabilities) -> Self {
        let screen = Screen::new(size(width, height), capabilities);
        Self { screen, terminal: vt100::Parser::new(nonzero(height), nonzero(width), 0) }
    }

    fn resize(&mut self, width: u16, height: u16) {
        self.screen.resize(size(width, height));
        self.terminal.screen_mut().set_size(nonzero(height), nonzero(width));
    }

    /// Draws, and checks that the terminal then shows exactly that; the bytes it took.
    fn draw(&mut self, picture: &Buffer, cursor: Option<Position>) -> Vec<u8> {
        let mut canvas = self.screen.canvas();
        canvas.content.clone_from_slice(&picture.content);
        let bytes = self.screen.draw(canvas, cursor).to_vec();
        self.terminal.process(&bytes);
        self.check(picture, cursor);
        bytes
    }

    fn check(&self, picture: &Buffer, cursor: Option<Position>) {
        let seen = self.terminal.screen();
        let mut tidy = picture.clone();
        glyph::tidy(&mut tidy);
        for position in tidy.area.positions() {
            let want = &tidy[position];
            let got = seen.cell(position.y, position.x).unwrap();
            if glyph::is_covered(want) {
                continue;
            }
            let text = if got.has_contents() { got.contents() } else { " " };
            assert_eq!(text, want.symbol(), "text at {position:?}\n{}", seen.contents());
            assert_eq!(look_seen(got), look_wanted(want), "style at {position:?} of {:?}", want.symbol());
        }
        assert_eq!(seen.hide_cursor(), cursor.is_none());
        if let Some(at) = cursor {
            assert_eq!(seen.cursor_position(), (at.y, at.x));
        }
        let plain = (seen.fgcolor(), seen.bgcolor(), seen.bold(), seen.inverse());
        assert_eq!(plain, (vt100::Color::Default, vt100::Color::Default, false, false), "style left behind");
    }
}

/// Foreground, background, and bold, dim, italic, underlined, reversed.
type Look = (vt100::Color, vt100::Color, [bool; 5]);

fn look_seen(cell: &vt100::Cell) -> Look {
    let flags = [cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse()];
    let blank = !cell.has_contents() || cell.contents() == " ";
    if blank && !cell.underline() && !cell.inverse() {
        return (vt100::Color::Default, cell.bgcolor(), [false; 5]);
    }
    (cell.fgcolor(), cell.bgcolor(), flags)
}

fn look_wanted(cell: &ratatui::buffer::Cell) -> Look {
    use Modifier as M;
    let has = |modifier| cell.modifier.contains(modifier);
    if cell.symbol() == " " && !has(M::UNDERLINED) && !has(M::REVERSED) {
        return (vt100::Color::Default, colour(cell.bg), [false; 5]);
    }
    let flags = [M::BOLD, M::DIM, M::ITALIC, M::UNDERLINED, M::REVERSED].map(has);
    (colour(cell.fg), colour(cell.bg), flags)
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        other => panic!("not generated: {other}"),
    }
}

fn colours() -> impl Strategy<Value = Color> {
    prop_oneof![
        4 => Just(Color::Reset),
        1 => Just(Color::Red),
        1 => Just(Color::LightBlue),
        1 => Just(Color::Indexed(3)),
        1 => Just(Color::Indexed(200)),
        1 => Just(Color::Rgb(1, 20, 255)),
    ]
}

/// Bold and dim never together: the emulator knows only one of them at a time.
fn styles() -> impl Strategy<Value = Style> {
    let weight = prop_oneof![Just(Modifier::empty()), Just(Modifier::BOLD), Just(Modifier::DIM)];
    let rest = prop_oneof![
        4 => Just(Modifier::empty()),
        1 => Just(Modifier::ITALIC),
        1 => Just(Modifier::UNDERLINED),
        1 => Just(Modifier::REVERSED),
        1 => Just(Modifier::CROSSED_OUT | Modifier::SLOW_BLINK),
        1 => Just(Modifier::REVERSED | Modifier::UNDERLINED),
    ];
    (colours(), colours(), weight, rest).prop_map(|(fg, bg, weight, rest)| Style {
        sub_modifier: (Modifier::BOLD | Modifier::DIM).difference(weight),
        ..Style::new().fg(fg).bg(bg).add_modifier(weight | rest)
    })
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        6 => "[a-zA-Z0-9 ]{1,12}",
        2 => " {1,20}",
        1 => Just("語".to_owned()),
        1 => Just("漢字かな".to_owned()),
        1 => Just("e\u{301}é".to_owned()),
        1 => Just("──│▸".to_owned()),
        1 => Just("😀".to_owned()),
        1 => Just("क".to_owned()),
    ];
    prop::collection::vec(pieces, 1..6).prop_map(|all| all.concat())
}

#[derive(Clone, Debug)]
enum Step {
    Write { x: u16, y: u16, text: String, style: Style },
    Fill { x: u16, y: u16, width: u16, height: u16, style: Style },
    Raw { x: u16, y: u16, symbol: &'static str },
    Scroll { top: u16, height: u16, rows: u16, down: bool },
    Wipe,
    Forget,
    Resize { width: u16, height: u16 },
}

fn steps() -> impl Strategy<Value = Step> {
    let n = || 0u16..40;
    prop_oneof![
        12 => (n(), n(), texts(), styles()).prop_map(|(x, y, text, style)| Step::Write { x, y, text, style }),
        3 => (n(), n(), n(), 0u16..4, styles())
            .prop_map(|(x, y, width, height, style)| Step::Fill { x, y, width, height, style }),
        1 => (n(), n(), prop_oneof![Just("\x1b"), Just("\u{202e}"), Just("語"), Just("\n")])
            .prop_map(|(x, y, symbol)| Step::Raw { x, y, symbol }),
        6 => (n(), 3u16..20, 1u16..6, any::<bool>())
            .prop_map(|(top, height, rows, down)| Step::Scroll { top, height, rows, down }),
        1 => Just(Step::Wipe),
        1 => Just(Step::Forget),
        1 => (1u16..40, 1u16..20).prop_map(|(width, height)| Step::Resize { width, height }),
    ]
}

fn apply(step: &Step, picture: &mut Buffer, pair: &mut Pair) {
    let area = picture.area;
    match step {
        Step::Write { x, y, text, style } => {
            picture.set_string(x % area.width, y % area.height, text, *style);
        }
        Step::Fill { x, y, width, height, style } => {
            picture.set_style(Rect::new(*x, *y, *width, *height).intersection(area), *style);
        }
        Step::Raw { x, y, symbol } => {
            picture[(x % area.width, y % area.height)].set_symbol(symbol);
        }
        Step::Scroll { top, height, rows, down } => {
            let top = top % area.height;
            let bottom = (top + height).min(area.height - 1);
            let rows = (*rows).min(bottom - top + 1);
            let direction = if *down { scroll::Direction::Down } else { scroll::Direction::Up };
            scroll::Shift { top, bottom, rows, direction }.apply(picture);
        }
        Step::Wipe => picture.reset(),
        Step::Forget => {
            pair.terminal.process(b"\x1b[3;4r\x1b[7;31m editor was here \x1b[?25h");
            pair.screen.forget();
        }
        Step::Resize { width, height } => {
            pair.resize(*width, *height);
            let mut resized = Buffer::empty(Rect::new(0, 0, *width, *height));
            for position in resized.area.intersection(area).positions() {
                resized[position] = picture[position].clone();
            }
            *picture = resized;
        }
    }
}

fn abilities() -> impl Strategy<Value = Capabilities> {
    prop_oneof![Just(ScrollRegions::Avoid), Just(ScrollRegions::Use)]
        .prop_map(|scroll_regions| Capabilities { scroll_regions })
}

#[test]
fn a_long_scroll_back_costs_no_more_than_drawing() {
    let cost = |scroll_regions| {
        let mut pair = Pair::new(120, 40, Capabilities { scroll_regions });
        pair.draw(&queue(120, 40, 34, 0), None);
        pair.draw(&queue(120, 40, 0, 0), None).len()
    };
    let (used, avoided) = (cost(ScrollRegions::Use), cost(ScrollRegions::Avoid));
    assert!(used <= avoided, "{used} against {avoided}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// The emulator is the judge: after every frame it shows what was asked for, cell by cell.
    #[test]
    fn the_terminal_shows_what_was_drawn(
        capabilities in abilities(),
        frames in prop::collection::vec((prop::collection::vec(steps(), 0..6), prop::option::of((0u16..40, 0u16..20))), 1..12),
    ) {
        let mut pair = Pair::new(33, 14, capabilities);
        let mut picture = Buffer::empty(Rect::new(0, 0, 33, 14));
        for (steps, cursor) in &frames {
            for step in steps {
                apply(step, &mut picture, &mut pair);
            }
            let cursor = cursor.map(|(x, y)| Position::new(x % picture.area.width, y % picture.area.height));
            pair.draw(&picture, cursor);
            prop_assert!(pair.draw(&picture, cursor).is_empty(), "drawn twice, said twice");
        }
    }

    /// Lists of full width, scrolled, with a mark that moves: where the shortcuts are taken.
    #[test]
    fn lists_scroll_right(moves in prop::collection::vec((0usize..60, 0usize..12), 1..20), abilities in abilities()) {
        let mut pair = Pair::new(60, 20, abilities);
        for (top, mark) in moves {
            pair.draw(&queue(60, 20, top, mark), None);
        }
    }

    /// Scrolling is a saving, never a loss.
    #[test]
    fn scrolling_never_costs_more(from in 0usize..40, to in 0usize..40, mark in 0usize..30) {
        let cost = |scroll_regions| {
            let mut pair = Pair::new(120, 40, Capabilities { scroll_regions });
            pair.draw(&queue(120, 40, from, mark), None);
            pair.draw(&queue(120, 40, to, mark), None).len()
        };
        prop_assert!(cost(ScrollRegions::Use) <= cost(ScrollRegions::Avoid));
    }

    /// The slow way, everything from nothing, ends in the same picture. It can be shorter only where rows
    /// are emptied: each costs a move and an erasure.
    #[test]
    fn a_difference_is_hardly_dearer_than_a_repaint(
        before in prop::collection::vec(steps(), 0..8), after in prop::collection::vec(steps(), 0..3),
    ) {
        let mut pair = Pair::new(33, 14, capable());
        let mut picture = Buffer::empty(Rect::new(0, 0, 33, 14));
        before.iter().for_each(|step| apply(step, &mut picture, &mut pair));
        pair.draw(&picture, None);
        after.iter().for_each(|step| apply(step, &mut picture, &mut pair));
        let difference = pair.draw(&picture, None).len();
        pair.screen.forget();
        let repaint = pair.draw(&picture, None).len();
        prop_assert!(difference <= repaint + 12 * usize::from(picture.area.height), "{difference} against {repaint}");
    }

    /// No text, however hostile, gets a control character past the encoder.
    #[test]
    fn nothing_but_our_own_sequences_leaves(symbols in prop::collection::vec("\\PC{0,2}|[\\x00-\\x1f\\x7f-\\x9f\u{202a}-\u{202e}]{1,3}", 40)) {
        let mut screen = Screen::new(size(20, 2), capable());
        let mut canvas = screen.canvas();
        for (cell, symbol) in canvas.content.iter_mut().zip(&symbols) {
            cell.set_symbol(symbol);
        }
        let text = String::from_utf8(screen.draw(canvas, None).to_vec()).unwrap();
        let refused = |c| matches!(c, '\x7f'..='\u{9f}' | '\u{202a}'..='\u{202e}');
        let refused = text.chars().any(refused);
        prop_assert!(!refused);
        for after in text.split('\x1b').skip(1) {
            prop_assert!(after.starts_with('['), "{text:?}");
        }
        prop_assert!(text.chars().filter(|c| c.is_control()).all(|c| "\x1b\r\n\x08".contains(c)));
    }
}

/// A console much like the real one: a header, a full-width list with a mark in its gutter, a foot.
fn queue(width: u16, height: u16, top: usize, mark: usize) -> Buffer {
    let mut picture = Buffer::empty(Rect::new(0, 0, width, height));
    let bold = Style::new().add_modifier(Modifier::BOLD);
    picture.set_stringn(
        0,
        0,
        " tierline  Northwind Service Desk    open 128  breached 3",
        width.into(),
        bold,
    );
    picture.set_stringn(0, 1, "─".repeat(width.into()), width.into(), Style::new());
    picture.set_stringn(2, 1, format!(" Queue - {}/128 ", top + 1), width.into(), bold);
    let subjects =
        ["VPN drops every ten minutes", "Payroll export fails since update", "Badge reader is dead"];
    let rows = height.saturating_sub(3);
    for row in 0..rows {
        let ticket = top + usize::from(row);
        let line = format!(
            "    {:<5} P{}   {:<37} {:<13} L{}    {:<10} {:<7} open     own   -{}m    {}m",
            1000 + ticket * 7,
            ticket % 4 + 1,
            subjects[ticket % 3],
            ["Ada Obi", "Payroll", "Facilities", "Kim Ahn"][ticket % 4],
            ticket % 3 + 1,
            ["Network", "Apps", "Desk"][ticket % 3],
            ["mia", "jo", "-"][ticket % 3],
            ticket % 60,
            ticket * 3 % 400,
        );
        picture.set_stringn(0, row + 2, line, width.into(), Style::new());
        if ticket.is_multiple_of(5) {
            picture.set_stringn(
                2,
                row + 2,
                "!!",
                2,
                Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            );
        }
    }
    let marked = 2 + u16::try_from(mark).unwrap() % rows.max(1);
    picture.set_stringn(1, marked, "▸", 1, bold);
    picture.set_stringn(1, height - 1, "t take  a note  e escalate  ? help", width.into(), Style::new());
    picture
}

/// The text of a picture as a plain terminal would print it: rows without the blanks at their ends.
fn text_bytes(picture: &Buffer) -> usize {
    let rows = picture.content.chunks(usize::from(picture.area.width));
    rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().len() + 1).sum()
}

#[test]
fn a_first_frame_costs_little_more_than_its_text() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let picture = queue(width, height, 0, 0);
        let bytes = Pair::new(width, height, capable()).draw(&picture, None).len();
        let text = text_bytes(&picture);
        assert!(bytes * 10 <= text * 13, "{width}x{height}: {bytes} bytes for {text} of text");
    }
}

#[test]
fn a_mark_moved_a_row_costs_thirty_two_bytes_at_most() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let mut pair = Pair::new(width, height, capable());
        pair.draw(&queue(width, height, 0, 3), None);
        for mark in [4, 5, 6, 5, 4, 3, 2, 1, 0] {
            let bytes = pair.draw(&queue(width, height, 0, mark), None);
            assert!(bytes.len() <= 32, "{} bytes: {:?}", bytes.len(), String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn a_list_scrolled_a_row_costs_two_hundred_and_fifty_bytes_at_most() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let last = usize::from(height) - 4;
        let mut pair = Pair::new(width, height, capable());
        for (mark, tops) in [(last, [0, 1, 2, 3, 4, 5]), (0, [9, 8, 7, 6, 5, 4])] {
            pair.draw(&queue(width, height, tops[0], mark), None);
            for top in &tops[1..] {
                let bytes = pair.draw(&queue(width, height, *top, mark), None);
                let said = String::from_utf8_lossy(&bytes);
                assert!(bytes.len() <= 250, "{} bytes: {said:?}", bytes.len());
            }
        }
    }
}

#[test]
fn nothing_changed_is_nothing_said() {
    let mut pair = Pair::new(80, 24, capable());
    let cursor = Some(Position::new(3, 4));
    assert!(!pair.draw(&queue(80, 24, 0, 0), cursor).is_empty());
    assert!(pair.draw(&queue(80, 24, 0, 0), cursor).is_empty());
}

#[test]
fn a_typed_letter_costs_a_move_and_the_letter() {
    let mut pair = Pair::new(80, 24, capable());
    let mut picture = queue(80, 24, 0, 0);
    pair.draw(&picture, Some(Position::new(10, 23)));
    picture.set_string(10, 23, "x", Style::new());
    assert_eq!(pair.draw(&picture, Some(Position::new(11, 23))), b"\x1b[24;11Hx");
}

#[test]
fn only_large_frames_are_bracketed() {
    let mut pair = Pair::new(120, 40, capable());
    let large = pair.draw(&queue(120, 40, 0, 0), None);
    assert!(large.starts_with(SYNC_BEGIN) && large.ends_with(SYNC_END));
    let small = pair.draw(&queue(120, 40, 0, 1), None);
    assert!(!small.starts_with(SYNC_BEGIN) && !small.ends_with(SYNC_END));
}

#[test]
fn a_short_gap_is_written_again_and_a_long_one_jumped() {
    let mut pair = Pair::new(40, 2, capable());
    let mut picture = Buffer::empty(Rect::new(0, 0, 40, 2));
    picture.set_string(0, 0, "abcdefghijklmnopqrstuvwxyz", Style::new());
    pair.draw(&picture, None);
    picture.set_string(0, 0, "A", Style::new());
    picture.set_string(4, 0, "E", Style::new());
    picture.set_string(20, 0, "U", Style::new());
    assert_eq!(pair.draw(&picture, None), b"\x1b[HAbcdE\x1b[15CU");
}

/// A terminal may draw a family as three people side by side: what stands after it must be right anyway.
#[test]
fn a_glyph_of_disputed_width_spoils_only_itself() {
    let mut pair = Pair::new(40, 3, capable());
    let mut picture = Buffer::empty(Rect::new(0, 0, 40, 3));
    picture.set_string(0, 1, "abcdefghijklmnop", Style::new());
    pair.draw(&picture, None);
    picture.set_string(2, 1, "👩\u{200d}👩\u{200d}👧", Style::new());
    let mut canvas = pair.screen.canvas();
    canvas.content.clone_from_slice(&picture.content);
    let bytes = pair.screen.draw(canvas, None).to_vec();
    pair.terminal.process(&bytes);
    let row = pair.terminal.screen().contents();
    assert!(row.trim().starts_with("ab") && row.trim_end().ends_with("efghijklmnop"), "{row:?}");
    assert_eq!(pair.terminal.screen().cell(1, 4).unwrap().contents(), "e");
}

#[test]
fn a_picture_of_the_wrong_size_is_cut_to_fit() {
    let mut screen = Screen::new(size(5, 1), capable());
    let mut stale = Buffer::empty(Rect::new(0, 0, 8, 2));
    stale.set_string(0, 0, "abcdefgh", Style::new());
    let bytes = screen.draw(stale, Some(Position::new(7, 1))).to_vec();
    assert_eq!(String::from_utf8(bytes).unwrap(), "\x1b[?25l\x1b[Habcde");
}

#[test]
fn no_size_is_too_small() {
    for (width, height) in [(0, 0), (0, 5), (5, 0), (1, 1)] {
        let mut screen = Screen::new(size(width, height), capable());
        let canvas = screen.canvas();
        assert_eq!(screen.draw(canvas, Some(Position::new(0, 9))), CURSOR_HIDE);
    }
}

#[test]
fn a_terminal_without_regions_is_never_sent_any() {
    let mut pair = Pair::new(80, 24, Capabilities::of_term(Some("dumb")));
    pair.draw(&queue(80, 24, 0, 0), None);
    let bytes = String::from_utf8(pair.draw(&queue(80, 24, 1, 0), None)).unwrap();
    assert!(!bytes.contains('r') || !bytes.contains("\x1b[r"), "{bytes:?}");
}
