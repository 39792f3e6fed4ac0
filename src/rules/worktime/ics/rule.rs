//! Yearly rules: the same date each year, or the nth weekday of a month. Every part of a rule is either understood or
//! refused, never passed over.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::rules::worktime::wall::LAST_YEAR;

/// `FREQ=YEARLY` with what may stand beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    every: i32,
    count: Option<usize>,
    until: Option<NaiveDate>,
    month: Option<u32>,
    on: On,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum On {
    /// The day of the first one.
    Same,
    Date(u32),
    /// From the month's start, or, negative, its end.
    Nth(i8, Weekday),
}

impl Rule {
    /// Reads the value of an `RRULE`; else what is not understood.
    pub fn read(text: &str) -> Result<Rule, String> {
        let mut rule = Rule { every: 1, count: None, until: None, month: None, on: On::Same };
        let mut yearly = false;
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let known = match name.to_ascii_uppercase().as_str() {
                "FREQ" => {
                    yearly = value.eq_ignore_ascii_case("YEARLY");
                    yearly
                }
                "WKST" => true,
                name => rule.part(name, value).is_some(),
            };
            if !known {
                return Err(format!("the rule's part \"{part}\" is not understood here"));
            }
        }
        // Without a month these mean that weekday of the year and that day of every month.
        let lost = match rule.on {
            On::Nth(..) if rule.month.is_none() => Some("weekday"),
            On::Date(_) if rule.month.is_none() => Some("day"),
            On::Nth(..) | On::Date(_) | On::Same => None,
        };
        match (yearly, lost) {
            (true, None) => Ok(rule),
            (true, Some(day)) => Err(format!("a {day} without its month (BYMONTH) is not understood here")),
            (false, _) => Err("only rules with FREQ=YEARLY are understood here".to_owned()),
        }
    }

    fn part(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "INTERVAL" => self.every = value.parse().ok().filter(|every| (1..=100).contains(every))?,
            "COUNT" => self.count = Some(value.parse().ok()?),
            "UNTIL" => self.until = Some(NaiveDate::parse_from_str(value.get(..8)?, "%Y%m%d").ok()?),
            "BYMONTH" => self.month = Some(value.parse().ok().filter(|month| (1..=12).contains(month))?),
            "BYMONTHDAY" if self.on == On::Same => {
                self.on = On::Date(value.parse().ok().filter(|day| (1..=31).contains(day))?);
            }
            "BYDAY" if self.on == On::Same => self.on = nth(value)?,
            _ => return None,
        }
        Some(())
    }

    /// The dates from the first one on, as far as calendars are laid out.
    #[must_use]
    pub fn dates(&self, first: NaiveDate) -> Vec<NaiveDate> {
        let step = usize::try_from(self.every).unwrap_or(1);
        let years = (first.year()..=LAST_YEAR).step_by(step);
        let dates = years.filter_map(|year| self.in_year(year, first)).filter(|date| *date >= first);
        let until = self.until.unwrap_or(NaiveDate::MAX);
        dates.take_while(|date| *date <= until).take(self.count.unwrap_or(usize::MAX)).collect()
    }

    fn in_year(&self, year: i32, first: NaiveDate) -> Option<NaiveDate> {
        let month = self.month.unwrap_or(first.month());
        match self.on {
            On::Same => NaiveDate::from_ymd_opt(year, month, first.day()),
            On::Date(day) => NaiveDate::from_ymd_opt(year, month, day),
            On::Nth(n, weekday) => nth_in(year, month, n, weekday),
        }
    }
}

/// `4TH`, `-1MO`.
fn nth(text: &str) -> Option<On> {
    let at = text.len().checked_sub(2)?;
    let n: i8 = text.get(..at)?.parse().ok().filter(|n| *n != 0 && (-5..=5).contains(n))?;
    let weekday = match text.get(at..)?.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    Some(On::Nth(n, weekday))
}

fn nth_in(year: i32, month: u32, n: i8, weekday: Weekday) -> Option<NaiveDate> {
    if n > 0 {
        return NaiveDate::from_weekday_of_month_opt(year, month, weekday, n.unsigned_abs());
    }
    let last = (1..=5).rev().find_map(|n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n))?;
    let back = i64::from(n.unsigned_abs() - 1) * 7;
    Some(last - chrono::TimeDelta::days(back)).filter(|date| date.month() == month)
}
