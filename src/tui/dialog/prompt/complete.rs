//! What could be written next in a query: fields, then the words a field takes, from the language and the matrix.

use crate::domain::query::field::{self, Field, Kind};
use crate::domain::query::{LevelField, NameField};
use crate::domain::text::Label;
use crate::tui::dialog::says::Says;
use crate::tui::env::Env;
use crate::tui::theme::Role;

/// Most that is shown.
const SHOWN: usize = 8;

/// The possible ends of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What stays.
    before: String,
    /// What can follow it, quoted where it must be.
    words: Vec<String>,
    help: Option<&'static str>,
}

impl Offer {
    #[must_use]
    pub fn of(text: &str, env: &Env) -> Offer {
        let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = text.get(start..).unwrap_or_default();
        let word = word.strip_prefix('-').unwrap_or(word);
        match word.split_once(':') {
            Some((name, values)) => value_offer(text, name, values, env),
            None => field_offer(text, word),
        }
    }

    /// The query with the first offer in place of what was begun.
    #[must_use]
    pub fn taken(&self) -> Option<String> {
        self.words.first().map(|word| format!("{}{word}", self.before))
    }

    #[must_use]
    pub fn says(&self) -> Vec<Says> {
        let mut lines: Vec<Says> = self.help.iter().map(|help| Says::new(Role::Muted, *help)).collect();
        if !self.words.is_empty() {
            let words: Vec<&str> = self.words.iter().take(SHOWN).map(String::as_str).collect();
            lines.push(Says::new(Role::Text, words.join("  ")));
        }
        lines
    }
}

fn field_offer(text: &str, word: &str) -> Offer {
    let before = text.get(..text.len() - word.len()).unwrap_or_default().to_owned();
    let starts = |field: &&Field| !word.is_empty() && field.name.starts_with(&word.to_lowercase());
    let words = field::all().filter(starts).map(|field| format!("{}:", field.name)).collect();
    Offer { before, words, help: None }
}

fn value_offer(text: &str, name: &str, values: &str, env: &Env) -> Offer {
    let Some(field) = field::named(name) else {
        return Offer { before: text.to_owned(), words: Vec::new(), help: None };
    };
    let begun = values.rsplit(',').next().unwrap_or_default();
    let before = text.get(..text.len() - begun.len()).unwrap_or_default().to_owned();
    let like = begun.trim_start_matches('"').to_lowercase();
    let fits = |word: &String| word.to_lowercase().starts_with(&like) && word.to_lowercase() != like;
    let words = values_of(field, env).into_iter().filter(fits).map(quoted).collect();
    Offer { before, words, help: Some(field.help) }
}

/// The words a field takes here.
fn values_of(field: &Field, env: &Env) -> Vec<String> {
    let mut words: Vec<String> = field.choices().into_iter().map(str::to_owned).collect();
    let matrix = &env.matrix;
    let own = |labels: &[Label]| labels.iter().map(|label| label.as_str().to_owned()).collect::<Vec<_>>();
    words.extend(match field.kind {
        Kind::Name(NameField::Group) => matrix.groups.iter().map(|g| g.name.as_str().to_owned()).collect(),
        Kind::Name(NameField::Owner) => {
            matrix.team.people.iter().map(|p| p.name.as_str().to_owned()).collect()
        }
        Kind::Name(NameField::Impact) => own(&matrix.grid.impacts),
        Kind::Name(NameField::Urgency) => own(&matrix.grid.urgencies),
        Kind::Level(LevelField::Priority) => own(&matrix.grid.levels),
        Kind::Level(LevelField::Tier) => matrix.tier_names(),
        _ => Vec::new(),
    });
    words
}

fn quoted(word: String) -> String {
    match word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.')) {
        true => word,
        false => format!("\"{word}\""),
    }
}
