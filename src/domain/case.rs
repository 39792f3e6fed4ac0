//! How names are compared: the one definition of "the same in any case". The store registers `fold_case` as a
//! function of SQL, so that both evaluators of the query language agree for all of Unicode.
//! Never depends on the neighbours of a character, so what begins alike still begins alike when folded.

use std::borrow::Cow;

/// A character without its case: lower, upper and lower again, so that `ß` and `ẞ` are `ss` and both small
/// sigmas are one.
pub fn fold_char(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

/// A name as it is compared. Two names are the same when these are the same, byte by byte; accents count.
#[must_use]
pub fn fold_case(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    Cow::Owned(text.chars().flat_map(fold_char).collect())
}

/// Whether two names are the same in any case.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    fold_case(one) == fold_case(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(text: &str) -> String {
        text.chars().flat_map(fold_char).collect()
    }

    #[test]
    fn names_are_the_same_in_any_case_of_any_script() {
        for (one, other) in [
            ("Network", "NETWORK"),
            ("Straße", "STRASSE"),
            ("Straße", "STRAẞE"),
            ("ΟΔΟΣ", "οδος"),
            ("İzmir", "i̇ZMIR"),
            ("ÅSA", "åsa"),
            ("ﬁx", "FIX"),
        ] {
            assert_eq!(fold_case(one), fold_case(other));
        }
        assert_ne!(fold_case("resume"), fold_case("résumé"));
    }

    #[test]
    fn folding_twice_changes_nothing_and_the_short_cuts_agree() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let text = c.to_string();
            let once = fold_case(&text).into_owned();
            assert_eq!(fold_case(&once), once, "{c:?}");
            assert_eq!(once, slow(&text), "{c:?}");
        }
    }
}
