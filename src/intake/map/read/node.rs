//! Walks the text of a map: sections, texts, lists and choices, each with its place when it is not what is wanted.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::Reader;
use crate::domain::text::{Label, Line};

pub(super) type Value<'a> = Spanned<DeValue<'a>>;
pub(super) type Entry<'a> = (&'a str, &'a Value<'a>, Range<usize>);
impl<'a> Reader<'a> {
    pub(super) fn section(&mut self, name: &str) -> Vec<Entry<'a>> {
        let Some((_, value)) = self.root.iter().find(|(key, _)| key.get_ref().as_ref() == name) else {
            return Vec::new();
        };
        match value.get_ref().as_table() {
            Some(table) => {
                let entry = |(key, value): (&'a Spanned<_>, &'a Value<'a>)| {
                    let key: &'a Spanned<toml::de::DeString<'a>> = key;
                    (key.get_ref().as_ref(), value, key.span())
                };
                table.iter().map(entry).collect()
            }
            None => {
                self.notes.add(
                    value.span(),
                    format!("\"{name}\" must be a table"),
                    format!("write [{name}]"),
                );
                Vec::new()
            }
        }
    }

    /// The section's entries, those with a key that it can't have reported and left out.
    pub(super) fn known(&mut self, name: &str, keys: &[&str]) -> BTreeMap<&'a str, &'a Value<'a>> {
        let mut out = BTreeMap::new();
        for (key, value, span) in self.section(name) {
            if keys.contains(&key) {
                out.insert(key, value);
            } else {
                self.notes.unknown(span, &format!("key in [{name}]"), key, keys.iter().copied());
            }
        }
        out
    }

    pub(super) fn text(&mut self, value: &'a Value<'a>) -> Option<&'a str> {
        let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            let said = format!("a text is wanted here, not {}", kind(value.get_ref()));
            self.notes.add(value.span(), said, Some("put it in quotes".into()));
        }
        text
    }

    /// A text, or several in a list.
    pub(super) fn list(&mut self, value: &'a Value<'a>) -> Vec<(&'a str, Range<usize>)> {
        let items: Vec<&Value<'a>> = match value.get_ref().as_array() {
            Some(array) => array.iter().collect(),
            None => vec![value],
        };
        items.into_iter().filter_map(|item| Some((self.text(item)?, item.span()))).collect()
    }

    pub(super) fn label(&mut self, value: &'a Value<'a>) -> Option<Label> {
        let text = self.text(value)?;
        let said = Label::new(text);
        said.map_err(|bad| self.notes.add(value.span(), format!("this can't be used: {bad}"), None)).ok()
    }

    pub(super) fn line(&mut self, value: &'a Value<'a>) -> Option<Line> {
        let text = self.text(value)?;
        let said = Line::new(text);
        said.map_err(|bad| self.notes.add(value.span(), format!("this can't be used: {bad}"), None)).ok()
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        value: &'a Value<'a>,
        what: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let word = self.text(value)?;
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
        if found.is_none() {
            self.notes.unknown(value.span(), what, word, choices.iter().map(|(name, _)| *name));
        }
        found
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "an empty text",
        other => other.type_str(),
    }
}
