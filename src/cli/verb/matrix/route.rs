//! `matrix route`

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::Source;
use crate::cli::error::{Failure, Ran};
use crate::cli::given::{field, fields, line, word};
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::style::Role;
use crate::desk::describe;
use crate::domain::event::{Channel, Requester};
use crate::domain::text::{Body, Label, Line, neutral};
use crate::matrix::limit_in_words;
use crate::matrix::model::Contact;
use crate::rules::Context;
use crate::rules::command::{Open, Prioritise};
use crate::rules::route::forecast::{Forecast, Tried, Unmet, Verdict, forecast};

/// Tell where a ticket would go, and why: each route with what it asked, the queue, the limits, whom to reach
///
/// For example: tierline matrix route "VPN drops at the Berlin site" --category network/vpn --impact extensive.
/// The same may be said among the words of the subject: "VPN drops category:network/vpn prio:P1". Opens nothing, and
/// anyone may ask.
#[derive(Debug, Args)]
pub struct Route {
    /// The subject; words like category:network/vpn, impact:, urgency:, prio:, channel: and requester: are taken as such
    #[arg(value_name = "SUBJECT")]
    subject: Vec<String>,
    /// Such as network/vpn
    #[arg(long, value_name = "CATEGORY", value_parser = Label::new)]
    category: Option<Label>,
    /// How much is affected, as the matrix has it
    #[arg(long, value_name = "IMPACT", value_parser = Label::new)]
    impact: Option<Label>,
    /// How soon it hurts, as the matrix has it
    #[arg(long, value_name = "URGENCY", value_parser = Label::new)]
    urgency: Option<Label>,
    /// A priority in place of the grid's
    #[arg(long, value_name = "PRIORITY", value_parser = Label::new)]
    priority: Option<Label>,
    /// How it reaches the desk; otherwise by phone
    #[arg(long, value_name = "CHANNEL", value_parser = word(&Channel::ALL, Channel::name))]
    channel: Option<Channel>,
    /// The requester's name
    #[arg(long = "for", value_name = "NAME", allow_hyphen_values = true, value_parser = line)]
    requester: Option<Line>,
    /// A hand-off field; can be given more than once
    #[arg(long, value_name = "NAME=TEXT", value_parser = field)]
    field: Vec<(Label, Body)>,
    /// Ask a matrix file instead of the matrix in force
    #[arg(long, value_name = "FILE")]
    matrix: Option<PathBuf>,
}

