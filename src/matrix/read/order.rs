//! Whether the targets make sense beside each other: a more urgent priority never has the longer limit.

use super::notes::Notes;
use super::targets::{Draft, Placed};
use crate::matrix::model::{Calendar, Limit};
use crate::matrix::wording::limit;

pub(super) fn check(notes: &mut Notes<'_>, drafts: &[Draft], calendars: &[Calendar]) {
    for (place, lower) in drafts.iter().enumerate() {
        within(notes, lower);
        let above = drafts.get(..place).unwrap_or_default();
        for (clock, placed) in &lower.limits {
            let upper =
                above.iter().rev().find_map(|upper| upper.limits.get(clock).map(|placed| (upper, placed)));
            if let Some((upper, longer)) = upper {
                between(notes, clock, (upper, longer), (lower, placed), calendars);
            }
        }
    }
}

fn between(
    notes: &mut Notes<'_>,
    clock: &str,
    upper: (&Draft, &Placed),
    lower: (&Draft, &Placed),
    calendars: &[Calendar],
) {
    let (high, low) = (&upper.0.target, &lower.0.target);
    let round_the_clock = calendars.iter().any(|c| c.name == low.calendar && is_always(c));
    // Working time never runs faster than the clock on the wall, so against a calendar without gaps the
    // longer figure is the longer time, whatever the other's calendar.
    let comparable = high.calendar == low.calendar || round_the_clock;
    if !comparable || !longer(upper.1.0, lower.1.0) {
        return;
    }
    let message = format!(
        "{} may take {} ({clock}), longer than {} of {}",
        high.priority,
        limit(upper.1.0),
        limit(lower.1.0),
        low.priority
    );
    let help = "a more urgent priority has the shorter limit: swap them";
    notes.error_also(&upper.1.1, (&message, help), &lower.1.1, &format!("the limit of {}", low.priority));
}

fn within(notes: &mut Notes<'_>, draft: &Draft) {
    let get = |clock: &str| draft.limits.get(clock);
    for clock in ["response", "own"] {
        let (Some(first), Some(whole)) = (get(clock), get("resolve")) else { continue };
        if longer(first.0, whole.0) {
            let message = format!("`{clock}` of {} is longer than its `resolve`", draft.target.priority);
            notes.warn(&first.1, message, "it can never fall due first: shorten it");
        }
    }
}

/// Days of work and hours are no common measure.
fn longer(one: Limit, other: Limit) -> bool {
    match (one, other) {
        (Limit::Time(one), Limit::Time(other)) => one > other,
        (Limit::WorkingDays(one), Limit::WorkingDays(other)) => one > other,
        _ => false,
    }
}

fn is_always(calendar: &Calendar) -> bool {
    let free = calendar.holidays.is_empty() && calendar.holidays_ics.is_none();
    free && calendar.week.iter().all(|day| *day == [(0, 1440)])
}
