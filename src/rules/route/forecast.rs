//! Where a ticket would go if it were opened now, and why: each route with what it asked and what it met. Opens
//! nothing, and asks nobody's rights.

use super::{Routing, called, draft, route};
use crate::domain::clock::Clock;
use crate::domain::event::Prioritised;
use crate::domain::query::{LevelField, NameField, Query, Sense, Term, Test};
use crate::domain::text::{Label, Line};
use crate::domain::ticket::Ticket;
use crate::matrix::model::{Contact, Limit, Route};
use crate::rules::command::Open;
use crate::rules::next::contacts;
use crate::rules::{Context, Refusal, grid};

/// Where it would go, as what, and who would hear of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    pub routing: Routing,
    pub grade: Prioritised,
    /// In the order of the matrix.
    pub tried: Vec<Tried>,
    /// What is promised in that tier, by clock; empty where the priority has no target.
    pub limits: Vec<(Clock, Limit)>,
    pub calendar: Option<Label>,
    pub contacts: Vec<Contact>,
    /// Whether the group has any contacts, though none may hold for this ticket.
    pub reachable: bool,
}

/// A route and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    pub route: Line,
    /// Its query, as written.
    pub when: String,
    pub to: Label,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    Matches,
    /// The terms that did not hold.
    Fails(Vec<Unmet>),
    /// An earlier one had matched.
    NotAsked,
}

/// A term that did not hold, and what the ticket has instead where that can be said in a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    pub term: String,
    pub has: Option<String>,
}

/// Foresees the opening of a ticket; `priority` takes the place of the grid's.
///
/// # Errors
/// An impact, urgency, priority or group that the matrix does not know.
pub fn forecast(ctx: &Context, open: &Open, priority: Option<&Label>) -> Result<Forecast, Refusal> {
    let mut grade = grid::grade(ctx, &open.grade, None)?;
    if let Some(priority) = priority {
        let (priority, rank) = grid::level(ctx, priority)?;
        if priority != grade.priority {
            grade =
                Prioritised { priority, rank, override_reason: Some(Line::soften("asked about")), ..grade };
        }
    }
    let mut ticket = draft(ctx, open, &grade);
    let routing = match &open.group {
        Some(group) => Routing { queue: super::queue(ctx, group)?, route: None },
        None => route(ctx, &ticket)?,
    };
    let tried = tried(ctx, &ticket);
    ticket.place.queue = routing.queue.clone();
    let group = ctx.matrix.group(routing.queue.group.as_str());
    let reachable = group.is_some_and(|group| !group.contacts.is_empty());
    let contacts = group.map_or(Vec::new(), |group| contacts(ctx, group, &ticket));
    let target = ctx.matrix.target(grade.priority.as_str());
    let limit = |clock: Clock| Some((clock, target?.limit(clock, &routing.queue.tier)?));
    let limits = Clock::ALL.into_iter().filter_map(limit).collect();
    let calendar = target.map(|target| target.calendar.clone());
    Ok(Forecast { routing, grade, tried, limits, calendar, contacts, reachable })
}

fn tried(ctx: &Context, ticket: &Ticket) -> Vec<Tried> {
    let mut hit = false;
    let one = |route: &Route| {
        let verdict = match unmet(ctx, route, ticket) {
            _ if hit => Verdict::NotAsked,
            unmet if unmet.is_empty() => Verdict::Matches,
            unmet => Verdict::Fails(unmet),
        };
        hit |= verdict == Verdict::Matches;
        Tried { route: called(route), when: route.when.text.clone(), to: route.to.clone(), verdict }
    };
    ctx.matrix.routes.iter().map(one).collect()
}

fn unmet(ctx: &Context, route: &Route, ticket: &Ticket) -> Vec<Unmet> {
    let alone = |term: &Term| Query { terms: vec![term.clone()], sort: Vec::new() };
    let failing = route.when.terms.iter().filter(|term| !ctx.holds(&alone(term), ticket));
    failing.map(|term| Unmet { term: term.to_string(), has: has(term, ticket) }).collect()
}

