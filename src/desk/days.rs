//! The calendar files that a matrix names: read beside it when it is applied, then part of its revision. Whoever
//! opens the desk counts by those, whatever lies in the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::error::DeskError;
use super::reading;
use crate::domain::text::Label;
use crate::matrix::Matrix;
use crate::rules::worktime::{Calendars, ics};

/// Texts by the names that the matrix gives them.
pub type Files = BTreeMap<String, String>;

/// The log keeps what is applied for ever; bytes.
const LARGEST: usize = 1 << 20;

/// The files of a matrix, read in a folder.
///
/// # Errors
/// One that is missing, too large or not understood.
pub fn beside(matrix: &Matrix, folder: &Path) -> Result<Files, DeskError> {
    named(matrix).map(|(calendar, name)| Ok((name.to_owned(), one(calendar, name, folder)?))).collect()
}

/// Every file of a matrix that can't be used, by name, and why.
#[must_use]
pub fn unusable<'m>(matrix: &'m Matrix, folder: &Path) -> Vec<(&'m str, DeskError)> {
    named(matrix).filter_map(|(calendar, name)| Some((name, one(calendar, name, folder).err()?))).collect()
}

fn one(calendar: &Label, name: &str, folder: &Path) -> Result<String, DeskError> {
    let wrong = |why: String, help: &str| wrong(calendar, name, why, help);
    let text = reading::text(&folder.join(name))
        .map_err(|error| wrong(error.to_string(), "put it beside the matrix"))?;
    if text.len() > LARGEST {
        return Err(wrong(String::from("it is larger than 1 MiB"), "leave out what is long past"));
    }
    ics::days_off(&text).map_err(|error| wrong(error.to_string(), "then try again"))?;
    Ok(text)
}

/// The calendars of a matrix with the days off of its files; of a revision that has none, with those beside the desk.
///
/// # Errors
/// A file that is missing or not understood; a zone this machine does not know.
pub fn laid_out(matrix: &Matrix, files: &Files, desk: &Path) -> Result<Calendars, DeskError> {
    let dates = days_off(matrix, |name| match files.get(name) {
        Some(text) => Ok(text.clone()),
        None => reading::text(&desk.with_file_name(name)),
    })?;
    Calendars::new(matrix, &dates).map_err(|error| DeskError::Input {
        what: "the calendars".to_owned(),
        why: error.to_string(),
        help: "then try again".to_owned(),
    })
}

type Dates = BTreeMap<Label, Vec<NaiveDate>>;

pub(super) fn days_off(
    matrix: &Matrix,
    read: impl Fn(&str) -> std::io::Result<String>,
) -> Result<Dates, DeskError> {
    let mut dates = Dates::new();
    for (calendar, name) in named(matrix) {
        let wrong = |why: String, help: &str| wrong(calendar, name, why, help);
        let text = read(name).map_err(|error| wrong(error.to_string(), "put it beside the desk"))?;
        let days = ics::days_off(&text).map_err(|error| wrong(error.to_string(), "then try again"))?;
        dates.insert(calendar.clone(), days);
    }
    Ok(dates)
}

/// The name of a file in the folder that is not what the revision holds. One that is not there says nothing: the
/// desk has it.
#[must_use]
pub fn drifted<'m>(matrix: &'m Matrix, files: &Files, folder: &Path) -> Option<&'m str> {
    let other = |(name, old): (&'m str, &String)| {
        let there = folder.join(name);
        let new = there.exists().then(|| reading::text(&there));
        new.is_some_and(|new| new.map_or(true, |new| new != *old)).then_some(name)
    };
    named(matrix).filter_map(|(_, name)| Some((name, files.get(name)?))).find_map(other)
}

/// How the days off of new files differ from those of the old, a line for each file that is not the same.
#[must_use]
pub fn differences(old: &Files, new: &Files) -> Vec<String> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differs = |name: &&&String| old.get(**name) != new.get(**name);
    names.iter().filter(differs).map(|name| difference(name, old.get(*name), new.get(*name))).collect()
}

fn difference(name: &str, old: Option<&String>, new: Option<&String>) -> String {
    let days = |text: Option<&String>| -> BTreeSet<NaiveDate> {
        text.and_then(|text| ics::days_off(text).ok()).unwrap_or_default().into_iter().collect()
    };
    let (before, after) = (days(old), days(new));
    let (more, fewer) = (after.difference(&before).count(), before.difference(&after).count());
    match (old, new) {
        (None, _) => format!("{name} comes with the matrix: {} days off", after.len()),
        (_, None) => format!("{name} goes: {} days off", before.len()),
        _ => format!("{name}: {more} days off more, {fewer} fewer"),
    }
}

fn named(matrix: &Matrix) -> impl Iterator<Item = (&Label, &str)> {
    matrix.calendars.iter().filter_map(|calendar| Some((&calendar.name, calendar.holidays_ics.as_deref()?)))
}

fn wrong(calendar: &Label, name: &str, why: String, help: &str) -> DeskError {
    let what = format!("{name}, the days off of the calendar {calendar}");
    DeskError::Input { what, why, help: help.to_owned() }
}

#[cfg(test)]
mod tests;
