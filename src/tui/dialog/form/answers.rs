//! What was filled in, as the domain's own types: the constructors that check it are those of the command line, so
//! both say the same. Sends nothing.

use super::field::{Entry, Field, Kind, Need};
use crate::desk::TicketView;
use crate::desk::working_days::{after_working_days, working_days};
use crate::domain::ids::TicketId;
use crate::domain::stamp::Stamp;
use crate::domain::text::{BadText, Body, Label, Line};
use crate::tui::env::Env;

/// A field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub field: String,
    pub why: String,
}

impl Fault {
    #[must_use]
    pub fn new(field: &str, why: impl Into<String>) -> Fault {
        Fault { field: field.to_owned(), why: why.into() }
    }
}

/// A form's fields, to be read by their ids.
#[derive(Debug, Clone, Copy)]
pub struct Answers<'a> {
    pub fields: &'a [Field],
    pub env: &'a Env,
    pub ticket: Option<&'a TicketView>,
}

impl Answers<'_> {
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The text of a field; empty where there is none.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        self.field(id).map_or_else(String::new, |field| field.entry.text())
    }

    pub fn line(&self, id: &str) -> Result<Option<Line>, Fault> {
        self.said(id, |text| Line::new(text).map_err(words))
    }

    pub fn needed_line(&self, id: &str) -> Result<Line, Fault> {
        Line::new(&self.text(id)).map_err(|bad| Fault::new(id, bad.to_string()))
    }

    pub fn label(&self, id: &str) -> Result<Option<Label>, Fault> {
        self.said(id, |text| Label::new(text).map_err(words))
    }

    pub fn needed_label(&self, id: &str) -> Result<Label, Fault> {
        Label::new(&self.text(id)).map_err(|bad| Fault::new(id, bad.to_string()))
    }

    pub fn body(&self, id: &str) -> Result<Option<Body>, Fault> {
        self.said(id, |text| Body::new(text).map_err(words))
    }

    pub fn needed_body(&self, id: &str) -> Result<Body, Fault> {
        Body::new(&self.text(id)).map_err(|bad| Fault::new(id, bad.to_string()))
    }

    pub fn moment(&self, id: &str) -> Result<Option<Stamp>, Fault> {
        self.said(id, |text| match (working_days(text), self.ticket) {
            (Some(days), Some(view)) => self.after(view, days),
            _ => read_moment(text, self.env),
        })
    }

    fn after(&self, view: &TicketView, days: u16) -> Result<Stamp, String> {
        let Env { matrix, calendars, now, .. } = self.env;
        let after = after_working_days(&view.ticket, (matrix, calendars), *now, days);
        after.map_err(|refusal| refusal.to_string())
    }

    pub fn ticket_id(&self, id: &str) -> Result<TicketId, Fault> {
        let text = self.text(id);
        text.parse::<TicketId>().map_err(|no| Fault::new(id, no.to_string()))
    }

    fn said<T>(&self, id: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Fault> {
        let text = self.text(id);
        if text.trim().is_empty() {
            return Ok(None);
        }
        read(&text).map(Some).map_err(|why| Fault::new(id, why))
    }
}

fn words(bad: BadText) -> String {
    bad.to_string()
}

fn read_moment(text: &str, env: &Env) -> Result<Stamp, String> {
    let at = env.zone.read(text, env.now).ok_or_else(|| {
        format!(
            "{:?} is no moment: write it like 2d, 2wd, 17:00, tomorrow 9:00, fri or 2026-12-01 09:00",
            crate::domain::text::neutral(text)
        )
    })?;
    match at > env.now {
        true => Ok(at),
        false => Err(String::from("that moment has passed")),
    }
}

/// What is wrong with a field by itself.
#[must_use]
pub fn mistake(field: &Field, env: &Env) -> Option<String> {
    let text = field.entry.text();
    if text.trim().is_empty() {
        let empty = match &field.entry {
            Entry::Choice(choices) if choices.is_empty() => String::from("there is nothing to choose from"),
            Entry::Choice(_) => String::from("nothing is chosen: choose one"),
            Entry::Line(_) | Entry::Text(_) | Entry::Grade(_) => BadText::Empty.to_string(),
        };
        return (field.need == Need::Required).then_some(empty);
    }
    let checked = match field.kind {
        Kind::Line => Line::new(&text).map(drop).map_err(words),
        Kind::Label => Label::new(&text).map(drop).map_err(words),
        Kind::Body => Body::new(&text).map(drop).map_err(words),
        Kind::Number => {
            text.trim().parse::<f64>().map(drop).map_err(|_| format!("{} must be a number", field.label))
        }
        // Which moment that is depends on the ticket.
        Kind::Moment if working_days(&text).is_some() => Ok(()),
        Kind::Moment => read_moment(&text, env).map(drop),
        Kind::Ticket => text.parse::<TicketId>().map(drop).map_err(|no| no.to_string()),
        Kind::Choice | Kind::Grade => Ok(()),
    };
    checked.err()
}
