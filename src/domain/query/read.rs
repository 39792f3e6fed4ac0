//! What one value of a term means, by the kind of its field.

use std::ops::Range;

use super::error::{Fault, nearest, quoted};
use super::field::{Kind, SORT_KEYS, STATES, name_of};
use super::lex::{Dress, Part, RawValue};
use super::*;

/// A name or text as it was written: its quotes gone, its `*` noticed.
struct Atom {
    text: String,
    dress: Dress,
    reach: Reach,
}

fn atom(parts: &[Part], at: &Range<usize>) -> Result<Atom, Fault> {
    let (first, reach) = match parts {
        [one] => (one, Reach::Word),
        [one, star] if one.dress == Dress::Quoted && star.dress == Dress::Bare && star.text == "*" => {
            (one, Reach::Start)
        }
        _ => {
            let fault = Fault::new(at.clone(), "part of this is in quotes");
            return Err(fault.help("put the quotes around all of it, or a blank between"));
        }
    };
    let (text, reach) = match (first.dress, first.text.strip_suffix('*')) {
        (Dress::Bare, Some(start)) => (start, Reach::Start),
        (Dress::Bare, None) | (Dress::Quoted, _) => (first.text.as_str(), reach),
    };
    if first.dress == Dress::Bare && text.contains('*') {
        let fault = Fault::new(at.clone(), "* stands for the rest of a word, at its end only");
        return Err(fault.help("in quotes it is an ordinary character"));
    }
    Ok(Atom { text: text.to_owned(), dress: first.dress, reach })
}

fn name(parts: &[Part], at: &Range<usize>) -> Result<Atom, Fault> {
    let atom = atom(parts, at)?;
    if atom.text.is_empty() {
        let fault = Fault::new(at.clone(), "a name is missing");
        return Err(fault.help("write none for nothing, or leave the term out for anything"));
    }
    Ok(atom)
}

/// A value of a closed set, a number or a time: quotes make no difference.
fn word(value: &RawValue) -> Result<&str, Fault> {
    match value.parts.as_slice() {
        [one] => Ok(&one.text),
        _ => Err(Fault::new(value.at.clone(), "this value has no quotes inside").help("leave them out")),
    }
}

fn choice<T: Copy + PartialEq>(
    value: &RawValue,
    what: &str,
    table: impl Iterator<Item = (T, &'static str)>,
) -> Result<T, Fault> {
    let word = word(value)?;
    let mut table: Vec<(T, &str)> = table.collect();
    let found = table.iter().find(|(_, name)| name.eq_ignore_ascii_case(word)).map(|(one, _)| *one);
    found.ok_or_else(|| {
        let all: Vec<&str> = table.iter().map(|(_, name)| *name).collect();
        table.dedup_by_key(|(one, _)| *one);
        let usual: Vec<&str> = table.iter().map(|(_, name)| *name).collect();
        let help = match nearest(word, &all) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("write one of {}", usual.join(", ")),
        };
        Fault::new(value.at.clone(), format!("{what} {}", quoted(word))).help(help)
    })
}

pub(super) fn state(value: &RawValue) -> Result<State, Fault> {
    let words = STATES.iter().flat_map(|(state, words, _)| words.iter().map(|word| (*state, *word)));
    choice(value, "no state is called", words)
}

pub(super) fn phase(value: &RawValue) -> Result<Phase, Fault> {
    choice(value, "no status is called", Phase::ALL.into_iter().map(|phase| (phase, phase.name())))
}

pub(super) fn channel(value: &RawValue) -> Result<Channel, Fault> {
    choice(value, "no channel is called", Channel::ALL.into_iter().map(|channel| (channel, channel.name())))
}

pub(super) fn sort(value: &RawValue) -> Result<Sort, Fault> {
    let text = word(value)?;
    let (way, key) = text.strip_prefix('-').map_or((Way::Up, text), |key| (Way::Down, key));
    let part = Part { dress: Dress::Bare, text: key.to_owned(), at: value.at.clone() };
    let start = value.at.end.saturating_sub(key.len());
    let bare = value.parts.iter().all(|part| part.dress == Dress::Bare);
    let at = if bare { start..value.at.end } else { value.at.clone() };
    let words = SORT_KEYS.iter().flat_map(|(key, words)| words.iter().map(|word| (*key, *word)));
    let key = choice(&RawValue { at, parts: vec![part] }, "nothing sorts by", words)?;
    Ok(Sort { key, way })
}

pub(super) fn phrase(value: &RawValue) -> Result<Phrase, Fault> {
    let atom = atom(&value.parts, &value.at)?;
    Phrase::new(&atom.text, atom.reach).ok_or_else(|| {
        let fault = Fault::new(value.at.clone(), "there is no letter or digit to look for");
        fault.help("write a word, or take it out")
    })
}

