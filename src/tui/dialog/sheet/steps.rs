//! How each step of the matrix stands for a ticket: fired, still to come, or why not.

use super::super::says::Says;
use super::path::{Path, when};
use crate::domain::event::{Event, Recorded};
use crate::domain::stamp::{Span, Stamp};
use crate::matrix::model::{At, Clock, Repeat, Step};
use crate::rules::clocks::{State, seen};
use crate::tui::env::Env;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::view::age;
use crate::tui::view::text::{pad, width, wrap};

/// The widest name of a step that is not cut.
const NAME: usize = 32;

#[must_use]
pub fn lines(path: &Path, columns: usize, theme: &Theme, env: &Env) -> Vec<Says> {
    let steps = &env.matrix.steps;
    let names = steps.iter().map(|step| width(step.name.as_str())).max().unwrap_or(0).min(NAME);
    let head = (!steps.is_empty()).then(|| Says::new(Role::Title, "How the steps stand"));
    let mut lines: Vec<Says> = head.into_iter().collect();
    for step in steps {
        let name = pad(step.name.as_str(), names, theme);
        let (sign, role, text) = stands(path, step, env);
        let text = wrap(&text, columns.saturating_sub(names + 6));
        lines.extend(text.into_iter().enumerate().map(|(n, text)| {
            match n {
                0 => Says::new(Role::Text, "  ")
                    .sign(role, sign)
                    .and(Role::Text, format!(" {name}  "))
                    .and(role, text),
                _ => Says::new(role, format!("{:indent$}{text}", "", indent = names + 6)),
            }
        }));
    }
    if !lines.is_empty() {
        lines.push(Says::default());
    }
    lines
}

fn stands(path: &Path, step: &Step, env: &Env) -> (Glyph, Role, String) {
    let fired = path.view.log.iter().rev().find_map(|recorded| fired(recorded, step));
    let coming =
        path.foreseen.iter().find(|seen| matches!(&seen.event, Event::StepFired(it) if it.step == step.name));
    let past = fired.map(|(at, late, turn)| past((at, late, turn), step, env));
    let next = coming.map(|seen| format!("comes {}", when(seen.at, env)));
    match (past, next) {
        (Some(past), Some(next)) => (Glyph::Check, Role::Text, format!("{past}; {next}")),
        (Some(past), None) => (Glyph::Check, Role::Success, past),
        (None, Some(next)) => (Glyph::Arrow, Role::Warned, next),
        (None, None) => (Glyph::Dash, Role::Muted, why_not(path, step, env)),
    }
}

fn fired(recorded: &Recorded, step: &Step) -> Option<(Stamp, Span, u16)> {
    match &recorded.event {
        Event::StepFired(it) if it.step == step.name => {
            Some((recorded.at, recorded.at.since(it.due), it.turn))
        }
        _ => None,
    }
}

fn past((at, late, turn): (Stamp, Span, u16), step: &Step, env: &Env) -> String {
    let late = if late < Span::MINUTE { String::new() } else { format!(", {} late", age::lasted(late)) };
    // The matrix says how often it comes again, which the first time does not count in.
    let again = |repeat: Repeat| format!(", again {} of {} times", turn.saturating_sub(1), repeat.times);
    let turns = step.repeat.map_or_else(String::new, again);
    format!("fired {}{late}{turns}", env.zone.short(at, env.now))
}

/// A condition that does not hold comes first: that the clock stands is no matter then.
fn why_not(path: &Path, step: &Step, env: &Env) -> String {
    let ticket = &path.view.ticket;
    match (&step.when, step.clock) {
        _ if !ticket.phase().is_live() && step.clock.is_none() => String::from("the ticket is not open"),
        (Some(when), _) if !env.context().holds(when, ticket) => format!("does not hold: {}", when.text),
        (_, Some((clock, at))) => not_there(path, (clock, at), env),
        (_, None) => String::from("is not due"),
    }
}

/// Why a clock does not bring a step.
fn not_there(path: &Path, (clock, at): (Clock, At), env: &Env) -> String {
    let (ground, name) = (env.ground(), clock.name());
    let clocks = seen(&path.view.log, &ground);
    let Some(reading) = clocks.get(clock) else { return format!("the {name} clock has not started") };
    let Some(point) = reading.point(at) else { return format!("the {name} clock has no limit here") };
    let passed = || env.zone.short(point, env.now);
    match reading.state {
        State::Stopped(_) => format!("the {name} clock has stopped"),
        _ if point > reading.end => format!("the {name} clock does not come there"),
        State::Paused(_) if point > reading.paused_at() => format!("the {name} clock is paused"),
        _ if brought_in(path).is_some_and(|at| point < at) => {
            format!("passed {}, before it was brought in here", passed())
        }
        _ => format!("passed {}", passed()),
    }
}

/// When the ticket came from elsewhere: what had come before was not this desk's to do.
fn brought_in(path: &Path) -> Option<Stamp> {
    path.view.log.iter().find_map(|recorded| match &recorded.event {
        Event::Opened(it) => it.brought_in,
        _ => None,
    })
}
