//! In which order rows come. An order is a list of steps that compare one plain value each, so that memory
//! (`order`) and the store (its `ORDER BY`) walk the same list.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::column::{NEVER, Name, Number};
use super::{Sort, SortKey, Way};
use crate::domain::case::fold_case;
use crate::domain::row::Row;

/// One comparison; the next one decides between equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub part: Part,
    pub way: Way,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Number(Number),
    /// 1 where there is no such moment, else 0.
    NoNumber(Number),
    /// By [`fold_case`].
    Folded(Name),
    /// Byte by byte.
    Exact(Name),
    /// 1 where there is no such name, else 0.
    NoName(Name),
}

/// A value of a row; one part always gives the same kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value<'a> {
    Number(i64),
    Text(Cow<'a, str>),
}

const DEFAULT: [Step; 3] =
    [up(Part::Number(Number::Due)), up(Part::Number(Number::PriorityRank)), up(Part::Number(Number::Opened))];

const fn up(part: Part) -> Step {
    Step { part, way: Way::Up }
}

/// The steps of an order. Without a sort: what falls due soonest first, then the most urgent priority, then the
/// oldest. The last step is always the ticket's number, so no two rows are equal.
#[must_use]
pub fn steps(sort: &[Sort]) -> Vec<Step> {
    let mut steps = match sort {
        [] => DEFAULT.to_vec(),
        keys => keys.iter().flat_map(|key| key_steps(*key)).collect(),
    };
    steps.push(up(Part::Number(Number::Id)));
    steps
}

/// Which of two rows comes first.
#[must_use]
pub fn order(sort: &[Sort], a: &Row, b: &Row) -> Ordering {
    steps(sort).into_iter().map(|step| step.compare(a, b)).find(|by| by.is_ne()).unwrap_or(Ordering::Equal)
}

fn key_steps(sort: Sort) -> Vec<Step> {
    let way = sort.way;
    match sort.key {
        SortKey::Priority => number(Number::PriorityRank, way),
        SortKey::Age => number(Number::Opened, way.turned()),
        SortKey::Opened => number(Number::Opened, way),
        SortKey::Updated => number(Number::Updated, way),
        SortKey::Id => number(Number::Id, way),
        SortKey::Tier => number(Number::TierRank, way),
        SortKey::Status => number(Number::Phase, way),
        SortKey::Due if way == Way::Up => number(Number::Due, way),
        SortKey::Due => moment(Number::Due, way),
        SortKey::Resolved => moment(Number::Resolved, way),
        SortKey::Closed => moment(Number::Closed, way),
        SortKey::Group => name(Name::Group, way),
        SortKey::Owner => name(Name::Owner, way),
        SortKey::Requester => name(Name::Requester, way),
        SortKey::Subject => name(Name::Subject, way),
        SortKey::Category => name(Name::Category, way),
    }
}

fn number(number: Number, way: Way) -> Vec<Step> {
    vec![Step { part: Part::Number(number), way }]
}

fn moment(number: Number, way: Way) -> Vec<Step> {
    vec![up(Part::NoNumber(number)), Step { part: Part::Number(number), way }]
}

fn name(name: Name, way: Way) -> Vec<Step> {
    vec![
        up(Part::NoName(name)),
        Step { part: Part::Folded(name), way },
        Step { part: Part::Exact(name), way },
    ]
}

impl Step {
    fn compare(self, a: &Row, b: &Row) -> Ordering {
        let by = self.part.value(a).cmp(&self.part.value(b));
        match self.way {
            Way::Up => by,
            Way::Down => by.reverse(),
        }
    }
}

impl Part {
    /// What a row has here. A moment to come that isn't there is [`NEVER`], any other is 0.
    #[must_use]
    pub fn value(self, row: &Row) -> Value<'_> {
        match self {
            Part::Number(number @ (Number::Due | Number::Breach | Number::Warn)) => {
                Value::Number(number.of(row).unwrap_or(NEVER))
            }
            Part::Number(number) => Value::Number(number.of(row).unwrap_or_default()),
            Part::NoNumber(number) => Value::Number(number.of(row).is_none().into()),
            Part::Folded(name) => Value::Text(fold_case(name.of(row))),
            Part::Exact(name) => Value::Text(Cow::Borrowed(name.of(row))),
            Part::NoName(name) => Value::Number(name.of(row).is_empty().into()),
        }
    }
}

impl Way {
    #[must_use]
    pub fn turned(self) -> Way {
        match self {
            Way::Up => Way::Down,
            Way::Down => Way::Up,
        }
    }
}
