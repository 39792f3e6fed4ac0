//! Carries out a command on one ticket or several, each on its own, and prints what came of it. The one path of
//! every verb that changes a ticket; decides nothing.

use serde_json::{Value, json};

use super::error::{Failure, Ran};
use super::given::Tickets;
use super::output::{Format, harmless};
use super::session::Session;
use super::shape;
use super::tell;
use crate::desk::describe::Teller;
use crate::desk::{Desk, DeskError, TicketView, describe, new_id};
use crate::domain::event::Recorded;
use crate::domain::ids::{CommandId, TicketId};
use crate::domain::row::Row;
use crate::domain::text::neutral;
use crate::rules::Command;

/// The command on every ticket named. One that is refused does not keep the others from being done; the exit
/// status is that of the first that failed.
///
/// # Errors
/// The desk can't be opened, or a ticket's command failed.
pub fn on_each(session: &mut Session<'_>, tickets: &Tickets, command: &Command) -> Ran {
    on_each_its_own(session, tickets, |_, _| Ok(command.clone()))
}

/// As [`on_each`], where the ticket has a say in what the command is.
///
/// # Errors
/// As [`on_each`].
pub fn on_each_its_own(
    session: &mut Session<'_>,
    tickets: &Tickets,
    command: impl Fn(&mut Desk, TicketId) -> Ran<Command>,
) -> Ran {
    let ids = tickets.ids()?;
    let mut desk = session.desk()?;
    let mut first: Option<Failure> = None;
    let mut done = Vec::new();
    for id in ids {
        let command = command(&mut desk, id);
        match command.and_then(|command| once(session, &mut desk, Some(id), &command)) {
            Ok(value) => done.push(value),
            Err(failure) => {
                tell(&failure, session.out.format);
                first.get_or_insert(failure);
            }
        }
    }
    if session.out.format == Format::Json && !done.is_empty() {
        session.out.json(&shape::versioned(json!({ "done": done })))?;
    }
    first.map_or(Ok(()), |failure| Err(Failure::quiet(failure.status)))
}

/// The command on one ticket, or on none to open one.
///
/// # Errors
/// As [`on_each`].
pub fn on_one(session: &mut Session<'_>, ticket: Option<TicketId>, command: &Command) -> Ran {
    let mut desk = session.desk()?;
    let done = once(session, &mut desk, ticket, command)?;
    if session.out.format == Format::Json {
        session.out.json(&shape::versioned(json!({ "done": [done] })))?;
    }
    Ok(())
}

fn once(
    session: &mut Session<'_>,
    desk: &mut Desk,
    ticket: Option<TicketId>,
    command: &Command,
) -> Ran<Value> {
    let id = new_id();
    let done = desk.run(ticket, command, id)?;
    let Some(view) = desk.ticket(done.ticket.id)? else {
        return Err(DeskError::NoTicket(done.ticket.id).into());
    };
    let new = of_command(&view.log, id);
    if let Some(old) = ticket.filter(|old| *old != done.ticket.id) {
        session.remark(&format!(
            "{old} was closed too long ago to be reopened: {} goes on with it",
            done.ticket.id
        ));
    }
    if session.out.format == Format::Text {
        let matrix = desk.matrix();
        let teller = Teller { zone: session.zone(), matrix: &matrix };
        let told: Vec<String> = new.iter().map(|event| describe::tell(event, teller).what).collect();
        let who = new.first().map_or("", |event| event.author.actor.as_str());
        session.out.line(format_args!("{}  {} {}", done.ticket.id, neutral(who), told.join("; ")))?;
    }
    let events: Vec<Value> = new.iter().map(shape::event).collect();
    Ok(outcome(&view, &events))
}

/// The events of a command: its id stands on the first, and the next one that has an id is of another command.
fn of_command(log: &[Recorded], id: CommandId) -> &[Recorded] {
    let Some(first) = log.iter().position(|event| event.command == Some(id)) else { return &[] };
    let rest = log.get(first + 1..).unwrap_or_default();
    let more = rest.iter().take_while(|event| event.command.is_none()).count();
    log.get(first..=first + more).unwrap_or_default()
}

fn outcome(view: &TicketView, events: &[Value]) -> Value {
    json!({ "ticket": shape::row(&Row::of(&view.ticket, view.outlook)), "events": events })
}

/// For verbs whose JSON is a line per thing.
///
/// # Errors
/// What the stream says.
pub fn json_line(session: &mut Session<'_>, value: &Value) -> Ran {
    Ok(session.out.line(harmless(value))?)
}
