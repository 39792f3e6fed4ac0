//! Reads `assets/demo/tickets.toml`: each ticket with what was done to it, as `after who verb arguments: text`.
//! Only the project's own stories are read here, and a test plays them all.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::event::{Channel, Outcome, Reached, Relation, Requester, ReturnCode, WaitOn};
use crate::domain::ids::TicketId;
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::{Body, Label, Line};
use crate::rules::command::{AskedBy, Command, Confirm, Edit, Escalate, Open, Prioritise};

/// Something somebody did, at a moment, to the n-th ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    pub at: Stamp,
    pub who: Label,
    pub ticket: usize,
    pub command: Command,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    ticket: Vec<Story>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    /// How long before now it was opened.
    ago: String,
    by: String,
    /// `Name` or `Name, contact`.
    #[serde(rename = "for")]
    requester: String,
    #[serde(default = "phone")]
    via: String,
    subject: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    category: String,
    /// `impact x urgency`
    grade: String,
    #[serde(default)]
    then: Vec<String>,
}

fn phone() -> String {
    String::from("phone")
}

/// Everything that happened up to now, in order of time.
pub fn scenes(text: &str, now: Stamp) -> Result<Vec<Scene>, String> {
    let stories: Stories = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut scenes = Vec::new();
    for (ticket, story) in stories.ticket.iter().enumerate() {
        let told = |why: String| format!("{:?}: {why}", story.subject);
        let opened = now.plus(span(&story.ago).map_err(told)?.times(-1));
        let command = Command::Open(Box::new(open(story).map_err(told)?));
        scenes.push(Scene { at: opened, who: Label::soften(&story.by), ticket, command });
        for line in &story.then {
            let (after, who, command) = step(line, opened).map_err(|why| told(format!("{line:?}: {why}")))?;
            scenes.push(Scene { at: opened.plus(after), who, ticket, command });
        }
    }
    scenes.retain(|scene| scene.at <= now);
    scenes.sort_by_key(|scene| (scene.at, scene.ticket));
    Ok(scenes)
}

fn open(story: &Story) -> Result<Open, String> {
    let (name, contact) = story.requester.split_once(", ").unwrap_or((&story.requester, ""));
    let (impact, urgency) = story.grade.split_once(" x ").ok_or("grade is `impact x urgency`")?;
    Ok(Open {
        subject: Line::new(&story.subject).map_err(|why| why.to_string())?,
        description: Body::new(&story.text).ok(),
        requester: Requester { name: Line::soften(name), contact: Line::new(contact).ok() },
        category: Label::new(&story.category).ok(),
        channel: named(&Channel::ALL, Channel::name, &story.via)?,
        grade: Prioritise {
            impact: Label::new(impact).ok(),
            urgency: Label::new(urgency).ok(),
            against_grid: None,
        },
        group: None,
        fields: BTreeMap::new(),
    })
}

/// `19m mia escalate Network: nothing on our side`
fn step(line: &str, opened: Stamp) -> Result<(Span, Label, Command), String> {
    let (head, text) = line.split_once(": ").unwrap_or((line, ""));
    let mut words = head.splitn(4, ' ');
    let mut word = || words.next().unwrap_or_default();
    let (after, who, verb, rest) = (span(word())?, Label::soften(word()), word(), word());
    Ok((after, who, command(verb, rest, text, opened.plus(after))?))
}

fn command(verb: &str, rest: &str, text: &str, at: Stamp) -> Result<Command, String> {
    let (line, body) = (Line::new(text), Body::new(text));
    let reason = line.clone().ok();
    let needed = |made: Result<Line, _>| made.map_err(|why: crate::domain::text::BadText| why.to_string());
    let written = |made: Result<Body, _>| made.map_err(|why: crate::domain::text::BadText| why.to_string());
    Ok(match verb {
        "take" => Command::Take { reason },
        "release" => Command::Release { reason },
        "assign" => Command::Assign { to: Label::soften(rest), reason },
        "note" => Command::Note { text: written(body)? },
        "contact" => {
            Command::Contact { text: written(body)?, channel: named(&Channel::ALL, Channel::name, rest)? }
        }
        "set" => Command::Edit(Box::new(Edit {
            fields: BTreeMap::from([(Label::soften(rest), written(body)?)]),
            ..Edit::default()
        })),
        "route" => Command::Route { to: Label::soften(rest), reason: needed(line)? },
        "escalate" => Command::Escalate(Box::new(Escalate {
            to: Label::new(rest).ok(),
            reason: needed(line)?,
            asked_by: AskedBy::Desk,
            fields: BTreeMap::new(),
            despite_gaps: None,
        })),
        "call-in" => Command::CallIn { who: Label::soften(rest), reason: needed(line)? },
        "return" => {
            Command::Return { to: None, code: named(&ReturnCode::ALL, ReturnCode::name, rest)?, reason }
        }
        "wait" => wait(rest, reason, at)?,
        "resume" => Command::Resume { reason },
        "resolve" => resolve(rest, text)?,
        "confirm" => confirm(rest, body.ok())?,
        "close" => Command::Close { reason },
        "reopen" => Command::Reopen { reason: needed(line)? },
        "grade" => grade(rest)?,
        "link" => link(rest)?,
        other => return Err(format!("there is no verb {other:?}")),
    })
}

fn wait(rest: &str, reason: Option<Line>, at: Stamp) -> Result<Command, String> {
    let (on, until) = rest.split_once(' ').unwrap_or((rest, ""));
    let until = if until.is_empty() { None } else { Some(at.plus(span(until)?)) };
    Ok(Command::Wait { on: named(&WaitOn::ALL, WaitOn::name, on)?, until, reason })
}

/// `resolve fixed: root cause | resolution`
fn resolve(rest: &str, text: &str) -> Result<Command, String> {
    let (cause, resolution) = text.split_once(" | ").ok_or("a resolution is `root cause | resolution`")?;
    Ok(Command::Resolve {
        root_cause: Line::new(cause).map_err(|why| why.to_string())?,
        resolution: Body::new(resolution).map_err(|why| why.to_string())?,
        outcome: named(&Outcome::ALL, Outcome::name, rest)?,
    })
}

/// `confirm`, `confirm 5: thanks`, `confirm unreached`
fn confirm(rest: &str, comment: Option<Body>) -> Result<Command, String> {
    let reached = if rest == "unreached" { Reached::No } else { Reached::Yes };
    let satisfaction = rest.parse().ok();
    Ok(Command::Confirm(Confirm { reached, channel: Channel::Phone, satisfaction, comment }))
}

fn grade(rest: &str) -> Result<Command, String> {
    let (impact, urgency) = rest.split_once(" x ").ok_or("a grade is `impact x urgency`")?;
    let (impact, urgency) = (Label::new(impact).ok(), Label::new(urgency).ok());
    Ok(Command::Prioritise(Prioritise { impact, urgency, against_grid: None }))
}

fn link(rest: &str) -> Result<Command, String> {
    let (relation, other) = rest.split_once(' ').ok_or("a link is `relation number`")?;
    let other: TicketId = other.parse().map_err(|error: crate::domain::ids::NoTicketId| error.to_string())?;
    Ok(Command::Link { other, relation: named(&Relation::CHOICES, Relation::name, relation)? })
}

fn span(text: &str) -> Result<Span, String> {
    Span::parse(text).ok_or_else(|| format!("{text:?} is no span"))
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, wanted: &str) -> Result<T, String> {
    all.iter().copied().find(|one| name(*one) == wanted).ok_or_else(|| format!("{wanted:?} is not known"))
}
