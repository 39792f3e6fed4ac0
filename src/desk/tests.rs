//! Two people on one file: what each sees, and that nobody's command is decided on stale facts.

mod beside;
mod notices;
mod pressing;
mod readers;
mod together;

use std::path::Path;

use super::view::News;
use super::*;
use crate::domain::event::{Channel, Relation, Requester};
use crate::domain::ids::TicketId;
use crate::domain::query::parse;
use crate::domain::stamp::Stamp;
use crate::domain::text::{Body, Label, Line};
use crate::rules::command::{Command, Open, Prioritise};
use crate::store::{Noticed, Written};

fn around(folder: &Path) -> Surroundings {
    Surroundings {
        env: Default::default(),
        folder: folder.to_owned(),
        folders: surroundings::Folders { config: folder.into(), data: folder.into(), state: folder.into() },
        host: "desk3".into(),
        clock: Clock::Fixed(Stamp(1_795_341_660_000)),
        zone: clock::Zone::named("UTC").unwrap(),
    }
}

fn settings(folder: &Path, user: &str) -> Settings {
    let wishes = Wishes { desk: Some("team.db".into()), user: Some(user.into()), ..Wishes::default() };
    settle(&wishes, &around(folder)).unwrap()
}

fn desk(folder: &Path, user: &str) -> Desk {
    let settings = settings(folder, user);
    if !settings.desk.value.exists() {
        Desk::create(&settings, &around(folder), None).unwrap();
    }
    Desk::open(&settings, &around(folder)).unwrap()
}

fn open(subject: &str) -> Command {
    Command::Open(Box::new(Open {
        subject: Line::new(subject).unwrap(),
        description: None,
        requester: Requester { name: Line::new("Ada Obi").unwrap(), contact: None },
        category: None,
        channel: Channel::Phone,
        grade: Prioritise::default(),
        group: None,
        fields: Default::default(),
    }))
}

fn take() -> Command {
    Command::Take { reason: None }
}

fn look(query: &str, ticket: Option<TicketId>) -> Look {
    Look {
        query: parse(query).unwrap(),
        anchor: Anchor::Top,
        rows: 40,
        news: News::Unasked,
        story: ticket.map_or(Story::Nobodys, Story::Of),
    }
}

#[test]
fn a_desk_is_made_opened_worked_and_seen() {
    let dir = tempfile::tempdir().unwrap();
    let mut mia = desk(dir.path(), "mia");
    let id = mia.run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    mia.run(Some(id), &take(), new_id()).unwrap();
    let seen = mia.look(&look("is:mine", Some(id))).unwrap();
    assert_eq!(seen.page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
    assert_eq!(seen.counts, Counts { live: 1, mine: 1, ..Counts::default() });
    let story = seen.ticket.unwrap();
    assert_eq!((story.log.len(), story.next.len()), (2, 1));
    assert!(mia.verify(&mut |_| crate::store::Go::On).unwrap().is_clean());
}

#[test]
fn a_stale_reader_is_decided_anew_and_told_the_truth() {
    let dir = tempfile::tempdir().unwrap();
    let (mut mia, mut jo) = (desk(dir.path(), "mia"), desk(dir.path(), "jo"));
    let id = mia.run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    jo.look(&look("", Some(id))).unwrap();
    mia.run(Some(id), &take(), new_id()).unwrap();
    let error = jo.run(Some(id), &take(), new_id()).unwrap_err().to_string();
    assert!(error.contains("is mia's"), "{error}");
    mia.run(Some(id), &Command::Release { reason: None }, new_id()).unwrap();
    let done = jo.run(Some(id), &take(), new_id()).unwrap();
    assert_eq!(done.ticket.owner_name(), Some("jo"), "a refusal on stale facts is never shown");
}

#[test]
fn the_same_command_twice_is_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut mia = desk(dir.path(), "mia");
    let id = mia.run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    let (note, once) = (Command::Note { text: Body::new("rebooted").unwrap() }, new_id());
    assert_eq!(mia.run(Some(id), &note, once).unwrap().written, Written::Now);
    assert_eq!(mia.run(Some(id), &note, once).unwrap().written, Written::Before);
    assert_eq!(mia.ticket(id).unwrap().unwrap().log.len(), 2);
}

