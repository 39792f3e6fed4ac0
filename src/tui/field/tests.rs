use super::*;
use crate::tui::theme::{Charset, Palette, Theme};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const THEME: fn() -> Theme = || Theme::new(Palette::Mono, Charset::Unicode);
const FAMILY: &str = "👩\u{200d}👩\u{200d}👧";

fn line(text: &str) -> LineField {
    let mut field = LineField::new(100);
    field.set_text(text);
    field
}

fn area(text: &str) -> AreaField {
    let mut field = AreaField::new(1000);
    field.set_text(text);
    field
}

/// Presses keys by their names; a word in quotes is typed.
macro_rules! press {
    ($field:expr, $keys:expr) => {
        for name in $keys.split_whitespace() {
            match name.strip_prefix('"') {
                Some(text) => text.chars().for_each(|c| assert_eq!($field.input(Key::char(c)), Handled::Yes)),
                None => assert_eq!($field.input(name.parse().unwrap()), Handled::Yes, "{name}"),
            }
        }
    };
}

fn shown(field: &LineField, width: u16) -> (String, u16) {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
    let cursor = field.render(buf.area, &mut buf, &THEME(), Focused::Yes).unwrap();
    (row(&buf, 0), cursor.x)
}

/// A row as a terminal prints it: what a wide glyph covers is not printed.
fn row(buf: &Buffer, y: u16) -> String {
    use ratatui::buffer::CellWidth;
    let (mut out, mut x) = (String::new(), 0);
    while x < buf.area.width {
        let symbol = buf[(x, y)].symbol();
        out.push_str(symbol);
        x += symbol.cell_width().max(1);
    }
    out
}

#[test]
fn a_line_is_edited_as_in_a_shell() {
    let mut field = line("");
    press!(field, "\"vpn space \"drops home \"the space end \"! ctrl-left ctrl-left");
    assert_eq!(field.text(), "the vpn drops!");
    press!(field, "ctrl-k \"down ctrl-a ctrl-d");
    assert_eq!(field.text(), "he down");
    press!(field, "ctrl-e ctrl-w backspace left delete");
    assert_eq!(field.text(), "h");
    press!(field, "\"xyz left ctrl-u");
    assert_eq!(field.text(), "z");
    press!(field, "alt-f backspace backspace delete");
    assert_eq!(field.text(), "");
}

#[test]
fn keys_that_edit_nothing_are_handed_back() {
    let mut field = line("x");
    for name in ["enter", "esc", "tab", "shift-tab", "up", "down", "f1", "ctrl-s", "alt-x", "pageup"] {
        assert_eq!(field.input(name.parse().unwrap()), Handled::No, "{name}");
    }
    let mut field = area("x");
    for name in ["esc", "tab", "shift-tab", "up", "down", "f1", "ctrl-s", "alt-x", "ctrl-z"] {
        assert_eq!(field.input(name.parse().unwrap()), Handled::No, "{name}");
    }
}

#[test]
fn a_cluster_is_one_step_and_one_deletion() {
    for cluster in [FAMILY, "e\u{301}", "語", "🇩🇪"] {
        let mut field = line(&format!("a{cluster}b"));
        press!(field, "left left \"x right backspace");
        assert_eq!(field.text(), "axb", "{cluster}");
        let mut field = area(&format!("a{cluster}b"));
        press!(field, "left left \"x right backspace");
        assert_eq!(field.text(), "axb", "{cluster}");
    }
}

#[test]
fn an_emoji_typed_piece_by_piece_is_put_together_and_a_stray_joiner_marked() {
    let mut field = line("");
    FAMILY.chars().for_each(|c| assert_eq!(field.input(Key::char(c)), Handled::Yes));
    assert_eq!(field.text(), FAMILY);
    let mut field = line("");
    field.input(Key::char('\u{200d}'));
    assert_eq!(field.text(), "\u{fffd}");
}

