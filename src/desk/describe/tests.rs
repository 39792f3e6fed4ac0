use super::*;
use crate::domain::event::place::Gap;
use crate::domain::event::{Author, Escalated, Noted, Queue, Rest, Trigger};
use crate::domain::ids::{EventId, Seq, TicketId};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::{Body, Label, Line};

const DEMO: &str = include_str!("../../../assets/demo/escalation.toml");

fn told_of(event: impl Into<Event>) -> Told {
    let author = Author { actor: Label::soften("mia"), host: Label::soften("desk3") };
    let recorded = Recorded {
        id: EventId(1),
        ticket: TicketId(7),
        seq: Seq(1),
        at: Stamp(1_795_341_660_000),
        author,
        event: event.into(),
        matrix: 1,
        command: None,
    };
    let (zone, matrix) =
        (Zone::named("Europe/Berlin").unwrap(), crate::matrix::read(DEMO, "demo").unwrap().matrix);
    tell(&recorded, Teller { zone: &zone, matrix: &matrix })
}

fn queue(group: &str, tier: &str) -> Queue {
    Queue { group: Label::soften(group), tier: Label::soften(tier), rank: 0 }
}

#[test]
fn a_move_says_from_where_to_where() {
    let told = told_of(Escalated {
        from: queue("Service Desk", "L1"),
        to: queue("Network", "L2"),
        reason: Line::soften("beyond us"),
        trigger: Trigger::Step(Line::soften("P1 stuck at L1")),
        handoff: Default::default(),
        gap: None,
        rest: Rest::new(),
    });
    assert_eq!(told.what, "noticed: step \"P1 stuck at L1\" escalated it, L1 Service Desk → L2 Network");
    assert_eq!((told.family, told.said.as_deref()), (Family::Move, Some("beyond us")));
}

#[test]
fn a_move_despite_its_gaps_names_them_as_people_know_them_and_says_why() {
    let missing = vec![Label::soften("tried"), Label::soften("gone since")];
    let gap = Some(Gap { missing, reason: Line::soften("the customer hung up") });
    let moved = |trigger| {
        told_of(Escalated {
            from: queue("Service Desk", "L1"),
            to: queue("Network", "L2"),
            reason: Line::soften("beyond us"),
            trigger,
            handoff: Default::default(),
            gap: gap.clone(),
            rest: Rest::new(),
        })
    };
    let told = moved(Trigger::Person);
    assert_eq!(told.what, "escalated it, L1 Service Desk → L2 Network, without What was tried, gone since");
    assert_eq!(told.said.as_deref(), Some("beyond us\ndespite the gaps: the customer hung up"));
    assert_eq!(moved(Trigger::Step(Line::soften("stuck"))).said.as_deref(), Some("beyond us"));
}

#[test]
fn a_priority_says_what_it_came_from_and_who_made_it() {
    let made = |impact: &str, urgency: &str, step: Option<&str>| {
        let reason = step.map(|name| Line::soften(&format!("step \"{name}\"")));
        let (impact, urgency) = (Label::soften(impact), Label::soften(urgency));
        let (priority, step) = (Label::soften("P2"), step.map(Line::soften));
        told_of(Prioritised {
            impact,
            urgency,
            priority,
            override_reason: reason,
            step,
            ..Default::default()
        })
    };
    assert_eq!(made("limited", "high", None).what, "made it P2 (limited x high)");
    assert_eq!(made("", "", None).what, "made it P2", "a history that was imported may have neither");
    let raised = made("", "high", Some("to and fro"));
    assert_eq!(raised.what, "noticed: step \"to and fro\" made it P2 (high, against the grid)");
    assert_eq!(raised.said, None);
}

#[test]
fn waiting_says_on_whom_and_until_when() {
    let until = Some(Stamp(1_795_341_660_000).plus(Span::DAY));
    let told = told_of(WaitStarted { on: WaitOn::Vendor, until, reason: None, rest: Rest::new() });
    assert_eq!(told.what, "waits on the vendor until Mon 11:01");
}

#[test]
fn hostile_text_that_another_program_stored_is_told_harmlessly() {
    let unknown = Event::Unknown { kind: "ticket.\u{1b}[2Jboo".into(), body: "{}".into() };
    assert!(!told_of(unknown).what.contains('\u{1b}'));
    let noted = Noted { text: Body::soften("one\ntwo"), rest: Rest::new() };
    assert_eq!(told_of(noted).said.as_deref(), Some("one\ntwo"));
}

#[test]
fn every_stored_event_is_told() {
    #[derive(serde::Deserialize)]
    struct Stored {
        kind: String,
        body: serde_json::Value,
    }
    let corpus = include_str!("../../domain/event/corpus/v1.jsonl");
    let tell = |line: &str| {
        let Stored { kind, body } = serde_json::from_str(line).unwrap();
        let Told { family, what, said } = told_of(Event::read(&kind, &body.to_string()));
        let said = said.map_or(String::new(), |said| format!("\n    | {}", said.replace('\n', "\n    | ")));
        format!("{family:?}: {what}{said}\n")
    };
    insta::assert_snapshot!(corpus.lines().map(tell).collect::<String>());
}