/// What the ticket has where a term asks for something else.
fn has(term: &Term, ticket: &Ticket) -> Option<String> {
    let label = |label: &Label| label.as_str().to_owned();
    if term.sense == Sense::Not {
        return None;
    }
    match &term.test {
        Test::Level(LevelField::Priority, _) => Some(label(&ticket.grade.priority)),
        Test::Name(NameField::Impact, _) => Some(label(&ticket.grade.impact)),
        Test::Name(NameField::Urgency, _) => Some(label(&ticket.grade.urgency)),
        Test::Name(NameField::Category, _) => {
            Some(ticket.about.category.as_ref().map_or_else(|| String::from("none"), label))
        }
        Test::Channel(_) => Some(ticket.about.channel.name().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Author, Channel, Requester};
    use crate::domain::stamp::Stamp;
    use crate::matrix::{Matrix, read};
    use crate::rules::command::Prioritise;

    const ROUTES: &str = r#"
[[routes]]
name = "sites"
when = "category:network/* prio:P1..P2"
to = "Network"
[[routes]]
when = "-channel:mail vpn"
to = "Desktop"
[[routes]]
when = "category:network/*"
to = "Platform"
[[steps]]
name"#;

    fn matrix() -> Matrix {
        let text = include_str!("../../../assets/demo/escalation.toml");
        let (before, after) = text.split_once("[[routes]]").unwrap();
        let (_, after) = after.split_once("[[steps]]\nname").unwrap();
        read(&format!("{before}{ROUTES}{after}"), "demo").unwrap().matrix
    }

    fn open(subject: &str, channel: Channel, urgency: &str) -> Open {
        let label = |text: &str| Some(Label::new(text).unwrap());
        Open {
            subject: Line::new(subject).unwrap(),
            description: None,
            requester: Requester::default(),
            category: label("network/wan"),
            channel,
            grade: Prioritise { impact: label("limited"), urgency: label(urgency), against_grid: None },
            group: None,
            fields: Default::default(),
        }
    }

    fn foreseen(open: &Open, priority: Option<&str>) -> Result<Forecast, Refusal> {
        let (author, matrix) = (Author { actor: Label::soften("eve"), host: Label::soften("h") }, matrix());
        let ctx = Context { now: Stamp(0), author: &author, matrix: &matrix };
        forecast(&ctx, open, priority.map(Label::soften).as_ref())
    }

    #[test]
    fn every_route_says_what_it_missed() {
        let found = foreseen(&open("vpn drops", Channel::Mail, "low"), None).unwrap();
        let unmet = |term: &str, has: Option<&str>| {
            Verdict::Fails(vec![Unmet { term: term.into(), has: has.map(str::to_owned) }])
        };
        let verdicts: Vec<Verdict> = found.tried.iter().map(|tried| tried.verdict.clone()).collect();
        assert_eq!(
            verdicts,
            [unmet("prio:P1..P2", Some("P4")), unmet("-channel:mail", None), Verdict::Matches]
        );
        assert_eq!((found.routing.queue.group.as_str(), found.grade.priority.as_str()), ("Platform", "P4"));
        assert_eq!(found.contacts.len(), 1, "the pager is for P1 and P2");
    }

    #[test]
    fn behind_the_first_that_matches_none_is_asked() {
        let found = foreseen(&open("vpn drops", Channel::Phone, "high"), None).unwrap();
        let verdicts: Vec<&Verdict> = found.tried.iter().map(|tried| &tried.verdict).collect();
        assert_eq!(verdicts, [&Verdict::Matches, &Verdict::NotAsked, &Verdict::NotAsked]);
        assert_eq!(found.routing.route.as_ref().map(Line::as_str), Some("sites"));
        assert!(found.limits.iter().any(|(clock, _)| *clock == Clock::Tier), "L2 has a limit for P2");
    }

    #[test]
    fn a_priority_can_be_supposed_by_anyone() {
        let found = foreseen(&open("wan", Channel::Mail, "low"), Some("p1")).unwrap();
        assert_eq!((found.grade.priority.as_str(), found.grade.rank), ("P1", 0));
        assert_eq!(found.routing.queue.group, "Network");
        assert!(foreseen(&open("wan", Channel::Mail, "low"), Some("P9")).is_err());
    }

    #[test]
    fn it_is_what_opening_comes_to() {
        let (author, matrix) = (Author { actor: Label::soften("sam"), host: Label::soften("h") }, matrix());
        let ctx = Context { now: Stamp(0), author: &author, matrix: &matrix };
        for urgency in ["high", "medium", "low"] {
            for channel in Channel::ALL {
                let open = open("vpn", channel, urgency);
                let found = forecast(&ctx, &open, None).unwrap();
                let events = crate::rules::decide(None, &crate::rules::Command::Open(Box::new(open)), &ctx);
                let Ok([crate::domain::event::Event::Opened(opened)]) = events.as_deref() else {
                    panic!("{events:?}")
                };
                assert_eq!((&opened.queue, &opened.route), (&found.routing.queue, &found.routing.route));
            }
        }
    }
}
