//! A query bound to who asks, when, and the matrix's names: a list of checks so plain that memory and SQL can't
//! understand them differently. What a term means is decided here, once, for both evaluators.

use std::collections::BTreeSet;

use super::column::{NEVER, Name, Number};
use super::*;
use crate::domain::case::fold_case;
use crate::domain::row::Row;
use crate::domain::ticket::{Status, Ticket};
use crate::domain::words::words;

/// All clauses must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bound {
    pub clauses: Vec<Clause>,
}

/// Any of the checks must hold; with `Not`, none.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    pub sense: Sense,
    pub any: Vec<Check>,
}

/// True or false of any row, never unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// Open or waiting.
    Live,
    /// Byte by byte one of these.
    Exact(Name, Vec<String>),
    /// Equal by `fold_case`; the text is folded already.
    Folded(Name, String),
    /// Begins so by `fold_case`; the text is folded already.
    Starts(Name, String),
    /// There is such a name.
    Present(Name),
    /// There is such a number, and it is within both ends.
    Between(Number, i64, i64),
    /// There is no such moment.
    Missing(Number),
    Said(Name, Phrase),
    Anywhere(Phrase),
}

/// Whether a query holds of a row. `texts` are the words of each text of the ticket, cut by `words`; only a
/// query that [`Query::asks_text`] looks at them. For many rows, bind once and ask the [`Bound`].
#[must_use]
pub fn holds(query: &Query, scope: &Scope, row: &Row, texts: &[Vec<String>]) -> bool {
    query.bind(scope).holds(row, texts)
}

/// The words of each text that the fold keeps. Notes are in the log only, so a search in these can find less
/// than one in the store.
#[must_use]
pub fn texts_of(ticket: &Ticket) -> Vec<Vec<String>> {
    let about = &ticket.about;
    let mut texts = vec![about.subject.as_str(), about.requester.name.as_str()];
    texts.extend(about.requester.contact.iter().map(|contact| contact.as_str()));
    texts.extend(about.description.iter().map(|body| body.as_str()));
    texts.extend(about.category.iter().map(|category| category.as_str()));
    texts.extend(about.source.iter().map(|source| source.key.as_str()));
    texts.extend(about.fields.values().map(|body| body.as_str()));
    if let Status::Resolved(resolution) = &ticket.status {
        texts.extend([resolution.root_cause.as_str(), resolution.resolution.as_str()]);
    }
    texts.into_iter().map(words).collect()
}

impl Query {
    #[must_use]
    pub fn bind(&self, scope: &Scope) -> Bound {
        let clause = |term: &Term| Clause { sense: term.sense, any: term.test.checks(scope) };
        Bound { clauses: self.terms.iter().map(clause).collect() }
    }
}

impl Bound {
    #[must_use]
    pub fn holds(&self, row: &Row, texts: &[Vec<String>]) -> bool {
        self.clauses.iter().all(|clause| {
            let any = clause.any.iter().any(|check| check.holds(row, texts));
            any == (clause.sense == Sense::Is)
        })
    }
}

impl Check {
    fn holds(&self, row: &Row, texts: &[Vec<String>]) -> bool {
        match self {
            Check::Live => row.phase.is_live(),
            Check::Exact(name, names) => names.iter().any(|one| one == name.of(row)),
            Check::Folded(name, folded) => fold_case(name.of(row)) == folded.as_str(),
            Check::Starts(name, folded) => fold_case(name.of(row)).starts_with(folded.as_str()),
            Check::Present(name) => !name.of(row).is_empty(),
            Check::Between(number, low, high) => {
                number.of(row).is_some_and(|value| (*low..=*high).contains(&value))
            }
            Check::Missing(number) => number.of(row).is_none(),
            Check::Said(name, phrase) => phrase.is_in(&words(name.of(row))),
            Check::Anywhere(phrase) => texts.iter().any(|text| phrase.is_in(text)),
        }
    }
}

