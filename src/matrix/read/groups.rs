//! `[[groups]]`: the support groups and where they escalate to.

use super::contacts;
use super::names::{Kind, Names, Once};
use super::node::{self, Node, Text};
use super::notes::Notes;
use crate::matrix::model::Group;

/// A group as it was written, for the checks of the ladder.
pub(super) struct Draft<'a> {
    pub name: Option<Text<'a>>,
    pub ups: Vec<Text<'a>>,
    pub group: Option<Group>,
}

pub(super) fn read<'a>(notes: &mut Notes<'_>, root: &Node<'a>, names: &Names<'a>) -> Vec<Draft<'a>> {
    let nodes = root.tables(notes, "groups", "a group");
    if root.get("groups").is_none() {
        let help = "add at least one: [[groups]] and below it name = \"Service Desk\" and tier = \"L1\"";
        notes.absent(&root.at, "the matrix has no groups", help);
    }
    let mut once = Once::new(Kind::Group);
    nodes.iter().map(|node| draft(notes, names, &mut once, node)).collect()
}

fn draft<'a>(notes: &mut Notes<'_>, names: &Names<'a>, once: &mut Once, node: &Node<'a>) -> Draft<'a> {
    node.only(notes, &["name", "tier", "escalates-to", "contacts"]);
    let name = node.need(notes, "name", "\"Service Desk\"");
    let tier = node.need(notes, "tier", "\"L1\"");
    let tier = tier.and_then(|tier| names.find(notes, Kind::Tier, &tier));
    let ups = node.texts(notes, "escalates-to");
    let known: Vec<_> = ups.iter().filter_map(|up| names.find(notes, Kind::Group, up)).collect();
    let contacts = contacts::read(notes, names, node);
    let admitted = name.clone().filter(|name| once.admit(notes, name));
    let label = admitted.and_then(|name| node::label(notes, "`name`", &name));
    let place = tier.and_then(|tier| names.tiers.iter().position(|known| tier == **known));
    let group = label.zip(place).map(|(name, tier)| Group { name, tier, escalates_to: known, contacts });
    Draft { name, ups, group }
}
