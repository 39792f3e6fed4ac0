//! `doctor`: honest facts about this machine, this desk and its drive. Changes nothing but a probe file of its own,
//! which it takes away again.

mod desk;
mod drive;
mod finding;
mod machine;
mod mounts;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::{Failure, Ran};
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::style::Role;
use crate::cli::table::{self, Cell, Side, firm};
use finding::{Finding, State};

/// Examine this machine, the desk and its drive
///
/// Each fact is ok, a warning or a failure. With a failure the exit status is 1, or 5 where it is the desk that is unsafe
/// or damaged.
#[derive(Debug, Args)]
pub struct Doctor {}

impl Doctor {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let settings = session.settings()?;
        let mut found = machine::examine(session.around, &settings);
        found.extend(drive::examine(session.around, &settings));
        found.extend(desk::examine(session.around, &settings));
        let failed = found.iter().filter(|finding| finding.state == State::Fail).count();
        let warned = found.iter().filter(|finding| finding.state == State::Warning).count();
        match session.out.format {
            Format::Json => session.out.json(&json(&found))?,
            Format::Text => print(session, &found, (failed, warned))?,
        }
        found.iter().filter_map(|finding| finding.status).max().map_or(Ok(()), |s| Err(Failure::quiet(s)))
    }
}

fn print(session: &mut Session<'_>, found: &[Finding], (failed, warned): (usize, usize)) -> Ran {
    let columns = [firm("", Side::Left), firm("", Side::Left), firm("", Side::Left)];
    let cells = |finding: &Finding| {
        let role = match finding.state {
            State::Ok => Role::Good,
            State::Warning => Role::Title,
            State::Fail => Role::Alarm,
        };
        vec![Cell(role, finding.state.word().to_owned()), finding.name.into(), finding.said.as_str().into()]
    };
    let rows: Vec<Vec<Cell>> = found.iter().map(cells).collect();
    let lines = table::lines(&columns, &rows, None, session.out.paint);
    for (line, finding) in lines.iter().skip(1).zip(found) {
        session.out.line(line)?;
        if let Some(help) = &finding.help {
            session.out.line(format_args!("         help: {}", crate::domain::text::neutral(help)))?;
        }
    }
    let verdict = match (failed, warned) {
        (0, 0) => String::from("all is well"),
        (0, warned) => format!("usable, with {warned} to look at"),
        (failed, warned) => format!("{failed} failed, {warned} to look at"),
    };
    Ok(session.out.line(verdict)?)
}

fn json(found: &[Finding]) -> Value {
    let one = |finding: &Finding| json!({ "name": finding.name, "state": finding.state.word(), "said": finding.said, "help": finding.help });
    shape::versioned(json!({ "doctor": found.iter().map(one).collect::<Value>() }))
}
