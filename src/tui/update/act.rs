//! Every action's handler, in one match: an action without one does not compile.

use super::motion::{self, Move};
use super::{ask, inbox, keys, settle};
use crate::domain::ids::TicketId;
use crate::rules::{self, Reason, Refusal};
use crate::tui::action::{Action, ActionId, Needs};
use crate::tui::effect::{Effect, Ending};
use crate::tui::env::{Env, Facts};
use crate::tui::intent::{Ask, Occasion};
use crate::tui::layout::Pane;
use crate::tui::model::queue::List;
use crate::tui::model::writes::From;
use crate::tui::model::{Awaiting, Model, Tone};

/// Does an action, or says why not.
pub fn act(model: &mut Model, id: ActionId, env: &Env) -> Vec<Effect> {
    use ActionId as A;
    match id {
        A::Up => moved(model, Move::By(-1), env),
        A::Down => moved(model, Move::By(1), env),
        A::PageUp => moved(model, Move::Pages(-1), env),
        A::PageDown => moved(model, Move::Pages(1), env),
        A::Top => moved(model, Move::Top, env),
        A::Bottom => moved(model, Move::Bottom, env),
        A::OpenTicket => open_ticket(model, env),
        A::Back => focused(model, Pane::Queue),
        A::NextPane => focused(model, model.focus.next()),
        A::PreviousPane => focused(model, model.focus.previous()),
        A::QueuePane => focused(model, Pane::Queue),
        A::TicketPane => focused(model, Pane::Ticket),
        A::LogPane => focused(model, Pane::Log),
        A::AllEvents => all_events(model),
        A::Take | A::Release | A::Resume => at_once(model, id, env),
        A::Note | A::Contact | A::Escalate | A::CallIn | A::Rate | A::Return | A::Route | A::Assign => {
            form(model, id, env)
        }
        A::Priority | A::Wait | A::Edit | A::Link | A::Unlink => form(model, id, env),
        A::Explain => form(model, id, env),
        A::Resolve | A::Confirm | A::Close | A::Reopen => form(model, id, env),
        A::NoteInEditor => in_editor(model, id, env),
        A::New | A::Filter | A::Views | A::Sort | A::Matrix | A::Palette | A::Help => dialog(model, id, env),
        A::SeeNotice => inbox::see(model, env),
        A::DismissNotice => inbox::dismiss(model, env),
        A::Notices => vec![Effect::Notices],
        A::ClearFilter => clear_filter(model),
        A::CopyId => copy(model),
        A::Refresh => vec![Effect::Refresh],
        A::Mouse => vec![Effect::ToggleMouse],
        A::Redraw => vec![Effect::Redraw],
        A::Suspend => vec![Effect::Suspend],
        A::Quit => super::leave(model, Ending::Left),
        // Keys of dialogs, which look them up themselves.
        A::Submit | A::Accept | A::Cancel | A::NextField | A::PreviousField => Vec::new(),
        A::FieldPageDown | A::FieldPageUp | A::FieldInEditor => Vec::new(),
    }
}

fn moved(model: &mut Model, way: Move, env: &Env) -> Vec<Effect> {
    motion::go(model, way, env);
    Vec::new()
}

fn focused(model: &mut Model, pane: Pane) -> Vec<Effect> {
    model.focus = pane;
    Vec::new()
}

fn open_ticket(model: &mut Model, env: &Env) -> Vec<Effect> {
    if model.queue.cursor.id.is_none() {
        return refuse(model, &no_ticket());
    }
    model.focus = Pane::Ticket;
    settle::read_selected(model, env)
}

fn clear_filter(model: &mut Model) -> Vec<Effect> {
    if !model.queue.list.filter.is_empty() {
        let list = List { filter: String::new(), ..model.queue.list.clone() };
        model.queue.turn(list);
    }
    Vec::new()
}

fn all_events(model: &mut Model) -> Vec<Effect> {
    model.story.depth = model.story.depth.other();
    model.story.log_scroll = 0;
    Vec::new()
}

