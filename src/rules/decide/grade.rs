//! Priority from the grid, or against it by a right.

use super::{Decision, not_closed};
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
    Ok(vec![grade.into()])
}
