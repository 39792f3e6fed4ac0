//! Whether tickets can climb: every group below the last tier has a way up, every way leads up and none
//! round, every tier has a group and something that brings tickets there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::groups::Draft;
use super::names::{Kind, Names};
use super::node::{Node, Text};
use super::notes::{Notes, Syntax};

/// Ways that don't lead up for which a way round is searched; a search costs as much as there are ways.
const SEARCHED: usize = 10;

type Ways<'d> = BTreeMap<&'d str, Vec<&'d str>>;

pub(super) fn check(notes: &mut Notes<'_>, root: &Node<'_>, names: &Names<'_>, drafts: &[Draft<'_>]) {
    // Ranks mean nothing while a tier or group is missing for its line is broken.
    if notes.syntax == Syntax::Patchy {
        return;
    }
    ways(notes, names, drafts);
    let broken = drafts.iter().any(|draft| draft.group.is_none());
    if !broken {
        tiers(notes, root, names, drafts);
    }
}

fn ways(notes: &mut Notes<'_>, names: &Names<'_>, drafts: &[Draft<'_>]) {
    let graph: Ways<'_> = drafts
        .iter()
        .filter_map(|draft| {
            Some((draft.name.as_ref()?.value.trim(), draft.ups.iter().map(|up| up.value.trim()).collect()))
        })
        .collect();
    let mut searches = SEARCHED;
    for draft in drafts {
        let (Some(name), Some(group)) = (&draft.name, &draft.group) else { continue };
        let is_last = group.tier + 1 == names.tiers.len();
        if draft.ups.is_empty() && !is_last {
            let message = format!("group \"{}\" has no way up", group.name);
            let help = format!("add: escalates-to = [{}]", above(names, group.tier));
            notes.error(&name.at, message, help);
        }
        for up in &draft.ups {
            way(notes, names, &graph, (group.name.as_str(), group.tier), up, &mut searches);
        }
        twice(notes, &draft.ups);
    }
}

fn way(
    notes: &mut Notes<'_>,
    names: &Names<'_>,
    graph: &Ways<'_>,
    (from, tier): (&str, usize),
    up: &Text<'_>,
    searches: &mut usize,
) {
    let target = up.value.trim();
    let higher = names.has(Kind::Group, target) && names.rank(target).is_none_or(|rank| rank > tier);
    if higher || !names.has(Kind::Group, target) {
        return;
    }
    let round = (*searches > 0).then(|| path(graph, target, from)).flatten();
    *searches = searches.saturating_sub(1);
    let help =
        "escalating moves to a higher tier; within a tier tickets are routed, downwards they are returned";
    let message = match round {
        Some(path) => format!("tickets would go round: \"{from}\" -> {}", path.join(" -> ")),
        None => format!("\"{from}\" escalates to \"{target}\", which is not in a higher tier"),
    };
    notes.error(&up.at, message, help);
}

/// The shortest way along `escalates-to`, quoted for a message.
fn path(graph: &Ways<'_>, from: &str, to: &str) -> Option<Vec<String>> {
    let mut came: BTreeMap<&str, &str> = BTreeMap::new();
    let mut seen = BTreeSet::from([from]);
    let mut next = VecDeque::from([from]);
    while let Some(here) = next.pop_front() {
        if here == to {
            let mut back: Vec<&str> = std::iter::successors(Some(here), |at| came.get(at).copied()).collect();
            back.reverse();
            return Some(back.iter().map(|name| format!("\"{name}\"")).collect());
        }
        for up in graph.get_key_value(here).into_iter().flat_map(|(_, ups)| ups) {
            if seen.insert(up) {
                came.insert(up, graph.get_key_value(here).map_or("", |(known, _)| known));
                next.push_back(up);
            }
        }
    }
    None
}

fn twice(notes: &mut Notes<'_>, ups: &[Text<'_>]) {
    let mut seen = BTreeSet::new();
    for up in ups {
        if !seen.insert(up.value.trim()) {
            notes.error(&up.at, format!("\"{}\" stands here twice", up.value.trim()), "remove one of them");
        }
    }
}

/// Groups of the next tier, as a list to copy.
fn above(names: &Names<'_>, tier: usize) -> String {
    let next = names.groups.iter().filter(|group| names.rank(group) == Some(tier + 1)).take(3);
    let next: Vec<String> = next.map(|group| format!("\"{group}\"")).collect();
    if next.is_empty() { "\"…\"".to_owned() } else { next.join(", ") }
}

fn tiers(notes: &mut Notes<'_>, root: &Node<'_>, names: &Names<'_>, drafts: &[Draft<'_>]) {
    let reached = reached(root, names, drafts);
    let nodes = root.tables(notes, "tiers", "a tier");
    for (rank, (name, node)) in names.tiers.iter().zip(&nodes).enumerate() {
        let has_group =
            drafts.iter().any(|draft| draft.group.as_ref().is_some_and(|group| group.tier == rank));
        if !has_group {
            let help = format!("add a group with tier = \"{name}\", or remove the tier");
            notes.error(&node.at, format!("tier \"{name}\" has no group"), help);
        } else if rank > 0 && !reached.contains(&rank) {
            let help = "name one of its groups in `escalates-to` of a group below, or in a route's `to`";
            notes.error(&node.at, format!("no ticket ever reaches tier \"{name}\""), help);
        }
    }
}

/// Tiers that a group escalates into, or that a route, a step or the desk's default names.
fn reached(root: &Node<'_>, names: &Names<'_>, drafts: &[Draft<'_>]) -> BTreeSet<usize> {
    let ups = drafts.iter().flat_map(|draft| &draft.ups).map(|up| up.value.trim());
    let desk = root.get("desk").and_then(|desk| desk.get_ref().get("default-group"));
    let routes = root.get("routes").and_then(|routes| routes.get_ref().as_array());
    let routed =
        routes.into_iter().flat_map(|routes| routes.iter()).filter_map(|route| route.get_ref().get("to"));
    let named = desk.into_iter().chain(routed).filter_map(|value| value.get_ref().as_str());
    let steps = root.get("steps").and_then(|steps| steps.get_ref().as_array());
    let acts = steps.into_iter().flat_map(|steps| steps.iter()).filter_map(|step| step.get_ref().get("do"));
    let acts = acts.filter_map(|acts| acts.get_ref().as_array()).flat_map(|acts| acts.iter());
    let stepped =
        acts.filter_map(|act| act.get_ref().as_str()?.split_once("escalate:")).map(|(_, group)| group);
    ups.chain(named).chain(stepped).map(str::trim).filter_map(|group| names.rank(group)).collect()
}