impl Test {
    fn checks(&self, scope: &Scope) -> Vec<Check> {
        match self {
            Test::Is(states) => states.iter().map(|state| state.check(scope)).collect(),
            Test::Status(phases) => phases.iter().map(|phase| in_phase(*phase)).collect(),
            Test::Channel(channels) => {
                let names = channels.iter().map(|channel| channel.name().to_owned()).collect();
                vec![Check::Exact(Name::Channel, names)]
            }
            Test::Name(field, patterns) => {
                merged(patterns.iter().map(|pattern| pattern.check(*field, scope)))
            }
            Test::Level(field, ranges) => merged(ranges.iter().map(|range| range.check(*field, scope))),
            Test::Time(field, ranges) => ranges.iter().map(|range| range.check(*field, scope.now)).collect(),
            Test::Count(field, ranges) => ranges.iter().map(|range| range.check(*field)).collect(),
            Test::Said(field, phrases) => phrases.iter().map(|phrase| field.check(phrase)).collect(),
        }
    }
}

/// One list of exact names in place of many, which an index can use.
fn merged(checks: impl Iterator<Item = Check>) -> Vec<Check> {
    let mut exact: Option<(Name, BTreeSet<String>)> = None;
    let mut rest = Vec::new();
    for check in checks {
        match check {
            Check::Exact(name, names) => exact.get_or_insert((name, BTreeSet::new())).1.extend(names),
            other => rest.push(other),
        }
    }
    let exact = exact.map(|(name, names)| Check::Exact(name, names.into_iter().collect()));
    exact.into_iter().chain(rest).collect()
}

fn in_phase(phase: Phase) -> Check {
    Check::Between(Number::Phase, phase as i64, phase as i64)
}

impl State {
    fn check(self, scope: &Scope) -> Check {
        match self {
            State::Open => Check::Live,
            State::Waiting => in_phase(Phase::Waiting),
            State::Resolved => in_phase(Phase::Resolved),
            State::Closed => in_phase(Phase::Closed),
            State::Unowned => exact(Name::Owner, ""),
            State::Owned => Check::Present(Name::Owner),
            State::Mine => NameField::Owner.me(scope),
            State::OurGroups => NameField::Group.me(scope),
            State::Due => passed(Number::Due, scope),
            State::Breached => passed(Number::Breach, scope),
            State::Warned => passed(Number::Warn, scope),
            State::Escalated => Check::Between(Number::Escalations, 1, i64::MAX),
            State::Reopened => Check::Between(Number::Reopens, 1, i64::MAX),
        }
    }
}

fn passed(moment: Number, scope: &Scope) -> Check {
    Check::Between(moment, i64::MIN, scope.now.0.min(NEVER - 1))
}

fn exact(name: Name, value: &str) -> Check {
    Check::Exact(name, vec![value.to_owned()])
}

fn folded(name: Name, value: &str) -> Check {
    Check::Folded(name, fold_case(value).into_owned())
}

/// The scope's own spellings of a name.
fn known<'a>(names: &'a [String], name: &str) -> impl Iterator<Item = &'a String> {
    let wanted = fold_case(name).into_owned();
    names.iter().filter(move |one| fold_case(one) == wanted)
}

fn known_or_folded(column: Name, names: &[String], name: &str) -> Check {
    let own: Vec<String> = known(names, name).cloned().collect();
    if own.is_empty() { folded(column, name) } else { Check::Exact(column, own) }
}

impl NameField {
    fn column(self) -> Name {
        match self {
            NameField::Group => Name::Group,
            NameField::Owner => Name::Owner,
            NameField::Category => Name::Category,
            NameField::Impact => Name::Impact,
            NameField::Urgency => Name::Urgency,
        }
    }

    fn known(self, scope: &Scope) -> &[String] {
        match self {
            NameField::Group => &scope.groups,
            NameField::Owner => &scope.people,
            NameField::Category | NameField::Impact | NameField::Urgency => &[],
        }
    }

    /// An empty name is nobody's and never mine.
    fn me(self, scope: &Scope) -> Check {
        let names = match self {
            NameField::Owner => std::slice::from_ref(&scope.me),
            NameField::Group => &scope.my_groups,
            NameField::Category | NameField::Impact | NameField::Urgency => &[],
        };
        Check::Exact(self.column(), names.iter().filter(|name| !name.is_empty()).cloned().collect())
    }
}

impl Pattern {
    fn check(&self, field: NameField, scope: &Scope) -> Check {
        let column = field.column();
        match self {
            Pattern::Whole(name) => known_or_folded(column, field.known(scope), name),
            Pattern::Start(start) => Check::Starts(column, fold_case(start).into_owned()),
            Pattern::Me => field.me(scope),
            Pattern::Nothing => exact(column, ""),
        }
    }
}

