//! What a form is for: one row each, with its words, its fields, the command it makes and what follows from its
//! answers as they are given.

use super::Form;
use super::answers::{Answers, Fault};
use super::field::Field;
use crate::desk::TicketView;
use crate::rules::Command;
use crate::tui::action::{Action, ActionId};
use crate::tui::dialog::forms::{
    assign, call_in, confirm, edit, escalate, give_back, link, new, note, priority, rate, resolve, route,
    wait,
};
use crate::tui::env::Env;

/// A form's action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purpose(&'static Plan);

/// A row.
#[derive(Debug)]
struct Plan {
    action: ActionId,
    title: &'static str,
    submit: &'static str,
    fields: fn(&Env, Option<&TicketView>) -> Vec<Field>,
    command: fn(&Answers) -> Result<Command, Fault>,
    adapt: fn(&mut Form, &Env),
    gaps: fn(&Form, &Env) -> Vec<Fault>,
}

impl PartialEq for Plan {
    fn eq(&self, other: &Plan) -> bool {
        self.action == other.action
    }
}

impl Eq for Plan {}

const fn plan(
    action: ActionId,
    title: &'static str,
    submit: &'static str,
    fields: fn(&Env, Option<&TicketView>) -> Vec<Field>,
    command: fn(&Answers) -> Result<Command, Fault>,
) -> Plan {
    Plan { action, title, submit, fields, command, adapt: nothing_follows, gaps: no_gaps }
}

const fn plan_that_adapts(plan: Plan, adapt: fn(&mut Form, &Env)) -> Plan {
    Plan { adapt, ..plan }
}

const fn plan_that_checks(plan: Plan, gaps: fn(&Form, &Env) -> Vec<Fault>) -> Plan {
    Plan { gaps, ..plan }
}

fn nothing_follows(_: &mut Form, _: &Env) {}

fn no_gaps(_: &Form, _: &Env) -> Vec<Fault> {
    Vec::new()
}

static PLANS: [Plan; 21] = {
    use ActionId as A;
    [
        plan_that_adapts(plan(A::New, "New ticket", "open it", new::fields, new::command), new::adapt),
        plan_that_adapts(plan(A::Edit, "Edit", "save", edit::fields, edit::command), edit::adapt),
        plan(A::Note, "Note on", "add the note", note::fields, note::command),
        plan(A::Contact, "Contact about", "add the contact", note::contact_fields, note::contact_command),
        plan_that_checks(
            plan_that_adapts(
                plan(A::Escalate, "Escalate", "escalate", escalate::fields, escalate::command),
                escalate::adapt,
            ),
            escalate::gaps,
        ),
        plan_that_adapts(
            plan(A::CallIn, "Call management in on", "call in", call_in::fields, call_in::command),
            call_in::adapt,
        ),
        plan_that_adapts(
            plan(A::Rate, "Rate the hand-off of", "say so", rate::fields, rate::command),
            rate::adapt,
        ),
        plan(A::Return, "Return", "return it", give_back::fields, give_back::command),
        plan(A::Route, "Route", "move it", route::fields, route::command),
        plan_that_adapts(plan(A::Wait, "Wait with", "wait", wait::fields, wait::command), wait::adapt),
        plan(A::Resume, "Resume", "go on", wait::resume_fields, wait::resume_command),
        plan(A::Resolve, "Resolve", "resolve", resolve::fields, resolve::command),
        plan_that_adapts(
            plan(A::Confirm, "Confirm with the requester of", "note it", confirm::fields, confirm::command),
            confirm::adapt,
        ),
        plan_that_adapts(
            plan(A::Close, "Close unconfirmed", "close it", confirm::close_fields, confirm::close_command),
            confirm::close_adapt,
        ),
        plan_that_adapts(
            plan(A::Reopen, "Reopen", "reopen", confirm::reopen_fields, confirm::reopen_command),
            confirm::reopen_adapt,
        ),
        plan(A::Assign, "Assign", "assign", assign::fields, assign::command),
        plan(A::Take, "Take over", "take it over", assign::take_fields, assign::take_command),
        plan(A::Release, "Release", "release", assign::release_fields, assign::release_command),
        plan_that_adapts(
            plan(A::Priority, "Priority of", "set", priority::fields, priority::command),
            priority::adapt,
        ),
        plan(A::Link, "Link", "link", link::fields, link::command),
        plan(A::Unlink, "Unlink", "unlink", link::unlink_fields, link::unlink_command),
    ]
};

impl Purpose {
    /// The form of an action, if it has one.
    #[must_use]
    pub fn of(action: ActionId) -> Option<Purpose> {
        let action = if action == ActionId::NoteInEditor { ActionId::Note } else { action };
        PLANS.iter().find(|plan| plan.action == action).map(Purpose)
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Purpose> {
        PLANS.iter().map(Purpose)
    }

    #[must_use]
    pub fn action(self) -> ActionId {
        self.0.action
    }

    /// Its action's name; drafts are kept under it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Action::of(self.0.action).name
    }

    #[must_use]
    pub fn title(self) -> &'static str {
        self.0.title
    }

    #[must_use]
    pub fn submit(self) -> &'static str {
        self.0.submit
    }

    pub(super) fn fields(self, env: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
        (self.0.fields)(env, ticket)
    }

    pub(super) fn command(self, answers: &Answers) -> Result<Command, Fault> {
        (self.0.command)(answers)
    }

    /// What the rules would find missing, to be told along with what is wrong with the fields by themselves.
    pub(super) fn gaps(self, form: &Form, env: &Env) -> Vec<Fault> {
        (self.0.gaps)(form, env)
    }

    pub(super) fn adapt(self, form: &mut Form, env: &Env) {
        (self.0.adapt)(form, env);
    }
}

/// What the matrix calls a hand-off field, as the id of its field in a form: no field of the form itself begins so.
#[must_use]
pub fn handoff_id(name: &str) -> String {
    format!("{HANDOFF}{name}")
}

pub const HANDOFF: &str = "handoff:";

/// Whether a refusal that names `told` means the field `id`.
#[must_use]
pub fn same_field(id: &str, told: &str) -> bool {
    id == told || id.strip_prefix(HANDOFF) == Some(told)
}
