//! An event in one human sentence: the log pane, `tierline log` and exports say the same. What comes out is
//! neutralised and can be drawn; the actor and the time stand beside it, never in it.

mod moves;
mod ticket;
mod watch;

pub use moves::verdict;
pub use ticket::{fields, resolution, satisfaction};
pub use watch::deeds;

use crate::domain::event::{
    Closed, Confirmed, Contacted, Edited, Event, HowClosed, MatrixApplied, Opened, Prioritised, Reached,
    Recorded, Resolved, WaitOn, WaitStarted,
};
use crate::domain::text::{Label, neutral, neutral_lines};
use crate::matrix::Matrix;

use super::clock::Zone;

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub family: Family,
    /// One line.
    pub what: String,
    /// What was written: a note, a reason, a resolution. May have several lines.
    pub said: Option<String>,
}

/// What kind of thing happened; the escalation log shows `Move` first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    Opening,
    Move,
    Owner,
    Note,
    Contact,
    Status,
    Change,
    /// It came by itself: a warning, a breach, a step.
    Watch,
    Unknown,
}

/// What events are told by.
#[derive(Debug, Clone, Copy)]
pub struct Teller<'a> {
    /// In which moments are written.
    pub zone: &'a Zone,
    /// What the fields of a hand-off are called.
    pub matrix: &'a Matrix,
}

impl Teller<'_> {
    /// The labels of hand-off fields: `Address, What was tried`.
    #[must_use]
    pub fn labels(&self, names: &[Label]) -> String {
        let label = |name: &Label| {
            self.matrix.field(name.as_str()).map_or(name.to_string(), |field| field.label.to_string())
        };
        names.iter().map(label).collect::<Vec<_>>().join(", ")
    }
}

/// Tells an event.
#[must_use]
pub fn tell(recorded: &Recorded, teller: Teller<'_>) -> Told {
    let zone = teller.zone;
    let told = match &recorded.event {
        Event::DeskCreated(it) => told(Family::Opening, format!("made this desk with tierline {}", it.by)),
        Event::MatrixApplied(it) => applied(it),
        Event::Opened(it) => opened(it),
        Event::Edited(it) => edited(it),
        Event::Prioritised(it) => prioritised(it),
        Event::Routed(_) | Event::Escalated(_) | Event::CalledIn(_) | Event::Returned(_) => {
            moves::tell(&recorded.event, teller)
        }
        Event::HandoffRated(it) => moves::rated(it),
        Event::Taken(it) => match &it.from {
            Some(from) => {
                told(Family::Owner, format!("took it over from {from}")).because(it.reason.as_ref())
            }
            None => told(Family::Owner, "took it"),
        },
        Event::Released(it) => {
            told(Family::Owner, format!("released it ({} had it)", it.owner)).because(it.reason.as_ref())
        }
        Event::Assigned(it) => {
            told(Family::Owner, format!("assigned it to {}", it.owner)).because(it.reason.as_ref())
        }
        Event::Noted(it) => told(Family::Note, "noted").because(Some(&it.text)),
        Event::Contacted(it) => contacted(it),
        Event::WaitStarted(it) => waits(it, zone, recorded),
        Event::Resumed(it) => watch::resumed(it, zone, recorded.at),
        Event::Resolved(it) => resolved(it),
        Event::Confirmed(it) => confirmed(it),
        Event::Closed(it) => closed(it),
        Event::Reopened(it) => told(Family::Status, "reopened it").because(Some(&it.reason)),
        Event::Linked(it) => told(Family::Change, format!("linked it: {} {}", it.relation.name(), it.other)),
        Event::Unlinked(it) => told(Family::Change, format!("took the link to {} away", it.other)),
        Event::Warned(it) => watch::warned(it, zone, recorded.at),
        Event::Breached(it) => watch::breached(it, zone, recorded.at),
        Event::StepFired(it) => watch::fired(it, zone, recorded.at),
        Event::Unknown { kind, .. } => {
            told(Family::Unknown, format!("unknown event {kind}, written by a newer version"))
        }
    };
    Told {
        what: neutral(&told.what).into_owned(),
        said: told.said.map(|said| neutral_lines(&said).into_owned()),
        ..told
    }
}

fn told(family: Family, what: impl Into<String>) -> Told {
    Told { family, what: what.into(), said: None }
}

impl Told {
    fn because(self, said: Option<&impl ToString>) -> Told {
        Told { said: said.map(ToString::to_string).or(self.said), ..self }
    }
}