impl LevelRange {
    fn check(&self, field: LevelField, scope: &Scope) -> Check {
        let (column, names) = match field {
            LevelField::Priority => (Name::Priority, &scope.levels),
            LevelField::Tier => (Name::Tier, &scope.tiers),
        };
        match self {
            LevelRange::One(name) => known_or_folded(column, names, name),
            LevelRange::Start(start) => Check::Starts(column, fold_case(start).into_owned()),
            LevelRange::Range(from, to) => {
                let range = between(names, from.as_deref(), to.as_deref());
                Check::Exact(column, range.unwrap_or_default().to_vec())
            }
        }
    }
}

fn between<'a>(names: &'a [String], from: Option<&str>, to: Option<&str>) -> Option<&'a [String]> {
    let place = |name: &str| names.iter().position(|one| fold_case(one) == fold_case(name));
    let from = from.map_or(Some(0), place)?;
    let to = to.map_or(names.len().checked_sub(1), place)?;
    names.get(from.min(to)..=from.max(to))
}

impl TimeField {
    pub(super) fn column(self) -> Number {
        match self {
            TimeField::Age | TimeField::Opened => Number::Opened,
            TimeField::Due => Number::Due,
            TimeField::Updated => Number::Updated,
            TimeField::Resolved => Number::Resolved,
            TimeField::Closed => Number::Closed,
        }
    }
}

impl TimeRange {
    fn check(&self, field: TimeField, now: Stamp) -> Check {
        let column = field.column();
        let TimeRange::Between(from, to) = self else {
            return Check::Missing(column);
        };
        let mut range = (i64::MIN, i64::MAX);
        if let Some(end) = from {
            narrow(&mut range, *end, field, now, Side::AtLeast);
        }
        if let Some(end) = to {
            narrow(&mut range, *end, field, now, Side::AtMost);
        }
        let high = if column == Number::Due { range.1.min(NEVER - 1) } else { range.1 };
        Check::Between(column, range.0, high)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    AtLeast,
    AtMost,
}

impl Side {
    fn turned(self) -> Side {
        match self {
            Side::AtLeast => Side::AtMost,
            Side::AtMost => Side::AtLeast,
        }
    }
}

/// Cuts a range of moments at an end. The longer ago, the earlier: an "ago" turns the side round.
fn narrow(range: &mut (i64, i64), end: End, field: TimeField, now: Stamp, side: Side) {
    let ago = field != TimeField::Due && matches!(end.point, Point::Span(_));
    let (first, last) = end.point.moments(now, field);
    let side = if ago { side.turned() } else { side };
    match (side, end.edge) {
        (Side::AtLeast, Edge::Within) => range.0 = first,
        (Side::AtLeast, Edge::Beyond) => range.0 = last.saturating_add(1),
        (Side::AtMost, Edge::Within) => range.1 = last,
        (Side::AtMost, Edge::Beyond) => range.1 = first.saturating_sub(1),
    }
}

impl Point {
    /// The first and the last millisecond of it.
    fn moments(self, now: Stamp, field: TimeField) -> (i64, i64) {
        match self {
            Point::Moment(at) => (at.0, at.0),
            Point::Day(day) => {
                let first = Span::DAY.times(day.into()).0;
                (first, first.saturating_add(Span::DAY.0 - 1))
            }
            Point::Span(span) if field == TimeField::Due => (now.plus(span).0, now.plus(span).0),
            Point::Span(span) => {
                let at = now.0.saturating_sub(span.0);
                (at, at)
            }
        }
    }
}

impl CountRange {
    fn check(&self, field: CountField) -> Check {
        let column = match field {
            CountField::Id => Number::Id,
            CountField::Reopens => Number::Reopens,
            CountField::Bounces => Number::Bounces,
            CountField::Handoffs => Number::Handoffs,
            CountField::Escalations => Number::Escalations,
        };
        Check::Between(column, self.from.unwrap_or(i64::MIN), self.to.unwrap_or(i64::MAX))
    }
}

impl SaidField {
    fn check(self, phrase: &Phrase) -> Check {
        match self {
            SaidField::Text => Check::Anywhere(phrase.clone()),
            SaidField::Subject => Check::Said(Name::Subject, phrase.clone()),
            SaidField::Requester => Check::Said(Name::Requester, phrase.clone()),
        }
    }
}
