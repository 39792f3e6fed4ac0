//! Events of the desk itself, in stream 0.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Rest;

/// The file was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeskCreated {
    /// The version of tierline that made it.
    pub by: String,
    #[serde(flatten)]
    pub rest: Rest,
}

/// A matrix came into force: the whole text of `escalation.toml`, so that the team's rules travel with its desk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MatrixApplied {
    pub text: String,
    /// The calendar files that it names, by name, word for word; none in what was applied before they travelled.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    #[serde(flatten)]
    pub rest: Rest,
}
