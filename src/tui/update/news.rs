//! What the thread at the desk says. Answers to questions asked since anew are dropped.

use super::{act, ask, inbox, keys, sweep};
use crate::domain::ids::TicketId;
use crate::tui::action::ActionId;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::intent::Answer;
use crate::tui::model::writes::{From, Pending};
use crate::tui::model::{Life, List, Model, Tone};
use crate::tui::msg::{DeskFacts, Generation, Job, News, NotDone};

pub fn hear(model: &mut Model, news: News, env: &Env) -> Vec<Effect> {
    match news {
        News::Desk(facts) => opened(model, *facts, env),
        News::Page { generation, page, counts } => {
            let height = model.areas().queue_rows();
            model.drive.answered();
            model.queue.counted = Some(env.now);
            model.queue.take(generation, page, counts, height);
            Vec::new()
        }
        News::Ticket { generation, view, .. } => {
            model.drive.answered();
            if !model.story.take(generation, view) {
                return Vec::new();
            }
            if let Some(view) = &model.story.shown {
                model.dialogs.meanwhile(view, env);
            }
            act::resume_awaiting(model, env)
        }
        News::Ran { job, result } => ran(model, job, result, env),
        News::Heard { notices, upto } => inbox::hear(model, notices, upto),
        News::Recent(notices) => inbox::list(model, &notices, env),
        News::Due(next) => {
            model.drive.due = next;
            sweep::arm(model, env)
        }
        News::Unread(why) => {
            model.drive.asked = None;
            if let Some(awaiting) = model.awaiting.take() {
                model.say(Tone::Refused, format!("{} can't be read: {why}", awaiting.ticket));
            }
            model.queue.fail(why);
            Vec::new()
        }
        News::Health(health) => {
            model.drive.health = health;
            Vec::new()
        }
    }
}

/// A matrix with mistakes is shown at once: until they are corrected nothing else can be done.
fn opened(model: &mut Model, facts: DeskFacts, env: &Env) -> Vec<Effect> {
    let first = model.queue.generation == Generation::default();
    if first && env.scope().my_groups.is_empty() {
        model.queue.list = List::without_groups();
    }
    if !facts.diagnosis.is_empty() && model.dialogs.is_empty() {
        act::dialog(model, ActionId::Matrix, env);
    }
    model.notices.banners.retain(|banner| banner.text.contains("[keys]"));
    model.notices.banners.splice(0..0, facts.banners);
    sweep::arm(model, env)
}

fn ran(model: &mut Model, job: Job, result: Result<TicketId, NotDone>, env: &Env) -> Vec<Effect> {
    let Some(pending) = model.writes.answered(job) else { return Vec::new() };
    if model.writes.open.is_empty() {
        model.drive.answered();
    }
    let mut effects = match result {
        Ok(ticket) => done(model, &pending, ticket, env),
        Err(why) => not_done(model, &pending, why, env),
    };
    if let (Life::Leaving(ending), true) = (&model.life, model.writes.open.is_empty()) {
        effects.push(Effect::Quit(ending.clone()));
    }
    effects
}

fn done(model: &mut Model, pending: &Pending, ticket: TicketId, env: &Env) -> Vec<Effect> {
    let effects = match pending.from {
        From::Dialog => {
            let outcome = model.dialogs.answer(Answer::Done, env);
            keys::written(ask::outcome(model, outcome, env))
        }
        From::Pane => Vec::new(),
    };
    match pending.ticket.filter(|asked| *asked != ticket) {
        Some(old) => {
            model.say(Tone::Done, format!("{ticket} opened: it goes on with {old}, closed long ago"))
        }
        None => model.say(Tone::Done, format!("{ticket} {}", pending.done)),
    }
    if pending.ticket != Some(ticket) {
        model.queue.seek(ticket);
    }
    effects
}

/// Not done is never the end: a form keeps its text, and nobody leaves on a failure.
fn not_done(model: &mut Model, pending: &Pending, why: NotDone, env: &Env) -> Vec<Effect> {
    if model.life == Life::Leaving(crate::tui::effect::Ending::Left) {
        model.life = Life::Running;
    }
    let (answer, text) = match why {
        NotDone::Refused(refusal) => (Answer::Refused(refusal.clone()), refusal.to_string()),
        NotDone::Failed(why) => (Answer::Failed(why.clone()), why),
    };
    match pending.from {
        From::Dialog if !model.dialogs.is_empty() => {
            let outcome = model.dialogs.answer(answer, env);
            ask::outcome(model, outcome, env)
        }
        From::Dialog | From::Pane => {
            // Most refusals name their ticket.
            let about = pending.ticket.map(|id| id.to_string()).filter(|id| !text.starts_with(id.as_str()));
            let about = about.map_or_else(String::new, |id| format!("{id}: "));
            model.say(Tone::Refused, format!("{about}{text}"));
            Vec::new()
        }
    }
}
