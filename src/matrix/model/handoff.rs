//! The hand-off contract: which fields travel where. What is missing is found by `rules::handoff`, not here.

use crate::domain::text::{Label, Line};

/// What must travel with an escalation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Handoff {
    pub fields: Vec<Field>,
    /// Field names required where no rule says otherwise.
    pub default: Vec<Label>,
    /// `"L1 -> Network"`: from a tier or group to a tier or group.
    pub rules: Vec<HandoffRule>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct HandoffRule {
    pub from: Label,
    pub to: Label,
    pub require: Vec<Label>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: Label,
    pub label: Line,
    pub help: Option<Line>,
    pub kind: FieldKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Number,
    Person,
    YesNo,
    Choice(Vec<Label>),
}