#[test]
fn a_link_stands_on_both_sides_or_on_none() {
    let dir = tempfile::tempdir().unwrap();
    let mut mia = desk(dir.path(), "mia");
    let one = mia.run(None, &open("one"), new_id()).unwrap().ticket.id;
    let two = mia.run(None, &open("two"), new_id()).unwrap().ticket.id;
    let link = |other| Command::Link { other, relation: Relation::DuplicateOf };
    assert!(matches!(mia.run(Some(one), &link(TicketId(99)), new_id()), Err(DeskError::NoTicket(_))));
    assert!(mia.ticket(one).unwrap().unwrap().ticket.links.is_empty());
    mia.run(Some(one), &link(two), new_id()).unwrap();
    let other = mia.ticket(two).unwrap().unwrap().ticket;
    assert_eq!(
        other.links.first().map(|link| (link.other, link.relation)),
        Some((one, Relation::DuplicatedBy))
    );
}

#[test]
fn anothers_commit_is_noticed_and_only_then() {
    let dir = tempfile::tempdir().unwrap();
    let (mut mia, mut jo) = (desk(dir.path(), "mia"), desk(dir.path(), "jo"));
    jo.look(&look("", None)).unwrap();
    assert_eq!(jo.changed().unwrap(), Noticed::Nothing);
    mia.run(None, &open("VPN drops"), new_id()).unwrap();
    assert_eq!(jo.changed().unwrap(), Noticed::Something);
    assert_eq!(jo.look(&look("", None)).unwrap().page.total, 1);
}

#[test]
fn a_matrix_with_mistakes_opens_read_only_with_its_diagnosis() {
    let dir = tempfile::tempdir().unwrap();
    drop(desk(dir.path(), "mia"));
    std::fs::write(dir.path().join("escalation.toml"), "[desk]\nnmae = \"x\"\n").unwrap();
    let mut mia = desk(dir.path(), "mia");
    let force::Beside::Broken(diagnosis) = &mia.in_force().beside else { panic!("{:?}", mia.in_force()) };
    assert!(!diagnosis.mistakes.is_empty());
    let error = mia.run(None, &open("VPN drops"), new_id()).unwrap_err().to_string();
    assert!(error.contains("reading only") && error.contains("escalation.toml"), "{error}");
    assert_eq!(mia.look(&look("", None)).unwrap().page.total, 0);
}

#[test]
fn another_matrix_beside_the_desk_is_drift_until_it_is_applied() {
    let dir = tempfile::tempdir().unwrap();
    let (mut mia, mut jo) = (desk(dir.path(), "mia"), desk(dir.path(), "jo"));
    let text = crate::matrix::BUILTIN.replace("Specialists", "Wizards");
    let file = dir.path().join("escalation.toml");
    std::fs::write(&file, &text).unwrap();
    mia.reload_matrix().unwrap();
    assert!(matches!(mia.in_force().beside, force::Beside::Drift { .. }));
    assert_eq!(mia.apply_matrix(&text, &file, act::LeftBehind::Leave).unwrap().revision, 2);
    assert_eq!(mia.in_force().beside, force::Beside::Same);
    jo.look(&look("", None)).unwrap();
    assert!(
        jo.matrix().group("Wizards").is_some(),
        "a new matrix reaches the other console with its next look"
    );
}

#[test]
fn only_the_users_own_desk_is_made_unasked() {
    let dir = tempfile::tempdir().unwrap();
    let asked = settings(dir.path(), "mia");
    assert!(matches!(Desk::open(&asked, &around(dir.path())), Err(DeskError::Store(_))));
    let own = settle(&Wishes::default(), &around(dir.path())).unwrap();
    let desk = Desk::open(&own, &around(dir.path())).unwrap();
    assert_eq!(desk.author().actor, Label::soften("somebody"));
    assert_eq!(desk.matrix().desk.name, "Help Desk");
}

#[test]
fn a_command_whose_answer_was_lost_is_found_even_where_it_would_be_refused_by_now() {
    let dir = tempfile::tempdir().unwrap();
    let mut mia = desk(dir.path(), "mia");
    let id = mia.run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    let once = new_id();
    mia.run(Some(id), &take(), once).unwrap();
    mia.look(&look("", Some(id))).unwrap();
    let again = mia.run(Some(id), &take(), once).unwrap();
    assert_eq!((again.written, again.ticket.owner_name()), (Written::Before, Some("mia")));
    assert!(matches!(mia.run(Some(id), &take(), new_id()), Err(DeskError::Refused(_))));
}

