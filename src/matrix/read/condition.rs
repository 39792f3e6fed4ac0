//! Queries inside the matrix: read by the query language, their mistakes put at the right column of the file,
//! and their priorities, tiers and groups held against the matrix's own.

use std::ops::Range;

use super::names::{Kind, Names};
use super::node::Text;
use super::notes::Notes;
use crate::domain::query::{self, LevelField, NameField, Pattern, Query, State, Test};
use crate::matrix::model::When;

/// Whether somebody asks. A step or a route runs by itself: `mine` and `me` mean nobody there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    Person,
    Nobody,
}

/// A query that must make sense in this matrix.
pub(super) fn when(notes: &mut Notes<'_>, names: &Names<'_>, asker: Asker, text: &Text<'_>) -> Option<When> {
    let query = match query::parse(text.value) {
        Ok(query) => query,
        Err(bad) => {
            let at = inside(notes.text, text, bad.at);
            notes.error(&at, bad.message, bad.help.unwrap_or_default());
            return None;
        }
    };
    if !query.sort.is_empty() {
        notes.error(&text.at, "a condition has no order", "remove the sort: from the query");
        return None;
    }
    check_names(notes, names, text, &query);
    if asker == Asker::Nobody && query.terms.iter().any(|term| asks_who(&term.test)) {
        let help = "nobody asks when the matrix acts by itself: name the person or the group";
        notes.error(&text.at, "`me` and `mine` mean nobody here", help);
        return None;
    }
    Some(When { query, text: text.value.trim().to_owned() })
}

/// Steps alone know how the clocks of a ticket stand: elsewhere such a term would be asked as if none of them ran.
pub(super) fn without_clocks(notes: &mut Notes<'_>, when: Option<&When>, text: &Text<'_>) {
    if when.is_some_and(|when| when.asks_clocks()) {
        let help = "ask for the priority, the tier or the age instead; a step can wait for a clock";
        notes.warn(
            &text.at,
            "only steps know how a ticket's clocks stand: this never holds as it is meant",
            help,
        );
    }
}

fn asks_who(test: &Test) -> bool {
    match test {
        Test::Is(states) => states.iter().any(|state| matches!(state, State::Mine | State::OurGroups)),
        Test::Name(_, patterns) => patterns.contains(&Pattern::Me),
        _ => false,
    }
}

fn check_names(notes: &mut Notes<'_>, names: &Names<'_>, text: &Text<'_>, query: &Query) {
    for (field, name) in query.levels() {
        let kind = match field {
            LevelField::Priority => Kind::Level,
            LevelField::Tier => Kind::Tier,
        };
        known(notes, names, text, kind, name);
    }
    for (field, name) in query.names() {
        let kind = match field {
            NameField::Group => Kind::Group,
            NameField::Impact => Kind::Impact,
            NameField::Urgency => Kind::Urgency,
            NameField::Owner => Kind::Person,
            NameField::Category => continue,
        };
        // Without people in the matrix anyone may own a ticket.
        if kind != Kind::Person || names.all(kind).next().is_some() {
            known(notes, names, text, kind, name);
        }
    }
}

/// Queries compare names without regard to case.
fn known(notes: &mut Notes<'_>, names: &Names<'_>, text: &Text<'_>, kind: Kind, name: &str) {
    let lower = name.to_lowercase();
    if names.all(kind).any(|known| known.to_lowercase() == lower) {
        return;
    }
    let found = text.value.to_lowercase().find(&lower);
    let at = found.map(|start| inside(notes.text, text, start..start + name.len()));
    names.find_any(notes, &[kind], name, &at.unwrap_or_else(|| text.at.clone()));
}

/// Where a stretch of a text's value stands in the source, whose quotes and escapes the value has lost.
fn inside(source: &str, text: &Text<'_>, at: Range<usize>) -> Range<usize> {
    let raw = source.get(text.at.clone()).unwrap_or_default();
    let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| raw.starts_with(quotes));
    let quotes = quotes.unwrap_or_default();
    let opened = raw.get(quotes.len()..).unwrap_or_default();
    // TOML drops a line end right after three quotes.
    let body = match quotes.len() {
        3 => opened.strip_prefix("\r\n").or(opened.strip_prefix('\n')).unwrap_or(opened),
        _ => opened,
    };
    let begin = text.at.start + (raw.len() - body.len());
    let last = text.at.end.saturating_sub(quotes.len()).max(begin);
    let ahead = raw_length(body, at.start, quotes);
    let swallowed = match body.get(ahead..) {
        Some(rest) if rest.starts_with('\\') && quotes.starts_with('"') && escape(rest).1 == 0 => {
            escape(rest).0
        }
        _ => 0,
    };
    let from = (begin + ahead + swallowed).min(last);
    let to = (begin + raw_length(body, at.end, quotes)).min(last);
    // An empty stretch, at the end of the query, points at the closing quote.
    from..to.max(from + usize::from(from == last))
}

/// Bytes of the source that make the first `value` bytes of the text.
fn raw_length(raw: &str, value: usize, quotes: &str) -> usize {
    let (mut made, mut used) = (0, 0);
    while made < value {
        let rest = raw.get(used..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { break };
        let (raw_bytes, value_bytes) = match first {
            '\\' if quotes.starts_with('"') => escape(rest),
            other => (other.len_utf8(), other.len_utf8()),
        };
        used += raw_bytes;
        made += value_bytes;
    }
    used
}

/// The length of an escape in the source, and of what it stands for.
fn escape(rest: &str) -> (usize, usize) {
    let digits = match rest.chars().nth(1) {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        // A backslash at the end of a line swallows the blanks that follow.
        Some(c) if c.is_whitespace() => {
            let after = rest.get(1..).unwrap_or_default();
            return (rest.len() - after.trim_start().len(), 0);
        }
        _ => return (2, 1),
    };
    let code = rest.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    (2 + digits, code.and_then(char::from_u32).map_or(1, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_of_the_value_is_found_among_quotes_and_escapes() {
        // The source, a part of its value, and what must be marked.
        let table = [
            (r#""ab cd""#, "cd", "cd"),
            (r"'ab cd'", "cd", "cd"),
            (r#""\u0061\tcd e""#, "cd", "cd"),
            (r#""\U0001F600 cd""#, "cd", "cd"),
            (r#""ab\"cd""#, "cd", "cd"),
            ("\"\"\"\nab \\\n   cd\"\"\"", "cd", "cd"),
            ("'''ab\ncd'''", "cd", "cd"),
            (r#""a\u0063d""#, "cd", r"\u0063d"),
        ];
        for (source, part, marked) in table {
            let document = format!("k = {source}");
            let parsed = toml::de::DeTable::parse(&document).expect("it is TOML");
            let value = parsed.get_ref().get("k").expect("it is there");
            let text = Text { value: value.get_ref().as_str().expect("a text"), at: value.span() };
            let start = text.value.find(part).expect("it holds the part");
            let at = inside(&document, &text, start..start + part.len());
            assert_eq!(document.get(at), Some(marked), "{source}");
        }
    }

    #[test]
    fn the_end_of_the_value_is_the_closing_quote() {
        let text = Text { value: "ab", at: 0..4 };
        assert_eq!(inside("\"ab\"", &text, 2..2), 3..4);
    }
}
