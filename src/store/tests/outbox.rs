use rusqlite::Connection;

use super::*;
use crate::domain::event::{Assigned, Escalated, Trigger};
use crate::domain::notice::Addressee;
use crate::domain::text::Line;

fn queue(group: &str) -> Queue {
    Queue { group: Label::soften(group), tier: Label::soften("L2"), rank: 1 }
}

fn escalated() -> Event {
    Event::from(Escalated {
        from: Queue { group: Label::soften("Desk"), tier: Label::soften("L1"), rank: 0 },
        to: queue("Network"),
        reason: Line::soften("beyond us"),
        trigger: Trigger::Person,
        handoff: Default::default(),
        gap: None,
        rest: Rest::new(),
    })
}

fn assigned(to: &str, from: &str) -> Event {
    let (owner, from) = (Label::soften(to), Some(Label::soften(from)));
    Event::from(Assigned { owner, from, reason: None, rest: Rest::new() })
}

fn person(name: &str) -> Addressee {
    Addressee::Person(Label::soften(name))
}

fn network() -> Addressee {
    Addressee::Group(Label::soften("Network"))
}

/// A desk with a matrix in force.
fn begun() -> Desk {
    let mut desk = Desk::new();
    let applied = Event::from(MatrixApplied { text: String::from("x"), ..MatrixApplied::default() });
    desk.append(Base::Desk(Seq(1)), vec![applied]).unwrap();
    desk
}

/// Two tickets: events 3 and 4 are the first's, 5 to 7 the second's.
fn told() -> Desk {
    let mut desk = begun();
    let first = desk.open_ticket("VPN drops");
    desk.append(held(&first), vec![escalated()]).unwrap();
    let second = desk.open_ticket("Badge reader is dead");
    desk.append(held(&second), vec![escalated(), assigned("jo", "sam")]).unwrap();
    desk
}

fn heard(desk: &mut Desk, after: i64, whom: &[Addressee], most: usize) -> (Vec<i64>, i64) {
    let posted = desk.read(|reader| reader.outbox((EventId(after), None), whom, most));
    let horizon = desk.read(|reader| reader.horizon());
    (posted.iter().map(|event| event.id.0).collect(), horizon.posted.0)
}

fn untold(desk: &mut Desk) -> Vec<(i64, String)> {
    let all = desk.read(|reader| reader.untold(EventId(0), 100));
    all.into_iter().map(|it| (it.event.0, it.whom.to_string())).collect()
}

fn rebuild(desk: &mut Desk) {
    desk.store.rebuild(&mut Patience::default(), &mut |_| Go::On).unwrap();
}

#[test]
fn notices_come_with_the_events_the_latest_first_and_each_once() {
    let mut desk = told();
    assert_eq!(heard(&mut desk, 0, &[network()], 9), (vec![6, 4], 7));
    assert_eq!(heard(&mut desk, 4, &[network()], 9), (vec![6], 7));
    assert_eq!(heard(&mut desk, 0, &[network()], 1), (vec![6], 7));
    assert_eq!(heard(&mut desk, 0, &[person("jo"), person("sam"), network()], 9), (vec![7, 6, 4], 7));
    assert_eq!(heard(&mut desk, 0, &[person("tess")], 9), (vec![], 7));
    assert_eq!(heard(&mut desk, 7, &[network()], 9), (vec![], 7));
    let before = desk.read(|reader| reader.outbox((EventId(0), Some(EventId(6))), &[network()], 9));
    assert_eq!(before.iter().map(|event| event.id.0).collect::<Vec<_>>(), [4]);
    assert_eq!(desk.verify().troubles, vec![]);
}

#[test]
fn the_same_command_twice_tells_once_and_a_conflict_nobody() {
    let mut desk = Desk::new();
    let ticket = desk.open_ticket("VPN drops");
    let twice = batch(held(&ticket), vec![escalated()]);
    for _ in 0..2 {
        desk.store.append(&twice, &mut Patience::default()).unwrap();
    }
    desk.append(held(&ticket), vec![assigned("jo", "sam")]).unwrap_err();
    assert_eq!(untold(&mut desk), [(3, String::from("group:Network"))]);
}

#[test]
fn what_was_delivered_stays_delivered() {
    let mut desk = told();
    let at = Stamp(9_000);
    let mark = |desk: &mut Desk, event, whom: &Addressee| {
        desk.store.told(EventId(event), whom, at, &mut Patience::default()).unwrap()
    };
    assert!(mark(&mut desk, 6, &network()));
    assert!(!mark(&mut desk, 6, &network()), "once");
    assert!(!mark(&mut desk, 6, &person("jo")), "it was not addressed");
    let left =
        [(4, "group:Network"), (7, "person:jo"), (7, "person:sam")].map(|(n, who)| (n, who.to_owned()));
    assert_eq!(untold(&mut desk), left);
    rebuild(&mut desk);
    assert_eq!(untold(&mut desk), left);
    assert_eq!(desk.verify().troubles, vec![]);
}

/// The same as [`told`], as history.
fn import(desk: &mut Desk, subject: &str) -> TicketId {
    let added: Result<TicketId, StoreError> = desk.store.bulk(&mut Patience::default(), |bulk| {
        let ticket = bulk.next_ticket();
        for event in [opened(subject), escalated(), assigned("jo", "sam")] {
            let (at, events) = (Stamp(5_000), vec![event]);
            bulk.add(&Entry { command: command(), author: author(), at, matrix: 1, ticket, events })?;
        }
        Ok(ticket)
    });
    added.unwrap()
}

