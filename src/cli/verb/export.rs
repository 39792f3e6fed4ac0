//! `export`

use clap::{Args, ValueEnum};

use super::list::{ALL, read_query};
use crate::cli::act::json_line;
use crate::cli::error::Ran;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::desk::Anchor;
use crate::desk::clock::rfc3339;
use crate::desk::opened::Desk;
use crate::domain::ids::EventId;
use crate::domain::query::Query;
use crate::domain::row::Row;
use crate::domain::stamp::Stamp;

/// Write the whole log as JSON Lines, or tickets as CSV
///
/// The log is complete: every event with its body as it is stored. The CSV has a line per ticket that the query
/// finds; a cell that a spreadsheet would take for a formula is quoted with an apostrophe.
#[derive(Debug, Args)]
pub struct Export {
    /// Which tickets; only with --format csv
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t)]
    format: Kind,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A line of JSON per event
    #[default]
    Jsonl,
    /// A line per ticket
    Csv,
}

impl Export {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        match self.format {
            Kind::Jsonl if !self.query.is_empty() => Err(crate::cli::Failure::usage(
                "the log is exported whole; a query is only for --format csv",
                "leave the query out, or add --format csv",
            )),
            Kind::Jsonl => {
                let mut desk = session.desk_to_read()?;
                events(session, &mut desk)
            }
            Kind::Csv => {
                let query = if self.query.is_empty() { Query::default() } else { read_query(&self.query)? };
                let mut desk = session.desk_to_read()?;
                rows(session, &mut desk, &query)
            }
        }
    }
}

/// Events or rows of one read.
const SLICE: usize = 2_000;

fn events(session: &mut Session<'_>, desk: &mut Desk) -> Ran {
    let mut after = EventId(0);
    loop {
        let slice = desk.log(after, SLICE)?;
        let Some(last) = slice.last() else { return Ok(()) };
        after = last.id;
        for event in &slice {
            json_line(session, &shape::versioned(shape::event(event)))?;
        }
    }
}

const HEADINGS: [&str; 23] = [
    "id",
    "status",
    "subject",
    "requester",
    "category",
    "channel",
    "priority",
    "impact",
    "urgency",
    "tier",
    "group",
    "owner",
    "opened",
    "updated",
    "clock",
    "due",
    "resolved",
    "closed",
    "handoffs",
    "escalations",
    "bounces",
    "reopens",
    "events",
];

fn rows(session: &mut Session<'_>, desk: &mut Desk, query: &Query) -> Ran {
    // One read, so that a change in between neither doubles nor drops a ticket.
    let page = desk.page(query, Anchor::Top, ALL)?;
    let mut csv = csv::Writer::from_writer(session.out.raw());
    csv.write_record(HEADINGS).map_err(std::io::Error::from)?;
    for row in &page.rows {
        csv.write_record(cells(row).map(guarded)).map_err(std::io::Error::from)?;
    }
    Ok(csv.flush()?)
}

fn cells(row: &Row) -> [String; HEADINGS.len()] {
    let time = |at: Option<Stamp>| at.map_or(String::new(), rfc3339);
    [
        row.id.0.to_string(),
        row.phase.name().to_owned(),
        row.subject.clone(),
        row.requester.clone(),
        row.category.clone(),
        row.channel.name().to_owned(),
        row.grade.priority.clone(),
        row.grade.impact.clone(),
        row.grade.urgency.clone(),
        row.place.tier.clone(),
        row.place.group.clone(),
        row.owner.clone(),
        time(Some(row.times.opened)),
        time(Some(row.times.updated)),
        row.outlook.clock.map_or(String::new(), |clock| clock.name().to_owned()),
        time(row.outlook.due),
        time(row.times.resolved),
        time(row.times.closed),
        row.tally.handoffs.to_string(),
        row.tally.escalations.to_string(),
        row.tally.bounces.to_string(),
        row.tally.reopens.to_string(),
        row.seq.0.to_string(),
    ]
}

/// A cell that no spreadsheet runs as a formula (CWE-1236).
fn guarded(cell: String) -> String {
    let cell = crate::domain::text::neutral(&cell).into_owned();
    match cell.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => format!("'{cell}"),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        for bad in ["=1+1", "+49", "-3", "@SUM(A1)", " =x", "\t=x", "＝x"] {
            assert!(guarded(bad.to_owned()).starts_with('\''), "{bad:?}");
        }
        assert_eq!(guarded("VPN = down".to_owned()), "VPN = down");
    }
}
