//! What was typed, turned into what rules take: ticket numbers, texts, `NAME=TEXT` pairs, `-` for standard input.
//! Every text is checked here by the types that guard the log, so a mistake names its argument.

use std::collections::BTreeMap;
use std::io::Read;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::error::{Failure, Ran};
use crate::domain::ids::TicketId;
use crate::domain::text::{BODY_MAX, Body, Label, Line, neutral};

/// The tickets a verb is about.
#[derive(Debug, Clone, Args)]
pub struct Tickets {
    /// Ticket numbers, separated by blanks or commas; `-` reads them from standard input
    #[arg(required = true, value_name = "TICKET", value_parser = ids)]
    tickets: Vec<Ids>,
}

/// Several numbers of one argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ids {
    These(Vec<TicketId>),
    Input,
}

impl Tickets {
    /// The numbers, each once, in the order given.
    ///
    /// # Errors
    /// Standard input that holds none, or something else.
    pub fn ids(&self) -> Ran<Vec<TicketId>> {
        let mut all = Vec::new();
        for given in &self.tickets {
            let more = match given {
                Ids::These(these) => these.clone(),
                Ids::Input => ids_from(&input("ticket numbers")?)?,
            };
            all.extend(more);
        }
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|id| seen.insert(*id));
        Ok(all)
    }
}

/// `12`, `#12`, `12,13` or `-`.
///
/// # Errors
/// What is no ticket number.
pub fn ids(text: &str) -> Result<Ids, String> {
    if text == "-" {
        return Ok(Ids::Input);
    }
    let numbers = text.split(',').filter(|part| !part.trim().is_empty());
    let these: Result<Vec<TicketId>, _> = numbers.map(str::parse).collect();
    match these {
        Ok(these) if these.is_empty() => Err(String::from("it names no ticket: write it like 1042 or #1042")),
        Ok(these) => Ok(Ids::These(these)),
        Err(error) => Err(error.to_string()),
    }
}

fn ids_from(text: &str) -> Ran<Vec<TicketId>> {
    let found: Result<Vec<TicketId>, _> =
        text.split([' ', ',', '\n', '\t', '\r']).filter(|w| !w.is_empty()).map(str::parse).collect();
    let found = found.map_err(|error: crate::domain::ids::NoTicketId| {
        Failure::usage(
            format!("standard input: {error}"),
            "pipe numbers into it, such as from `tierline list --ids`",
        )
    })?;
    match found.is_empty() {
        true => Err(Failure::usage(
            "standard input names no ticket",
            "pipe numbers into it, such as from `tierline list --ids`",
        )),
        false => Ok(found),
    }
}

/// A text, or the wish to read it from standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    Here(Body),
    Input,
}

/// A text as an argument: `-` stands for standard input.
///
/// # Errors
/// What the log must not hold.
pub fn written(text: &str) -> Result<Written, String> {
    if text == "-" {
        return Ok(Written::Input);
    }
    no_flag(text)?;
    Body::new(text).map(Written::Here).map_err(|why| why.to_string())
}

/// A line as an argument; it may begin with `-`, as a line of a list does.
///
/// # Errors
/// What the log must not hold.
pub fn line(text: &str) -> Result<Line, String> {
    no_flag(text)?;
    Line::new(text).map_err(|why| why.to_string())
}

/// A forgotten value must not put the next flag into the log, where it would stay.
fn no_flag(text: &str) -> Result<(), String> {
    let name = text.strip_prefix("--").map_or(text, |long| long.split('=').next().unwrap_or(long));
    let flag = name != text && !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    if flag { Err(format!("{} looks like a flag, not like a text", neutral(text))) } else { Ok(()) }
}

impl Written {
    /// The text itself.
    ///
    /// # Errors
    /// Standard input that can't be read, or that the log must not hold.
    pub fn read(self, what: &str) -> Ran<Body> {
        match self {
            Written::Here(body) => Ok(body),
            Written::Input => Body::new(&input(what)?)
                .map_err(|why| Failure::usage(format!("the {what} from standard input: {why}"), "")),
        }
    }
}