#[test]
fn history_tells_nobody_and_what_comes_after_it_does() {
    let mut desk = Desk::new();
    let old = import(&mut desk, "old");
    import(&mut desk, "old too");
    let ticket = desk.read(|reader| reader.ticket(old)).unwrap();
    desk.append(held(&ticket), vec![assigned("tess", "jo")]).unwrap();
    import(&mut desk, "late");
    let live = [(8, String::from("person:jo")), (8, String::from("person:tess"))];
    assert_eq!(untold(&mut desk), live);
    rebuild(&mut desk);
    assert_eq!(untold(&mut desk), live, "no notice is invented");
    assert_eq!(desk.verify().troubles, vec![]);
    let runs: i64 = Connection::open(desk.path())
        .unwrap()
        .query_row("SELECT count(*) FROM quiet", [], |row| row.get(0))
        .unwrap();
    assert_eq!(runs, 2, "runs that follow each other are one");
}

#[test]
fn an_outbox_that_lies_is_found_and_made_again() {
    let lies = [
        "DELETE FROM outbox WHERE event=4",
        "UPDATE outbox SET whom='person:mia' WHERE event=6",
        "UPDATE outbox SET place=place+1 WHERE event=4",
        "INSERT INTO outbox(event,whom,place)VALUES(5,'person:mia',(2<<20)+1)",
        "INSERT INTO outbox(event,whom,place)VALUES(99,'person:mia',(1<<20)+1)",
        "INSERT INTO outbox(event,whom,place)VALUES(1,'person:mia',1)",
    ];
    for lie in lies {
        let mut desk = told();
        let before = untold(&mut desk);
        Connection::open(desk.path()).unwrap().execute_batch(lie).unwrap();
        let found = desk.verify().troubles;
        assert!(!found.is_empty() && found.iter().any(|t| t.stage == Stage::Outbox), "{lie}: {found:?}");
        rebuild(&mut desk);
        assert_eq!((untold(&mut desk), desk.verify().troubles), (before, vec![]), "{lie}");
    }
}

#[test]
fn what_a_newer_version_tells_is_left_to_it() {
    let mut desk = told();
    let ticket = desk.read(|reader| reader.ticket(TicketId(1))).unwrap();
    desk.append(held(&ticket), vec![Event::Unknown { kind: "ticket.merged".into(), body: "{}".into() }])
        .unwrap();
    let row = "INSERT INTO outbox(event,whom,place)VALUES(8,'channel:ops',(1<<20)+3)";
    Connection::open(desk.path()).unwrap().execute_batch(row).unwrap();
    rebuild(&mut desk);
    assert_eq!(desk.verify().troubles, vec![]);
    let count = "SELECT count(*) FROM outbox WHERE event=8";
    let kept: i64 = Connection::open(desk.path()).unwrap().query_row(count, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1);
}

#[test]
fn a_desk_made_of_a_log_tells_nobody_of_what_was_before() {
    let mut desk = told();
    let target = desk.folder.path().join("new.db");
    desk.store.salvage(&target, &mut Patience::default(), &mut |_| Go::On).unwrap();
    let mut new = Desk { store: Store::open(&target, Access::Write).unwrap(), folder: desk.folder };
    assert_eq!(untold(&mut new), []);
    let ticket = new.read(|reader| reader.ticket(TicketId(1))).unwrap();
    new.append(held(&ticket), vec![assigned("jo", "sam")]).unwrap();
    assert_eq!(untold(&mut new).len(), 2);
}

fn waits(until: i64) -> Event {
    let (on, until) = (crate::domain::event::WaitOn::Vendor, Some(Stamp(until)));
    Event::from(crate::domain::event::WaitStarted { on, until, reason: None, rest: Rest::new() })
}

#[test]
fn the_horizon_says_which_matrix_is_in_force_what_comes_next_and_how_far_the_outbox_goes() {
    let mut desk = begun();
    let horizon = |desk: &mut Desk| desk.read(|reader| reader.horizon());
    let next = |desk: &mut Desk| horizon(desk).next.map(|next| next.0);
    let [first, second] = ["one", "two"].map(|subject| desk.open_ticket(subject));
    assert_eq!(horizon(&mut desk), Horizon { revision: 1, ..Horizon::default() });
    let first = desk.append(held(&first), vec![waits(9_000)]).unwrap().tickets.remove(0);
    let second = desk.append(held(&second), vec![waits(8_000)]).unwrap().tickets.remove(0);
    assert_eq!(next(&mut desk), Some(8_000));
    let second = desk.append(held(&second), vec![waits(9_500)]).unwrap().tickets.remove(0);
    assert_eq!(next(&mut desk), Some(9_000), "another is the first now");
    desk.append(held(&first), vec![waits(9_900)]).unwrap();
    assert_eq!(next(&mut desk), Some(9_500));
    desk.append(held(&second), vec![escalated()]).unwrap();
    let again = Event::from(MatrixApplied { text: String::from("y"), ..MatrixApplied::default() });
    desk.append(Base::Desk(Seq(2)), vec![again]).unwrap();
    let told = horizon(&mut desk);
    assert_eq!((told.revision, told.posted, told.next.is_some()), (2, EventId(9), true));
    assert_eq!(desk.verify().troubles, vec![]);
    for name in ["next", "posted", "revision"] {
        let lie = format!("UPDATE tally SET n=5 WHERE live=-1 AND grp='{name}'");
        Connection::open(desk.path()).unwrap().execute_batch(&lie).unwrap();
        assert!(!desk.verify().is_clean(), "{lie}");
        rebuild(&mut desk);
        assert_eq!((horizon(&mut desk), desk.verify().troubles), (told, vec![]), "{lie}");
    }
}
