use super::*;
use crate::domain::clock::Clock;
use crate::domain::event::{
    Author, Breached, Cause, Channel, Closed, Escalated, HowClosed, Opened, Outcome, Prioritised, Queue,
    Reopened, Requester, Resolved, Rest, Resumed, ReturnCode, Returned, Routed, StepFired, Taken, Trigger,
    Warned,
};
use crate::domain::ids::{EventId, Seq};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Label, Line};
use crate::domain::ticket::Phase;

fn queue(group: &str, tier: &str, rank: u8) -> Queue {
    Queue { group: Label::soften(group), tier: Label::soften(tier), rank }
}

fn told(events: Vec<Event>) -> Ticket {
    let author = Author { actor: Label::soften("mia"), host: Label::soften("desk3") };
    let recorded: Vec<Recorded> = (1..)
        .zip(events)
        .map(|(n, event)| Recorded {
            id: EventId(n),
            ticket: TicketId(7),
            seq: Seq(n),
            at: Stamp(n * 1_000),
            author: author.clone(),
            event,
            matrix: 1,
            command: None,
        })
        .collect();
    replay(TicketId(7), &recorded)
}

fn opened() -> Event {
    Event::from(Opened {
        subject: Line::soften("VPN drops"),
        description: None,
        requester: Requester { name: Line::soften("Ada Obi"), contact: None },
        category: None,
        channel: Channel::Phone,
        grade: Prioritised { priority: Label::soften("P2"), rank: 1, ..Prioritised::default() },
        queue: queue("Desk", "L1", 0),
        route: None,
        fields: Default::default(),
        source: None,
        brought_in: None,
        rest: Rest::new(),
    })
}

fn up(from: Queue, to: Queue) -> Event {
    Event::from(Escalated {
        from,
        to,
        reason: Line::soften("beyond us"),
        trigger: Trigger::Person,
        handoff: Default::default(),
        gap: None,
        rest: Rest::new(),
    })
}

fn back(from: Queue, to: Queue, code: ReturnCode) -> Event {
    Event::from(Returned { from, to, code, reason: None, rest: Rest::new() })
}

#[test]
fn an_escalation_leaves_the_owner_and_a_return_finds_the_way_back() {
    let (desk, net, vendor) = (queue("Desk", "L1", 0), queue("Net", "L2", 1), queue("Vendor", "L3", 2));
    let taken =
        Event::from(Taken { owner: Label::soften("mia"), from: None, reason: None, rest: Rest::new() });
    let events = vec![opened(), taken, up(desk.clone(), net.clone()), up(net.clone(), vendor.clone())];
    let ticket = told(events.clone());
    assert_eq!((ticket.owner.clone(), ticket.place.queue.clone()), (None, vendor.clone()));
    assert_eq!(ticket.place.trail, [desk.clone(), net.clone()]);
    let ticket = told([events, vec![back(vendor, net.clone(), ReturnCode::Incomplete)]].concat());
    assert_eq!((&ticket.place.queue, ticket.place.trail.as_slice()), (&net, [desk].as_slice()));
    assert_eq!((ticket.tally.handoffs, ticket.tally.escalations, ticket.tally.bounces), (3, 2, 1));
    assert_eq!(ticket.broken_invariants(), Vec::<&str>::new());
}

#[test]
fn a_route_is_no_hand_off_but_a_persons_move_is() {
    let step = |cause, from: &str, to: &str| {
        let (from, to) = (queue(from, "L2", 1), queue(to, "L2", 1));
        Event::from(Routed { from, to, cause, route: None, reason: None, rest: Rest::new() })
    };
    let ticket = told(vec![opened(), step(Cause::Route, "Desk", "Net"), step(Cause::Person, "Net", "Apps")]);
    assert_eq!(ticket.tally.handoffs, 1);
    assert_eq!(ticket.place.home.group, "Desk");
}

#[test]
fn a_ticket_that_is_resolved_high_up_and_reopened_at_home_did_not_come_from_anywhere() {
    let (desk, net, vendor) = (queue("Desk", "L1", 0), queue("Net", "L2", 1), queue("Vendor", "L3", 2));
    let resolved = Event::from(Resolved {
        root_cause: Line::soften("a cable"),
        resolution: Body::soften("a new cable"),
        outcome: Outcome::Fixed,
        to: Some(desk.clone()),
        ended: None,
        rest: Rest::new(),
    });
    let reopened = Event::from(Reopened { reason: Line::soften("again"), to: None, rest: Rest::new() });
    let ticket = told(vec![opened(), up(desk.clone(), net.clone()), up(net, vendor), resolved, reopened]);
    assert_eq!((ticket.place.queue, ticket.place.trail), (desk, vec![]));
}

#[test]
fn to_resume_what_does_not_wait_reopens_nothing() {
    let closed = Event::from(Closed { how: HowClosed::Confirmed, reason: None, rest: Rest::new() });
    let resumed = Event::from(Resumed { due: None, reason: None, rest: Rest::new() });
    assert_eq!(told(vec![opened(), closed, resumed]).phase(), Phase::Closed);
}

#[test]
fn a_full_count_stays_full() {
    let mut count = u32::MAX;
    more(&mut count);
    assert_eq!(count, u32::MAX);
}

#[test]
fn that_time_passed_does_not_make_a_stale_ticket_fresh() {
    let (clock, due) = (Clock::Tier, Stamp(1_500));
    let passed: [Event; 3] = [
        Warned { clock, round: 1, share: 50, due, rest: Rest::new() }.into(),
        Breached { clock, round: 1, due, rest: Rest::new() }.into(),
        StepFired {
            step: Line::soften("stuck"),
            clock: Some(clock),
            round: 1,
            turn: 1,
            due,
            did: Vec::new(),
            rest: Rest::new(),
        }
        .into(),
    ];
    let before = told(vec![opened()]);
    for event in passed {
        let after = told(vec![opened(), event.clone()]);
        assert_eq!(Ticket { seq: before.seq, ..after }, before, "{event:?}");
    }
}

#[test]
fn an_unknown_event_only_counts() {
    let ticket = told(vec![opened(), Event::Unknown { kind: "ticket.merged".into(), body: "{}".into() }]);
    assert_eq!(ticket.seq, Seq(2));
    assert_eq!(ticket.times.updated, Stamp(2_000));
}
