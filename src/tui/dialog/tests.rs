//! Dialogs as a person meets them: keys in, commands out; what goes wrong is said in place and no text is lost.

mod commands;
mod lists;
mod pictures;
mod random;
mod sheets;
mod troubles;

use std::collections::BTreeMap;

use super::*;
use crate::desk::TicketView;
use crate::domain::event::{Channel, Outcome as Came, Requester};
use crate::domain::text::{Body, Label, Line};
use crate::rules::Command;
use crate::rules::command::{Open, Prioritise};
use crate::tui::model::queue;
use crate::tui::testing::{env_of, script, ticket};

pub fn line(text: &str) -> Line {
    Line::new(text).unwrap()
}

pub fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

pub fn body(text: &str) -> Body {
    Body::new(text).unwrap()
}

fn opening() -> Command {
    let grade =
        Prioritise { impact: Some(label("extensive")), urgency: Some(label("high")), against_grid: None };
    Command::Open(Box::new(Open {
        subject: line("VPN drops every ten minutes"),
        description: Some(body("Since this morning, the whole floor.")),
        requester: Requester { name: line("Ada Obi"), contact: Some(line("+1 555 0142")) },
        category: Some(label("remote/vpn")),
        channel: Channel::Phone,
        grade,
        group: Some(label("Service Desk")),
        fields: BTreeMap::from([(label("tried"), body("rebooted, cable swapped"))]),
    }))
}

fn resolving() -> Command {
    Command::Resolve {
        root_cause: line("old firmware"),
        resolution: body("updated it"),
        outcome: Came::Fixed,
    }
}

/// What a form of this action starts from: a ticket in a state where it makes sense.
pub fn about(action: ActionId, env: &Env) -> TicketView {
    let take = ("mia", Command::Take { reason: None });
    let escalate = || {
        let fields = [("address", "10.20.3.7"), ("site-down", "no"), ("asset", "A1"), ("warranty", "yes")];
        let fields = fields.map(|(name, text)| (label(name), body(text))).into();
        let wish = crate::rules::command::Escalate {
            to: Some(label("Network")),
            reason: line("needs the switch"),
            asked_by: crate::rules::command::AskedBy::Desk,
            fields,
            despite_gaps: None,
        };
        ("mia", Command::Escalate(Box::new(wish)))
    };
    let link = || Command::Link { other: crate::domain::ids::TicketId(7), relation: Default::default() };
    let mut commands = vec![("mia", opening())];
    match action {
        ActionId::Take | ActionId::Release => commands.push(take),
        ActionId::Explain => commands.extend([take, escalate()]),
        ActionId::Rate | ActionId::Return | ActionId::Route => commands.push(escalate()),
        ActionId::Confirm | ActionId::Close | ActionId::Reopen => commands.push(("vera", resolving())),
        ActionId::Unlink => commands.push(("mia", link())),
        _ => {}
    }
    ticket(1042, env, &commands)
}

/// A stack with the dialog of this action on it.
pub fn opened(action: ActionId, env: &Env) -> Stack {
    let view = about(action, env);
    opened_on(action, Some(&view), env)
}

pub fn opened_on(action: ActionId, view: Option<&TicketView>, env: &Env) -> Stack {
    let mut stack = Stack::default();
    stack.open(Occasion { action, ticket: view, list: &queue::List::default(), rows: &[] }, env).unwrap();
    stack
}

/// Presses keys; what the last one came to.
pub fn press(stack: &mut Stack, keys: &str, env: &Env) -> Outcome {
    script(keys).into_iter().fold(Outcome::Stay, |_, key| stack.key(key, env))
}

pub fn command(outcome: Outcome) -> Command {
    match outcome {
        Outcome::Submit(Intent::Run(ask)) => *ask.command,
        other => panic!("no command: {other:?}"),
    }
}

/// The command a script ends in.
pub fn made(action: ActionId, actor: &str, keys: &str) -> Command {
    let env = env_of(actor);
    let mut stack = opened(action, &env);
    command(press(&mut stack, keys, &env))
}

pub fn form(stack: &Stack) -> &Form {
    match stack.open.last() {
        Some(Dialog::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

pub fn text(stack: &Stack, id: &str) -> String {
    form(stack).fields.iter().find(|field| field.id == id).unwrap().entry.text()
}
