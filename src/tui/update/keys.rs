//! A key: to the top dialog, or, as part of a sequence, to the action it stands for in the focused pane.

use super::{act, ask};
use crate::domain::stamp::Span;
use crate::tui::action::ActionId;
use crate::tui::dialog::form::keys::action_of;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::key::Key;
use crate::tui::keymap::Pressed;
use crate::tui::model::{Model, Tone};
use crate::tui::msg::Timer;

pub fn press(model: &mut Model, key: Key, env: &Env) -> Vec<Effect> {
    model.notices.toast = None;
    if !model.dialogs.is_empty() {
        model.dialogs.fit(model.size);
        let outcome = model.dialogs.key(key, env);
        return written(ask::outcome(model, outcome, env));
    }
    if model.awaiting.is_some() {
        ahead(model, key, env);
        return Vec::new();
    }
    model.pressed.push(key);
    match env.keys.lookup(model.focus.context(), &model.pressed) {
        Pressed::Pending => Vec::new(),
        Pressed::Run(id) => {
            model.pressed.clear();
            act::act(model, id, env)
        }
        Pressed::Unbound => {
            unbound(model, env);
            Vec::new()
        }
    }
}

/// A dialog is about to open: what is typed is for it, as if it stood there already.
fn ahead(model: &mut Model, key: Key, env: &Env) {
    const MOST: usize = 4_000;
    if action_of(key, env) == Some(ActionId::Cancel) {
        model.awaiting = None;
        model.say(Tone::Hint, "given up");
    } else if let Some(awaiting) = model.awaiting.as_mut().filter(|it| it.ahead.len() < MOST) {
        awaiting.ahead.push(key);
    }
}

/// What is written in a form is kept once the fingers rest.
const KEEP: Span = Span(700);

pub fn written(mut effects: Vec<Effect>) -> Vec<Effect> {
    effects.push(Effect::Timer(Timer::Drafts, KEEP));
    effects
}

fn unbound(model: &mut Model, env: &Env) {
    let keys: Vec<String> = model.pressed.drain(..).map(|key| key.to_string()).collect();
    let help = env.keys.shown(ActionId::Help);
    let where_to_look = if help.is_empty() { String::new() } else { format!("; {help} shows the keys") };
    model.say(Tone::Hint, format!("{} does nothing here{where_to_look}", keys.join(" ")));
}
