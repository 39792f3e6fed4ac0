//! Names of hand-off fields as people type them: found in any case, refused where the matrix knows no such field,
//! so that an answer never hides under a slip of the finger. A matrix without fields leaves every name alone.

use std::collections::BTreeMap;

use super::{Context, Refusal, handoff};
use crate::domain::case::same;
use crate::domain::text::{Body, Label};

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
