//! Tables of what each family accepts and refuses, and the property that whatever is accepted keeps a ticket whole.

mod handoffs;
mod holes;
mod others;
mod overrides;
mod phases;
mod readers;
mod routing;
mod succession;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::event::{Author, Channel, Outcome, Reached, Relation, Requester, ReturnCode, WaitOn};
use crate::domain::ids::TicketId;
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::{Body, Label, Line};
use crate::matrix::{Matrix, read};
use crate::rules::command::{AskedBy, Confirm, Edit, Escalate, Open, Prioritise};
use crate::rules::{Reason, Refusal};

const TEAM: &str = include_str!("../../../assets/demo/escalation.toml");

fn team() -> Matrix {
    read(TEAM, "demo").unwrap().matrix
}

fn line(text: &str) -> Line {
    Line::new(text).unwrap()
}

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

/// A desk of one ticket with time and people of its own.
struct Play {
    matrix: Matrix,
    now: Stamp,
    ticket: Option<Ticket>,
}

impl Play {
    fn with(matrix: Matrix) -> Play {
        Play { matrix, now: Stamp(1_000_000), ticket: None }
    }

    fn opened() -> Play {
        let mut play = Play::with(team());
        play.act("sam", &Command::Open(Box::new(open()))).unwrap();
        play
    }

    fn act(&mut self, who: &str, command: &Command) -> Result<Vec<Event>, Refusal> {
        let author = Author { actor: label(who), host: label("desk3") };
        let ctx = Context { now: self.now, author: &author, matrix: &self.matrix };
        let events = decide(self.ticket.as_ref(), command, &ctx)?;
        let mut ticket = self.ticket.take().unwrap_or_else(|| Ticket::blank(TicketId(7)));
        for event in &events {
            let recorded = Recorded {
                id: EventId(1),
                ticket: ticket.id,
                seq: ticket.seq.next(),
                at: self.now,
                author: author.clone(),
                event: event.clone(),
                matrix: 1,
                command: None,
            };
            ticket = apply(ticket, &recorded);
        }
        self.ticket = Some(ticket);
        self.now = self.now.plus(Span::MINUTE);
        Ok(events)
    }

    fn does(mut self, who: &str, command: Command) -> Play {
        let done = self.act(who, &command);
        assert!(done.is_ok(), "{who} {command:?}: {done:?}");
        self
    }

    fn refuses(&mut self, who: &str, command: Command) -> Refusal {
        self.act(who, &command).expect_err("it should have been refused")
    }

    fn now_is(&self) -> &Ticket {
        self.ticket.as_ref().unwrap()
    }
}

fn open() -> Open {
    Open {
        subject: line("VPN drops"),
        description: None,
        requester: Requester { name: line("Ada Obi"), contact: None },
        category: None,
        channel: Channel::Phone,
        grade: Prioritise::default(),
        group: None,
        fields: BTreeMap::new(),
    }
}

fn escalate(to: &str) -> Escalate {
    let fields = [("tried", "rebooted"), ("address", "floor 3")];
    Escalate {
        to: Some(label(to)),
        reason: line("beyond us"),
        asked_by: AskedBy::Desk,
        fields: fields.into_iter().map(|(k, v)| (label(k), Body::new(v).unwrap())).collect(),
        despite_gaps: None,
    }
}

fn up(to: &str) -> Command {
    Command::Escalate(Box::new(escalate(to)))
}

fn take() -> Command {
    Command::Take { reason: None }
}

fn resolve() -> Command {
    let resolution = Body::new("Replaced the switch").unwrap();
    Command::Resolve { root_cause: line("dead switch"), resolution, outcome: Outcome::Fixed }
}

fn reached(satisfaction: Option<u8>) -> Command {
    Command::Confirm(Confirm { reached: Reached::Yes, channel: Channel::Phone, satisfaction, comment: None })
}

fn reopen() -> Command {
    Command::Reopen { reason: line("it came back") }
}

#[test]
fn a_life_from_opening_to_closing() {
    let play = Play::opened()
        .does("sam", take())
        .does("sam", up("Network"))
        .does("jo", take())
        .does("jo", Command::Wait { on: WaitOn::Vendor, until: None, reason: None })
        .does("jo", Command::Resume { reason: None })
        .does("jo", resolve());
    assert_eq!(play.now_is().place.queue.group, "Service Desk", "the first group confirms");
    let play = play.does("sam", reached(Some(5)));
    assert_eq!((play.now_is().phase(), play.now_is().tally.satisfaction), (Phase::Closed, Some(5)));
    let play = play.does("sam", reopen());
    assert_eq!((play.now_is().phase(), play.now_is().tally.reopens), (Phase::Open, 1));
}

