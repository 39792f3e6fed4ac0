//! Events to JSON and back. Reading never fails: what can't be read as its kind stays an unknown event with
//! its text untouched. Never edit a reading rule after release; add one.

use super::Event;

/// The version of the bodies written here.
const VERSION: i64 = 1;

impl Event {
    /// The body as it is stored: a JSON object with its version.
    ///
    /// # Errors
    /// Only if a payload can't be written as JSON, which no payload of this version can cause.
    pub fn to_body(&self) -> Result<String, serde_json::Error> {
        match (self.value(), self) {
            (Some(value), _) => {
                let mut value = value?;
                if let Some(object) = value.as_object_mut() {
                    object.entry("v").or_insert(VERSION.into());
                }
                serde_json::to_string(&value)
            }
            (None, Event::Unknown { body, .. }) => Ok(body.clone()),
            (None, _) => Ok(String::from("{}")),
        }
    }

    /// Reads a stored event. A kind, version or shape that is not known here gives [`Event::Unknown`].
    #[must_use]
    pub fn read(kind: &str, body: &str) -> Event {
        let known = version_of(body).is_some_and(|v| v == VERSION);
        let typed = if known { Event::typed(kind, body) } else { None };
        typed.unwrap_or_else(|| Event::Unknown { kind: kind.to_owned(), body: body.to_owned() })
    }
}

fn version_of(body: &str) -> Option<i64> {
    #[derive(serde::Deserialize)]
    struct Versioned {
        v: i64,
    }
    serde_json::from_str::<Versioned>(body).ok().map(|versioned| versioned.v)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Noted, Rest};
    use crate::domain::text::Body;

    #[test]
    fn unknown_kinds_versions_and_shapes_survive_word_for_word() {
        let strange = [
            ("ticket.merged", r#"{"v":1,"into":7}"#),
            ("ticket.noted", r#"{"v":2,"text":"new shape"}"#),
            ("ticket.noted", r#"{"v":1,"text":5}"#),
            ("ticket.noted", "not json at all"),
        ];
        for (kind, body) in strange {
            let event = Event::read(kind, body);
            assert_eq!(event, Event::Unknown { kind: kind.into(), body: body.into() });
            assert_eq!(event.to_body().unwrap(), body);
        }
    }

    #[test]
    fn unknown_fields_of_a_known_kind_come_back() {
        let body = r#"{"colour":"red","text":"hi","v":1}"#;
        let event = Event::read("ticket.noted", body);
        let Event::Noted(noted) = &event else { panic!("{event:?}") };
        assert_eq!(noted.rest.get("colour"), Some(&"red".into()));
        assert_eq!(event.to_body().unwrap(), body);
    }

    #[test]
    fn a_new_event_reads_back_equal() {
        let noted = Event::from(Noted { text: Body::new("a\nb").unwrap(), rest: Rest::new() });
        assert_eq!(Event::read(noted.kind(), &noted.to_body().unwrap()), noted);
    }
}