#[test]
fn half_a_link_is_mended_and_taken_away_from_either_side() {
    let dir = tempfile::tempdir().unwrap();
    let mut mia = desk(dir.path(), "mia");
    let one = mia.run(None, &open("one"), new_id()).unwrap().ticket;
    let two = mia.run(None, &open("two"), new_id()).unwrap().ticket.id;
    let half =
        crate::domain::event::Linked { other: two, relation: Relation::Causes, rest: Default::default() };
    let batch = crate::store::Batch {
        command: new_id(),
        author: mia.author().clone(),
        at: Stamp(1_795_341_660_000),
        matrix: 1,
        changes: vec![crate::store::Change {
            base: crate::store::Base::Ticket(Box::new(one.clone())),
            events: vec![half.into()],
        }],
    };
    mia.store.append(&batch, &mut crate::store::Patience::default()).unwrap();
    let links = |mia: &mut Desk| {
        [one.id, two].map(|id| {
            mia.ticket(id).unwrap().unwrap().ticket.links.iter().map(|link| link.relation).collect::<Vec<_>>()
        })
    };
    let link = Command::Link { other: two, relation: Relation::Causes };
    let done = mia.run(Some(one.id), &link, new_id()).unwrap();
    assert_eq!(done.ticket.id, one.id);
    assert_eq!(links(&mut mia), [vec![Relation::Causes], vec![Relation::CausedBy]]);
    assert!(matches!(mia.run(Some(one.id), &link, new_id()), Err(DeskError::Refused(_))));
    mia.run(Some(two), &Command::Unlink { other: one.id }, new_id()).unwrap();
    assert_eq!(links(&mut mia), [vec![], vec![]]);
}

#[test]
fn whoever_types_a_name_in_another_case_is_the_same_person() {
    let dir = tempfile::tempdir().unwrap();
    let text = include_str!("../../assets/demo/escalation.toml");
    std::fs::write(dir.path().join("escalation.toml"), text).unwrap();
    let mut mia = desk(dir.path(), "MIA");
    assert_eq!(mia.author().actor, "mia");
    let id = mia.run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    assert_eq!(mia.run(Some(id), &take(), new_id()).unwrap().ticket.owner_name(), Some("mia"));
}

#[test]
fn what_was_closed_too_long_ago_goes_on_in_a_ticket_that_both_name() {
    let folder = tempfile::tempdir().unwrap();
    let matrix = format!("{}[closing]\nattempts = 1\nreopen-within = \"1d\"\n", crate::matrix::BUILTIN);
    std::fs::write(folder.path().join("escalation.toml"), matrix).unwrap();
    let mut desk = desk(folder.path(), "mia");
    let old = desk.run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    let (root_cause, resolution) = (Line::new("a switch").unwrap(), Body::new("a new switch").unwrap());
    let outcome = crate::domain::event::Outcome::Withdrawn;
    desk.run(Some(old), &Command::Resolve { root_cause, resolution, outcome }, new_id()).unwrap();
    desk.run(Some(old), &Command::Close { reason: None }, new_id()).unwrap();
    desk.clock = Clock::Fixed(Stamp(1_795_341_660_000).plus(crate::domain::stamp::Span::DAY.times(2)));
    let (id, reopen) = (new_id(), Command::Reopen { reason: Line::new("again").unwrap() });
    let new = desk.run(Some(old), &reopen, id).unwrap();
    assert_eq!((new.ticket.id, new.written), (TicketId(old.0 + 1), Written::Now));
    let link =
        |ticket: &crate::domain::ticket::Ticket| ticket.links.first().map(|link| (link.other, link.relation));
    assert_eq!(link(&new.ticket), Some((old, Relation::Follows)));
    let before = desk.ticket(old).unwrap().unwrap().ticket;
    assert_eq!(link(&before), Some((new.ticket.id, Relation::FollowedBy)));
    let again = desk.run(Some(old), &reopen, id).unwrap();
    assert_eq!(
        (again.ticket.id, again.written),
        (new.ticket.id, Written::Before),
        "the same command is done once"
    );
    assert!(desk.verify(&mut |_| Go::On).unwrap().is_clean());
}
