use super::*;
use crate::domain::row::{Outlook, Row};

#[test]
fn what_was_appended_is_read_back_and_proved() {
    let mut desk = Desk::new();
    let ticket = desk.open_ticket("VPN drops");
    assert_eq!((ticket.id, ticket.seq), (TicketId(1), Seq(1)));
    let done = desk.append(held(&ticket), vec![taken("mia"), noted("rebooted")]).unwrap();
    assert_eq!((done.first, done.last, done.written), (EventId(3), EventId(4), Written::Now));
    let (read, row, page) = desk.read(|r| Ok((r.ticket(ticket.id)?, r.row(ticket.id)?, r.page(&top(10))?)));
    assert_eq!(read.as_ref(), done.tickets.first());
    assert_eq!(row, read.as_ref().map(|ticket| Row::of(ticket, Outlook::bare(ticket))));
    assert_eq!((page.offset, page.total, page.rows), (0, Total::Known(1), row.into_iter().collect()));
    let report = desk.verify();
    assert_eq!((report.events, report.tickets, report.troubles), (4, 1, vec![]));
}

#[test]
fn a_stale_base_is_a_conflict_and_changes_nothing() {
    let mut desk = Desk::new();
    let ticket = desk.open_ticket("VPN drops");
    desk.append(held(&ticket), vec![taken("mia")]).unwrap();
    let two = Batch {
        changes: vec![
            Change { base: Base::New, events: vec![opened("another")] },
            Change { base: held(&ticket), events: vec![taken("jo")] },
        ],
        ..batch(Base::New, vec![])
    };
    let error = desk.store.append(&two, &mut Patience::default()).unwrap_err();
    let conflict = Conflict { ticket: ticket.id, expected: Seq(1), found: Seq(2) };
    assert_eq!(error.kind, ErrorKind::Conflict(conflict));
    let head = desk.read(|r| r.head());
    assert_eq!(head.id, EventId(3));
    let desk_base = desk.append(Base::Desk(Seq(0)), vec![]).unwrap_err();
    assert!(matches!(desk_base.kind, ErrorKind::Conflict(_)), "{desk_base}");
}

#[test]
fn the_same_command_twice_is_once() {
    let mut desk = Desk::new();
    let twice = batch(Base::New, vec![opened("VPN drops"), noted("first")]);
    let first = desk.store.append(&twice, &mut Patience::default()).unwrap();
    desk.append(held(&first.tickets[0]), vec![taken("jo")]).unwrap();
    let again = desk.store.append(&twice, &mut Patience::default()).unwrap();
    assert_eq!((again.first, again.last, again.written), (first.first, first.last, Written::Before));
    assert_eq!(again.tickets[0].owner_name(), Some("jo"));
    assert_eq!(desk.read(|r| r.head()).id, EventId(4));
    assert_eq!(desk.read(|r| r.known(twice.command)), Some((EventId(2), TicketId(1))));
}

#[test]
fn one_command_can_change_several_tickets() {
    let mut desk = Desk::new();
    let (one, two) = (desk.open_ticket("one"), desk.open_ticket("two"));
    let both = Batch {
        changes: [&one, &two].map(|t| Change { base: held(t), events: vec![noted("linked")] }).into(),
        ..batch(Base::New, vec![])
    };
    let done = desk.store.append(&both, &mut Patience::default()).unwrap();
    assert_eq!(done.tickets.iter().map(|t| (t.id.0, t.seq.0)).collect::<Vec<_>>(), [(1, 2), (2, 2)]);
    let commands: Vec<_> = desk.read(|r| r.events_since(EventId(3), 10)).iter().map(|e| e.command).collect();
    assert_eq!(commands, [Some(both.command), None]);
    assert!(desk.verify().is_clean());
}

#[test]
fn a_number_that_was_given_away_meanwhile_is_a_conflict() {
    let mut desk = Desk::new();
    desk.open_ticket("VPN drops");
    let numbered = |n| batch(Base::Numbered(TicketId(n)), vec![opened("goes on")]);
    for taken in [1, 3] {
        let error = desk.store.append(&numbered(taken), &mut Patience::default()).unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Conflict(_)), "{taken}: {error}");
    }
    let done = desk.store.append(&numbered(2), &mut Patience::default()).unwrap();
    assert_eq!(done.tickets.first().map(|ticket| ticket.id), Some(TicketId(2)));
}

