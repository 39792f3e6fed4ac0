//! A table of the source and what may be asked of it. Every getter says by itself what is wrong with a value
//! of another type; a key nobody asked for is told by [`Node::only`].

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::notes::Notes;
use super::suggest;
use crate::domain::text::{BadText, Label, Line};

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A text of the source and where it stands (with its quotes).
#[derive(Debug, Clone)]
pub(super) struct Text<'a> {
    pub value: &'a str,
    pub at: Range<usize>,
}

#[derive(Clone)]
pub(super) struct Node<'a> {
    table: &'a DeTable<'a>,
    pub at: Range<usize>,
    /// What it is, in messages: `a group`, `[desk]`.
    what: Cow<'static, str>,
}

impl<'a> Node<'a> {
    pub fn root(document: &'a Spanned<DeTable<'a>>) -> Node<'a> {
        Node { table: document.get_ref(), at: 0..0, what: "the matrix".into() }
    }

    pub fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        self.table.get(key)
    }

    /// Keys and values in the order of the file.
    pub fn entries(&self) -> Vec<(Text<'a>, &'a Value<'a>)> {
        let texts =
            self.table.iter().map(|(key, value)| (Text { value: key.get_ref(), at: key.span() }, value));
        let mut entries: Vec<_> = texts.collect();
        entries.sort_by_key(|(key, _)| key.at.start);
        entries
    }

    /// Says which keys have no meaning here.
    pub fn only(&self, notes: &mut Notes<'_>, known: &[&'static str]) {
        for (key, _) in self.entries() {
            if !known.contains(&key.value) && !notes.is_full() {
                let help = suggest::advice(key.value, known.iter().copied());
                notes.error(&key.at, format!("unknown key `{}` in {}", key.value, self.what), help);
            }
        }
    }

    /// The section `key`, nothing where it is missing.
    pub fn section(&self, notes: &mut Notes<'_>, key: &'static str) -> Option<Node<'a>> {
        node(notes, key, self.get(key)?, format!("[{key}]").into())
    }

    /// The `[[key]]` tables.
    pub fn tables(&self, notes: &mut Notes<'_>, key: &'static str, what: &'static str) -> Vec<Node<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            let help = match key {
                "contacts" => "write: contacts = [{ channel = \"phone\", to = \"+1 555 0100\" }]".to_owned(),
                _ => format!("write [[{key}]] above each one, with two brackets"),
            };
            wrong(notes, key, "a list of tables", value, &help);
            return Vec::new();
        };
        array.iter().filter_map(|item| node(notes, key, item, what.into())).collect()
    }

    pub fn text(&self, notes: &mut Notes<'_>, key: &str) -> Option<Text<'a>> {
        text_of(notes, key, self.get(key)?)
    }

    /// As [`Node::text`], but it must be there.
    pub fn need(&self, notes: &mut Notes<'_>, key: &str, example: &str) -> Option<Text<'a>> {
        if self.get(key).is_none() {
            notes.absent(
                &self.at,
                format!("{} without `{key}`", self.what),
                format!("add: {key} = {example}"),
            );
        }
        self.text(notes, key)
    }

    /// A list of texts; nothing where it is missing.
    pub fn texts(&self, notes: &mut Notes<'_>, key: &str) -> Vec<Text<'a>> {
        self.get(key).map(|value| texts_of(notes, key, value)).unwrap_or_default()
    }

    pub fn line(&self, notes: &mut Notes<'_>, key: &str) -> Option<Line> {
        let text = self.text(notes, key)?;
        line(notes, &format!("`{key}`"), &text)
    }

    /// A whole number between two bounds, both included.
    pub fn number(&self, notes: &mut Notes<'_>, key: &str, bounds: (i64, i64)) -> Option<i64> {
        let value = self.get(key)?;
        let Some(integer) = value.get_ref().as_integer() else {
            wrong(notes, key, "a whole number", value, &format!("write it without quotes: {key} = 3"));
            return None;
        };
        let digits = integer.as_str().replace('_', "");
        let number = i64::from_str_radix(&digits, integer.radix()).ok();
        let number = number.filter(|n| (bounds.0..=bounds.1).contains(n));
        if number.is_none() {
            let help = format!("write a number from {} to {}", bounds.0, bounds.1);
            notes.error(&value.span(), format!("`{key}` is out of range"), help);
        }
        number
    }
}

/// A value that must be a table.
pub(super) fn node<'a>(
    notes: &mut Notes<'_>,
    key: &str,
    value: &'a Value<'a>,
    what: Cow<'static, str>,
) -> Option<Node<'a>> {
    let Some(table) = value.get_ref().as_table() else {
        let help = match what.starts_with('[') {
            true => format!("write its keys below {what}"),
            false => "write it in braces: { key = \"…\" }".to_owned(),
        };
        wrong(notes, key, "a table", value, &help);
        return None;
    };
    Some(Node { table, at: value.span(), what })
}

pub(super) fn text_of<'a>(notes: &mut Notes<'_>, key: &str, value: &'a Value<'a>) -> Option<Text<'a>> {
    quoted(notes, key, value, &format!("write it in quotes: {key} = \"…\""))
}

fn quoted<'a>(notes: &mut Notes<'_>, key: &str, value: &'a Value<'a>, help: &str) -> Option<Text<'a>> {
    let Some(text) = value.get_ref().as_str() else {
        wrong(notes, key, "a text", value, help);
        return None;
    };
    Some(Text { value: text, at: value.span() })
}

pub(super) fn texts_of<'a>(notes: &mut Notes<'_>, key: &str, value: &'a Value<'a>) -> Vec<Text<'a>> {
    let Some(array) = value.get_ref().as_array() else {
        wrong(notes, key, "a list of texts", value, &format!("write it in brackets: {key} = [\"…\", \"…\"]"));
        return Vec::new();
    };
    let help = format!("put each one into quotes: {key} = [\"…\", \"…\"]");
    array.iter().filter_map(|item| quoted(notes, key, item, &help)).collect()
}

/// Says that a value has the wrong type.
pub(super) fn wrong(notes: &mut Notes<'_>, key: &str, wanted: &str, value: &Value<'_>, help: &str) {
    let found = match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    notes.error(&value.span(), format!("`{key}` must be {wanted}, not {found}"), help);
}

/// A name fit for the log.
pub(super) fn label(notes: &mut Notes<'_>, what: &str, text: &Text<'_>) -> Option<Label> {
    fit(notes, what, text, Label::new(text.value))
}

/// A single line fit for the log.
pub(super) fn line(notes: &mut Notes<'_>, what: &str, text: &Text<'_>) -> Option<Line> {
    fit(notes, what, text, Line::new(text.value))
}

fn fit<T>(notes: &mut Notes<'_>, what: &str, text: &Text<'_>, made: Result<T, BadText>) -> Option<T> {
    let said = match made {
        Ok(fit) => return Some(fit),
        Err(bad) => bad.to_string(),
    };
    let (why, help) = said.rsplit_once(": ").unwrap_or((&said, "write something else"));
    notes.error(&text.at, format!("{what} can't be used: {why}"), help);
    None
}