/// More than any text may be long, so that the refusal can say how long it is.
const INPUT_MAX: u64 = 64 * BODY_MAX as u64;

fn input(what: &str) -> Ran<String> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(INPUT_MAX)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::usage(format!("can't read the {what} from standard input: {error}"), ""))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::usage(
            format!("the {what} from standard input is not UTF-8: byte {at} is wrong"),
            "convert it first, such as with `iconv -t utf-8`",
        )
    })
}

/// A number of things, from 0.
///
/// # Errors
/// What is no such number.
pub fn count(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("{} is no number of things: write it like 20", neutral(text)))
}

/// `NAME=TEXT`.
///
/// # Errors
/// A missing `=`, or a name or text that the log must not hold.
pub fn field(text: &str) -> Result<(Label, Body), String> {
    let (name, value) = text.split_once('=').ok_or("write it like NAME=TEXT")?;
    let name = field_name(name)?;
    let value = Body::new(value).map_err(|why| format!("{}: {why}", neutral(name.as_str())))?;
    Ok((name, value))
}

/// As [`field`], but the text may be blank: an escalation tells it with everything else that its hand-off lacks.
///
/// # Errors
/// As [`field`].
pub fn answer(text: &str) -> Result<(Label, Body), String> {
    let blank = |text: &str| text.trim().is_empty();
    match text.split_once('=').filter(|(_, value)| blank(value)) {
        Some((name, _)) => Ok((field_name(name)?, Body::default())),
        None => field(text),
    }
}

fn field_name(name: &str) -> Result<Label, String> {
    Label::new(name).map_err(|why| format!("its name: {why}"))
}

/// The pairs by name; the last of a name counts.
#[must_use]
pub fn fields(pairs: Vec<(Label, Body)>) -> BTreeMap<Label, Body> {
    pairs.into_iter().collect()
}

/// A parser for one word of a closed set, in any case; help and completions list the words.
pub fn word<T>(all: &'static [T], name: fn(T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let find = move |word: String| {
        let found = all.iter().copied().find(|one| name(*one).eq_ignore_ascii_case(&word));
        found.ok_or_else(|| format!("{word} is none of the words"))
    };
    PossibleValuesParser::new(all.iter().map(|one| name(*one))).try_map(find)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticket_numbers_come_with_blanks_commas_and_marks() {
        assert_eq!(ids("12,#13"), Ok(Ids::These(vec![TicketId(12), TicketId(13)])));
        assert_eq!(ids("-"), Ok(Ids::Input));
        assert!(ids(",").is_err() && ids("12,x").is_err() && ids("").is_err());
        assert_eq!(ids_from("#3 4\n5,6\n").unwrap().len(), 4);
    }

    #[test]
    fn a_text_may_begin_with_a_dash_but_not_be_a_flag() {
        for fine in ["- swapped the cable", "-40 degrees", "--- mail ---", "-x", "--", "--json or not"] {
            assert!(line(fine).is_ok() && written(fine).is_ok(), "{fine}");
        }
        for flag in ["--json", "--root-cause", "--as=mia"] {
            assert!(line(flag).is_err() && written(flag).is_err(), "{flag}");
        }
    }

    #[test]
    fn a_field_is_a_name_and_a_text() {
        assert_eq!(field("tried=rebooted = twice").unwrap().1, "rebooted = twice");
        for bad in ["tried", "=x", "tried=", "tried=a\u{1b}b", "a\u{202e}=x"] {
            assert!(field(bad).is_err(), "{bad:?}");
        }
        assert_eq!(answer("tried= ").unwrap().1, Body::default());
        assert_eq!(answer("tried=x"), field("tried=x"));
        for bad in ["tried", "= ", "tried=a\u{1b}b"] {
            assert!(answer(bad).is_err(), "{bad:?}");
        }
    }
}
