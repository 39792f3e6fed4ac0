//! Text in columns: cut, padded and wrapped by the width it has on the screen, and always made harmless first.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::text::{MARK, neutral};
use crate::tui::theme::{Glyph, Theme};

/// The columns a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// Writes over what stands there. Nothing of its look stays, where a buffer by itself would only add the new one.
pub fn write(buf: &mut Buffer, (x, y): (u16, u16), text: impl AsRef<str>, room: usize, style: Style) {
    buf.set_stringn(x, y, text, room, Style::reset().patch(style));
}

/// A text in at most so many columns, its cut end marked.
#[must_use]
pub fn fit<'a>(text: &'a str, columns: usize, theme: &Theme) -> Cow<'a, str> {
    let text = neutral(text);
    if text.width() <= columns {
        return text;
    }
    let mut kept = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        used += cluster.width();
        if used + 1 > columns {
            break;
        }
        kept.push_str(cluster);
    }
    if columns > 0 {
        kept.push_str(theme.glyph(Glyph::Ellipsis));
    }
    Cow::Owned(kept)
}

/// As [`fit`], and filled with blanks on the right.
#[must_use]
pub fn pad(text: &str, columns: usize, theme: &Theme) -> String {
    let mut text = fit(text, columns, theme).into_owned();
    text.extend(std::iter::repeat_n(' ', columns.saturating_sub(text.width())));
    text
}

/// As [`fit`], and filled with blanks on the left.
#[must_use]
pub fn pad_left(text: &str, columns: usize, theme: &Theme) -> String {
    let text = fit(text, columns, theme);
    let mut padded = " ".repeat(columns.saturating_sub(text.width()));
    padded.push_str(&text);
    padded
}

/// The lines of a text in so many columns: broken at blanks where there are any, at a cluster where a word is too
/// long. Blanks at the beginning of a line stay, for they may be an indentation.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    text.lines().flat_map(|line| wrap_line(&neutral(line), columns)).collect()
}

fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in words(line) {
        let wide = word.width();
        if used + wide <= columns {
            push(&mut lines, word);
            used += wide;
        } else if word.trim().is_empty() {
            used = columns;
        } else if wide <= columns {
            lines.push(word.to_owned());
            used = wide;
        } else {
            used = break_word(&mut lines, word, used, columns);
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// Runs of blanks and runs of everything else.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let blank = rest.starts_with(' ');
        let end = rest.find(|c: char| (c == ' ') != blank).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).filter(|(word, _)| !word.is_empty())?;
        rest = after;
        Some(word)
    })
}

fn push(lines: &mut [String], word: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(word);
    }
}

fn break_word(lines: &mut Vec<String>, word: &str, mut used: usize, columns: usize) -> usize {
    for cluster in word.graphemes(true) {
        // A cluster can be wider than the line; then a mark stands for it.
        let mark = MARK.encode_utf8(&mut [0; 4]).to_owned();
        let cluster = if cluster.width() > columns { mark.as_str() } else { cluster };
        let wide = cluster.width();
        if used + wide > columns {
            lines.push(String::new());
            used = 0;
        }
        push(lines, cluster);
        used += wide;
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_is_cut_and_padded_by_columns() {
        let theme = Theme::default();
        assert_eq!(fit("VPN drops", 9, &theme), "VPN drops");
        assert_eq!(fit("VPN drops", 6, &theme), "VPN d…");
        assert_eq!(fit("日本語の", 5, &theme), "日本…");
        assert_eq!(pad("日本語の", 6, &theme), "日本… ");
        assert_eq!(pad_left("7", 3, &theme), "  7");
        assert_eq!(fit("x", 0, &theme), "");
    }

    #[test]
    fn lines_break_at_blanks_and_long_words_anywhere() {
        assert_eq!(wrap("rebooted, cable swapped", 12), ["rebooted,", "cable", "swapped"]);
        assert_eq!(wrap("a\n\n  b", 10), ["a", "", "  b"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
        for line in wrap("㆐𑏌 x", 2) {
            assert!(line.width() <= 2, "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_it_may_be(text in "\\PC{0,80}", columns in 2usize..40) {
            let theme = Theme::default();
            prop_assert!(fit(&text, columns, &theme).width() <= columns);
            prop_assert_eq!(pad(&text, columns, &theme).width(), columns);
            for line in wrap(&text, columns) {
                prop_assert!(line.width() <= columns.max(2), "{:?}", line);
            }
        }

        #[test]
        fn wrapping_loses_nothing_but_blanks(text in "[a-z日 ]{0,60}", columns in 2usize..20) {
            let bare = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(bare(&wrap(&text, columns).concat()), bare(&text));
        }
    }
}
