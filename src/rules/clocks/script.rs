//! Stories for tests: a small matrix, and events by a line each (`2026-06-01 09:00 wait vendor`).

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::domain::event::{
    Assigned, Author, Channel, Closed, Confirmed, Contacted, Escalated, Event, HowClosed, Noted, Opened,
    Outcome, Prioritised, Queue, Reached, Recorded, Released, Reopened, Requester, Resolved, Rest, Resumed,
    ReturnCode, Returned, Routed, Taken, Trigger, WaitOn, WaitStarted,
};
use crate::domain::ids::{EventId, Seq, TicketId};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::{Body, Label, Line};
use crate::matrix::Matrix;
use crate::rules::worktime::Calendars;

/// P1 round the clock; P2 in Chicago's office hours with a holiday on each 25 December; P3 in working days.
pub const MATRIX: &str = r#"
[desk]
name = "Test"
timezone = "America/Chicago"
[calendars.office]
mon-fri = "08:00-12:00, 13:00-18:00"
sat = "09:00-13:00"
holidays = ["12-25", "2026-11-26"]
[priority]
levels = ["P1", "P2", "P3", "P4"]
urgency = ["high", "medium"]
impact.extensive = ["P1", "P2"]
impact.limited = ["P3", "P4"]
[[tiers]]
name = "L1"
[[tiers]]
name = "L2"
[[groups]]
name = "Desk"
tier = "L1"
escalates-to = ["Network", "Desktop"]
[[groups]]
name = "Network"
tier = "L2"
[[groups]]
name = "Desktop"
tier = "L2"
[targets.P1]
calendar = "always"
response = "15m"
own = "10m"
update = "1h"
resolve = "4h"
confirm = "1d"
tier = { L1 = "30m", L2 = "2h" }
warn-at = ["50%", "75%"]
[targets.P2]
calendar = "office"
response = "1h"
own = "30m"
update = "4h"
resolve = "9h"
confirm = "9h"
tier = { L1 = "2h", L2 = "5h" }
[targets.P3]
calendar = "office"
resolve = "2wd"
[pauses]
requester = ["own", "tier", "resolve"]
vendor = ["tier"]
"#;

pub fn matrix() -> Matrix {
    reads(MATRIX)
}

pub fn reads(text: &str) -> Matrix {
    crate::matrix::read(text, "escalation.toml").unwrap().matrix
}

pub fn calendars(matrix: &Matrix) -> Calendars {
    Calendars::new(matrix, &BTreeMap::new()).unwrap()
}

/// `2026-06-01 09:00` or `2026-06-01 09:00:07` in Chicago.
pub fn at(text: &str) -> Stamp {
    let read = |format| jiff::civil::DateTime::strptime(format, text);
    let time = read("%Y-%m-%d %H:%M").or_else(|_| read("%Y-%m-%d %H:%M:%S")).unwrap();
    let zone = jiff::tz::TimeZone::get("America/Chicago").unwrap();
    Stamp(time.to_zoned(zone).unwrap().timestamp().as_millisecond())
}

pub fn shown(at: Stamp) -> String {
    let zone = jiff::tz::TimeZone::get("America/Chicago").unwrap();
    let moment = jiff::Timestamp::from_millisecond(at.0).unwrap().to_zoned(zone);
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}

/// One event per line: a date, a time, a word, what it is about.
pub fn story(lines: &str) -> Vec<Recorded> {
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.zip(1..).map(|(line, seq)| recorded(line, seq)).collect()
}

fn recorded(line: &str, seq: i64) -> Recorded {
    let parts: Vec<&str> = line.split_whitespace().collect();
    let author = Author { actor: Label::soften("mia"), host: Label::soften("desk3") };
    Recorded {
        id: EventId(seq),
        ticket: TicketId(7),
        seq: Seq(seq),
        at: at(&format!("{} {}", parts[0], parts[1])),
        author,
        event: event(parts[2], &parts[3..]),
        matrix: 1,
        command: None,
    }
}

fn queue(group: &str) -> Queue {
    let (tier, rank) = if group == "Desk" { ("L1", 0) } else { ("L2", 1) };
    Queue { group: Label::soften(group), tier: Label::soften(tier), rank }
}

fn grade(priority: &str) -> Prioritised {
    Prioritised { priority: Label::soften(priority), ..Prioritised::default() }
}

