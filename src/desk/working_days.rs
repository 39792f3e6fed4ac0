//! A moment so many working days away, counted as the limits of the ticket itself are: in its target's calendar.

use super::error::DeskError;
use super::opened::Desk;
use crate::domain::ids::TicketId;
use crate::domain::stamp::Stamp;
use crate::rules::Refusal;

impl Desk {
    /// So many working days from now.
    ///
    /// # Errors
    /// No such ticket; no target for its priority; a calendar that can't be laid out.
    pub fn working_days_on(&mut self, id: TicketId, days: u16) -> Result<Stamp, DeskError> {
        let ticket = self.load(id)?;
        let priority = ticket.grade.priority.as_str();
        let matrix = self.matrix();
        let calendars = self.calendars()?;
        let counted = matrix.target(priority).and_then(|target| calendars.get(&target.calendar));
        let counted = counted.ok_or_else(|| {
            Refusal::missing(
                "until",
                format!(
                    "working days are counted in the calendar of a target, and {priority}, as {id} is, has none"
                ),
                "write it like 2d, 17:00, 2026-12-01 or \"2026-12-01 09:00\"",
            )
        })?;
        Ok(counted.add_days(self.clock().now(), days))
    }
}
