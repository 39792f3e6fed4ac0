//! From text to query. Never panics, whatever the text; says of a mistake where it is and what would help.

use super::error::{Fault, QueryError, nearest, quoted};
use super::field::{self, Field, Kind};
use super::lex::{RawTerm, RawValue, terms};
use super::{Query, SaidField, Sense, Sort, Term, Test, read};

/// Longest query, in bytes.
pub const MAX_TEXT: usize = 8 * 1024;
/// Most terms; SQLite refuses a condition that is nested a thousand deep.
pub const MAX_TERMS: usize = 100;
/// Most values in all terms together, for the same reason.
pub const MAX_VALUES: usize = 300;

/// Reads a query.
///
/// # Errors
/// The first thing that is none of the language, or too much of it.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    query(text).map_err(|fault| fault.in_text(text))
}

fn query(text: &str) -> Result<Query, Fault> {
    if text.len() > MAX_TEXT {
        let fault = Fault::new(0..0, format!("the query has {} bytes, {MAX_TEXT} at most", text.len()));
        return Err(fault.help("ask for less at once"));
    }
    let raw = terms(text)?;
    limits(&raw)?;
    let mut query = Query::default();
    for term in &raw {
        match meaning(term)? {
            Meaning::Term(term) => query.terms.push(term),
            Meaning::Sort(sort) => query.sort.extend(sort),
        }
    }
    Ok(query)
}

fn limits(raw: &[RawTerm<'_>]) -> Result<(), Fault> {
    let mut values = 0;
    for (n, term) in raw.iter().enumerate() {
        values += term.values.len();
        if n >= MAX_TERMS || values > MAX_VALUES {
            let most = format!("{MAX_TERMS} terms with {MAX_VALUES} values in all are the most");
            return Err(Fault::new(term.at.clone(), "this is one too many").help(most));
        }
    }
    Ok(())
}

enum Meaning {
    Term(Term),
    Sort(Vec<Sort>),
}

fn meaning(raw: &RawTerm<'_>) -> Result<Meaning, Fault> {
    let kind = match &raw.field {
        Some((word, at)) => field::named(word).ok_or_else(|| stranger(word, at.clone()))?.kind,
        None => Kind::Said(SaidField::Text),
    };
    let test = match kind {
        Kind::Sort => return sort(raw).map(Meaning::Sort),
        Kind::Said(_) if raw.field.is_none() && read::is_number(&raw.values) => {
            Test::Count(super::CountField::Id, each(raw, read::number)?)
        }
        Kind::State => Test::Is(each(raw, read::state)?),
        Kind::Status => Test::Status(each(raw, read::phase)?),
        Kind::Channel => Test::Channel(each(raw, read::channel)?),
        Kind::Name(field) => Test::Name(field, each(raw, |value| read::pattern(field, value))?),
        Kind::Level(field) => Test::Level(field, each(raw, read::level)?),
        Kind::Time(field) => Test::Time(field, each(raw, |value| read::time(field, value))?),
        Kind::Count(field) => Test::Count(field, each(raw, |value| read::count(field, value))?),
        Kind::Said(field) => Test::Said(field, each(raw, read::phrase)?),
    };
    Ok(Meaning::Term(Term { sense: raw.sense, test }))
}

fn each<T>(raw: &RawTerm<'_>, read: impl Fn(&RawValue) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    raw.values.iter().map(read).collect()
}

fn sort(raw: &RawTerm<'_>) -> Result<Vec<Sort>, Fault> {
    if raw.sense == Sense::Not {
        let fault = Fault::new(raw.at.clone(), "an order can't be left out");
        return Err(fault.help("to turn it round, write the - before its word: sort:-age"));
    }
    each(raw, read::sort)
}

fn stranger(word: &str, at: std::ops::Range<usize>) -> Fault {
    let names: Vec<&str> = field::all().flat_map(Field::words).collect();
    let near = nearest(word, &names).map_or(String::new(), |near| format!("did you mean {near}? "));
    let fault = Fault::new(at, format!("no field is called {}", quoted(word)));
    fault.help(format!("{near}Quotes search the text for it"))
}
