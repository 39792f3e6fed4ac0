//! The moments at which time alone can turn the answer of a query about a row that stays as it is. Between two
//! neighbours the answer is the same; whether it turns at one of them, and which way, only asking tells.

use super::column::Number;
use super::*;
use crate::domain::row::Row;

impl Query {
    /// In order, each once.
    #[must_use]
    pub fn turns(&self, row: &Row) -> Vec<Stamp> {
        let mut turns: Vec<Stamp> = self.terms.iter().flat_map(|term| term.test.turns(row)).collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    }

    /// Whether an answer needs to know how the clocks stand.
    #[must_use]
    pub fn asks_clocks(&self) -> bool {
        self.terms.iter().any(|term| match &term.test {
            Test::Is(states) => states.iter().any(|state| state.moment().is_some()),
            Test::Time(field, _) => *field == TimeField::Due,
            _ => false,
        })
    }
}

impl Test {
    fn turns(&self, row: &Row) -> Vec<Stamp> {
        match self {
            Test::Is(states) => {
                let moments = states.iter().filter_map(|state| state.moment()?.of(row));
                moments.map(Stamp).collect()
            }
            Test::Time(field, ranges) => {
                let Some(at) = field.column().of(row) else { return Vec::new() };
                let spans = ranges.iter().flat_map(TimeRange::spans);
                spans.flat_map(|span| field.turns(Stamp(at), span)).collect()
            }
            Test::Status(_)
            | Test::Channel(_)
            | Test::Name(..)
            | Test::Level(..)
            | Test::Count(..)
            | Test::Said(..) => Vec::new(),
        }
    }
}

impl State {
    /// The moment from which on it holds, for a state that comes with time.
    fn moment(self) -> Option<Number> {
        match self {
            State::Due => Some(Number::Due),
            State::Breached => Some(Number::Breach),
            State::Warned => Some(Number::Warn),
            State::Open
            | State::Waiting
            | State::Resolved
            | State::Closed
            | State::Unowned
            | State::Owned
            | State::Mine
            | State::OurGroups
            | State::Escalated
            | State::Reopened => None,
        }
    }
}

impl TimeRange {
    /// Its ends that move with time.
    fn spans(&self) -> impl Iterator<Item = Span> {
        let (from, to) = match self {
            TimeRange::Nothing => (None, None),
            TimeRange::Between(from, to) => (*from, *to),
        };
        from.into_iter().chain(to).filter_map(|end| match end.point {
            Point::Span(span) => Some(span),
            Point::Day(_) | Point::Moment(_) => None,
        })
    }
}

impl TimeField {
    /// When a moment is exactly so far away, and just after: within and beyond differ by that.
    fn turns(self, at: Stamp, span: Span) -> [Stamp; 2] {
        let exact = match self {
            TimeField::Due => Stamp(at.0.saturating_sub(span.0)),
            _ => at.plus(span),
        };
        [exact, exact.plus(Span(1))]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample;
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn between_two_turns_the_answer_stays(
            query in sample::query(), scope in sample::scope(), row in sample::row(7), part in 0i64..1_000
        ) {
            let (first, last) = (-Span::DAY.times(30).0, 1 << 40);
            let inner = query.turns(&row).into_iter().map(|at| at.0).filter(|at| (first..last).contains(at));
            let mut turns: Vec<i64> = inner.chain([first, last]).collect();
            turns.sort_unstable();
            let says = |now: i64| holds(&query, &Scope { now: Stamp(now), ..scope.clone() }, &row, &[]);
            for pair in turns.windows(2) {
                let (from, to) = (pair[0], pair[1]);
                let inside = [to - 1, from + (to - from) / 1_000 * part];
                for now in inside.into_iter().filter(|now| (from..to).contains(now)) {
                    prop_assert_eq!(says(now), says(from), "{} from {} at {}", query, from, now);
                }
            }
        }
    }
}
