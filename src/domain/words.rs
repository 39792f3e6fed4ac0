//! How text is cut into words for searching. The store keeps exactly these words and the predicate compares
//! exactly these words, so both evaluators of the query language agree by construction.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::case::fold_char;

/// The words of a text: lower case, without accents; a character of a script that writes without blanks is a
/// word of its own.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(fold_char) {
        if !c.is_alphanumeric() {
            flush(&mut word, &mut out);
        } else if stands_alone(c) {
            flush(&mut word, &mut out);
            out.push(c.to_string());
        } else {
            word.push(c);
        }
    }
    flush(&mut word, &mut out);
    out
}

/// The words joined by blanks: what the full-text index is given.
#[must_use]
pub fn folded(text: &str) -> String {
    words(text).join(" ")
}

fn flush(word: &mut String, out: &mut Vec<String>) {
    if !word.is_empty() {
        out.push(std::mem::take(word));
    }
}

fn stands_alone(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_case_accents_and_scripts() {
        assert_eq!(words("VPN-Drop  über Öl!"), ["vpn", "drop", "uber", "ol"]);
        assert_eq!(words("断線 x2"), ["断", "線", "x2"]);
        assert_eq!(words(" \u{1b}[2J "), ["2j"]);
        assert_eq!(folded("ﬁle NO. 7"), "file no 7");
        assert_eq!(words("ΟΔΟΣ"), words("οδός"));
        assert_eq!(words("Straße"), words("STRASSE"));
    }

    #[test]
    fn cutting_words_again_changes_nothing() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let once = words(&c.to_string());
            assert_eq!(words(&once.join(" ")), once, "{c:?}");
        }
    }
}