#[test]
fn what_is_late_to_be_confirmed_is_counted_without_reading_a_ticket() {
    let desk = Desk::new();
    let conn = &desk.store.link.as_ref().unwrap().conn;
    let plan = format!("EXPLAIN QUERY PLAN {}", crate::store::counts::UNCONFIRMED);
    let mut plan = conn.prepare(&plan).unwrap();
    let lines = plan.query_map([0, 40], |row| row.get::<_, String>(3)).unwrap();
    let lines: Vec<String> = lines.map(Result::unwrap).collect();
    assert!(lines.iter().any(|line| line.contains("COVERING INDEX ticket_confirm")), "{lines:?}");
}

#[test]
fn verdicts_are_found_without_reading_the_log() {
    let mut desk = Desk::new();
    let ticket = desk.open_ticket("VPN drops");
    let rated: Event =
        serde_json::from_str::<crate::domain::event::HandoffRated>(r#"{"handoff":1}"#).unwrap().into();
    desk.append(held(&ticket), vec![noted("one"), rated.clone(), noted("two")]).unwrap();
    let (found, plan) = desk.read(|reader| {
        let sql =
            "EXPLAIN QUERY PLAN SELECT body FROM event WHERE kind='ticket.handoff_rated' ORDER BY place";
        let plan: String = reader.conn.query_row(sql, [], |row| row.get(3))?;
        Ok((reader.rated()?, plan))
    });
    assert_eq!(found.into_iter().map(|it| it.event).collect::<Vec<_>>(), [rated]);
    assert!(plan.contains("event_rated"), "{plan}");
}

#[test]
fn what_is_read_after_a_commit_is_of_its_moment_and_the_lock_is_free_afterwards() {
    let mut desk = Desk::new();
    let ticket = desk.open_ticket("VPN drops");
    let mut other = Store::open(&desk.path(), Access::Write).unwrap();
    let theirs = batch(Base::New, vec![opened("from elsewhere")]);
    let mine = batch(held(&ticket), vec![taken("mia")]);
    let (done, seen) = desk
        .store
        .append_reading(&mine, &mut Patience::default(), |done, r| {
            let mut short = Patience::new(std::time::Duration::from_millis(20));
            let busy = other.append(&theirs, &mut short).unwrap_err();
            assert_eq!(busy.kind, ErrorKind::Busy);
            let read = r.ticket(ticket.id)?;
            assert_eq!(read.as_ref(), done.tickets.first());
            Ok((read, r.mark()?))
        })
        .unwrap();
    let (read, mut mark) = seen.unwrap();
    assert_eq!(read.as_ref(), done.tickets.first());
    let start = std::time::Instant::now();
    while start.elapsed().as_millis() < 30 {
        assert_eq!(desk.store.changed(&mut mark, &mut Patience::default()).unwrap(), Noticed::Nothing);
    }
    other.append(&theirs, &mut Patience::default()).unwrap();
    let start = std::time::Instant::now();
    while desk.store.changed(&mut mark, &mut Patience::default()).unwrap() == Noticed::Nothing {
        assert!(start.elapsed().as_secs() < 5, "never noticed");
    }
    assert!(desk.verify().is_clean());
}

#[test]
fn what_can_t_be_read_after_a_commit_undoes_nothing() {
    let mut desk = Desk::new();
    let ticket = desk.open_ticket("VPN drops");
    let mine = batch(held(&ticket), vec![taken("mia")]);
    let fails = |_: &Appended, _: &Reader<'_>| Err::<(), _>(StoreError::new(ErrorKind::Io, "gone", "wait"));
    let (done, seen) = desk.store.append_reading(&mine, &mut Patience::default(), fails).unwrap();
    assert_eq!((done.written, seen), (Written::Now, None));
    assert_eq!(desk.read(|r| r.ticket(ticket.id)).as_ref(), done.tickets.first());
    let stale = batch(held(&ticket), vec![taken("jo")]);
    let never = |_: &Appended, _: &Reader<'_>| -> Result<(), StoreError> { panic!("nothing was committed") };
    let error = desk.store.append_reading(&stale, &mut Patience::default(), never).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Conflict(_)), "{error}");
    assert!(desk.verify().is_clean());
}