fn event(word: &str, rest: &[&str]) -> Event {
    let word_at = |place: usize| rest.get(place).copied();
    let owner = Label::soften("noor");
    let to = word_at(0).map(queue);
    match word {
        "open" => opened(word_at(0).unwrap()).into(),
        "grade" => grade(word_at(0).unwrap()).into(),
        "route" => Routed {
            from: queue("Desk"),
            to: to.unwrap(),
            cause: Default::default(),
            route: None,
            reason: None,
            rest: Rest::new(),
        }
        .into(),
        "escalate" => escalated(to.unwrap()).into(),
        "return" => {
            let code = ReturnCode::WrongGroup;
            Returned { from: queue("Network"), to: to.unwrap(), code, reason: None, rest: Rest::new() }.into()
        }
        "take" => Taken { owner, from: None, reason: None, rest: Rest::new() }.into(),
        "assign" => Assigned { owner, from: None, reason: None, rest: Rest::new() }.into(),
        "release" => Released { owner, reason: None, rest: Rest::new() }.into(),
        "note" => Noted { text: Body::soften("hm"), rest: Rest::new() }.into(),
        "contact" => {
            Contacted { text: Body::soften("hi"), channel: Channel::Phone, rest: Rest::new() }.into()
        }
        "wait" => {
            let on = WaitOn::ALL.into_iter().find(|on| on.name() == rest[0]).unwrap();
            let until = word_at(1).map(|date| at(&format!("{date} {}", rest[2])));
            WaitStarted { on, until, reason: None, rest: Rest::new() }.into()
        }
        "resume" => Resumed { due: None, reason: None, rest: Rest::new() }.into(),
        "resolve" => resolved(to).into(),
        "confirm" => confirmed(word_at(0) == Some("yes")).into(),
        "close" => Closed { how: HowClosed::Confirmed, reason: None, rest: Rest::new() }.into(),
        "reopen" => Reopened { reason: Line::soften("again"), to, rest: Rest::new() }.into(),
        other => Event::Unknown { kind: other.to_owned(), body: "{}".to_owned() },
    }
}

fn opened(priority: &str) -> Opened {
    Opened {
        subject: Line::soften("VPN drops"),
        description: None,
        requester: Requester::default(),
        category: None,
        channel: Channel::Phone,
        grade: grade(priority),
        queue: queue("Desk"),
        route: None,
        fields: BTreeMap::new(),
        source: None,
        brought_in: None,
        rest: Rest::new(),
    }
}

fn escalated(to: Queue) -> Escalated {
    let (from, reason, trigger) = (queue("Desk"), Line::soften("beyond us"), Trigger::Person);
    Escalated { from, to, reason, trigger, handoff: BTreeMap::new(), gap: None, rest: Rest::new() }
}

fn resolved(to: Option<Queue>) -> Resolved {
    let (root_cause, resolution) = (Line::soften("a cable"), Body::soften("a new cable"));
    Resolved { root_cause, resolution, outcome: Outcome::Fixed, to, ended: None, rest: Rest::new() }
}

fn confirmed(reached: bool) -> Confirmed {
    let reached = if reached { Reached::Yes } else { Reached::No };
    Confirmed { reached, channel: Channel::Phone, satisfaction: None, comment: None, rest: Rest::new() }
}

/// Up to thirty events, sensible or not, some minutes or hours apart, over a change of the clock.
pub fn any_story() -> impl Strategy<Value = String> {
    any_story_within(1_500, 30)
}

/// As [`any_story`], with fewer events, and so many minutes from one to the next at most.
pub fn any_story_within(minutes: i64, events: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "grade P1",
        "grade P2",
        "grade P3",
        "route Desktop",
        "escalate Network",
        "return Desk",
        "take",
        "assign",
        "release",
        "note",
        "contact",
        "wait requester",
        "wait vendor",
        "wait change",
        "wait other",
        "wait requester until",
        "wait vendor until",
        "resume",
        "resolve",
        "resolve Desk",
        "confirm no",
        "confirm yes",
        "close",
        "reopen",
        "strange",
    ]);
    let priority = prop::sample::select(vec!["P1", "P2", "P3"]);
    let event = (0..minutes, word, 1..minutes);
    (priority, prop::collection::vec(event, 0..events)).prop_map(|(priority, events)| {
        let mut moment = at("2026-10-29 10:00");
        let mut lines = format!("2026-10-29 10:00 open {priority}");
        for (minutes, word, later) in events {
            moment = moment.plus(Span::MINUTE.times(minutes));
            let until = shown(moment.plus(Span::MINUTE.times(later)));
            lines.push_str(&format!("\n{} {}", shown(moment), word.replace("until", &until)));
        }
        lines
    })
}
