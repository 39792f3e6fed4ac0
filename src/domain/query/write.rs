//! A query as text, in one form: what `parse` reads back as the same query.

use std::fmt::{self, Display, Formatter, Write};

use super::field::{Kind, SORT_KEYS, STATES, name_of};
use super::*;

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut blank = "";
        for term in &self.terms {
            write!(f, "{blank}{term}")?;
            blank = " ";
        }
        if self.sort.is_empty() {
            return Ok(());
        }
        write!(f, "{blank}{}:", name_of(Kind::Sort))?;
        list(f, &self.sort)
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.sense == Sense::Not {
            f.write_char('-')?;
        }
        self.test.fmt(f)
    }
}

fn list<T: Display>(f: &mut Formatter<'_>, values: &[T]) -> fmt::Result {
    let mut comma = "";
    for value in values {
        write!(f, "{comma}{value}")?;
        comma = ",";
    }
    Ok(())
}

fn under<T: Display>(f: &mut Formatter<'_>, kind: Kind, values: &[T]) -> fmt::Result {
    write!(f, "{}:", name_of(kind))?;
    list(f, values)
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Test::Is(states) => under(f, Kind::State, states),
            Test::Status(phases) => {
                under(f, Kind::Status, &phases.iter().map(|p| p.name()).collect::<Vec<_>>())
            }
            Test::Channel(all) => under(f, Kind::Channel, &all.iter().map(|c| c.name()).collect::<Vec<_>>()),
            Test::Name(field, patterns) => {
                let named: Vec<_> = patterns.iter().map(|pattern| Named(*field, pattern)).collect();
                under(f, Kind::Name(*field), &named)
            }
            Test::Level(field, ranges) => under(f, Kind::Level(*field), ranges),
            Test::Time(field, ranges) => under(f, Kind::Time(*field), ranges),
            Test::Count(CountField::Id, ranges) if ranges.iter().all(|range| range.single().is_some()) => {
                list(
                    f,
                    &ranges
                        .iter()
                        .filter_map(CountRange::single)
                        .map(|id| format!("#{id}"))
                        .collect::<Vec<_>>(),
                )
            }
            Test::Count(field, ranges) => under(f, Kind::Count(*field), ranges),
            Test::Said(SaidField::Text, phrases) => list(f, phrases),
            Test::Said(field, phrases) => under(f, Kind::Said(*field), phrases),
        }
    }
}

impl Display for State {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let words = STATES.iter().find(|(state, _, _)| state == self);
        f.write_str(words.and_then(|(_, words, _)| words.first()).unwrap_or(&""))
    }
}

impl Display for Sort {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.way == Way::Down {
            f.write_char('-')?;
        }
        let words = SORT_KEYS.iter().find(|(key, _)| *key == self.key);
        f.write_str(words.and_then(|(_, words)| words.first()).unwrap_or(&""))
    }
}

/// A pattern with its field, of which its keywords depend.
struct Named<'a>(NameField, &'a Pattern);

impl Display for Named<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.1 {
            Pattern::Whole(name) if read::keyword(self.0, name).is_some() => quote(f, name),
            Pattern::Whole(name) => dressed(f, name),
            Pattern::Start(start) => dressed(f, start).and_then(|()| f.write_char('*')),
            Pattern::Me if self.0 == NameField::Group => f.write_str("mine"),
            Pattern::Me => f.write_str("me"),
            Pattern::Nothing => f.write_str("none"),
        }
    }
}

impl Display for LevelRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            LevelRange::One(name) => dressed(f, name),
            LevelRange::Start(start) => dressed(f, start).and_then(|()| f.write_char('*')),
            LevelRange::Range(from, to) => {
                from.iter().try_for_each(|name| dressed(f, name))?;
                f.write_str("..")?;
                to.iter().try_for_each(|name| dressed(f, name))
            }
        }
    }
}

/// Bare where that is read back as the same name, else in quotes.
fn dressed(f: &mut Formatter<'_>, name: &str) -> fmt::Result {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '@' | '+' | '&');
    if !name.is_empty() && name.chars().all(plain) { f.write_str(name) } else { quote(f, name) }
}

fn quote(f: &mut Formatter<'_>, name: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in name.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

impl Display for TimeRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (from, to) = match self {
            TimeRange::Nothing => return f.write_str("none"),
            TimeRange::Between(from, to) => (from, to),
        };
        match (from, to) {
            (Some(from), Some(to)) if from == to && !matches!(from.point, Point::Span(_)) => {
                from.point.fmt(f)
            }
            (Some(from), Some(to)) => write!(f, "{}..{}", from.point, to.point),
            (Some(from), None) => write!(f, "{}{}", from.edge.sign(">"), from.point),
            (None, Some(to)) => write!(f, "{}{}", to.edge.sign("<"), to.point),
            (None, None) => f.write_str(".."),
        }
    }
}

impl Edge {
    fn sign(self, sign: &str) -> String {
        match self {
            Edge::Within => format!("{sign}="),
            Edge::Beyond => sign.to_owned(),
        }
    }
}

impl Display for Point {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&date::write(*self).unwrap_or_default())
    }
}

impl CountRange {
    fn single(&self) -> Option<i64> {
        self.from.filter(|from| Some(*from) == self.to)
    }
}

impl Display for CountRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (Some(from), Some(to)) => write!(f, "{from}..{to}"),
            (Some(from), None) => write!(f, ">={from}"),
            (None, Some(to)) => write!(f, "<={to}"),
            (None, None) => f.write_str(".."),
        }
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.words() {
            [word] => f.write_str(word)?,
            words => write!(f, "\"{}\"", words.join(" "))?,
        }
        match self.reach() {
            Reach::Word => Ok(()),
            Reach::Start => f.write_char('*'),
        }
    }
}