#[test]
fn the_grid_gives_the_priority_and_only_a_right_overrides_it() {
    let mut play = Play::opened();
    assert_eq!(play.now_is().grade.priority, "P4");
    let wish = |impact: &str, urgency: &str| Prioritise {
        impact: Some(label(impact)),
        urgency: Some(label(urgency)),
        against_grid: None,
    };
    play.act("sam", &Command::Prioritise(wish("Extensive", "high"))).unwrap();
    assert_eq!((play.now_is().grade.priority.as_str(), play.now_is().grade.rank), ("P1", 0));
    let refusal = play.refuses("sam", Command::Prioritise(wish("extensiv", "high")));
    assert_eq!((refusal.reason, refusal.help.as_str()), (Reason::Unknown, "did you mean extensive?"));
    let against = Prioritise { against_grid: Some((label("P3"), line("a drill"))), ..Prioritise::default() };
    assert_eq!(play.refuses("sam", Command::Prioritise(against.clone())).reason, Reason::Authority);
    play.act("mia", &Command::Prioritise(against)).unwrap();
    assert_eq!(play.now_is().grade.priority, "P3");
}

#[test]
fn only_members_take_and_taking_over_needs_a_reason() {
    let mut play = Play::opened();
    assert_eq!(play.refuses("jo", take()).reason, Reason::Authority);
    let mut play = play.does("sam", take());
    assert_eq!(play.refuses("sam", take()).reason, Reason::State);
    assert!(matches!(play.refuses("ines", take()).reason, Reason::Missing(_)));
    let over = Command::Take { reason: Some(line("sam is ill")) };
    let play = play.does("ines", over);
    assert_eq!(play.now_is().owner_name(), Some("ines"));
}

#[test]
fn a_stranger_reads_only_and_is_told_whom_to_ask() {
    let mut play = Play::opened();
    let refusal = play.refuses("eve", Command::Note { text: Body::new("hi").unwrap() });
    assert_eq!(refusal.reason, Reason::Authority);
    assert!(refusal.why.contains("eve"), "{refusal}");
    let assign = Command::Assign { to: label("sam"), reason: None };
    let refusal = play.refuses("sam", assign.clone());
    assert!(refusal.help.contains("mia"), "{refusal}");
    assert_eq!(
        play.refuses("mia", Command::Assign { to: label("jo"), reason: None }).reason,
        Reason::Authority
    );
    play.act("mia", &assign).unwrap();
}

#[test]
fn an_incomplete_hand_off_is_refused_with_its_exact_gaps() {
    let mut play = Play::opened();
    let mut wish = escalate("Network");
    wish.fields = BTreeMap::from([(label("tried"), Body::new(" . ").unwrap_or_default())]);
    let refusal = play.refuses("sam", Command::Escalate(Box::new(wish.clone())));
    let Reason::Missing(gaps) = &refusal.reason else { panic!("{refusal}") };
    let names: Vec<&str> = gaps.iter().map(|gap| gap.field.as_str()).collect();
    assert_eq!(names, ["tried", "address"], "white space and punctuation are no answer");
    wish.despite_gaps = Some(line("the building is on fire"));
    assert_eq!(play.refuses("sam", Command::Escalate(Box::new(wish.clone()))).reason, Reason::Authority);
    let events = play.act("mia", &Command::Escalate(Box::new(wish))).unwrap();
    let Some(Event::Escalated(escalated)) = events.first() else { panic!("{events:?}") };
    assert_eq!(escalated.gap.as_ref().map(|gap| gap.missing.len()), Some(2));
}

#[test]
fn moves_go_where_the_matrix_says() {
    let mut play = Play::opened();
    assert_eq!(play.refuses("sam", up("Platform")).reason, Reason::State);
    assert_eq!(play.refuses("sam", up("Netwrok")).help, "did you mean Network?");
    let back = Command::Return { to: None, code: ReturnCode::WrongGroup, reason: None };
    assert_eq!(play.refuses("sam", back.clone()).reason, Reason::State);
    let mut play = play.does("sam", up("Network"));
    let bare = Command::Return { to: None, code: ReturnCode::Incomplete, reason: None };
    assert!(matches!(play.refuses("jo", bare).reason, Reason::Missing(_)));
    let play = play.does("jo", back);
    assert_eq!((play.now_is().place.queue.group.as_str(), play.now_is().tally.bounces), ("Service Desk", 1));
    let mut play = play.does("sam", up("Network")).does("jo", up("Platform"));
    assert_eq!(
        play.refuses("lena", up("Network")).reason,
        Reason::State,
        "there is no way up from the last tier"
    );
}