#[test]
fn nothing_dangerous_gets_in() {
    let mut field = line("");
    field.paste("two\r\nlines\tand \x1b[31m\u{202e}evil\u{9b}");
    assert_eq!(field.text(), "two lines and \u{fffd}[31m\u{fffd}evil\u{fffd}");
    let mut field = area("");
    field.paste("two\r\nlines\rand\ttab \x1b]0;x\x07 \u{2066}");
    assert_eq!(field.text(), "two\nlines\nand tab \u{fffd}]0;x\u{fffd} \u{fffd}");
}

#[test]
fn the_limit_holds_and_never_splits_a_cluster() {
    let mut field = LineField::new(4);
    field.paste(&format!("ab{FAMILY}"));
    assert_eq!(field.text(), "ab");
    press!(field, "\"cdef");
    assert_eq!(field.text(), "abcd");
    let mut field = AreaField::new(6);
    field.paste("aé\nbcdef");
    assert_eq!(field.text(), "aé\nbc");
    press!(field, "enter \"x");
    assert_eq!(field.text(), "aé\nbc");
}

#[test]
fn a_long_line_scrolls_and_says_where_it_goes_on() {
    let mut field = line("abcdefghijklmnopqrstuvwxyz");
    assert_eq!(shown(&field, 30), ("abcdefghijklmnopqrstuvwxyz    ".to_owned(), 26));
    assert_eq!(shown(&field, 10), ("…vwxyz    ".to_owned(), 6));
    press!(field, "home");
    assert_eq!(shown(&field, 10), ("abcdefghi…".to_owned(), 0));
    let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
    assert_eq!(line("abcdefghijkl").render(buf.area, &mut buf, &THEME(), Focused::No), None);
    assert_eq!(row(&buf, 0), "abcdefghi…");
}

#[test]
fn a_wide_character_is_never_drawn_by_half() {
    let field = line("語語語語語語語語");
    for width in 1..20 {
        let (text, _) = shown(&field, width);
        assert_eq!(text.chars().map(|c| if c == '語' { 2 } else { 1 }).sum::<u16>(), width, "{text}");
    }
}

fn shown_area(field: &AreaField, width: u16, height: u16) -> (Vec<String>, Position) {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let cursor = field.render(buf.area, &mut buf, &THEME(), Focused::Yes).unwrap();
    ((0..height).map(|y| row(&buf, y).trim_end().to_owned()).collect(), cursor)
}

#[test]
fn an_area_wraps_softly_and_follows_its_cursor() {
    let mut field = area("rebooted, cable swapped\nother site fine");
    assert_eq!(
        shown_area(&field, 12, 5),
        (
            ["rebooted,", "cable", "swapped", "other site", "fine"].map(str::to_owned).to_vec(),
            Position::new(4, 4)
        )
    );
    assert_eq!(shown_area(&field, 12, 2).0, ["other site", "fine"]);
    press!(field, "up up up up");
    assert_eq!(
        shown_area(&field, 12, 2),
        (["rebooted,", "cable"].map(str::to_owned).to_vec(), Position::new(4, 0))
    );
    assert_eq!(field.text(), "rebooted, cable swapped\nother site fine", "wrapping adds nothing");
}

#[test]
fn an_area_is_edited_across_its_lines() {
    let mut field = area("one\ntwo");
    press!(field, "home backspace");
    assert_eq!(field.text(), "onetwo");
    press!(field, "enter up end delete \"- ctrl-k");
    assert_eq!(field.text(), "one-");
    press!(field, "enter \"x ctrl-home ctrl-k ctrl-k");
    assert_eq!(field.text(), "x");
    press!(field, "ctrl-end enter enter \"y left left left");
    press!(field, "ctrl-w");
    assert_eq!(field.text(), "\n\ny");
}

#[test]
fn an_area_can_be_undone() {
    let mut field = area("kept");
    assert_eq!(field.undo(), Handled::No);
    field.paste(" more");
    press!(field, "ctrl-u");
    assert_eq!(field.text(), "");
    assert_eq!((field.undo(), field.text().as_str()), (Handled::Yes, "kept more"));
    assert_eq!((field.undo(), field.text().as_str()), (Handled::Yes, "kept"));
    assert_eq!((field.redo(), field.text().as_str()), (Handled::Yes, "kept more"));
}

