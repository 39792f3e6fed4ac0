use super::*;
use crate::domain::event::{Author, Escalated, Noted, Queue, Rest, Trigger};
use crate::domain::ids::{EventId, Seq, TicketId};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::{Body, Label, Line};

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
    tell(&recorded, &Zone::named("Europe/Berlin").unwrap())
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
    assert_eq!(told.what, "L1 Service Desk → L2 Network escalated by step \"P1 stuck at L1\"");
    assert_eq!((told.family, told.said.as_deref()), (Family::Move, Some("beyond us")));
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