pub(super) fn pattern(field: NameField, value: &RawValue) -> Result<Pattern, Fault> {
    let atom = name(&value.parts, &value.at)?;
    let pattern = match (atom.reach, atom.dress) {
        (Reach::Start, _) => Pattern::Start(atom.text),
        (Reach::Word, Dress::Quoted) => Pattern::Whole(atom.text),
        (Reach::Word, Dress::Bare) => keyword(field, &atom.text).unwrap_or(Pattern::Whole(atom.text)),
    };
    Ok(pattern)
}

/// What a bare word means instead of a name.
pub(super) fn keyword(field: NameField, word: &str) -> Option<Pattern> {
    let personal = matches!(field, NameField::Group | NameField::Owner);
    match word.to_ascii_lowercase().as_str() {
        "me" | "mine" if personal => Some(Pattern::Me),
        "none" => Some(Pattern::Nothing),
        _ => None,
    }
}

/// The two sides of the first bare `..`.
fn split(value: &RawValue) -> Option<(Vec<Part>, Vec<Part>)> {
    let n = value.parts.iter().position(|part| part.dress == Dress::Bare && part.text.contains(".."))?;
    let middle = value.parts.get(n)?;
    let (left, right) = middle.text.split_once("..")?;
    let bare = |text: &str, at| Part { dress: Dress::Bare, text: text.to_owned(), at };
    let mut before: Vec<Part> = value.parts.iter().take(n).cloned().collect();
    before.push(bare(left, middle.at.start..middle.at.start + left.len()));
    let mut after = vec![bare(right, middle.at.end - right.len()..middle.at.end)];
    after.extend(value.parts.iter().skip(n + 1).cloned());
    for side in [&mut before, &mut after] {
        side.retain(|part| part.dress == Dress::Quoted || !part.text.is_empty());
    }
    Some((before, after))
}

fn open_at_both_ends(value: &RawValue) -> Fault {
    Fault::new(value.at.clone(), "the range has no end").help("write one on at least one side of the dots")
}

pub(super) fn level(value: &RawValue) -> Result<LevelRange, Fault> {
    if let Some((from, to)) = split(value) {
        return level_range(value, &from, &to);
    }
    let atom = name(&value.parts, &value.at)?;
    if atom.dress == Dress::Bare && atom.text.starts_with(['<', '>', '=']) {
        let fault = Fault::new(value.at.clone(), "names are not more or less than each other");
        return Err(fault.help("write a range, such as prio:P1..P2"));
    }
    Ok(match atom.reach {
        Reach::Start => LevelRange::Start(atom.text),
        Reach::Word => LevelRange::One(atom.text),
    })
}

fn level_range(value: &RawValue, from: &[Part], to: &[Part]) -> Result<LevelRange, Fault> {
    let end = |parts: &[Part]| -> Result<Option<String>, Fault> {
        if parts.is_empty() {
            return Ok(None);
        }
        let atom = name(parts, &value.at)?;
        match atom.reach {
            Reach::Word => Ok(Some(atom.text)),
            Reach::Start => {
                let fault = Fault::new(value.at.clone(), "an end of a range is one name");
                Err(fault.help("write it without the *"))
            }
        }
    };
    match (end(from)?, end(to)?) {
        (None, None) => Err(open_at_both_ends(value)),
        (from, to) => Ok(LevelRange::Range(from, to)),
    }
}

/// How a value is written: `a..b`, `>a`, or `a`.
enum Shape<'a> {
    Range(Option<&'a str>, Option<&'a str>),
    Compared(Compare, &'a str),
    One(&'a str),
}

#[derive(Clone, Copy)]
enum Compare {
    Below,
    AtMost,
    Above,
    AtLeast,
}

const COMPARES: [(&str, Compare); 4] =
    [("<=", Compare::AtMost), (">=", Compare::AtLeast), ("<", Compare::Below), (">", Compare::Above)];

fn shape(value: &RawValue) -> Result<Shape<'_>, Fault> {
    let text = word(value)?;
    if let Some((from, to)) = text.split_once("..") {
        let end = |text| Some(text).filter(|text: &&str| !text.is_empty());
        return match (end(from), end(to)) {
            (None, None) => Err(open_at_both_ends(value)),
            (from, to) => Ok(Shape::Range(from, to)),
        };
    }
    let compared = COMPARES.iter().find_map(|(sign, by)| Some((*by, text.strip_prefix(sign)?)));
    Ok(compared.map_or(Shape::One(text), |(by, rest)| Shape::Compared(by, rest)))
}

