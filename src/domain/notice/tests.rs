use super::*;
use crate::domain::clock::Clock;
use crate::domain::event::{
    Assigned, Author, Breached, CalledIn, Cause, Deed, Escalated, Noted, Queue, Released, Reopened, Rest,
    Resumed, ReturnCode, Returned, Routed, Taken, Warned,
};
use crate::domain::ids::{CommandId, EventId, Seq, TicketId};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Line};
use crate::domain::ticket::Owner;

fn label(name: &str) -> Label {
    Label::soften(name)
}

fn queue(group: &str) -> Queue {
    Queue { group: label(group), tier: label("L1"), rank: 0 }
}

/// In Network's queue, whosever it is.
fn held_by(owner: Option<&str>) -> Ticket {
    let mut ticket = Ticket::blank(TicketId(7));
    ticket.place.queue = queue("Network");
    ticket.owner = owner.map(|name| Owner { name: label(name), since: Stamp(0) });
    ticket
}

/// Mia's console wrote it.
fn recorded(event: impl Into<Event>) -> Recorded {
    Recorded {
        id: EventId(9),
        ticket: TicketId(7),
        seq: Seq(3),
        at: Stamp(0),
        author: Author { actor: label("mia"), host: label("desk3") },
        event: event.into(),
        matrix: 1,
        command: Some(CommandId([1; 16])),
    }
}

fn told(event: impl Into<Event>, owner: Option<&str>) -> Vec<String> {
    notices(&recorded(event), &held_by(owner), None).iter().map(ToString::to_string).collect()
}

/// Of a move that leaves an owner behind.
fn told_leaving(event: impl Into<Event>, was: &str) -> Vec<String> {
    notices(&recorded(event), &held_by(None), Some(&label(was))).iter().map(ToString::to_string).collect()
}

fn step(did: Vec<Deed>) -> StepFired {
    let (clock, round, turn) = (Some(Clock::Tier), 1, 1);
    StepFired { step: Line::soften("stuck"), clock, round, turn, due: Stamp(0), did, rest: Rest::new() }
}

fn deed(act: ActKind, who: Option<&str>) -> Deed {
    Deed { act, who: who.map(label), ..Deed::default() }
}

fn escalated(trigger: Trigger) -> Escalated {
    Escalated {
        from: queue("Service Desk"),
        to: queue("Network"),
        reason: Line::soften("beyond us"),
        trigger,
        handoff: Default::default(),
        gap: None,
        rest: Rest::new(),
    }
}

fn warned() -> Warned {
    Warned { clock: Clock::Own, round: 1, share: 75, due: Stamp(0), rest: Rest::new() }
}

fn breached() -> Breached {
    Breached { clock: Clock::Own, round: 1, due: Stamp(0), rest: Rest::new() }
}

#[test]
fn what_came_by_itself_is_the_owners_or_else_the_groups() {
    for owner in ["mia", "jo"] {
        let person = [format!("person:{owner}")];
        assert_eq!(told(warned(), Some(owner)), person, "that mia's console noticed it is no deed of hers");
        assert_eq!(told(breached(), Some(owner)), person);
        let resumed = Resumed { due: Some(Stamp(1)), reason: None, rest: Rest::new() };
        assert_eq!(told(resumed, Some(owner)), person);
    }
    assert_eq!(told(warned(), None), ["group:Network"]);
    assert_eq!(told(breached(), None), ["group:Network"]);
    assert_eq!(told(Resumed { due: None, reason: None, rest: Rest::new() }, Some("jo")), [""; 0]);
}

#[test]
fn a_step_tells_whom_it_names_and_the_owner_of_what_it_did() {
    let notify = || deed(ActKind::Notify, Some("supervisor"));
    assert_eq!(told(step(vec![notify()]), Some("jo")), ["named:supervisor"]);
    assert_eq!(
        told(step(vec![notify(), deed(ActKind::Escalate, None)]), Some("mia")),
        ["person:mia", "named:supervisor"]
    );
    assert_eq!(told(step(vec![deed(ActKind::Escalate, None)]), None), [""; 0]);
    assert_eq!(told(step(vec![deed(ActKind::Suggest, None)]), None), ["group:Network"]);
    let mut skipped = deed(ActKind::Raise, None);
    skipped.skipped = Some(Line::soften("it is P1 already"));
    assert_eq!(told(step(vec![skipped]), Some("jo")), [""; 0]);
    let twice = vec![deed(ActKind::Release, Some("jo")), deed(ActKind::Raise, None)];
    assert_eq!(told(step(twice), Some("jo")), ["person:jo"]);
}