#[test]
fn the_cursor_stands_behind_what_is_drawn() {
    let (rows, cursor) = shown_area(&area(&format!("a{FAMILY}語")), 20, 2);
    assert_eq!(rows[0], format!("a{FAMILY}語"));
    assert_eq!(cursor, Position::new(5, 0));
}

/// The slow way: a vector of clusters and an index.
#[derive(Default)]
struct Oracle {
    clusters: Vec<&'static str>,
    at: usize,
}

impl Oracle {
    fn press(&mut self, key: &'static str) {
        match key {
            "left" => self.at = self.at.saturating_sub(1),
            "right" => self.at = (self.at + 1).min(self.clusters.len()),
            "home" => self.at = 0,
            "end" => self.at = self.clusters.len(),
            "backspace" if self.at > 0 => {
                self.at -= 1;
                self.clusters.remove(self.at);
            }
            "delete" if self.at < self.clusters.len() => drop(self.clusters.remove(self.at)),
            "ctrl-k" => self.clusters.truncate(self.at),
            "ctrl-u" => {
                self.clusters.drain(..self.at);
                self.at = 0;
            }
            "backspace" | "delete" => {}
            text => {
                self.clusters.insert(self.at, text);
                self.at += 1;
            }
        }
    }
}

const KEYS: [&str; 8] = ["left", "right", "home", "end", "backspace", "delete", "ctrl-k", "ctrl-u"];

fn presses() -> impl Strategy<Value = Vec<&'static str>> {
    let text = prop::sample::select(&["a", "b", " ", "語", "e\u{301}", FAMILY, "é", "-"][..]);
    prop::collection::vec(prop_oneof![text, prop::sample::select(&KEYS[..])], 0..60)
}

proptest! {
    #[test]
    fn editing_is_what_a_list_of_clusters_does(presses in presses(), width in 1u16..12) {
        let (mut field, mut many, mut oracle) = (LineField::new(1000), AreaField::new(10_000), Oracle::default());
        for press in presses {
            oracle.press(press);
            if KEYS.contains(&press) {
                field.input(press.parse().unwrap());
                many.input(press.parse().unwrap());
            } else {
                field.paste(press);
                many.paste(press);
            }
            prop_assert_eq!(field.text(), oracle.clusters.concat());
            prop_assert_eq!(many.text(), oracle.clusters.concat());
            let mut buf = Buffer::empty(Rect::new(0, 0, width, 3));
            let cursor = field.render(buf.area, &mut buf, &THEME(), Focused::Yes).unwrap();
            prop_assert!(buf.area.contains(cursor));
            let cursor = many.render(buf.area, &mut buf, &THEME(), Focused::Yes).unwrap();
            prop_assert!(buf.area.contains(cursor));
        }
    }

    #[test]
    fn whatever_is_pasted_stays_harmless_and_within_its_limit(
        texts in prop::collection::vec("\\PC{0,20}|[\\x00-\\x1fa-z\u{200b}-\u{202e}\u{301}]{0,20}", 1..6),
        width in 0u16..20, height in 0u16..5,
    ) {
        let (mut field, mut many) = (LineField::new(30), AreaField::new(60));
        for text in &texts {
            field.paste(text);
            many.paste(text);
            field.input(Key::plain(Code::Left));
            many.input(Key::plain(Code::Up));
        }
        prop_assert!(!field.text().contains(is_dangerous) && field.text().chars().count() <= 30);
        let lines = many.text();
        prop_assert!(lines.len() <= 60 && !lines.replace('\n', "").contains(is_dangerous));
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let _ = field.render(Rect::new(1, 1, 30, 2), &mut buf, &THEME(), Focused::Yes);
        let _ = many.render(Rect::new(1, 0, 30, 20), &mut buf, &THEME(), Focused::Yes);
    }
}

/// The mark that stands for what was taken out is itself in a block of specials.
fn is_dangerous(c: char) -> bool {
    c != text::MARK && text::is_unsafe(c)
}