/// Whether the values of a term without a field are ticket numbers: `#1042`.
pub(super) fn is_number(values: &[RawValue]) -> bool {
    values.iter().all(|value| match value.parts.as_slice() {
        [one] => {
            let digits = one.text.strip_prefix('#');
            one.dress == Dress::Bare
                && digits.is_some_and(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
        }
        _ => false,
    })
}

pub(super) fn number(value: &RawValue) -> Result<CountRange, Fault> {
    let id = digits(value, word(value)?)?;
    Ok(CountRange { from: Some(id), to: Some(id) })
}

fn digits(value: &RawValue, text: &str) -> Result<i64, Fault> {
    let text = text.strip_prefix('#').unwrap_or(text);
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = if plain { text.parse().ok() } else { None };
    number.ok_or_else(|| {
        let fault = Fault::new(value.at.clone(), "a whole number is wanted here");
        fault.help("such as 2, >=2 or 1..3")
    })
}

pub(super) fn count(field: CountField, value: &RawValue) -> Result<CountRange, Fault> {
    let range = match shape(value)? {
        Shape::One(text) => {
            let number = digits(value, text)?;
            (Some(number), Some(number))
        }
        Shape::Range(from, to) => {
            let end = |text: Option<&str>| text.map(|text| digits(value, text)).transpose();
            either_way(end(from)?, end(to)?)
        }
        Shape::Compared(by, text) => compared(by, digits(value, text)?).ok_or_else(|| {
            let fault = Fault::new(value.at.clone(), "no number is there");
            fault.help(format!("{}:0 is the least", name_of(Kind::Count(field))))
        })?,
    };
    Ok(CountRange { from: range.0, to: range.1 })
}

fn compared(by: Compare, number: i64) -> Option<(Option<i64>, Option<i64>)> {
    match by {
        Compare::AtLeast => Some((Some(number), None)),
        Compare::AtMost => Some((None, Some(number))),
        Compare::Above => Some((Some(number.checked_add(1)?), None)),
        Compare::Below => Some((None, Some(number.checked_sub(1).filter(|n| *n >= 0)?))),
    }
}

fn either_way(from: Option<i64>, to: Option<i64>) -> (Option<i64>, Option<i64>) {
    match (from, to) {
        (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
        ends => ends,
    }
}

pub(super) fn time(field: TimeField, value: &RawValue) -> Result<TimeRange, Fault> {
    let end =
        |edge, text: &str| -> Result<End, Fault> { Ok(End { edge, point: point(field, value, text)? }) };
    match shape(value)? {
        Shape::One(text) if text.eq_ignore_ascii_case("none") && may_lack(field) => Ok(TimeRange::Nothing),
        Shape::One(text) => moment(field, value, text),
        Shape::Compared(by, text) => Ok(match by {
            Compare::AtLeast => TimeRange::Between(Some(end(Edge::Within, text)?), None),
            Compare::Above => TimeRange::Between(Some(end(Edge::Beyond, text)?), None),
            Compare::AtMost => TimeRange::Between(None, Some(end(Edge::Within, text)?)),
            Compare::Below => TimeRange::Between(None, Some(end(Edge::Beyond, text)?)),
        }),
        Shape::Range(from, to) => {
            let end = |text: Option<&str>| text.map(|text| end(Edge::Within, text)).transpose();
            time_range(value, end(from)?, end(to)?)
        }
    }
}

fn may_lack(field: TimeField) -> bool {
    matches!(field, TimeField::Due | TimeField::Resolved | TimeField::Closed)
}

fn moment(field: TimeField, value: &RawValue, text: &str) -> Result<TimeRange, Fault> {
    let point = point(field, value, text)?;
    if matches!(point, Point::Span(_)) {
        let name = name_of(Kind::Time(field));
        let fault = Fault::new(value.at.clone(), "a single length of time is too exact");
        return Err(fault.help(format!("write {name}:>{text} or {name}:<{text}")));
    }
    let end = End { edge: Edge::Within, point };
    Ok(TimeRange::Between(Some(end), Some(end)))
}

fn time_range(value: &RawValue, from: Option<End>, to: Option<End>) -> Result<TimeRange, Fault> {
    let (Some(a), Some(b)) = (from, to) else {
        return Ok(TimeRange::Between(from, to));
    };
    let turned = match (a.point, b.point) {
        (Point::Span(a), Point::Span(b)) => a > b,
        (Point::Span(_), _) | (_, Point::Span(_)) => {
            let fault = Fault::new(value.at.clone(), "one end is a date, the other a length of time");
            return Err(fault.help("write two of a kind"));
        }
        (a, b) => a.first_moment() > b.first_moment(),
    };
    Ok(if turned { TimeRange::Between(to, from) } else { TimeRange::Between(from, to) })
}

fn point(field: TimeField, value: &RawValue, text: &str) -> Result<Point, Fault> {
    let (sign, length) = match text.strip_prefix('-') {
        Some(rest) if field == TimeField::Due => (-1, rest),
        _ => (1, text),
    };
    // Nought is nought in every unit.
    let span = if matches!(length, "0") { Some(Span(0)) } else { Span::parse(length) };
    if let Some(span) = span {
        return Ok(Point::Span(span.times(sign)));
    }
    let date = if field == TimeField::Age { None } else { super::date::read(text) };
    date.ok_or_else(|| {
        let fault = Fault::new(value.at.clone(), "a time is wanted here");
        fault.help(match field {
            TimeField::Age => "such as >2d, <90m or 1h30m..4h; for dates there is opened:",
            TimeField::Due => "such as <30m, <-10m (past), 2026-11-05 or none",
            _ => "such as >2d (ago), 2026-11-05, 2026-11-01..2026-11-05",
        })
    })
}
