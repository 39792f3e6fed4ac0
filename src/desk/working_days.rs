//! A moment so many working days away, counted as the limits of the ticket itself are: in its target's calendar.

use super::error::DeskError;
use super::opened::Desk;
use crate::domain::ids::TicketId;
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;
use crate::rules::Refusal;
use crate::rules::worktime::Calendars;

/// `2wd`, as the matrix writes its limits.
#[must_use]
pub fn working_days(text: &str) -> Option<u16> {
    let days = text.trim().strip_suffix("wd")?.parse().ok();
    days.filter(|days| (1..=1_000).contains(days))
}

/// So many working days from a moment.
///
/// # Errors
/// No target for the ticket's priority.
pub fn after_working_days(
    ticket: &Ticket,
    (matrix, calendars): (&Matrix, &Calendars),
    now: Stamp,
    days: u16,
) -> Result<Stamp, Refusal> {
    let priority = ticket.grade.priority.as_str();
    let counted = matrix.target(priority).and_then(|target| calendars.get(&target.calendar));
    let counted = counted.ok_or_else(|| {
        Refusal::missing(
            "until",
            format!(
                "working days are counted in the calendar of a target, and {priority}, as {} is, has none",
                ticket.id
            ),
            "write it like 2d, 17:00, 2026-12-01 or \"2026-12-01 09:00\"",
        )
    })?;
    Ok(counted.add_days(now, days))
}

impl Desk {
    /// So many working days from now.
    ///
    /// # Errors
    /// No such ticket; no target for its priority; a calendar that can't be laid out.
    pub fn working_days_on(&mut self, id: TicketId, days: u16) -> Result<Stamp, DeskError> {
        let ticket = self.load(id)?;
        let (matrix, calendars) = (self.matrix(), self.calendars()?);
        Ok(after_working_days(&ticket, (&matrix, &calendars), self.clock().now(), days)?)
    }
}