/// An action that asks nothing, unless the rules ask for a reason.
fn at_once(model: &mut Model, id: ActionId, env: &Env) -> Vec<Effect> {
    let Some(ticket) = model.queue.cursor.id else { return refuse(model, &no_ticket()) };
    let Needs::Accepted(probe) = Action::of(id).needs else { return Vec::new() };
    let command = probe();
    if let Err(refusal) = env.standing.writable() {
        return refuse(model, &refusal);
    }
    let anothers = |owner: &str| !owner.is_empty() && owner != env.me.actor.as_str();
    let decided = match model.selected() {
        Some(view) => rules::decide(Some(&view.ticket), &command, &env.context()).map(|_| ()),
        None if id == ActionId::Take && model.queue.selected().is_some_and(|row| anothers(&row.owner)) => {
            return await_ticket(model, id, ticket, env);
        }
        None => Ok(()),
    };
    match decided {
        Ok(()) => ask::run(model, Ask { ticket: Some(ticket), command: Box::new(command) }, From::Pane, env),
        Err(refusal) if matches!(refusal.reason, Reason::Missing(_)) => form(model, id, env),
        Err(refusal) => refuse(model, &refusal),
    }
}

/// A dialog about the selected ticket.
fn form(model: &mut Model, id: ActionId, env: &Env) -> Vec<Effect> {
    let Some(ticket) = model.queue.cursor.id else { return refuse(model, &no_ticket()) };
    let Some(view) = model.selected() else { return await_ticket(model, id, ticket, env) };
    let facts = Facts { env, ticket: Some(&view.ticket) };
    match Action::of(id).available(&facts) {
        Ok(()) => open(model, id, env),
        Err(refusal) => refuse(model, &refusal),
    }
}

fn in_editor(model: &mut Model, id: ActionId, env: &Env) -> Vec<Effect> {
    let mut effects = form(model, id, env);
    // The form may hold a draft already: the editor goes on with that.
    let outcome = model.dialogs.compose();
    effects.extend(ask::outcome(model, outcome, env));
    effects
}

/// An action that is about no ticket, or says itself what it finds.
pub fn dialog(model: &mut Model, id: ActionId, env: &Env) -> Vec<Effect> {
    match Action::of(id).available(&model.facts(env)) {
        Ok(()) => open(model, id, env),
        Err(refusal) => refuse(model, &refusal),
    }
}

fn open(model: &mut Model, action: ActionId, env: &Env) -> Vec<Effect> {
    let ticket = model.queue.cursor.id.and_then(|id| model.story.of(id));
    match model
        .dialogs
        .open(Occasion { action, ticket, list: &model.queue.list, rows: &model.queue.page.rows }, env)
    {
        Ok(()) => Vec::new(),
        Err(refusal) => refuse(model, &refusal),
    }
}

/// Reads the ticket first; the action goes on when it is there and still selected.
fn await_ticket(model: &mut Model, id: ActionId, ticket: TicketId, env: &Env) -> Vec<Effect> {
    model.awaiting = Some(Awaiting { action: id, ticket, ahead: Vec::new() });
    settle::read_selected(model, env)
}

/// Goes on with the action that waited for its ticket, and with what was typed into its dialog meanwhile.
pub fn resume_awaiting(model: &mut Model, env: &Env) -> Vec<Effect> {
    let Some(Awaiting { action, ticket, ahead }) = model.awaiting.take() else { return Vec::new() };
    if model.queue.cursor.id != Some(ticket) || model.story.of(ticket).is_none() {
        return Vec::new();
    }
    let mut effects = act(model, action, env);
    for key in ahead {
        if !model.dialogs.is_empty() {
            effects.extend(keys::press(model, key, env));
        }
    }
    effects
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(id) = model.queue.cursor.id else { return refuse(model, &no_ticket()) };
    model.say(Tone::Done, format!("{id} copied"));
    vec![Effect::Copy(id.to_string())]
}

fn no_ticket() -> Refusal {
    Refusal::state("no ticket is selected", "open a new one, or choose another view")
}

pub fn refuse(model: &mut Model, refusal: &Refusal) -> Vec<Effect> {
    model.say(Tone::Refused, refusal.to_string());
    Vec::new()
}
