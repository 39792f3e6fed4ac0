//! `verify`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::{Failure, Ran};
use crate::cli::output::{Format, many};
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::status::Status;
use crate::desk::Desk;
use crate::domain::text::neutral;
use crate::store::{Go, Report};

/// Check the desk: the file, the log's chain, and that every projection is what the log says
///
/// Prints the chain's head; write it down elsewhere, for whoever can write the file can make a whole new chain.
#[derive(Debug, Args)]
pub struct Verify {
    /// First throw the projections away and make them anew from the log
    #[arg(long)]
    rebuild: bool,
}

impl Verify {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let settings = session.settings()?;
        if self.rebuild || !settings.desk.value.exists() {
            let mut desk = session.desk()?;
            if self.rebuild {
                desk.rebuild(&mut |_| Go::On)?;
            }
        }
        let report = Desk::examine(&settings, &mut |_| Go::On)?;
        match session.out.format {
            Format::Json => session.out.json(&json(&report))?,
            Format::Text => print(session, &report)?,
        }
        match report.is_clean() {
            true => Ok(()),
            false => {
                let help = "keep a copy of the file; `tierline verify --rebuild` mends projections, `tierline backup --from-log FILE` makes a new desk of the log, a broken chain needs a backup";
                Err(Failure::new(Status::Unsafe, "the desk does not hold together", help))
            }
        }
    }
}

fn print(session: &mut Session<'_>, report: &Report) -> Ran {
    for trouble in &report.troubles {
        let place = trouble.ticket.map_or(String::new(), |ticket| format!("{ticket}: "));
        session.out.line(format_args!("wrong  {place}{}", neutral(&trouble.what)))?;
    }
    if report.more > 0 {
        session.out.line(format_args!("wrong  and {} more", report.more))?;
    }
    let state = if report.is_clean() { "whole" } else { "damaged" };
    let head = &report.head;
    session.out.line(format_args!(
        "{state}: {}, {}",
        many(report.tickets, "ticket"),
        many(report.events, "event")
    ))?;
    Ok(session.out.line(format_args!("head: event {} {}", head.id.0, head.hash))?)
}

fn json(report: &Report) -> Value {
    let trouble = |trouble: &crate::store::Trouble| json!({ "ticket": trouble.ticket.map(|id| id.0), "event": trouble.event.map(|id| id.0), "what": trouble.what });
    shape::versioned(json!({ "verify": {
        "whole": report.is_clean(),
        "tickets": report.tickets,
        "events": report.events,
        "head": { "event": report.head.id.0, "hash": report.head.hash.to_string() },
        "troubles": report.troubles.iter().map(trouble).collect::<Value>(),
        "more": report.more,
    }}))
}