#[test]
fn closing_needs_the_requester_or_enough_attempts() {
    let attempt = || {
        Command::Confirm(Confirm {
            reached: Reached::No,
            channel: Channel::Phone,
            satisfaction: None,
            comment: None,
        })
    };
    let close = || Command::Close { reason: None };
    let mut play = Play::opened().does("sam", take()).does("sam", resolve());
    assert_eq!(play.refuses("sam", close()).reason, Reason::State);
    assert_eq!(play.refuses("sam", reached(Some(5))).reason, Reason::Authority, "nobody scores own work");
    let play =
        play.does("sam", attempt()).does("ines", attempt()).does("sam", attempt()).does("sam", close());
    assert_eq!(play.now_is().phase(), Phase::Closed);
}

#[test]
fn an_edit_that_changes_nothing_is_refused() {
    let mut play = Play::opened();
    let same = Edit { subject: Some(line("VPN drops")), ..Edit::default() };
    assert_eq!(play.refuses("sam", Command::Edit(Box::new(same))).reason, Reason::State);
    let other = Edit { subject: Some(line("VPN drops hourly")), ..Edit::default() };
    play.act("sam", &Command::Edit(Box::new(other))).unwrap();
    assert_eq!(play.now_is().about.subject, "VPN drops hourly");
}

#[test]
fn a_route_chooses_the_first_queue_and_is_named() {
    let mut play = Play::with(team());
    let mut wish = open();
    wish.category = Some(label("network/wan"));
    wish.grade = Prioritise { impact: Some(label("extensive")), urgency: None, against_grid: None };
    let events = play.act("sam", &Command::Open(Box::new(wish))).unwrap();
    let Some(Event::Opened(opened)) = events.first() else { panic!("{events:?}") };
    assert_eq!(opened.queue.group, "Network");
    assert_eq!(opened.route.as_ref().map(Line::as_str), Some("network trouble of whole sites"));
}

fn any_command() -> impl Strategy<Value = Command> {
    let group = prop::sample::select(vec![
        "Service Desk",
        "Network",
        "Desktop",
        "Applications",
        "Platform",
        "Nowhere",
    ]);
    let person = prop::sample::select(vec!["sam", "jo", "lena", "eve"]);
    let reason = || Just(line("because"));
    prop_oneof![
        Just(take()),
        Just(Command::Take { reason: Some(line("because")) }),
        Just(Command::Release { reason: None }),
        person.prop_map(|to| Command::Assign { to: label(to), reason: None }),
        group.clone().prop_map(up),
        (group.clone(), reason()).prop_map(|(to, reason)| Command::Route { to: label(to), reason }),
        prop::sample::select(ReturnCode::ALL.to_vec()).prop_map(|code| Command::Return {
            to: None,
            code,
            reason: Some(line("because"))
        }),
        prop::sample::select(WaitOn::ALL.to_vec()).prop_map(|on| Command::Wait {
            on,
            until: None,
            reason: None
        }),
        prop::sample::select(crate::domain::event::Quality::CHOICES.to_vec()).prop_map(|quality| {
            Command::Rate(crate::rules::command::Rate { quality: Some(quality), ..Default::default() })
        }),
        Just(Command::Resume { reason: None }),
        Just(resolve()),
        Just(reached(None)),
        Just(Command::Close { reason: None }),
        Just(reopen()),
        Just(Command::Note { text: Body::new("x").unwrap() }),
        Just(Command::Contact { text: Body::new("x").unwrap(), channel: Channel::Mail }),
        prop::sample::select(vec!["network/wan", "hr/pay"]).prop_map(|category| {
            Command::Edit(Box::new(Edit { category: Some(label(category)), ..Edit::default() }))
        }),
        Just(Command::CallIn { who: label("tess"), reason: line("big") }),
        (1i64..12).prop_map(|other| Command::Link { other: TicketId(other), relation: Relation::RelatesTo }),
        (1i64..12).prop_map(|other| Command::Unlink { other: TicketId(other) }),
        prop::sample::select(vec!["extensive", "limited", "single"]).prop_map(|impact| {
            Command::Prioritise(Prioritise { impact: Some(label(impact)), urgency: None, against_grid: None })
        }),
    ]
}

proptest! {
    #[test]
    fn whatever_is_accepted_keeps_the_ticket_whole(
        acts in prop::collection::vec((prop::sample::select(vec!["sam", "mia", "jo", "raj", "lena", "tess", "eve"]), any_command()), 0..60)
    ) {
        let mut play = Play::opened();
        for (who, command) in acts {
            let before = play.now_is().clone();
            match play.act(who, &command) {
                Ok(events) => prop_assert!(!events.is_empty(), "{command:?} did nothing"),
                Err(refusal) => {
                    prop_assert_eq!(play.now_is(), &before);
                    prop_assert!(!refusal.why.is_empty() && !refusal.help.is_empty(), "{:?}", refusal);
                }
            }
            prop_assert_eq!(play.now_is().broken_invariants(), Vec::<&str>::new(), "{:?}", command);
        }
    }
}
