//! `show`

use std::fmt::Write;

use clap::Args;
use serde_json::{Value, json};

use super::log::told;
use crate::cli::error::Ran;
use crate::cli::given::Tickets;
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::style::Role;
use crate::cli::table::wrap;
use crate::desk::clock::Zone;
use crate::desk::explain::short;
use crate::desk::{Desk, DeskError, TicketView, describe};
use crate::domain::text::{neutral, neutral_lines};
use crate::domain::ticket::{Received, Resolution, Status, Ticket};
use crate::rules::clocks::State;
use crate::rules::explain::Brief;
use crate::rules::next::NextGroup;

/// Show tickets in full: what they say, what can come next, and their escalation log
#[derive(Debug, Args)]
pub struct Show {
    #[command(flatten)]
    tickets: Tickets,
}

impl Show {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let ids = self.tickets.ids()?;
        let mut desk = session.desk_to_read()?;
        let mut views = Vec::new();
        for id in ids {
            views.push(desk.ticket(id)?.ok_or(DeskError::NoTicket(id))?);
        }
        if session.out.format == Format::Json {
            let tickets: Value = views.iter().map(shape::ticket).collect();
            return Ok(session.out.json(&shape::versioned(json!({ "tickets": tickets })))?);
        }
        for (place, view) in views.iter().enumerate() {
            if place > 0 {
                session.out.line("")?;
            }
            print(session, &desk, view)?;
        }
        Ok(())
    }
}

fn print(session: &mut Session<'_>, desk: &Desk, view: &TicketView) -> Ran {
    let ticket = &view.ticket;
    let (paint, zone) = (session.out.paint, session.zone().clone());
    let title = format!("{} {}", ticket.id, neutral(ticket.about.subject.as_str()));
    session.out.line(paint.role(Role::Title, &title))?;
    let clocks = clocks(&desk.briefs(&view.log)).map(|text| ("clocks", text));
    for (name, text) in facts(view, &zone).into_iter().chain(clocks) {
        session.out.line(format_args!(
            "{} {}",
            paint.role(Role::Faint, &format!("{name:<11}")),
            neutral(&text)
        ))?;
    }
    let matrix = desk.matrix();
    let resolution = describe::resolution(ticket, &view.log);
    let texts = [
        ticket.about.description.as_ref().map(|text| (String::from("description"), text)),
        resolution.as_ref().map(|it| (String::from("resolution"), &it.resolution)),
    ];
    let fields = describe::fields(&matrix, ticket);
    for (name, text) in texts.into_iter().flatten().chain(fields) {
        section(session, &name)?;
        paragraph(session, text.as_str())?;
    }
    for next in view.next.iter().filter(|_| ticket.phase().is_live()) {
        section(session, &format!("next: {} {}", next.queue.tier, next.queue.group))?;
        session.out.text(next_lines(next))?;
    }
    section(session, "log")?;
    for event in &view.log {
        told(session, &matrix, event)?;
    }
    Ok(())
}

fn section(session: &mut Session<'_>, title: &str) -> Ran {
    let title = neutral(title).into_owned();
    session.out.line("")?;
    Ok(session.out.line(session.out.paint.role(Role::Title, &title))?)
}

fn paragraph(session: &mut Session<'_>, text: &str) -> Ran {
    let width = session.out.width.unwrap_or(100).saturating_sub(2).max(20);
    for line in wrap(&neutral_lines(text), width) {
        session.out.line(format_args!("  {line}").to_string().trim_end())?;
    }
    Ok(())
}

