//! Priority from the grid, or against it by a right.

use super::{Decision, not_closed};
use crate::domain::event::Prioritised;
use crate::domain::text::Line;
use crate::domain::ticket::Ticket;
use crate::rules::command::Prioritise;
use crate::rules::{Context, Refusal, grid};

pub fn prioritise(ticket: &Ticket, wish: &Prioritise, ctx: &Context) -> Decision {
    not_closed(ticket)?;
    let grade = grid::grade(ctx, wish, Some(ticket))?;
    if grade == ticket.grade {
        return Err(Refusal::state(
            format!("{} has this impact and urgency already ({})", ticket.id, grade.priority),
            "choose another impact or urgency",
        ));
    }
    let ended = ticket.grade.override_reason.is_some() && grade.override_reason.is_none();
    let dropped = ended.then(|| ticket.grade.priority.clone());
    Ok(vec![Prioritised { dropped, ..grade }.into()])
}

/// A step of the matrix raises the priority by one level; impact and urgency stay as they were told.
pub fn raise_by_step(ticket: &Ticket, step: &Line, why: Line, ctx: &Context) -> Result<Prioritised, Refusal> {
    not_closed(ticket)?;
    let (levels, grade) = (&ctx.matrix.grid.levels, &ticket.grade);
    let here = levels.iter().position(|level| *level == grade.priority);
    let above =
        here.and_then(|place| place.checked_sub(1)).and_then(|place| Some((place, levels.get(place)?)));
    let Some((rank, priority)) = above else {
        let why = match here {
            Some(_) => format!("{} is the highest priority", grade.priority),
            None => format!("the matrix knows no priority {}", grade.priority),
        };
        return Err(Refusal::state(why, "there is nothing to raise"));
    };
    let rank = u8::try_from(rank).unwrap_or(u8::MAX);
    let (impact, urgency, priority) = (grade.impact.clone(), grade.urgency.clone(), priority.clone());
    Ok(Prioritised {
        impact,
        urgency,
        priority,
        rank,
        override_reason: Some(why),
        step: Some(step.clone()),
        ..Prioritised::default()
    })
}
