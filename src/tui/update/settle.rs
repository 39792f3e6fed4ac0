//! What follows from where the model now stands, whatever brought it there: rows to fetch, the ticket to show once
//! the selection rests, when to wake up next.

use crate::domain::stamp::Span;
use crate::tui::action::ActionId;
use crate::tui::effect::Effect;
use crate::tui::env::{Env, Standing};
use crate::tui::model::queue::LEAST_ROWS;
use crate::tui::model::{Held, Model, Tone};
use crate::tui::msg::{Health, Timer};
use crate::tui::view::{age, clocks, column};

/// How long the selection rests before its ticket is read: a held key moves on sooner.
pub const REST: Span = Span(120);
const TOAST: Span = Span(6_000);
const SLOW: Span = Span(1_000);

pub fn settle(model: &mut Model, env: &Env) -> Vec<Effect> {
    let mut effects = Vec::new();
    if matches!(env.standing, Standing::Opening | Standing::Shut { .. }) {
        return effects;
    }
    let waited = model.drive.asked.is_some();
    effects.extend(rows(model, env));
    effects.extend(ticket(model, env));
    effects.extend(ages(model, env));
    if model.notices.toast.as_ref().is_some_and(|toast| toast.tone != Tone::Refused) {
        effects.push(Effect::Timer(Timer::Toast, TOAST));
    }
    if !waited && model.drive.asked.is_some() {
        effects.push(Effect::Timer(Timer::Slow, SLOW));
    }
    effects
}

fn rows(model: &mut Model, env: &Env) -> Option<Effect> {
    let height = model.areas().queue_rows().max(LEAST_ROWS);
    let wish = model.queue.need(height)?;
    model.drive.asked.get_or_insert(env.now);
    Some(Effect::Page(wish))
}

/// The first ticket is read at once, the next ones when the selection rests.
fn ticket(model: &mut Model, env: &Env) -> Option<Effect> {
    let selected = model.queue.cursor.id;
    if model.queue.state != Held::Rows || selected == model.story.wanted {
        return None;
    }
    model.story.wanted = selected;
    if selected.is_none() {
        model.story.shown = None;
        return None;
    }
    match model.story.shown {
        None => read_selected(model, env).pop(),
        Some(_) => Some(Effect::Timer(Timer::Rest, REST)),
    }
}

/// Reads the selected ticket unless it is the one shown.
pub fn read_selected(model: &mut Model, env: &Env) -> Vec<Effect> {
    let Some(id) = model.queue.cursor.id.filter(|id| model.story.of(*id).is_none()) else {
        return Vec::new();
    };
    model.story.wanted = Some(id);
    model.drive.asked.get_or_insert(env.now);
    vec![Effect::Ticket { generation: model.story.ask(), id }]
}

/// One timer for the moment at which a shown age or clock changes; none while nothing is shown.
fn ages(model: &mut Model, env: &Env) -> Option<Effect> {
    let height = model.areas().queue_rows();
    let shown = model.queue.shown(height).filter_map(|(_, row)| row);
    let rows = shown.map(|row| column::changes_at(row, env));
    let story = model.story.shown.as_deref();
    let age = story.map(|view| env.now.plus(age::changes_in(env.now.since(view.ticket.times.opened))));
    let clocks = story.and_then(|view| clocks::changes_at(view, env));
    let at = rows.chain(age).chain(clocks).min()?;
    if model.age_changes.is_some_and(|set| set <= at && set > env.now) {
        return None;
    }
    model.age_changes = Some(at);
    Some(Effect::Timer(Timer::Age, at.since(env.now)))
}

/// Reads the figures again that time alone changes, once a minute at most.
pub fn recount(model: &mut Model, env: &Env) -> Vec<Effect> {
    let old = model.queue.counted.is_some_and(|at| env.now.since(at) >= Span::MINUTE);
    if !old {
        return Vec::new();
    }
    model.queue.counted = Some(env.now);
    vec![Effect::Refresh]
}

/// Says so when an answer does not come.
pub fn still_waiting(model: &mut Model, env: &Env) -> Vec<Effect> {
    let Some(since) = model.drive.asked else { return Vec::new() };
    if let Some(ticket) = model.awaiting.as_ref().map(|it| it.ticket) {
        let cancel = env.keys.shown(ActionId::Cancel);
        model.say(
            Tone::Hint,
            format!("reading {ticket}; what you type goes into the form, {cancel} gives up"),
        );
    }
    if matches!(model.drive.health, Health::Fine | Health::Slow(_)) {
        model.drive.health = Health::Slow(env.now.since(since));
    }
    vec![Effect::Timer(Timer::Slow, SLOW)]
}
