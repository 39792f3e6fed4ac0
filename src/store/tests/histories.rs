use proptest::prelude::*;

use super::*;
use crate::domain::event::{
    Closed, Edited, Escalated, HowClosed, Linked, Outcome, Relation, Reopened, Resolved, ReturnCode,
    Returned, Trigger, WaitOn, WaitStarted,
};
use crate::domain::row::{Outlook, Row};

fn queue(n: u8) -> Queue {
    let n = n % 4;
    Queue { group: Label::soften(&format!("Group {n}")), tier: Label::soften(&format!("L{n}")), rank: n }
}

/// Any event at all: the store must not care whether it makes sense.
fn event() -> impl Strategy<Value = Event> {
    let text = "[a-zé断 ]{1,20}";
    prop_oneof![
        text.prop_map(|t| opened(&t)),
        "[a-c]{1,2}".prop_map(|o| taken(&o)),
        text.prop_map(|t| noted(&t)),
        (any::<u8>(), any::<u8>()).prop_map(|(from, to)| Event::from(Escalated {
            from: queue(from),
            to: queue(to),
            reason: Line::soften("beyond us"),
            trigger: Trigger::Person,
            handoff: Default::default(),
            gap: None,
            rest: Rest::new(),
        })),
        (any::<u8>(), any::<u8>()).prop_map(|(from, to)| Event::from(Returned {
            from: queue(from),
            to: queue(to),
            code: ReturnCode::Incomplete,
            reason: Some(Line::soften("no address")),
            rest: Rest::new(),
        })),
        proptest::option::of(0i64..9_999).prop_map(|until| Event::from(WaitStarted {
            on: WaitOn::Vendor,
            until: until.map(Stamp),
            reason: None,
            rest: Rest::new(),
        })),
        text.prop_map(|t| Event::from(Resolved {
            root_cause: Line::soften(&t),
            resolution: Body::soften("turned it off and on"),
            outcome: Outcome::Fixed,
            to: Some(queue(0)),
            ended: None,
            rest: Rest::new(),
        })),
        Just(Event::from(Closed { how: HowClosed::Confirmed, reason: None, rest: Rest::new() })),
        Just(Event::from(Reopened { reason: Line::soften("again"), to: None, rest: Rest::new() })),
        text.prop_map(|t| Event::from(Edited { subject: Some(Line::soften(&t)), ..Edited::default() })),
        Just(Event::from(Linked { other: TicketId(1), relation: Relation::RelatesTo, rest: Rest::new() })),
        (text, "\\PC{0,30}").prop_map(|(kind, body)| Event::Unknown { kind, body }),
    ]
}

/// Streams by number: `None` opens one, `Some(n)` goes on with the n-th.
fn history() -> impl Strategy<Value = Vec<(Option<usize>, Vec<Event>)>> {
    let step = (proptest::option::weighted(0.8, 0usize..6), proptest::collection::vec(event(), 1..4));
    proptest::collection::vec(step, 1..14)
}

fn tell(desk: &mut Desk, history: &[(Option<usize>, Vec<Event>)]) -> Vec<Ticket> {
    let mut tickets: Vec<Ticket> = Vec::new();
    for (which, events) in history {
        let old = which.and_then(|n| tickets.get(n).cloned());
        let base = old.as_ref().map_or(Base::New, held);
        let ticket = desk.append(base, events.clone()).unwrap().tickets.remove(0);
        match old {
            Some(old) => tickets[usize::try_from(old.id.0 - 1).unwrap()] = ticket,
            None => tickets.push(ticket),
        }
    }
    tickets
}

/// Bulk writing of the same commands.
fn import(desk: &mut Desk, history: &[(Option<usize>, Vec<Event>)]) {
    let done: Result<(), StoreError> = desk.store.bulk(&mut Patience::default(), |bulk| {
        let mut tickets = Vec::new();
        for (which, events) in history {
            let id = which.and_then(|n| tickets.get(n).copied()).unwrap_or_else(|| {
                tickets.push(bulk.next_ticket());
                *tickets.last().unwrap()
            });
            let (at, events) = (Stamp(5_000), events.clone());
            bulk.add(&Entry { command: command(), author: author(), at, matrix: 1, ticket: id, events })?;
        }
        Ok(())
    });
    done.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_replay_and_projection_agree(history in history()) {
        let mut desk = Desk::new();
        let tickets = tell(&mut desk, &history);
        let report = desk.verify();
        prop_assert_eq!(&report.troubles, &vec![]);
        for ticket in &tickets {
            let (read, row) = desk.read(|r| Ok((r.ticket(ticket.id)?, r.row(ticket.id)?)));
            prop_assert_eq!(read.as_ref(), Some(ticket));
            prop_assert_eq!(row, Some(Row::of(ticket, Outlook::bare(ticket))));
        }
        desk.store.rebuild(&mut Patience::default(), &mut |_| Go::On).unwrap();
        prop_assert_eq!(desk.verify(), report);
    }

    #[test]
    fn a_bulk_write_ends_where_single_appends_end(history in history()) {
        let (mut one, mut many) = (Desk::new(), Desk::new());
        let tickets = tell(&mut one, &history);
        import(&mut many, &history);
        prop_assert_eq!(many.verify().troubles, vec![]);
        for ticket in tickets {
            prop_assert_eq!(many.read(|r| r.ticket(ticket.id)), Some(ticket));
        }
    }
}

#[test]
fn a_bulk_write_skips_what_it_knows_and_undoes_what_fails() {
    let mut desk = Desk::new();
    let entry = Entry {
        command: command(),
        author: author(),
        at: Stamp(7),
        matrix: 0,
        ticket: TicketId(1),
        events: vec![opened("old")],
    };
    let patience = &mut Patience::default();
    let twice = desk.store.bulk(patience, |bulk| Ok::<_, StoreError>([bulk.add(&entry)?, bulk.add(&entry)?]));
    assert_eq!(twice.unwrap(), [Added::Now, Added::Before(TicketId(1))]);
    let failed: Result<(), StoreError> = desk.store.bulk(patience, |bulk| {
        let ticket = bulk.next_ticket();
        bulk.add(&Entry { command: command(), ticket, ..entry.clone() })?;
        Err(StoreError::new(ErrorKind::Io, "the import's own error", "x"))
    });
    assert_eq!(failed.unwrap_err().what, "the import's own error");
    assert_eq!(desk.read(|r| r.head()).id, EventId(2));
    assert_eq!(desk.store.bulk(patience, |bulk| bulk.add(&entry)).unwrap(), Added::Before(TicketId(1)));
    assert!(desk.verify().is_clean());
}
