//! Ages and remaining times in lists: to the minute, so that they change once a minute at most, and when they do
//! next.

use crate::domain::stamp::Span;

/// `now`, `4m`, `1h05m`, `3d`; the past of a due moment is negative.
#[must_use]
pub fn short(span: Span) -> String {
    if span.0.abs() < Span::MINUTE.0 { String::from("now") } else { span.to_string() }
}

/// A length of time in a sentence: `4m`, or `under a minute`.
#[must_use]
pub fn lasted(span: Span) -> String {
    if span.0.abs() < Span::MINUTE.0 { String::from("under a minute") } else { span.to_string() }
}

/// How long until [`short`] shows something else as time goes on, for a span that grows.
#[must_use]
pub fn changes_in(span: Span) -> Span {
    let away = span.0.unsigned_abs();
    let (ten_hours, day) = (10 * Span::HOUR.0.unsigned_abs(), Span::DAY.0.unsigned_abs());
    let unit = match away {
        _ if away < ten_hours => Span::MINUTE,
        _ if away < day => Span::HOUR,
        _ => Span::DAY,
    };
    beyond(span, unit)
}

/// How long until a growing span, told in whole units, is another number of them. One before zero shrinks: at a
/// whole unit the next moment shows one less.
pub(super) fn beyond(span: Span, unit: Span) -> Span {
    let gone = i64::try_from(span.0.unsigned_abs()).unwrap_or(i64::MAX) % unit.0;
    Span(if span.0 < 0 { gone + 1 } else { unit.0 - gone })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spans_show_no_seconds() {
        let table = [(0, "now"), (59_999, "now"), (60_000, "1m"), (3_900_000, "1h05m"), (-240_000, "-4m")];
        for (ms, text) in table {
            assert_eq!(short(Span(ms)), text);
        }
    }

    proptest! {
        #[test]
        fn nothing_changes_before_it_is_said_to(span in -200_000_000i64..200_000_000) {
            let change = changes_in(Span(span));
            prop_assert!(change.0 > 0);
            prop_assert_eq!(short(Span(span)), short(Span(span + change.0 - 1)));
        }
    }
}
