//! What lies ahead of a ticket while nobody does anything: its clock in force, and when the matrix next acts by itself.
//! Pure over events, matrix and calendars; never asks what time it is, so that a row stays right while it rests.

use super::agenda::{Agenda, Case};
use super::clocks::Clocks;
use crate::domain::row::Outlook;
use crate::domain::ticket::Ticket;

/// The outlook of a ticket.
#[must_use]
pub fn outlook(case: &Case) -> Outlook {
    let agenda = Agenda::of(*case);
    Outlook { next: agenda.next(), ..standing(case.ticket, agenda.clocks()) }
}

/// How it stands to its clocks, as conditions ask for it: without what comes next.
#[must_use]
pub fn standing(ticket: &Ticket, clocks: &Clocks) -> Outlook {
    let Some(force) = clocks.in_force() else { return Outlook { next: None, ..Outlook::bare(ticket) } };
    let (due, warned) = (force.due(), force.warnings().map(|(_, at)| at).min());
    Outlook { clock: Some(force.clock), due, warn: warned.into_iter().chain(due).min(), next: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Clock;
    use crate::domain::fold::replay;
    use crate::domain::stamp::Stamp;
    use crate::rules::clocks::script::{at, calendars, matrix, shown, story};

    fn foreseen(lines: &str) -> Outlook {
        let (matrix, events) = (matrix(), story(lines));
        let (ticket, calendars) = (replay(events[0].ticket, &events), calendars(&matrix));
        let since = Stamp(i64::MIN);
        outlook(&Case { ticket: &ticket, events: &events, matrix: &matrix, calendars: &calendars, since })
    }

    fn shows(lines: &str) -> (Option<&'static str>, [Option<String>; 3]) {
        let it = foreseen(lines);
        (it.clock.map(Clock::name), [it.due, it.warn, it.next].map(|moment| moment.map(shown)))
    }

    #[test]
    fn the_first_limit_to_be_used_up_is_in_force() {
        let (clock, [due, warn, _]) = shows("2026-06-01 09:00 open P1");
        assert_eq!(clock, Some("own"));
        assert_eq!(due.as_deref(), Some("2026-06-01 09:10"));
        assert_eq!(warn.as_deref(), Some("2026-06-01 09:05"));
        let (clock, [due, ..]) = shows("2026-06-01 09:00 open P1\n2026-06-01 09:04 take mia");
        assert_eq!((clock, due.as_deref()), (Some("response"), Some("2026-06-01 09:15")));
    }

    #[test]
    fn a_breached_clock_stays_in_force_until_it_stops() {
        let late = "2026-06-01 09:00 open P1\n2026-06-01 12:00 note";
        assert_eq!(shows(late).1[0].as_deref(), Some("2026-06-01 09:10"));
    }

    #[test]
    fn where_all_clocks_are_paused_the_end_of_waiting_is_due() {
        let lines = "2026-06-01 09:00 open P3\n2026-06-01 10:00 wait requester";
        let it = foreseen(lines);
        assert_eq!((it.clock, it.due, it.warn), (None, None, None));
        assert!(it.breach().is_none() && at("2026-06-01 10:00").0 > 0);
    }
}
