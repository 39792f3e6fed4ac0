//! The source's words, each with what it means here.

use std::collections::BTreeMap;

use super::{Reader, squeezed};
use crate::domain::event::{Channel, Outcome, WaitOn};
use crate::domain::text::Label;
use crate::intake::map::{Level, State, Words};
use crate::matrix::Matrix;

impl<'a> Reader<'a> {
    pub(super) fn words(&mut self) -> Words {
        let matrix = self.matrix;
        let levels: Vec<(&str, Level)> = (0..)
            .zip(&matrix.grid.levels)
            .map(|(rank, name)| (name.as_str(), Level { name: name.clone(), rank }))
            .collect();
        let groups: Vec<_> = matrix
            .groups
            .iter()
            .filter_map(|group| Some((group.name.as_str(), matrix.queue(group.name.as_str())?)))
            .collect();
        let named =
            |names: &'a [Label]| names.iter().map(|name| (name.as_str(), name.clone())).collect::<Vec<_>>();
        let channels: Vec<_> = Channel::ALL.iter().map(|channel| (channel.name(), *channel)).collect();
        let outcomes: Vec<_> = Outcome::ALL.iter().map(|outcome| (outcome.name(), *outcome)).collect();
        Words {
            states: self.table("states", "status", &states(), Own::Apart),
            groups: self.table("groups", "group", &groups, Own::Included),
            priorities: self.table("priorities", "priority", &levels, Own::Included),
            impacts: self.table("impacts", "impact", &named(&matrix.grid.impacts), Own::Included),
            urgencies: self.table("urgencies", "urgency", &named(&matrix.grid.urgencies), Own::Included),
            channels: self.table("channels", "channel", &channels, Own::Included),
            outcomes: self.table("outcomes", "outcome", &outcomes, Own::Included),
            grid: grid(matrix),
        }
    }

    /// A section of `"their word" = "our word"`.
    fn table<T: Clone>(
        &mut self,
        section: &str,
        what: &str,
        ours: &[(&str, T)],
        own: Own,
    ) -> BTreeMap<String, T> {
        let mut out = BTreeMap::new();
        if own == Own::Included {
            out.extend(ours.iter().map(|(name, meaning)| (squeezed(name), meaning.clone())));
        }
        for (theirs, value, _) in self.section(section) {
            let Some(word) = self.text(value) else { continue };
            match ours.iter().find(|(name, _)| *name == word) {
                Some((_, meaning)) => {
                    out.insert(squeezed(theirs), meaning.clone());
                }
                None => self.notes.unknown(value.span(), what, word, ours.iter().map(|(name, _)| *name)),
            }
        }
        out
    }
}

/// Whether our own words mean themselves without being listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    Included,
    Apart,
}

fn states() -> Vec<(&'static str, State)> {
    vec![
        ("open", State::Open),
        ("wait:requester", State::Waiting(WaitOn::Requester)),
        ("wait:vendor", State::Waiting(WaitOn::Vendor)),
        ("wait:change", State::Waiting(WaitOn::Change)),
        ("wait:other", State::Waiting(WaitOn::Other)),
        ("resolved", State::Resolved),
        ("closed", State::Closed),
        ("keep", State::Keep),
    ]
}

fn grid(matrix: &Matrix) -> BTreeMap<(Label, Label), Level> {
    let mut out = BTreeMap::new();
    for (impact, cells) in matrix.grid.impacts.iter().zip(&matrix.grid.cells) {
        for (urgency, rank) in matrix.grid.urgencies.iter().zip(cells) {
            if let Some(name) = matrix.grid.levels.get(usize::from(*rank)) {
                out.insert((impact.clone(), urgency.clone()), Level { name: name.clone(), rank: *rank });
            }
        }
    }
    out
}

pub(super) fn group_names(matrix: &Matrix) -> impl Iterator<Item = &str> {
    matrix.groups.iter().map(|group| group.name.as_str())
}
