//! A form's text outside the form: kept when it is left, and in a file, so that neither Esc nor a crash loses what
//! somebody wrote. Reads and writes no file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Form;
use crate::domain::ids::TicketId;

/// What was written into a form that is not sent yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The name of the form's action: `ticket.escalate`.
    pub form: String,
    /// None: a new ticket.
    pub ticket: Option<TicketId>,
    /// By field id, only what was changed.
    pub fields: BTreeMap<String, String>,
}

impl Draft {
    /// Whether it belongs to the same form on the same ticket.
    #[must_use]
    pub fn is_of(&self, form: &str, ticket: Option<TicketId>) -> bool {
        self.form == form && self.ticket == ticket
    }
}

impl Form {
    /// What would be lost with the form; none when nothing was written.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        let mut fields = self.stash.clone();
        let changed = self.fields.iter().filter(|field| field.changed());
        fields.extend(changed.map(|field| (field.id.clone(), field.entry.text())));
        let form = self.purpose.name().to_owned();
        (!fields.is_empty()).then(|| Draft { form, ticket: self.ticket_id(), fields })
    }

    /// Fills in what a draft holds; fields that the form has no longer, or not yet, are kept for when it has them.
    pub fn restore(&mut self, draft: &Draft, env: &crate::tui::env::Env) {
        self.stash = draft.fields.clone();
        self.unstash();
        self.adapt(env);
        self.banner = Some(super::Banner::Hint(String::from("this is your draft; what you wrote is back")));
    }

    /// Gives fields the text that was put aside for them.
    pub(super) fn unstash(&mut self) {
        for field in &mut self.fields {
            if let Some(text) = self.stash.remove(&field.id) {
                field.entry.set_text(&text);
            }
        }
    }
}
