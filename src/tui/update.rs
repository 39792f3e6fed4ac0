//! One message in, the model changed, effects out. Reads no clock, file or terminal: what it needs to know of the
//! outside is in the message or in `Env`. One room per kind of message.

mod act;
mod ask;
mod inbox;
mod keys;
mod motion;
mod mouse;
mod news;
mod settle;
mod sweep;
#[cfg(test)]
mod tests;

use ratatui::layout::Size;

use super::effect::{Effect, Ending};
use super::env::Env;
use super::input::{Focus, Input};
use super::intent::Answer;
use super::model::{Life, Model, Tone};
use super::msg::{Msg, Timer};
#[cfg(unix)]
use super::session::signals::Signal;
use crate::domain::stamp::Span;

/// How long the last changes may take to be saved before that is said.
pub const PATIENCE: Span = Span(5_000);

/// Takes a message.
pub fn update(model: &mut Model, msg: Msg, env: &Env) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Input(input) => taken(model, input, env),
        #[cfg(unix)]
        Msg::Signal(signal) => signalled(model, signal),
        Msg::Timer(timer) => woken(model, timer, env),
        Msg::News(news) => news::hear(model, news, env),
        Msg::Composed(text) => {
            let outcome = model.dialogs.answer(Answer::Composed(text), env);
            keys::written(ask::outcome(model, outcome, env))
        }
        Msg::Died(why) => vec![Effect::Quit(Ending::Died(why))],
    };
    effects.extend(settle::settle(model, env));
    effects
}

fn taken(model: &mut Model, input: Input, env: &Env) -> Vec<Effect> {
    match input {
        Input::Key(key) => keys::press(model, key, env),
        Input::Paste(text) if model.dialogs.is_empty() => {
            let _ = text;
            model.say(Tone::Hint, "there is no field to paste into; open a form first, such as a for a note");
            Vec::new()
        }
        Input::Paste(text) => {
            let outcome = model.dialogs.paste(&text, env);
            keys::written(ask::outcome(model, outcome, env))
        }
        Input::Mouse(mouse) => mouse::used(model, mouse),
        Input::Resize(width, height) => {
            model.size = Size { width, height };
            model.queue.follow(model.areas().queue_rows());
            Vec::new()
        }
        Input::Focus(Focus::Gained) => vec![Effect::Refresh],
        Input::Focus(Focus::Lost) => Vec::new(),
        Input::Lost(why) => leave(model, Ending::Died(format!("the terminal can no longer be read: {why}"))),
    }
}

#[cfg(unix)]
fn signalled(model: &mut Model, signal: Signal) -> Vec<Effect> {
    match signal {
        Signal::Continue => vec![Effect::Retake],
        Signal::Terminate | Signal::HangUp | Signal::Interrupt => {
            leave(model, Ending::Signalled(signal.exit_code()))
        }
    }
}

/// Leaves at once where everything is saved, else as soon as it is; asked again, without it.
fn leave(model: &mut Model, ending: Ending) -> Vec<Effect> {
    let unsaved = model.writes.open.len();
    match model.life {
        _ if unsaved == 0 => vec![Effect::Quit(ending)],
        Life::Leaving(_) if ending == Ending::Left => vec![Effect::Quit(Ending::Abandoned(unsaved))],
        Life::Leaving(_) => vec![Effect::Quit(ending)],
        Life::Running => {
            model.life = Life::Leaving(ending);
            model.say(Tone::Hint, format!("saving {} before leaving …", changes(unsaved)));
            vec![Effect::Timer(Timer::Leave, PATIENCE)]
        }
    }
}

fn woken(model: &mut Model, timer: Timer, env: &Env) -> Vec<Effect> {
    match timer {
        Timer::Rest => settle::read_selected(model, env),
        Timer::Age => {
            model.age_changes = None;
            settle::recount(model, env)
        }
        Timer::Slow => settle::still_waiting(model, env),
        Timer::Toast => {
            model.notices.toast = model.notices.toast.take().filter(|toast| toast.tone == Tone::Refused);
            Vec::new()
        }
        Timer::Drafts => vec![Effect::KeepDrafts(model.dialogs.drafts())],
        Timer::Leave => still_leaving(model),
        Timer::Sweep => sweep::woken(model, env),
    }
}

fn still_leaving(model: &mut Model) -> Vec<Effect> {
    let unsaved = model.writes.open.len();
    match &model.life {
        Life::Leaving(ending @ Ending::Signalled(_)) => vec![Effect::Quit(ending.clone())],
        Life::Leaving(_) if unsaved > 0 => {
            let what = changes(unsaved);
            model
                .say(Tone::Refused, format!("{what} not saved yet: wait, or press q again to leave without"));
            Vec::new()
        }
        Life::Leaving(_) | Life::Running => Vec::new(),
    }
}

fn changes(n: usize) -> String {
    if n == 1 { String::from("1 change") } else { format!("{n} changes") }
}