#[test]
fn whoever_receives_a_ticket_hears_of_it() {
    assert_eq!(told(escalated(Trigger::Person), None), ["group:Network"]);
    let (from, to, rest) = (queue("Backbone"), queue("Network"), Rest::new());
    let returned =
        Returned { from: from.clone(), to: to.clone(), code: ReturnCode::Done, reason: None, rest };
    assert_eq!(told(returned, None), ["group:Network"]);
    let routed = Routed { from, to, cause: Cause::Route, route: None, reason: None, rest: Rest::new() };
    assert_eq!(told(routed, None), ["group:Network"]);
    let assigned = |to: &str, from: Option<&str>| Assigned {
        owner: label(to),
        from: from.map(label),
        reason: None,
        rest: Rest::new(),
    };
    assert_eq!(told(assigned("jo", Some("sam")), Some("jo")), ["person:jo", "person:sam"]);
    assert_eq!(told(assigned("jo", Some("mia")), Some("jo")), ["person:jo"]);
    let reopened = Reopened { reason: Line::soften("again"), to: None, rest: Rest::new() };
    assert_eq!(told(reopened.clone(), None), ["group:Network"]);
    assert_eq!(told(reopened, Some("mia")), [""; 0], "she did it herself");
    let who = label("tess");
    let called = CalledIn { who, reason: Line::soften("x"), trigger: Trigger::Person, rest: Rest::new() };
    assert_eq!(told(called, Some("jo")), ["named:tess"]);
}

#[test]
fn whose_ticket_is_taken_away_hears_of_it_once() {
    let taken = |from: Option<&str>| Taken {
        owner: label("mia"),
        from: from.map(label),
        reason: None,
        rest: Rest::new(),
    };
    assert_eq!(told(taken(Some("jo")), Some("mia")), ["person:jo"]);
    assert_eq!(told(taken(None), Some("mia")), [""; 0]);
    let released = Released { owner: label("jo"), reason: None, rest: Rest::new() };
    assert_eq!(told(released.clone(), None), ["person:jo"]);
    let by_step = Recorded { command: None, ..recorded(released) };
    assert_eq!(notices(&by_step, &held_by(None), Some(&label("jo"))), []);
}

#[test]
fn who_loses_a_ticket_by_somebody_else_s_move_hears_of_it() {
    assert_eq!(told_leaving(escalated(Trigger::Person), "jo"), ["person:jo", "group:Network"]);
    let by_route = escalated(Trigger::Route(Line::soften("network")));
    assert_eq!(told_leaving(by_route, "jo"), ["person:jo", "group:Network"]);
    assert_eq!(told_leaving(escalated(Trigger::Person), "mia"), ["group:Network"], "she did it herself");
    let by_step = escalated(Trigger::Step(Line::soften("stuck")));
    assert_eq!(told_leaving(by_step, "jo"), ["group:Network"], "the step has told him");
}

#[test]
fn work_and_what_a_newer_version_wrote_tell_nobody() {
    assert_eq!(told(Noted { text: Body::soften("x"), rest: Rest::new() }, Some("jo")), [""; 0]);
    assert_eq!(told(Event::Unknown { kind: "ticket.merged".into(), body: "{}".into() }, Some("jo")), [""; 0]);
}

#[test]
fn who_did_it_is_a_person_or_the_matrix() {
    assert_eq!(doer(&recorded(escalated(Trigger::Person))), Some(&label("mia")));
    assert_eq!(doer(&recorded(escalated(Trigger::Requester))), Some(&label("mia")));
    assert_eq!(doer(&recorded(escalated(Trigger::Step(Line::soften("stuck"))))), None);
    assert_eq!(doer(&recorded(warned())), None);
}

#[test]
fn addressees_are_written_and_read_back() {
    let all = [
        Addressee::Person(label("mia")),
        Addressee::Group(label("Service Desk: nights")),
        Addressee::Named(label("supervisor")),
    ];
    for one in all {
        assert_eq!(one.to_string().parse(), Ok(one));
    }
    for bad in ["", "mia", "person:", "role:x", "person:a\u{1b}b"] {
        assert!(bad.parse::<Addressee>().is_err(), "{bad:?}");
    }
}
