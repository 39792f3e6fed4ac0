//! `[[tiers]]`: the support levels, the lowest first.

use super::names::{Kind, Once};
use super::node::{self, Node};
use super::notes::Notes;
use crate::matrix::model::Tier;

/// A tier's rank is stored in a byte, and nobody climbs further.
const MOST: usize = 20;

pub(super) fn read(notes: &mut Notes<'_>, root: &Node<'_>) -> Vec<Tier> {
    let nodes = root.tables(notes, "tiers", "a tier");
    if root.get("tiers").is_none() {
        let help = "add at least one, the lowest first: [[tiers]] and below it name = \"L1\"";
        notes.absent(&root.at, "the matrix has no tiers", help);
    }
    if let Some(extra) = nodes.get(MOST) {
        notes.error(&extra.at, format!("more than {MOST} tiers"), "merge some");
    }
    let mut once = Once::new(Kind::Tier);
    let mut tiers = Vec::new();
    for node in nodes.iter().take(MOST) {
        node.only(notes, &["name", "title"]);
        let name = node.need(notes, "name", "\"L1\"");
        let title = node.line(notes, "title");
        let name = name.filter(|name| once.admit(notes, name));
        let name = name.and_then(|name| node::label(notes, "`name`", &name));
        tiers.extend(name.map(|name| Tier { name, title }));
    }
    tiers
}