fn applied(it: &MatrixApplied) -> Told {
    let files: Vec<&str> = it.files.keys().map(String::as_str).collect();
    let with = if files.is_empty() { String::new() } else { format!(", with {}", files.join(", ")) };
    told(Family::Change, format!("put a new matrix into force{with}"))
}

fn opened(it: &Opened) -> Told {
    let by = it.route.as_ref().map_or(String::new(), |route| format!(", routed by \"{route}\""));
    let queue = &it.queue;
    let what = format!(
        "opened it by {} for {} as {} in {} {}{by}",
        it.channel.name(),
        it.requester.name,
        it.grade.priority,
        queue.tier,
        queue.group
    );
    told(Family::Opening, what).because(it.description.as_ref())
}

fn edited(it: &Edited) -> Told {
    let named = [
        it.subject.as_ref().map(|subject| format!("subject \"{subject}\"")),
        it.requester.as_ref().map(|requester| format!("requester {}", requester.name)),
        it.category.as_ref().map(|category| format!("category {category}")),
        it.description.as_ref().map(|_| String::from("description")),
    ];
    let fields = it.fields.keys().map(ToString::to_string);
    let cleared = it.cleared.iter().map(|name| format!("{name} cleared"));
    let parts: Vec<String> = named.into_iter().flatten().chain(fields).chain(cleared).collect();
    let what = if parts.is_empty() { String::from("what it says") } else { parts.join(", ") };
    told(Family::Change, format!("changed {what}")).because(it.description.as_ref())
}

fn prioritised(it: &Prioritised) -> Told {
    if let Some(step) = &it.step {
        return told(Family::Change, format!("noticed: step \"{step}\" made it {}", graded(it)));
    }
    let no_longer = |old: &Label| format!(", no longer {old} against the grid");
    let no_longer = it.dropped.as_ref().map_or(String::new(), no_longer);
    told(Family::Change, format!("made it {}{no_longer}", graded(it))).because(it.override_reason.as_ref())
}

/// `P2 (limited x high, against the grid)`; without brackets where nothing would stand in them.
#[must_use]
pub fn graded(grade: &Prioritised) -> String {
    let axes = [&grade.impact, &grade.urgency].map(Label::as_str);
    let axes = axes.into_iter().filter(|axis| !axis.is_empty()).collect::<Vec<_>>().join(" x ");
    let against = grade.override_reason.as_ref().map(|_| String::from("against the grid"));
    let inside: Vec<String> = Some(axes).filter(|axes| !axes.is_empty()).into_iter().chain(against).collect();
    match inside.is_empty() {
        true => grade.priority.to_string(),
        false => format!("{} ({})", grade.priority, inside.join(", ")),
    }
}

fn contacted(it: &Contacted) -> Told {
    told(Family::Contact, format!("spoke with the requester ({})", it.channel.name())).because(Some(&it.text))
}

fn waits(it: &WaitStarted, zone: &Zone, recorded: &Recorded) -> Told {
    let on = match it.on {
        WaitOn::Requester => "the requester",
        WaitOn::Vendor => "the vendor",
        WaitOn::Change => "a change",
        WaitOn::Other => "something else",
    };
    let until = it.until.map_or(String::new(), |until| format!(" until {}", zone.short(until, recorded.at)));
    told(Family::Status, format!("waits on {on}{until}")).because(it.reason.as_ref())
}

fn resolved(it: &Resolved) -> Told {
    let to = it.to.as_ref().map_or(String::new(), |to| format!(", to be confirmed by {}", to.group));
    let what = format!("resolved it ({}){to}", it.outcome.name());
    told(Family::Status, what).because(Some(&format!("root cause: {}\n{}", it.root_cause, it.resolution)))
}

fn confirmed(it: &Confirmed) -> Told {
    let score = it.satisfaction.map_or(String::new(), |score| format!(", satisfaction {score} of 5"));
    let what = match it.reached {
        Reached::Yes => format!("confirmed it with the requester ({}{score})", it.channel.name()),
        Reached::No => format!("did not reach the requester ({})", it.channel.name()),
    };
    told(Family::Status, what).because(it.comment.as_ref())
}

fn closed(it: &Closed) -> Told {
    let ground = match it.how {
        HowClosed::Confirmed => "confirmed",
        HowClosed::Unreachable => "the requester could not be reached",
        HowClosed::Imported => "as history has it",
        HowClosed::Other => "without confirmation",
    };
    told(Family::Status, format!("closed it ({ground})")).because(it.reason.as_ref())
}

#[cfg(test)]
mod tests;
