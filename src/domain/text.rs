//! The only way text enters an event, and the only way it leaves for a screen. `Line`, `Label` and `Body`
//! refuse what a log must not hold (it can't be rewritten); `neutral` makes foreign text harmless to draw.
//! What is unsafe is replaced by a visible mark; only marks piled too high are left out. Whatever a type accepts
//! reads back from the log unchanged, so that a replay tells what was projected.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_width::UnicodeWidthChar;

/// Longest name of a group, person, tier, category or field, in characters.
pub const LABEL_MAX: usize = 80;
/// Longest subject or other single line, in characters.
pub const LINE_MAX: usize = 250;
/// Longest note or description, in bytes of UTF-8.
pub const BODY_MAX: usize = 64 * 1024;

/// What stands where an unsafe character stood.
pub const MARK: char = '\u{FFFD}';

/// Why a text can't go into the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    #[error("it is empty: write something")]
    Empty,
    #[error("it has {found} characters, {max} at most: shorten it, or put the rest into a note")]
    TooLong { found: usize, max: usize },
    #[error("it has {found} bytes, {max} at most: shorten it, or keep the long part in a file and name that")]
    TooLarge { found: usize, max: usize },
    #[error("it holds the character U+{code:04X}, which can't be shown safely: remove it")]
    Unsafe { code: u32 },
    #[error("it has a line break, and must be one line only: put the rest into a note")]
    Lines,
    #[error("it piles more than {max} marks on one character: remove some")]
    Piled { max: usize },
}

/// Most characters without room of their own on one character: Hebrew with points and accents needs four.
const PILE_MAX: usize = 4;

/// Control characters, bidirectional overrides, invisible and interlinear characters: anything that moves the
/// cursor, reorders the line or takes no room of its own. The two joiners depend on what stands before them:
/// Persian, the scripts of India and emoji can't be written without.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    match c {
        '\u{200C}' | '\u{200D}' => false,
        '\u{00AD}'
        | '\u{034F}'
        | '\u{061C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180E}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' => true,
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}' => true,
        _ => c.is_control() || is_private(c),
    }
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Makes foreign text harmless on one line: line ends and tabs become a blank, unsafe characters a mark,
/// and a pile of combining marks is cut after four, so that it can't climb into the rows above.
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    clean(text, |_| ' ')
}

/// As [`neutral`], but line ends stay; a tab becomes a blank.
#[must_use]
pub fn neutral_lines(text: &str) -> Cow<'_, str> {
    clean(text, |c| if c == '\n' { '\n' } else { ' ' })
}

fn clean(text: &str, on_space: impl Fn(char) -> char) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut before = Before::default();
    for c in text.chars().filter(|c| *c != '\r') {
        let c = if matches!(c, '\n' | '\t') { on_space(c) } else { c };
        match before.judge(c) {
            Fit::Yes => out.push(c),
            Fit::Unsafe => out.push(MARK),
            Fit::Piled => {}
        }
    }
    Cow::Owned(out)
}

/// Whether a character can stand where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Yes,
    Unsafe,
    /// One mark too many on one character.
    Piled,
}

/// What stands before a character: the last that was kept, and how many were piled up there.
#[derive(Debug, Clone, Copy)]
struct Before {
    last: char,
    piled: usize,
}

impl Default for Before {
    fn default() -> Before {
        Before { last: '\n', piled: 0 }
    }
}

impl Before {
    fn judge(&mut self, c: char) -> Fit {
        let fit = match c {
            '\n' => Fit::Yes,
            '\u{200C}' | '\u{200D}' if self.last.is_ascii() => Fit::Unsafe,
            _ if is_unsafe(c) => Fit::Unsafe,
            // With nothing before it in its line, it would fall on whatever is drawn there.
            _ if takes_no_room(c) && self.last == '\n' => Fit::Unsafe,
            _ if takes_no_room(c) && self.piled >= PILE_MAX => Fit::Piled,
            _ => Fit::Yes,
        };
        match fit {
            Fit::Piled => {}
            Fit::Unsafe => *self = Before { last: MARK, piled: 0 },
            Fit::Yes => *self = Before { last: c, piled: if takes_no_room(c) { self.piled + 1 } else { 0 } },
        }
        fit
    }
}

