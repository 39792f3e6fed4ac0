//! The calendars of a matrix, each laid out once, by name: only those that its targets count in.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Unusable, Worktime};
use crate::domain::text::Label;
use crate::matrix::Matrix;

/// Working time by calendar. Belongs to the matrix it was made from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calendars(BTreeMap<Label, Worktime>);

impl Calendars {
    /// Lays out what the targets count in; `dates` are the days off of the `.ics` files, by calendar.
    ///
    /// # Errors
    /// A zone that this machine does not know. (A calendar without working time does not pass the matrix's reader.)
    pub fn new(matrix: &Matrix, dates: &BTreeMap<Label, Vec<NaiveDate>>) -> Result<Calendars, Unusable> {
        let named = |name: &Label| matrix.targets.iter().any(|target| target.calendar == *name);
        let mut laid = BTreeMap::new();
        for calendar in matrix.calendars.iter().filter(|calendar| named(&calendar.name)) {
            let off = dates.get(&calendar.name).map_or(&[][..], Vec::as_slice);
            laid.insert(calendar.name.clone(), Worktime::new(calendar, off)?);
        }
        Ok(Calendars(laid))
    }

    #[must_use]
    pub fn get(&self, name: &Label) -> Option<&Worktime> {
        self.0.get(name)
    }
}
