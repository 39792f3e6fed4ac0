//! A small reader of the project's own sources, for the tests that hold them to the house rules: words, marks and
//! string literals with their lines, comments gone, test-only items marked. It knows no more of Rust than that.

use std::path::{Path, PathBuf};

/// One piece of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub line: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Word(String),
    /// A string literal's text, escapes as written.
    Text(String),
    Mark(char),
}

impl Token {
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// A source file by its path from the project's root.
#[derive(Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// The room it belongs to: the folder or file below `src`.
    pub fn room(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
    }

    /// How deep a module it is: 1 for a room itself.
    pub fn depth(&self) -> usize {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let parts = inner.split('/').count();
        if inner.ends_with("mod.rs") || inner == "lib.rs" || inner == "main.rs" { parts - 1 } else { parts }
    }

    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// Lines before the first test-only item.
    pub fn lines(&self) -> usize {
        self.text.lines().take_while(|line| !line.trim_start().starts_with("#[cfg(test)]")).count()
    }
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the project whose name ends so, in the order of their paths.
pub fn files(folder: &str, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut |path| {
        if path.to_string_lossy().ends_with(ending) {
            let shown = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
            found.push(Source { path: shown, text });
        }
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(folder: &Path, each: &mut impl FnMut(&Path)) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, each) } else { each(&path) }
    }
}

/// The tokens of a text outside test-only items.
pub fn tokens(text: &str) -> Vec<Token> {
    without_tests(&Lexer { rest: text, line: 1, found: Vec::new() }.run())
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
    found: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn run(mut self) -> Vec<Token> {
        while let Some(first) = self.rest.chars().next() {
            self.step(first);
        }
        self.found
    }

    fn step(&mut self, first: char) {
        if self.rest.starts_with("//") {
            self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.skip(self.rest.find("*/").map_or(self.rest.len(), |end| end + 2));
        } else if let Some(hashes) = raw(self.rest) {
            self.raw_text(hashes);
        } else if first == '"' {
            self.text();
        } else if first == '\'' {
            self.quote();
        } else if first.is_alphanumeric() || first == '_' {
            let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
            let word = self.skip(end).to_owned();
            self.push(Kind::Word(word), self.line);
        } else {
            self.skip(first.len_utf8());
            if !first.is_whitespace() {
                self.push(Kind::Mark(first), self.line);
            }
        }
    }

    fn skip(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    fn push(&mut self, kind: Kind, line: usize) {
        self.found.push(Token { line, kind });
    }

    fn text(&mut self) {
        let (line, mut escaped) = (self.line, false);
        let end = self.rest.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        let taken = self.skip(end.map_or(self.rest.len(), |(at, _)| at + 1));
        self.push(Kind::Text(taken.trim_matches('"').to_owned()), line);
    }

    fn raw_text(&mut self, hashes: usize) {
        let (line, close) = (self.line, format!("\"{}", "#".repeat(hashes)));
        let opened = self.rest.find('"').map_or(0, |at| at + 1);
        let end = self.rest[opened..].find(&close).map_or(self.rest.len(), |at| opened + at + close.len());
        let taken = self.skip(end).to_owned();
        self.push(Kind::Text(taken), line);
    }

    /// A character literal is skipped; of a lifetime only the quote is.
    fn quote(&mut self) {
        let mut chars = self.rest.chars().skip(1);
        let literal = match (chars.next(), chars.next()) {
            (Some('\\'), _) => self.rest[3..].find('\'').map(|at| at + 4),
            (Some(c), Some('\'')) => Some(c.len_utf8() + 2),
            _ => None,
        };
        self.skip(literal.unwrap_or(1));
    }
}

/// The number of hashes, where a raw string begins here.
fn raw(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('r')?;
    let hashes = inner.chars().take_while(|c| *c == '#').count();
    inner[hashes..].starts_with('"').then_some(hashes)
}

fn without_tests(all: &[Token]) -> Vec<Token> {
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < all.len() {
        match attribute(&all[at..]) {
            Some((end, true)) => at = item_end(all, at + end),
            Some((end, false)) => {
                kept.extend_from_slice(&all[at..at + end]);
                at += end;
            }
            None => {
                kept.push(all[at].clone());
                at += 1;
            }
        }
    }
    kept
}

/// Where the attribute that starts here ends, and whether it says that its item is for tests alone.
fn attribute(from: &[Token]) -> Option<(usize, bool)> {
    if !(from.first()?.is('#') && from.get(1)?.is('[')) {
        return None;
    }
    let end = closing(from, 1)? + 1;
    let words: Vec<&str> = from[..end].iter().filter_map(Token::word).collect();
    let tests = words.first() == Some(&"cfg") && words.contains(&"test") && !words.contains(&"not");
    Some((end, tests))
}

/// The place of the bracket that closes the one at `open`.
fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Mark('(' | '[' | '{') => depth += 1,
            Kind::Mark(')' | ']' | '}') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// After the item that starts at `from`: behind its semicolon or its closing brace.
fn item_end(tokens: &[Token], from: usize) -> usize {
    let mut at = from;
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Mark(';') => return at + 1,
            Kind::Mark('{') => return closing(tokens, at).map_or(tokens.len(), |end| end + 1),
            Kind::Mark('(' | '[') => at = closing(tokens, at).map_or(tokens.len(), |end| end + 1),
            _ => at += 1,
        }
    }
    at
}

#[test]
fn sources_are_read_without_comments_and_tests() {
    let text = "//! \"no\"\nuse a::b; /* c\n */ let x = \"SELECT \\\" 1\"; let q = 'q'; fn f<'a>() { r#\"raw \"1\"#; }\n\
                #[cfg(test)]\nmod tests { fn g() { hidden(); } }\n#[cfg(not(test))] fn kept() {}\n\
                #[cfg(test)] use hidden::{a, b};\nlast";
    let found = tokens(text);
    let words: Vec<&str> = found.iter().filter_map(Token::word).collect();
    let expected = "use a b let x let q fn f a cfg not test fn kept last";
    assert_eq!(words.join(" "), expected);
    let texts: Vec<_> = found.iter().filter(|t| matches!(t.kind, Kind::Text(_))).map(|t| t.line).collect();
    assert_eq!(texts, [3, 3]);
    assert_eq!(found.last().map(|t| t.line), Some(8));
}
