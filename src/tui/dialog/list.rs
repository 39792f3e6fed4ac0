//! A list to choose from, narrowed by what is typed: the command palette, help, views and orders. What can't be
//! chosen now is there all the same, and says why.

mod draw;
pub mod lists;
mod signs;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use super::form::keys::action_of;
use crate::tui::action::ActionId;
use crate::tui::env::Env;
use crate::tui::field::LineField;
use crate::tui::intent::{Intent, Outcome};
use crate::tui::key::{Code, Key, Mods};

/// Longest text to search for.
const LONGEST: usize = 80;
/// Entries that a page key goes.
const PAGE: isize = 10;

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// None: only to be read.
    pub intent: Option<Intent>,
    /// The heading it stands under; entries of one heading follow each other.
    pub group: &'static str,
    pub keys: String,
    pub label: String,
    pub detail: String,
    pub state: State,
}

/// Whether it can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Ready,
    /// It is in force already.
    Current,
    /// Why not.
    Barred(String),
}

/// How what is typed is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// The best match first, letters may be missing.
    Fuzzy,
    /// Each word somewhere, in the order of the list.
    Words,
}

/// The list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    title: &'static str,
    search: Search,
    typed: LineField,
    picks: Vec<Pick>,
    /// Places in `picks`, as they are shown.
    found: Vec<usize>,
    /// A place in `found`.
    at: usize,
}

impl List {
    #[must_use]
    pub fn new(title: &'static str, search: Search, picks: Vec<Pick>) -> List {
        let found: Vec<usize> = (0..picks.len()).collect();
        let at = picks.iter().position(|pick| pick.state == State::Current).unwrap_or(0);
        List { title, search, typed: LineField::new(LONGEST), picks, found, at }
    }

    pub fn key(&mut self, key: Key, env: &Env) -> Outcome {
        match action_of(key, env) {
            Some(ActionId::Cancel) => return Outcome::Close,
            Some(ActionId::Accept | ActionId::Submit) => return self.choose(),
            Some(ActionId::NextField) => self.go(1),
            Some(ActionId::PreviousField) => self.go(-1),
            Some(ActionId::FieldPageDown) => self.go(PAGE),
            Some(ActionId::FieldPageUp) => self.go(-PAGE),
            _ => self.type_in(key),
        }
        Outcome::Stay
    }

    pub fn paste(&mut self, text: &str) {
        self.typed.paste(text);
        self.narrow();
    }

    #[must_use]
    pub fn chosen(&self) -> Option<&Pick> {
        self.found.get(self.at).and_then(|at| self.picks.get(*at))
    }

    fn choose(&self) -> Outcome {
        match self.chosen() {
            Some(Pick { intent: Some(intent), state: State::Ready | State::Current, .. }) => {
                Outcome::Submit(intent.clone())
            }
            Some(_) | None => Outcome::Stay,
        }
    }

    fn go(&mut self, by: isize) {
        let last = self.found.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    fn type_in(&mut self, key: Key) {
        match (key.mods(), key.code()) {
            (Mods::NONE, Code::Home) => self.at = 0,
            (Mods::NONE, Code::End) => self.go(isize::MAX),
            _ => {
                let before = self.typed.text().to_owned();
                self.typed.input(key);
                if before != self.typed.text() {
                    self.narrow();
                }
            }
        }
    }

    fn narrow(&mut self) {
        let wanted = self.typed.text().trim().to_owned();
        let mut found = match self.search {
            _ if wanted.is_empty() => (0..self.picks.len()).collect(),
            Search::Words => self.by_words(&wanted),
            Search::Fuzzy => self.by_likeness(&wanted),
        };
        if self.search == Search::Fuzzy || self.picks.iter().all(|pick| pick.group.is_empty()) {
            self.named_first(&mut found, &wanted.to_lowercase());
        }
        self.found = found;
        let asked = |at: &usize| self.picks.get(*at).is_some_and(|pick| pick.has_key(&wanted));
        self.at = self.found.iter().position(asked).unwrap_or(0);
    }

    /// Who types a name wants that, and not what is said of another.
    fn named_first(&self, found: &mut [usize], wanted: &str) {
        let named = |pick: &Pick| pick.label.to_lowercase().starts_with(wanted);
        found.sort_by_key(|at| !self.picks.get(*at).is_some_and(named));
    }

    fn by_words(&self, wanted: &str) -> Vec<usize> {
        let holds = |pick: &Pick| {
            let text = pick.searched().to_lowercase();
            wanted.split_whitespace().all(|word| text.contains(&word.to_lowercase()) || pick.has_key(word))
        };
        self.picks.iter().enumerate().filter(|(_, pick)| holds(pick)).map(|(at, _)| at).collect()
    }

    fn by_likeness(&self, wanted: &str) -> Vec<usize> {
        let pattern = Pattern::parse(wanted, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let texts = self.picks.iter().enumerate().map(|(at, pick)| Searched(at, pick.searched()));
        pattern.match_list(texts, &mut matcher).into_iter().map(|(Searched(at, _), _)| at).collect()
    }
}

impl Pick {
    /// Whether this key, as it is written, is one of its own.
    fn has_key(&self, key: &str) -> bool {
        self.keys.split(", ").any(|own| own == key)
    }

    fn searched(&self) -> String {
        format!("{} {} {}", self.label, self.detail, self.group)
    }
}

struct Searched(usize, String);

impl AsRef<str> for Searched {
    fn as_ref(&self) -> &str {
        &self.1
    }
}
