//! What the acts of a step come to for a ticket: what was done, or why not, and the events that do it. Each act sees the
//! ticket as the one before left it.

use crate::domain::event::{ActKind, Author, Deed, Event};
use crate::domain::fold;
use crate::domain::stamp::Stamp;
use crate::domain::text::{Label, Line};
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;
use crate::matrix::model::{Act, Step};
use crate::matrix::wording;
use crate::rules::decide::{foretold, grade, owner, place};
use crate::rules::{Context, Refusal, next};

/// What a step would do to a ticket as it stands.
#[must_use]
pub fn would_do(ticket: &Ticket, step: &Step, matrix: &Matrix, now: Stamp) -> Vec<Deed> {
    let author = Author { actor: Label::soften(""), host: Label::soften("") };
    all(ticket, step, &Context { now, author: &author, matrix }).0
}

/// All acts of a step, in order.
pub fn all(ticket: &Ticket, step: &Step, ctx: &Context) -> (Vec<Deed>, Vec<Event>) {
    let mut ticket = ticket.clone();
    let (mut deeds, mut effects) = (Vec::new(), Vec::new());
    for act in &step.acts {
        let (deed, effect) = one(&ticket, step, act, ctx);
        if let Some(effect) = effect {
            let next = foretold(&ticket, &effect, ctx);
            ticket = fold::apply(ticket, &next);
            effects.push(effect);
        }
        deeds.push(deed);
    }
    (deeds, effects)
}

fn one(ticket: &Ticket, step: &Step, act: &Act, ctx: &Context) -> (Deed, Option<Event>) {
    let by = Line::soften(&format!("step \"{}\"", step.name));
    match act {
        Act::Escalate(to) => {
            let moved = place::escalate_by_step(ticket, to.as_ref(), &step.name, why(step), ctx);
            let deed = Deed { act: ActKind::Escalate, to: to.clone(), ..Deed::default() };
            outcome(deed, moved, |deed, moved| deed.to = Some(moved.to.group.clone()))
        }
        Act::Release => {
            let deed = Deed { act: ActKind::Release, ..Deed::default() };
            let released = owner::released(ticket, Some(&by));
            outcome(deed, released, |deed, released| deed.who = Some(released.owner.clone()))
        }
        Act::Raise => {
            let deed = Deed { act: ActKind::Raise, ..Deed::default() };
            let raised = grade::raise_by_step(ticket, &step.name, by, ctx);
            outcome(deed, raised, |deed, raised| deed.to = Some(raised.priority.clone()))
        }
        Act::Notify(who) => (Deed { act: ActKind::Notify, who: Some(who.clone()), ..Deed::default() }, None),
        Act::Suggest => {
            let to = next::next_groups(ctx, ticket).first().map(|next| next.queue.group.clone());
            (Deed { act: ActKind::Suggest, to, ..Deed::default() }, None)
        }
    }
}

/// The deed with what came of it.
fn outcome<E: Into<Event>>(
    mut deed: Deed,
    decided: Result<E, Refusal>,
    tell: fn(&mut Deed, &E),
) -> (Deed, Option<Event>) {
    match decided {
        Ok(effect) => {
            tell(&mut deed, &effect);
            (deed, Some(effect.into()))
        }
        Err(refusal) => {
            deed.skipped = Some(Line::soften(&refusal.why));
            (deed, None)
        }
    }
}

/// Why a step fires, as the reason of what it does.
fn why(step: &Step) -> Line {
    Line::soften(&match (step.clock, &step.when) {
        (Some((clock, at)), _) => format!("due {}", wording::point(clock, at)),
        (None, Some(when)) => format!("due where {}", when.text),
        (None, None) => String::from("due"),
    })
}
