//! Fields that text is typed into: one line, or many. Own the text, its cursor and the keys that edit it;
//! what they hold is always harmless to show and within its limit. Know nothing of forms: a key that edits
//! nothing is handed back.

mod area;
mod line;
#[cfg(test)]
mod tests;

pub use area::AreaField;
pub use line::LineField;

use super::key::{Code, Key, Mods};
use crate::domain::text;
use unicode_segmentation::UnicodeSegmentation;

/// Whether a field had a use for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handled {
    Yes,
    No,
}

/// Whether what is typed goes here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focused {
    Yes,
    No,
}

/// A way along the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Motion {
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edit {
    Go(Motion),
    /// Removes what lies between the cursor and where the motion leads.
    Cut(Motion),
}

/// The editing keys, as a shell's line has them.
fn edit_of(key: Key) -> Option<Edit> {
    use Motion::{End, Left, Right, Start, WordLeft, WordRight};
    let found = match (key.mods(), key.code()) {
        (Mods::NONE, Code::Left) | (Mods::CTRL, Code::Char('b')) => Edit::Go(Left),
        (Mods::NONE, Code::Right) | (Mods::CTRL, Code::Char('f')) => Edit::Go(Right),
        (Mods::CTRL | Mods::ALT, Code::Left) | (Mods::ALT, Code::Char('b')) => Edit::Go(WordLeft),
        (Mods::CTRL | Mods::ALT, Code::Right) | (Mods::ALT, Code::Char('f')) => Edit::Go(WordRight),
        (Mods::NONE, Code::Home) | (Mods::CTRL, Code::Char('a')) => Edit::Go(Start),
        (Mods::NONE, Code::End) | (Mods::CTRL, Code::Char('e')) => Edit::Go(End),
        (Mods::NONE | Mods::SHIFT, Code::Backspace) | (Mods::CTRL, Code::Char('h')) => Edit::Cut(Left),
        (Mods::NONE, Code::Delete) | (Mods::CTRL, Code::Char('d')) => Edit::Cut(Right),
        (Mods::CTRL | Mods::ALT, Code::Backspace) | (Mods::CTRL, Code::Char('w')) => Edit::Cut(WordLeft),
        (Mods::CTRL | Mods::ALT, Code::Delete) | (Mods::ALT, Code::Char('d')) => Edit::Cut(WordRight),
        (Mods::CTRL, Code::Char('u')) => Edit::Cut(Start),
        (Mods::CTRL, Code::Char('k')) => Edit::Cut(End),
        _ => return None,
    };
    Some(found)
}

/// Where a motion from byte `at` of a line leads; `at` may lie within a character cluster, the result never
/// does.
fn along(line: &str, at: usize, motion: Motion) -> usize {
    match motion {
        Motion::Start => 0,
        Motion::End => line.len(),
        Motion::Left => boundaries(line).rev().find(|b| *b < at).unwrap_or(0),
        Motion::Right => boundaries(line).find(|b| *b > at).unwrap_or(line.len()),
        Motion::WordLeft => word_starts(line).rev().find(|b| *b < at).unwrap_or(0),
        Motion::WordRight => word_ends(line).find(|b| *b > at).unwrap_or(line.len()),
    }
}

/// Starts of the clusters that a person takes for one character each.
fn boundaries(line: &str) -> impl DoubleEndedIterator<Item = usize> {
    line.grapheme_indices(true).map(|(at, _)| at)
}

fn word_starts(line: &str) -> impl DoubleEndedIterator<Item = usize> {
    line.unicode_word_indices().map(|(at, _)| at)
}

fn word_ends(line: &str) -> impl Iterator<Item = usize> {
    line.unicode_word_indices().map(|(at, word)| at + word.len())
}

/// Carriage returns are line ends, as terminals paste them.
fn one_kind_of_line_end(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Makes `new` harmless by `clean`, as a continuation of `before`: a joiner typed after an emoji is part of
/// a sequence, and one typed alone is not.
fn cleaned(before: &str, new: &str, clean: fn(&str) -> std::borrow::Cow<'_, str>) -> String {
    let last = before.graphemes(true).next_back().unwrap_or_default();
    let new = one_kind_of_line_end(new);
    match clean(&format!("{last}{new}")).strip_prefix(last) {
        Some(continued) => continued.to_owned(),
        None => clean(&new).into_owned(),
    }
}

fn cleaned_line(before: &str, new: &str) -> String {
    cleaned(before, new, text::neutral)
}

fn cleaned_lines(before: &str, new: &str) -> String {
    cleaned(before, new, text::neutral_lines)
}

/// As much of a text as fits, in whole clusters; `size` measures.
fn fitting(text: &str, room: usize, size: fn(&str) -> usize) -> &str {
    let mut used = 0;
    let end = text.grapheme_indices(true).find_map(|(at, cluster)| {
        used += size(cluster);
        (used > room).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}