fn facts(view: &TicketView, zone: &Zone) -> Vec<(&'static str, String)> {
    let ticket = &view.ticket;
    let about = &ticket.about;
    let grade = &ticket.grade;
    let queue = &ticket.place.queue;
    let contact = about.requester.contact.as_ref().map_or(String::new(), |contact| format!(", {contact}"));
    let mut facts = vec![
        ("status", status(view, zone)),
        ("priority", describe::graded(grade)),
        ("queue", format!("{} {}", queue.tier, queue.group)),
        ("owner", ticket.owner_name().unwrap_or("nobody").to_owned()),
        ("requester", format!("{}{contact}", about.requester.name)),
        ("opened", format!("{} by {}", zone.long(ticket.times.opened), about.channel.name())),
    ];
    facts.extend(ticket.place.handoff.as_ref().map(|received| ("hand-off", handoff(received))));
    facts.extend(about.category.as_ref().map(|category| ("category", category.to_string())));
    facts.extend(about.source.as_ref().map(|source| ("source", format!("{} {}", source.system, source.key))));
    let links: Vec<String> =
        ticket.links.iter().map(|link| format!("{} {}", link.relation.name(), link.other)).collect();
    facts.extend((!links.is_empty()).then(|| ("links", links.join(", "))));
    facts.extend(tally(ticket).map(|text| ("so far", text)));
    facts
}

/// What is left of each running clock, the one in force first; then those that wait.
fn clocks(briefs: &[Brief]) -> Option<String> {
    let said = |brief: &Brief| {
        let paused = match brief.state {
            State::Paused(on) => format!(" (paused, waits on {})", on.name()),
            State::Running | State::Stopped(_) => String::new(),
        };
        format!("{} {}{paused}", brief.clock.name(), short(brief.left))
    };
    let said: Vec<String> = briefs.iter().map(said).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn handoff(received: &Received) -> String {
    let by = received.by.as_ref().map_or(String::from("a step"), ToString::to_string);
    let found = received
        .verdict
        .as_ref()
        .map_or(String::new(), |it| format!("; {} rated {}", it.by, describe::verdict(it.quality, it.need)));
    format!("from {} {} by {by}{found}", received.from.tier, received.from.group)
}

fn status(view: &TicketView, zone: &Zone) -> String {
    let ticket = &view.ticket;
    match &ticket.status {
        Status::Open => String::from("open"),
        Status::Waiting(waiting) => {
            let until = waiting.until.map_or(String::new(), |until| format!(" until {}", zone.long(until)));
            format!("waiting on {}{until}", waiting.on.name())
        }
        Status::Resolved(resolution) => resolved(resolution),
        Status::Closed(how) => {
            let before = describe::resolution(ticket, &view.log).as_ref().map(resolved);
            let before = before.map_or(String::new(), |before| format!("; {before}"));
            format!("closed ({}){}{before}", how.name(), describe::satisfaction(ticket))
        }
    }
}

fn resolved(it: &Resolution) -> String {
    format!("resolved ({}) by {}, cause: {}", it.outcome.name(), it.by, it.root_cause)
}

fn tally(ticket: &Ticket) -> Option<String> {
    let tally = &ticket.tally;
    let counts = [
        (tally.handoffs, "hand-off"),
        (tally.bounces, "bounce"),
        (tally.reopens, "reopening"),
        (tally.contacts, "contact"),
        (tally.attempts, "confirmation attempt"),
    ];
    let plural = |n: u32, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let said: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| plural(*n, what)).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn next_lines(next: &NextGroup) -> String {
    let mut out = String::new();
    for contact in &next.contacts {
        let within = contact.respond_within.map_or(String::new(), |span| format!(", answers within {span}"));
        let line = format!("{} {}{within}", contact.channel, contact.to);
        let _ = writeln!(out, "  {}", neutral(&line));
    }
    let gaps: Vec<&str> = next.check_list.iter().filter_map(|item| item.gap.as_deref()).collect();
    let (all, there) = (next.check_list.len(), next.check_list.len() - gaps.len());
    match (all, gaps.is_empty()) {
        (0, _) => {}
        (_, true) => out.push_str("  the hand-off is complete\n"),
        (_, false) => {
            let _ = writeln!(out, "  hand-off {there} of {all}: {}", neutral(&gaps.join(", ")));
        }
    }
    out
}
