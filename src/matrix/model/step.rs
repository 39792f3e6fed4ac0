//! What happens by itself: routes when a ticket is opened or gets another category, steps at a point of a clock. Does nothing itself.

use super::{Clock, When};
use crate::domain::stamp::Span;
use crate::domain::text::{Label, Line};

/// First match wins.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    pub name: Option<Line>,
    pub when: When,
    pub to: Label,
}

/// At this point of this clock, when this query holds, do that.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub name: Line,
    /// None: the step stands on its query alone (`reopens:>=2`).
    pub clock: Option<(Clock, At)>,
    pub when: Option<When>,
    pub acts: Vec<Act>,
    pub repeat: Option<Repeat>,
}

/// A point of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Of the target, in percent.
    Share(u16),
    /// After (or, negative, before) the target.
    Offset(Span),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// To the usual next group, or to a named one.
    Escalate(Option<Label>),
    /// A person or a role.
    Notify(Label),
    Release,
    Raise,
    Suggest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    pub every: Span,
    pub times: u16,
}
