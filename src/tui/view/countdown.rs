//! What is left of a clock's limit, as lists and panes say it: working time to the minute, negative once it is
//! used up, never in days (working days differ in length); and after how much of it that changes.

use super::age::beyond;
pub use crate::desk::explain::short;
use crate::domain::stamp::Span;

/// Minutes are told below this.
const LONG: Span = Span(36_000_000);

/// After how much working time [`short`] says something else.
#[must_use]
pub fn changes_in(left: Span) -> Span {
    let unit = if left.0.unsigned_abs() < LONG.0.unsigned_abs() { Span::MINUTE } else { Span::HOUR };
    beyond(Span(left.0.saturating_neg()), unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_is_told_to_the_minute_and_never_in_days() {
        let table = [
            (0, "now"),
            (-59_999, "now"),
            (60_000, "1m"),
            (-240_000, "-4m"),
            (3 * 3_600_000, "3h"),
            (11_880_000, "3h18m"),
            (-36_000_000, "-10h"),
            (97_200_000, "27h"),
            (900_000_000, "250h"),
        ];
        for (ms, text) in table {
            assert_eq!(short(Span(ms)), text);
        }
    }

    proptest! {
        #[test]
        fn it_changes_when_it_is_said_to_or_counts_through_its_last_minute(left in -90_000_000i64..90_000_000) {
            let change = changes_in(Span(left));
            prop_assert!(change.0 > 0);
            prop_assert_eq!(short(Span(left)), short(Span(left - change.0 + 1)));
            let later = left - change.0;
            prop_assert!(short(Span(left)) != short(Span(later)) || later.abs() < 60_000, "{} {}", left, later);
        }
    }
}