impl Route {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let desk = session.desk_to_read()?;
        let matrix = match &self.matrix {
            Some(file) => {
                std::sync::Arc::new(Source::of(session, Some(file))?.sound(session.out.paint)?.matrix)
            }
            None => desk.matrix(),
        };
        let (open, priority) = self.asked()?;
        let ctx = Context { now: desk.clock().now(), author: desk.author(), matrix: &matrix };
        let found = forecast(&ctx, &open, priority.as_ref())?;
        match session.out.format {
            Format::Json => Ok(session.out.json(&shape::versioned(json!({ "route": told(&found) })))?),
            Format::Text => page(session, &found),
        }
    }

    /// The ticket that is asked about, and a priority where one was given.
    fn asked(mut self) -> Ran<(Open, Option<Label>)> {
        let words = std::mem::take(&mut self.subject);
        let mut subject = Vec::new();
        for word in words.iter().flat_map(|words| words.split_whitespace()) {
            if !self.takes(word)? {
                subject.push(word);
            }
        }
        let subject = subject.join(" ");
        let subject = match subject.is_empty() {
            true => Line::default(),
            false => Line::new(&subject)
                .map_err(|why| Failure::usage(format!("the subject: {why}"), "leave that out"))?,
        };
        let open = Open {
            subject,
            description: None,
            requester: Requester { name: self.requester.unwrap_or_default(), contact: None },
            category: self.category,
            channel: self.channel.unwrap_or(Channel::Phone),
            grade: Prioritise { impact: self.impact, urgency: self.urgency, against_grid: None },
            group: None,
            fields: fields(self.field),
        };
        Ok((open, self.priority))
    }

    /// Whether a word says something of the ticket, as in a query; a flag that was given counts more.
    fn takes(&mut self, word: &str) -> Ran<bool> {
        let Some((name, value)) = word.split_once(':').filter(|(_, value)| !value.is_empty()) else {
            return Ok(false);
        };
        let value = value.trim_matches('"');
        let wrong = |why: String| {
            Failure::usage(
                format!("{}: {why}", neutral(word)),
                "write it like category:network/vpn or channel:mail",
            )
        };
        let label = || Label::new(value).map_err(|why| wrong(why.to_string()));
        match name.to_ascii_lowercase().as_str() {
            "category" => keep(&mut self.category, label()?),
            "impact" => keep(&mut self.impact, label()?),
            "urgency" => keep(&mut self.urgency, label()?),
            "prio" | "priority" => keep(&mut self.priority, label()?),
            "requester" => {
                keep(&mut self.requester, Line::new(value).map_err(|why| wrong(why.to_string()))?);
            }
            "channel" => {
                let known = Channel::ALL.into_iter().find(|one| one.name().eq_ignore_ascii_case(value));
                let names = Channel::ALL.map(Channel::name).join(", ");
                keep(&mut self.channel, known.ok_or_else(|| wrong(format!("known: {names}")))?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// What was said first counts.
fn keep<T>(slot: &mut Option<T>, value: T) {
    if slot.is_none() {
        *slot = Some(value);
    }
}

fn page(session: &mut Session<'_>, found: &Forecast) -> Ran {
    let (queue, grade) = (&found.routing.queue, &found.grade);
    let by = match &found.routing.route {
        Some(route) => format!("by the route \"{route}\""),
        None => String::from("the default group, for no route matches"),
    };
    let to = format!("{} {}, nobody's yet: {by}", queue.tier, queue.group);
    let priority = describe::graded(grade);
    let lines = [("goes to", to), ("priority", priority), ("promised", promised(found))];
    for (name, text) in lines {
        fact(session, name, &text)?;
    }
    if found.contacts.is_empty() {
        fact(session, "contacts", if found.reachable { "none that holds for this one" } else { "none" })?;
    }
    for (n, contact) in found.contacts.iter().enumerate() {
        fact(session, if n == 0 { "contacts" } else { "" }, &reach(contact))?;
    }
    for (n, tried) in found.tried.iter().enumerate() {
        fact(session, if n == 0 { "routes" } else { "" }, &format!("{} {}", n + 1, verdict(tried)))?;
    }
    Ok(())
}

fn fact(session: &mut Session<'_>, name: &str, text: &str) -> Ran {
    let name = format!("{name:<9}");
    let (paint, text) = (session.out.paint, neutral(text));
    Ok(session.out.line(format_args!("{} {text}", paint.role(Role::Faint, &name)))?)
}

fn promised(found: &Forecast) -> String {
    let Some(calendar) = found.calendar.as_ref().filter(|_| !found.limits.is_empty()) else {
        return format!("nothing: {} has no limit here", found.grade.priority);
    };
    let limits: Vec<String> = found
        .limits
        .iter()
        .map(|(clock, limit)| format!("{} {}", clock.name(), limit_in_words(*limit)))
        .collect();
    format!("{} (calendar {calendar})", limits.join(", "))
}

fn reach(contact: &Contact) -> String {
    let within = contact.respond_within.map_or(String::new(), |span| format!(", answers within {span}"));
    format!("{} {}{within}", contact.channel, contact.to)
}

fn verdict(tried: &Tried) -> String {
    let verdict = match &tried.verdict {
        Verdict::Matches if tried.route.as_str() == tried.when => String::from("matches"),
        Verdict::Matches => format!("matches {}", tried.when),
        Verdict::NotAsked => String::from("not asked, an earlier one matched"),
        Verdict::Fails(unmet) => unmet.iter().map(missed).collect::<Vec<_>>().join("; "),
    };
    format!("{} → {}: {verdict}", tried.route, tried.to)
}

fn missed(unmet: &Unmet) -> String {
    match &unmet.has {
        Some(has) if has == "none" => format!("not {}, it has none", unmet.term),
        Some(has) => format!("not {}, it is {has}", unmet.term),
        None => format!("not {}", unmet.term),
    }
}

fn told(found: &Forecast) -> Value {
    let limits: serde_json::Map<String, Value> = found
        .limits
        .iter()
        .map(|(clock, limit)| (clock.name().to_owned(), json!(limit_in_words(*limit))))
        .collect();
    json!({
        "group": found.routing.queue.group,
        "tier": found.routing.queue.tier,
        "owner": Value::Null,
        "by": found.routing.route,
        "priority": found.grade.priority,
        "against_grid": found.grade.override_reason.is_some(),
        "impact": found.grade.impact,
        "urgency": found.grade.urgency,
        "calendar": found.calendar,
        "limits": limits,
        "contacts": found.contacts.iter().map(shape::contact).collect::<Value>(),
        "routes": found.tried.iter().map(route).collect::<Value>(),
    })
}

fn route(tried: &Tried) -> Value {
    let (verdict, unmet) = match &tried.verdict {
        Verdict::Matches => ("matches", &[][..]),
        Verdict::NotAsked => ("not-asked", &[][..]),
        Verdict::Fails(unmet) => ("fails", unmet.as_slice()),
    };
    json!({
        "route": tried.route,
        "when": tried.when,
        "to": tried.to,
        "verdict": verdict,
        "unmet": unmet.iter().map(|it| json!({ "term": it.term, "has": it.has })).collect::<Value>(),
    })
}
