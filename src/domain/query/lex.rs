//! Cuts a text into terms, and terms into sense, field and values. Knows quotes, escapes and commas, but not
//! what any field means.

use std::ops::Range;

use super::Sense;
use super::error::Fault;

/// A term as it was written.
#[derive(Debug)]
pub(super) struct RawTerm<'a> {
    pub at: Range<usize>,
    pub sense: Sense,
    pub field: Option<(&'a str, Range<usize>)>,
    /// Never empty.
    pub values: Vec<RawValue>,
}

/// What stands between commas.
#[derive(Debug)]
pub(super) struct RawValue {
    pub at: Range<usize>,
    /// Never empty.
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub(super) struct Part {
    pub dress: Dress,
    /// Without its quotes and escapes.
    pub text: String,
    pub at: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dress {
    Bare,
    Quoted,
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

/// The terms of a text.
pub(super) fn terms(text: &str) -> Result<Vec<RawTerm<'_>>, Fault> {
    let mut lexer = Lexer { text, at: 0 };
    let mut terms = Vec::new();
    loop {
        lexer.skip(char::is_whitespace);
        if lexer.peek().is_none() {
            return Ok(terms);
        }
        terms.push(lexer.term()?);
    }
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, which: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !which(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn take(&mut self, wanted: char) -> Option<char> {
        let found = self.peek().filter(|c| *c == wanted)?;
        self.at += found.len_utf8();
        Some(found)
    }

    fn term(&mut self) -> Result<RawTerm<'a>, Fault> {
        let start = self.at;
        let sense = if self.take('-').is_some() { Sense::Not } else { Sense::Is };
        let field = self.field();
        let mut values = vec![self.value()?];
        while self.take(',').is_some() {
            values.push(self.value()?);
        }
        Ok(RawTerm { at: start..self.at, sense, field, values })
    }

    fn field(&mut self) -> Option<(&'a str, Range<usize>)> {
        let start = self.at;
        let word = self.skip(|c| c.is_ascii_alphabetic() || c == '-' || c == '_');
        let end = self.at;
        if !word.is_empty() && self.take(':').is_some() {
            return Some((word, start..end));
        }
        self.at = start;
        None
    }

    fn value(&mut self) -> Result<RawValue, Fault> {
        let start = self.at;
        let mut parts = Vec::new();
        while let Some(c) = self.peek().filter(|c| !c.is_whitespace() && *c != ',') {
            parts.push(if c == '"' { self.quoted()? } else { self.bare() });
        }
        if parts.is_empty() {
            let after = if self.text.get(..start).is_some_and(|text| text.ends_with(',')) {
                "comma"
            } else {
                "colon"
            };
            let end = start + self.peek().map_or(0, char::len_utf8);
            let fault = Fault::new(start..end, "a value is missing");
            return Err(fault.help(format!("write one after the {after}, without a blank")));
        }
        Ok(RawValue { at: start..self.at, parts })
    }

    fn bare(&mut self) -> Part {
        let start = self.at;
        let text = self.skip(|c| !c.is_whitespace() && c != ',' && c != '"');
        Part { dress: Dress::Bare, text: text.to_owned(), at: start..self.at }
    }

    fn quoted(&mut self) -> Result<Part, Fault> {
        let start = self.at;
        self.take('"');
        let mut text = String::new();
        loop {
            text.push_str(self.skip(|c| c != '"' && c != '\\'));
            if self.take('"').is_some() {
                return Ok(Part { dress: Dress::Quoted, text, at: start..self.at });
            }
            if self.take('\\').is_none() {
                let fault = Fault::new(start..self.at, "the quote is never closed");
                return Err(fault.help("write another \" at its end"));
            }
            text.push(self.take('"').or_else(|| self.take('\\')).unwrap_or('\\'));
        }
    }
}
