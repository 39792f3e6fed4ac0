//! Words that follow each other in one text. Holds folded words only, so that memory and the full-text index
//! compare the same bytes.

use crate::domain::words::words;

/// At least one word; the last may be a beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<String>,
    reach: Reach,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The last word is whole.
    Word,
    /// Any word that begins with the last.
    Start,
}

impl Phrase {
    /// `None` where the text has no letter or digit to look for.
    #[must_use]
    pub fn new(text: &str, reach: Reach) -> Option<Phrase> {
        let words = words(text);
        (!words.is_empty()).then_some(Phrase { words, reach })
    }

    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    #[must_use]
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// Whether these words, cut by [`words`], hold the phrase.
    #[must_use]
    pub fn is_in(&self, text: &[String]) -> bool {
        text.windows(self.words.len()).any(|window| self.fits(window))
    }

    fn fits(&self, window: &[String]) -> bool {
        match (self.reach, self.words.split_last(), window.split_last()) {
            (Reach::Start, Some((start, before)), Some((last, rest))) => {
                before == rest && last.starts_with(start.as_str())
            }
            (Reach::Word | Reach::Start, _, _) => self.words == window,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_in_order_and_by_its_beginning() {
        let text = words("The VPN drops, every ten minutes");
        let table = [
            ("vpn drops", Reach::Word, true),
            ("vpn drop", Reach::Word, false),
            ("vpn drop", Reach::Start, true),
            ("drops vpn", Reach::Word, false),
            ("minutes past", Reach::Start, false),
            ("vp drops", Reach::Start, false),
        ];
        for (phrase, reach, found) in table {
            assert_eq!(Phrase::new(phrase, reach).map(|p| p.is_in(&text)), Some(found), "{phrase}");
        }
        assert_eq!(Phrase::new(" -- ", Reach::Word), None);
    }
}
