//! Priority from impact x urgency, as the matrix's grid says. Never lets a priority in that the grid doesn't know.

use super::command::Prioritise;
use super::{Context, Refusal, authority};
use crate::domain::case::same;
use crate::domain::event::Prioritised;
use crate::domain::text::{Label, Line};
use crate::domain::ticket::Ticket;
use crate::matrix::model::{Grid, Right};

/// The grade that a wish comes to, starting from the ticket's own or the grid's defaults.
///
/// # Errors
/// An unknown impact, urgency or priority; an override without the right.
pub fn grade(ctx: &Context, wish: &Prioritise, ticket: Option<&Ticket>) -> Result<Prioritised, Refusal> {
    let grid = &ctx.matrix.grid;
    let before = ticket.map(|ticket| &ticket.grade);
    let impact = pick("impact", wish.impact.as_ref(), before.map(|g| &g.impact), &grid.impacts, last)?;
    let urgency =
        pick("urgency", wish.urgency.as_ref(), before.map(|g| &g.urgency), &grid.urgencies, middle)?;
    let mut rank = cell(grid, &impact, &urgency);
    let mut override_reason = None;
    if let Some((priority, reason)) = &wish.against_grid {
        authority::check(ctx, Right::OverridePriority, ticket)?;
        rank = found(grid, priority)?;
        override_reason = Some(reason.clone());
    } else if let Some((kept, reason)) = standing(ctx, ticket, rank) {
        rank = kept;
        override_reason = Some(reason);
    }
    let priority = grid.levels.get(rank).cloned().unwrap_or_default();
    let rank = u8::try_from(rank).unwrap_or(u8::MAX);
    Ok(Prioritised { impact, urgency, priority, rank, override_reason, ..Prioritised::default() })
}

/// A priority against the grid that stays whatever impact and urgency become: whoever may not set one may not take it
/// away. One that was raised above the grid gives way where the grid now asks for more.
fn standing(ctx: &Context, ticket: Option<&Ticket>, now: usize) -> Option<(usize, Line)> {
    let (grid, grade) = (&ctx.matrix.grid, &ticket?.grade);
    let reason = grade.override_reason.clone()?;
    let kept = place(&grid.levels, &grade.priority)?;
    let raised = kept < cell(grid, &grade.impact, &grade.urgency);
    let stays = authority::check(ctx, Right::OverridePriority, ticket).is_err() && !(raised && now < kept);
    stays.then_some((kept, reason))
}

/// A priority by name, as the matrix spells it, and its place.
///
/// # Errors
/// An unknown one, with the nearest.
pub fn level(ctx: &Context, name: &Label) -> Result<(Label, u8), Refusal> {
    let rank = found(&ctx.matrix.grid, name)?;
    let level = ctx.matrix.grid.levels.get(rank).cloned().unwrap_or_default();
    Ok((level, u8::try_from(rank).unwrap_or(u8::MAX)))
}

fn found(grid: &Grid, name: &Label) -> Result<usize, Refusal> {
    let unknown = || Refusal::unknown("priority", name.as_str(), names(&grid.levels));
    place(&grid.levels, name).ok_or_else(unknown)
}

fn pick(
    what: &str,
    wish: Option<&Label>,
    before: Option<&Label>,
    known: &[Label],
    default: fn(&[Label]) -> Option<&Label>,
) -> Result<Label, Refusal> {
    if let Some(wish) = wish {
        let found = known.iter().find(|name| same(name.as_str(), wish.as_str()));
        return found.cloned().ok_or_else(|| Refusal::unknown(what, wish.as_str(), names(known)));
    }
    let kept = before.filter(|before| known.contains(before));
    Ok(kept.or_else(|| default(known)).cloned().unwrap_or_default())
}

fn place(known: &[Label], name: &Label) -> Option<usize> {
    known.iter().position(|known| same(known.as_str(), name.as_str()))
}

fn cell(grid: &Grid, impact: &Label, urgency: &Label) -> usize {
    let found = || {
        let row = grid.cells.get(place(&grid.impacts, impact)?)?;
        row.get(place(&grid.urgencies, urgency)?).copied()
    };
    found().map_or(grid.levels.len().saturating_sub(1), usize::from)
}

fn names(labels: &[Label]) -> impl Iterator<Item = &str> {
    labels.iter().map(Label::as_str)
}

fn last(known: &[Label]) -> Option<&Label> {
    known.last()
}

fn middle(known: &[Label]) -> Option<&Label> {
    known.get(known.len() / 2)
}
