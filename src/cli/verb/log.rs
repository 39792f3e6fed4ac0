//! `log`, and how an event is printed

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Ran;
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::style::Role;
use crate::cli::table::wrap;
use crate::desk::DeskError;
use crate::desk::describe::{Family, Teller, tell};
use crate::desk::opened::Desk;
use crate::domain::event::Recorded;
use crate::domain::ids::{EventId, TicketId};
use crate::domain::text::neutral;
use crate::matrix::Matrix;

/// Print the escalation log of a ticket, or what happened last on the desk
#[derive(Debug, Args)]
pub struct Log {
    /// The ticket; without one, the whole desk
    ticket: Option<TicketId>,
    /// Only the last so many events; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    last: usize,
    /// Only moves between groups and calls for management
    #[arg(long)]
    moves: bool,
    /// Only events after this number, to follow the log
    #[arg(long, value_name = "EVENT")]
    after: Option<i64>,
}

impl Log {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let mut desk = session.desk_to_read()?;
        let mut log = match self.ticket {
            Some(id) => desk.ticket(id)?.ok_or(DeskError::NoTicket(id))?.log,
            None => whole(&mut desk, self.after.unwrap_or(0))?,
        };
        log.retain(|event| event.id.0 > self.after.unwrap_or(0));
        let matrix = desk.matrix();
        let teller = Teller { zone: session.zone(), matrix: &matrix };
        log.retain(|event| !self.moves || tell(event, teller).family == Family::Move);
        let from = if self.last == 0 { 0 } else { log.len().saturating_sub(self.last) };
        let shown = log.get(from..).unwrap_or_default();
        if session.out.format == Format::Json {
            let events: Value = shown.iter().map(shape::event).collect();
            return Ok(session.out.json(&shape::versioned(json!({ "events": events })))?);
        }
        for event in shown {
            if self.ticket.is_none() {
                session.out.text(format_args!("{:>6} ", event.ticket.to_string()))?;
            }
            told(session, &matrix, event)?;
        }
        Ok(())
    }
}

/// Events of one read.
const SLICE: usize = 5_000;

fn whole(desk: &mut Desk, after: i64) -> Ran<Vec<Recorded>> {
    let mut log: Vec<Recorded> = Vec::new();
    let mut after = EventId(after);
    loop {
        let more = desk.log(after, SLICE)?;
        let Some(last) = more.last() else { return Ok(log) };
        after = last.id;
        log.extend(more);
    }
}

/// Prints an event: when, who, what, and below it what was written.
///
/// # Errors
/// What the stream says.
pub fn told(session: &mut Session<'_>, matrix: &Matrix, event: &Recorded) -> Ran {
    let told = tell(event, Teller { zone: session.zone(), matrix });
    let when = session.zone().long(event.at);
    let role = if told.family == Family::Move { Role::Title } else { Role::Plain };
    let paint = session.out.paint;
    let who = neutral(event.author.actor.as_str()).into_owned();
    session.out.line(format_args!(
        "{}  {who} {}",
        paint.role(Role::Faint, &when),
        paint.role(role, &told.what)
    ))?;
    let width = session.out.width.unwrap_or(100).saturating_sub(SAID.len()).max(20);
    for line in told.said.iter().flat_map(|said| wrap(said, width)) {
        session.out.line(format!("{SAID}{line}").trim_end())?;
    }
    Ok(())
}

/// In front of what was written.
const SAID: &str = "    ";