fn takes_no_room(c: char) -> bool {
    c != '\n' && c.width() == Some(0)
}

/// Refuses what `soften` would change.
fn fit(text: &str) -> Result<(), BadText> {
    let mut before = Before::default();
    for c in text.chars() {
        match before.judge(c) {
            Fit::Yes => {}
            Fit::Unsafe => return Err(BadText::Unsafe { code: c.into() }),
            Fit::Piled => return Err(BadText::Piled { max: PILE_MAX }),
        }
    }
    Ok(())
}

fn single(text: &str, max: usize) -> Result<String, BadText> {
    let text = text.trim();
    let found = text.chars().count();
    if text.is_empty() {
        return Err(BadText::Empty);
    }
    if found > max {
        return Err(BadText::TooLong { found, max });
    }
    if text.contains(['\n', '\r']) {
        return Err(BadText::Lines);
    }
    fit(text).map(|()| text.to_owned())
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $check:expr, $soften:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Checks a text that a person or a file gave.
            ///
            /// # Errors
            /// What the log must not hold: see [`BadText`].
            pub fn new(text: &str) -> Result<Self, BadText> {
                let check: fn(&str) -> Result<String, BadText> = $check;
                check(text).map($name)
            }

            /// The same text made fit: unsafe characters marked, too long cut. For text that nobody can be asked about.
            #[must_use]
            pub fn soften(text: &str) -> Self {
                let soften: fn(&str) -> String = $soften;
                $name(soften(text))
            }

            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        /// A stored text is never refused: whatever another program wrote is softened when it is read.
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                Ok($name::soften(&text))
            }
        }
    };
}

text_type!(
    /// A name: a group, a tier, a person, a category, a priority, a field. One line, up to [`LABEL_MAX`] characters.
    Label,
    |text| single(text, LABEL_MAX),
    |text| cut(&neutral(text.trim()), LABEL_MAX)
);

text_type!(
    /// A subject, an address, a reason: one line, up to [`LINE_MAX`] characters.
    Line,
    |text| single(text, LINE_MAX),
    |text| cut(&neutral(text.trim()), LINE_MAX)
);

text_type!(
    /// A note or description: several lines, up to [`BODY_MAX`] bytes; tabs become four blanks.
    Body,
    body,
    |text| cut_bytes(&neutral_lines(text), BODY_MAX)
);

fn body(text: &str) -> Result<String, BadText> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    let text = text.trim_matches('\n').trim_end();
    if text.trim().is_empty() {
        return Err(BadText::Empty);
    }
    if text.len() > BODY_MAX {
        return Err(BadText::TooLarge { found: text.len(), max: BODY_MAX });
    }
    fit(text).map(|()| text.to_owned())
}

fn cut(text: &str, max: usize) -> String {
    text.trim().chars().take(max).collect::<String>().trim_end().to_owned()
}

fn cut_bytes(text: &str, max: usize) -> String {
    let mut end = text.len().min(max);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default().trim_matches('\n').trim_end().to_owned()
}

