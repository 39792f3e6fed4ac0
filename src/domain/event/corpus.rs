//! The corpus: events as version 1 stored them. A line there is never edited and never removed; a new shape adds
//! lines. If one of these tests fails, old desks can't be read any more, and the code is what has to change.

use std::collections::BTreeSet;

use super::Event;

const V1: &str = include_str!("corpus/v1.jsonl");

#[derive(serde::Deserialize)]
struct Stored {
    kind: String,
    body: serde_json::Value,
}

fn stored() -> Vec<Stored> {
    V1.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_stored_event_is_known_and_written_back_as_it_was() {
    for Stored { kind, body } in stored() {
        let event = Event::read(&kind, &body.to_string());
        assert!(!matches!(event, Event::Unknown { .. }), "{kind} {body}");
        let again: serde_json::Value = serde_json::from_str(&event.to_body().unwrap()).unwrap();
        assert_eq!(again, body, "{kind}");
        assert_eq!(event.kind(), kind);
    }
}

#[test]
fn every_kind_is_in_the_corpus() {
    let kinds: BTreeSet<String> = stored().into_iter().map(|stored| stored.kind).collect();
    let known: BTreeSet<String> = Event::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    assert_eq!(kinds, known);
}

#[test]
fn a_field_of_the_future_comes_back_with_every_kind() {
    for Stored { kind, body } in stored() {
        let mut newer = body.clone();
        newer.as_object_mut().unwrap().insert("of_the_future".into(), serde_json::json!({"deep": [1, 2]}));
        let again = Event::read(&kind, &newer.to_string()).to_body().unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&again).unwrap(), newer, "{kind}");
    }
}

#[test]
fn a_word_of_the_future_is_read_as_other() {
    let body = r#"{"code":"astrology","from":{"group":"a","rank":1,"tier":"b"},"to":{"group":"c","rank":0,"tier":"d"},"v":1}"#;
    let Event::Returned(returned) = Event::read("ticket.returned", body) else { panic!("{body}") };
    assert_eq!(returned.code, super::ReturnCode::Other);
}

#[test]
fn a_trigger_of_the_future_moves_the_ticket_all_the_same() {
    for trigger in [r#"{"by":"forecast"}"#, r#"{"by":"forecast","name":"breach at noon"}"#] {
        let body = format!(
            r#"{{"from":{{"group":"a","rank":0,"tier":"b"}},"reason":"r","to":{{"group":"c","rank":1,"tier":"d"}},"trigger":{trigger},"v":1}}"#
        );
        let Event::Escalated(escalated) = Event::read("ticket.escalated", &body) else { panic!("{body}") };
        assert_eq!(escalated.trigger, super::Trigger::Other);
    }
}
