//! Working time as it was written: spans of each weekday, and the days off. Reckons nothing itself.

use crate::domain::text::Label;

/// Working time.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    pub name: Label,
    /// An IANA zone; the desk's unless the calendar has its own.
    pub timezone: String,
    /// Per weekday from Monday: spans as minutes of the day, ordered, not touching, up to 1440.
    pub week: [Vec<(u16, u16)>; 7],
    pub holidays: Vec<Holiday>,
    /// An iCalendar file beside the matrix, by the name written there.
    pub holidays_ics: Option<String>,
}

/// A day without working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    Date(chrono::NaiveDate),
    /// Month and day, each year.
    Yearly {
        month: u8,
        day: u8,
    },
}