/// Whether a text says anything: white space and punctuation alone are no answer.
#[must_use]
pub fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOSTILE: [&str; 8] = [
        "\u{1b}[2J",
        "a\u{202E}b",
        "x\u{200B}y",
        "bell\u{7}",
        "\u{9b}31m",
        "zero\u{FEFF}",
        "tag\u{E0041}",
        "del\u{7f}",
    ];

    #[test]
    fn hostile_text_is_refused_by_every_type_and_neutralised_for_the_screen() {
        for text in HOSTILE {
            assert!(matches!(Line::new(text), Err(BadText::Unsafe { .. })), "{text:?}");
            assert!(matches!(Label::new(text), Err(BadText::Unsafe { .. })), "{text:?}");
            assert!(matches!(Body::new(text), Err(BadText::Unsafe { .. })), "{text:?}");
            assert!(neutral(text).contains(MARK), "{text:?}");
        }
    }

    #[test]
    fn limits_are_told_with_both_numbers() {
        let long = "x".repeat(LINE_MAX + 1);
        assert_eq!(Line::new(&long), Err(BadText::TooLong { found: LINE_MAX + 1, max: LINE_MAX }));
        let large = "x".repeat(1 << 20);
        assert_eq!(Body::new(&large), Err(BadText::TooLarge { found: 1 << 20, max: BODY_MAX }));
        assert_eq!(Body::new(" \n\t "), Err(BadText::Empty));
    }

    #[test]
    fn ordinary_writing_of_the_world_is_kept() {
        for text in [
            "Ünïcode",
            "日本語のチケット",
            "👩‍👩‍👧 family",
            "עברית",
            "नमस्ते",
            "❤️ it",
            "می\u{200C}خواهم",
            "ക്\u{200D}",
            "n\u{303}",
        ] {
            assert_eq!(Line::new(text).map(|l| l.as_str().to_owned()), Ok(text.to_owned()));
        }
        assert_eq!(Body::new("a\r\n\tb\n"), Ok(Body("a\n    b".into())));
    }

    #[test]
    fn more_than_a_line_is_told_as_such() {
        for text in ["first\nsecond", "first\r\nsecond"] {
            assert_eq!(Line::new(text), Err(BadText::Lines));
            assert_eq!(Label::new(text), Err(BadText::Lines));
        }
        assert_eq!(Line::new("first\n").map(|line| line.0), Ok(String::from("first")));
    }

    #[test]
    fn a_pile_of_combining_marks_is_cut() {
        let pile = format!("z{}", "\u{0301}".repeat(500));
        assert_eq!(neutral(&pile).chars().count(), 5);
    }

    #[test]
    fn a_pile_or_a_mark_or_a_joiner_that_nothing_carries_is_refused() {
        let pile = format!("z{}", "\u{0301}".repeat(5));
        assert_eq!(Line::new(&pile), Err(BadText::Piled { max: 4 }));
        for text in ["\u{0301}x", "a\u{200D}b", "a\u{200C}b", "\u{200C}"] {
            assert!(matches!(Line::new(text), Err(BadText::Unsafe { .. })), "{text:?}");
            assert!(matches!(Body::new(text), Err(BadText::Unsafe { .. })), "{text:?}");
            assert!(neutral(text).contains(MARK), "{text:?}");
        }
        assert!(matches!(Body::new("fine\n\u{0301}x"), Err(BadText::Unsafe { .. })));
    }

    /// Text in which everything that is judged by its neighbours is frequent.
    fn knotty() -> impl Strategy<Value = String> {
        let one = prop::sample::select(vec![
            'a', 'é', ' ', '\n', '\t', '\r', '\u{301}', '\u{200C}', '\u{200D}', '\u{200B}', '\u{FE0F}', '👩',
            'ی', MARK,
        ]);
        prop::collection::vec(prop_oneof![8 => one, 1 => any::<char>()], 0..24).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn what_is_accepted_reads_back_from_the_log_as_it_was(text in knotty()) {
            for kept in [Label::new(&text).map(|t| t.0), Line::new(&text).map(|t| t.0)].into_iter().flatten() {
                prop_assert_eq!(&Line::soften(&kept).0, &kept);
            }
            if let Ok(body) = Body::new(&text) {
                prop_assert_eq!(Body::soften(body.as_str()), body);
            }
        }

        #[test]
        fn softening_twice_changes_nothing(text in knotty()) {
            let (line, body) = (Line::soften(&text), Body::soften(&text));
            prop_assert_eq!(Line::soften(line.as_str()), line);
            prop_assert_eq!(Body::soften(body.as_str()), body);
        }

        #[test]
        fn softened_text_is_always_safe(text in "\\PC*|(?s:.*)") {
            prop_assert!(!neutral(&text).chars().any(|c| c.is_control() || (is_unsafe(c) && c != MARK)));
            let body = Body::soften(&text);
            prop_assert!(body.is_empty() || Body::new(body.as_str()).is_ok() || body.as_str().trim().is_empty());
            let line = Line::soften(&text);
            prop_assert!(line.is_empty() || Line::new(line.as_str()).is_ok());
        }
    }
}
