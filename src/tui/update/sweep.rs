//! When this console does what the matrix has due: a timer for the next moment, a little later than the others', and
//! nothing in between. A desk that is not to be swept says no such moment.

use crate::desk::settings::Sweeping;
use crate::domain::stamp::Span;
use crate::tui::effect::Effect;
use crate::tui::env::{Env, Standing};
use crate::tui::model::Model;
use crate::tui::msg::Timer;

/// A machine that slept finds its timers late by as long; so none is set for longer.
pub const LONGEST: Span = Span(60_000);

/// Sets the timer, if there is anything to wait for.
pub fn arm(model: &mut Model, env: &Env) -> Vec<Effect> {
    let Some(due) = model.drive.due.filter(|_| sweeps(env)) else { return Vec::new() };
    model.drive.armed = Some(env.now);
    let left = due.since(env.now).0.max(0).saturating_add(env.jitter.0);
    vec![Effect::Timer(Timer::Sweep, Span(left.min(LONGEST.0)))]
}

/// The desk says anew when it has something due, once it has been swept.
pub fn woken(model: &mut Model, env: &Env) -> Vec<Effect> {
    if model.drive.due.is_some_and(|due| due <= env.now) && sweeps(env) {
        model.drive.due = None;
        return vec![Effect::Sweep];
    }
    // By a clock that stands still nothing more comes.
    if model.drive.armed == Some(env.now) { Vec::new() } else { arm(model, env) }
}

fn sweeps(env: &Env) -> bool {
    env.sweeping == Sweeping::On && matches!(env.standing, Standing::Open | Standing::ReadOnly { .. })
}

#[cfg(test)]
mod tests;
