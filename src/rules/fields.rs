//! Names of hand-off fields as people type them: found in any case, refused where the matrix knows no such field,
//! so that an answer never hides under a slip of the finger. A matrix without fields leaves every name alone.

use std::collections::BTreeMap;

use super::command::Escalate;
use super::refusal::Gap;
use super::{Context, Reason, Refusal, handoff};
use crate::domain::case::same;
use crate::domain::text::{Body, Label, Line, says_something};

/// The flag and field that lets a ticket go although its hand-off has gaps.
const DESPITE: &str = "despite-gaps";
const NOTHING: &str = "the reason to go despite the gaps says nothing";

/// What a refusal of an escalation comes to where the reason to go despite the gaps says nothing: one more of them, so
/// that nobody takes the list for all there is to correct.
#[must_use]
pub fn with_despite(wish: &Escalate, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal { reason: Reason::Missing(mut gaps), why, help }
            if says_nothing(wish.despite_gaps.as_ref()) =>
        {
            gaps.push(Gap { field: Label::soften(DESPITE), why: NOTHING.to_owned() });
            Refusal { reason: Reason::Missing(gaps), why: format!("{why}, and {NOTHING}"), help }
        }
        refusal => refusal,
    }
}

fn says_nothing(reason: Option<&Line>) -> bool {
    reason.is_some_and(|reason| !says_something(reason.as_str()))
}

/// Refuses blank answers, which the log would hold as if somebody had said something, and a needless reason that says
/// nothing. Asked last, for where the matrix wants an answer its check list names it among all the others.
///
/// # Errors
/// The first of them, with its field.
pub fn worded(wish: &Escalate) -> Result<(), Refusal> {
    if says_nothing(wish.despite_gaps.as_ref()) {
        return Err(Refusal::missing(DESPITE, NOTHING, "say why, in words, or leave it out"));
    }
    let blank = wish.fields.iter().find(|(_, answer)| answer.as_str().trim().is_empty());
    blank.map_or(Ok(()), |(name, _)| {
        let help = "write something, or leave the field out";
        Err(Refusal::missing(name.as_str(), format!("the answer to {name} is empty"), help))
    })
}

/// The same answers under the names of the matrix, spelled as it spells them.
///
/// # Errors
/// A name that the matrix does not know, with the nearest.
pub fn named(ctx: &Context, given: &BTreeMap<Label, Body>) -> Result<BTreeMap<Label, Body>, Refusal> {
    given.iter().map(|(name, value)| one(ctx, name, value)).collect()
}

fn one(ctx: &Context, name: &Label, answer: &Body) -> Result<(Label, Body), Refusal> {
    let fields = &ctx.matrix.handoff.fields;
    if fields.is_empty() {
        return Ok((name.clone(), answer.clone()));
    }
    let found = fields.iter().find(|field| same(field.name.as_str(), name.as_str()));
    let known = || fields.iter().map(|field| field.name.as_str());
    found
        .map(|field| (field.name.clone(), handoff::spelled(ctx.matrix, field, answer.clone())))
        .ok_or_else(|| Refusal::unknown("hand-off field", name.as_str(), known()))
}
