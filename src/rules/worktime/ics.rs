//! Days off from an iCalendar text (RFC 5545): whole-day events, once or every year. Whatever would need more than
//! that (an hour of the day, a weekly rule, an exception of one occurrence) is refused with its line, for a
//! half-read calendar would be wrong without a word.

mod rule;

use chrono::NaiveDate;

use rule::Rule;

/// Longest event in days: nobody closes for longer, and a mistyped year must not fill memory.
const LONGEST: i64 = 366;

/// What can't be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}: {help}")]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    pub why: String,
    pub help: &'static str,
}

/// The days off that a calendar file names, in order, each once.
///
/// # Errors
/// The first line that is no whole-day event or yearly rule.
pub fn days_off(text: &str) -> Result<Vec<NaiveDate>, Mistake> {
    let lines = unfolded(text);
    if !lines.iter().any(|line| line.is("BEGIN", "VCALENDAR")) {
        return Err(mistake(1, "this is no iCalendar file", "it has to begin with BEGIN:VCALENDAR"));
    }
    let mut days = Vec::new();
    let mut event: Option<Event> = None;
    let mut inner = 0_usize;
    for line in &lines {
        match (line.name.as_str(), &mut event) {
            ("BEGIN", None) if line.is("BEGIN", "VEVENT") => event = Some(Event::default()),
            ("BEGIN", Some(_)) => inner += 1,
            ("END", Some(_)) if inner > 0 => inner -= 1,
            ("END", Some(it)) => {
                days.extend(it.days(line.number)?);
                event = None;
            }
            (_, Some(it)) if inner == 0 => it.read(line)?,
            _ => {}
        }
    }
    if event.is_some() {
        return Err(mistake(lines.len(), "the file ends within an event", "fetch it again, it is cut short"));
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// A content line: a name, parameters, a value.
struct Line {
    number: usize,
    name: String,
    params: String,
    value: String,
}

impl Line {
    fn read(number: usize, text: &str) -> Line {
        let (head, value) = text.split_once(':').unwrap_or((text, ""));
        let (name, params) = head.split_once(';').unwrap_or((head, ""));
        let upper = |text: &str| text.trim().to_ascii_uppercase();
        Line { number, name: upper(name), params: upper(params), value: value.trim().to_owned() }
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.eq_ignore_ascii_case(value)
    }
}

/// A long line is folded: it goes on where the next begins with a blank.
fn unfolded(text: &str) -> Vec<Line> {
    let mut whole: Vec<(usize, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match (line.strip_prefix([' ', '\t']), whole.last_mut()) {
            (Some(more), Some((_, last))) => last.push_str(more),
            _ => whole.push((number, line.trim_start_matches('\u{feff}').to_owned())),
        }
    }
    whole.into_iter().map(|(number, line)| Line::read(number, &line)).collect()
}

#[derive(Default)]
struct Event {
    start: Option<NaiveDate>,
    /// The first day after it.
    end: Option<NaiveDate>,
    rule: Option<Rule>,
    except: Vec<NaiveDate>,
    cancelled: bool,
}

impl Event {
    fn read(&mut self, line: &Line) -> Result<(), Mistake> {
        match line.name.as_str() {
            "DTSTART" => self.start = Some(date(line, &line.value)?),
            "DTEND" => self.end = Some(date(line, &line.value)?),
            "RRULE" if self.rule.is_some() => {
                return Err(unknown(line, "a second RRULE is not understood here".to_owned()));
            }
            "RRULE" => self.rule = Some(Rule::read(&line.value).map_err(|why| unknown(line, why))?),
            "EXDATE" => {
                for part in line.value.split(',') {
                    self.except.push(date(line, part)?);
                }
            }
            "STATUS" => self.cancelled = line.is("STATUS", "CANCELLED"),
            "DURATION" | "RDATE" | "EXRULE" | "RECURRENCE-ID" => {
                return Err(unknown(line, format!("{} is not understood here", line.name)));
            }
            _ => {}
        }
        Ok(())
    }

    fn days(&self, line: usize) -> Result<Vec<NaiveDate>, Mistake> {
        let Some(start) = self.start else {
            return Err(mistake(line, "an event without DTSTART", "say on which day it is"));
        };
        let length = self.end.map_or(1, |end| end.signed_duration_since(start).num_days()).max(1);
        if length > LONGEST {
            return Err(mistake(line, "an event longer than a year", "look at its DTEND"));
        }
        if self.cancelled {
            return Ok(Vec::new());
        }
        let starts = self.rule.as_ref().map_or_else(|| vec![start], |rule| rule.dates(start));
        let kept = starts.into_iter().filter(|day| !self.except.contains(day));
        Ok(kept.flat_map(|first| first.iter_days().zip(0..length).map(|(day, _)| day)).collect())
    }
}

fn date(line: &Line, text: &str) -> Result<NaiveDate, Mistake> {
    let plain = text.len() == 8 && !line.params.contains("VALUE=DATE-TIME");
    plain.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok()).flatten().ok_or_else(|| {
        let why = format!("{} is no whole day", line.name);
        mistake(line.number, &why, "a day off is a date without a time, like DTSTART;VALUE=DATE:20261225")
    })
}

fn unknown(line: &Line, why: String) -> Mistake {
    let help = "write the days out, one event each, or as yearly ones in the matrix (holidays = [\"12-25\"])";
    mistake(line.number, &why, help)
}

fn mistake(line: usize, why: &str, help: &'static str) -> Mistake {
    Mistake { line, why: why.to_owned(), help }
}

#[cfg(test)]
mod tests;
