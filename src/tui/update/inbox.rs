//! What the person must hear of: it comes, calls, and goes when it was seen. Never takes a key that is not its own, and
//! never moves the selection by itself.

use super::{act, ask};
use crate::desk::Notice;
use crate::domain::ids::EventId;
use crate::rules::Refusal;
use crate::tui::action::ActionId;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::model::{Model, Tone, inbox};

pub fn hear(model: &mut Model, notices: Vec<Notice>, upto: EventId) -> Vec<Effect> {
    let call = notices.last().map(inbox::line);
    let new = model.notices.inbox.add(notices, upto);
    let call = call.filter(|_| new > 0).map(Effect::Ring);
    call.into_iter().chain([kept(model)]).collect()
}

/// Goes to the ticket of the notice shown; all about it is seen with that.
pub fn see(model: &mut Model, env: &Env) -> Vec<Effect> {
    let Some(ticket) = model.notices.inbox.first().map(|notice| notice.ticket) else {
        return none(model, env);
    };
    model.notices.inbox.seen_of(ticket);
    let mut effects = ask::select(model, ticket);
    effects.push(kept(model));
    effects
}

pub fn dismiss(model: &mut Model, env: &Env) -> Vec<Effect> {
    match model.notices.inbox.dismiss() {
        Some(_) => vec![kept(model)],
        None => none(model, env),
    }
}

/// Shows what was asked for, unless something else was opened meanwhile.
pub fn list(model: &mut Model, notices: &[Notice], env: &Env) -> Vec<Effect> {
    if !model.dialogs.is_empty() {
        return Vec::new();
    }
    if notices.is_empty() {
        model.say(Tone::Hint, "there was nothing yet that you had to hear of");
        return Vec::new();
    }
    model.dialogs.list_notices(notices, env);
    model.notices.inbox.clear();
    vec![kept(model)]
}

fn kept(model: &Model) -> Effect {
    Effect::KeepUnseen(model.notices.inbox.unseen())
}

fn none(model: &mut Model, env: &Env) -> Vec<Effect> {
    let list = env.keys.shown(ActionId::Notices);
    act::refuse(model, &Refusal::state("no notice waits to be seen", format!("{list} lists the latest")))
}

#[cfg(test)]
mod tests;
