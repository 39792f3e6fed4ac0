//! `[targets.LEVEL]`: the promised times of each priority.

use std::collections::BTreeMap;
use std::ops::Range;

use super::names::{ALWAYS, Kind, Names};
use super::node::{self, Node, Text};
use super::notes::Notes;
use super::value;
use crate::domain::text::Label;
use crate::matrix::model::{Clock, Limit, Target};

const CLOCKS: [&str; 5] = ["response", "own", "update", "resolve", "confirm"];
/// When to warn if the matrix doesn't say.
const WARN_AT: u8 = 75;

/// A limit and where it stands.
pub(super) type Placed = (Limit, Range<usize>);

/// A target, and its limits with their places, by clock and by tier, for the checks between targets.
pub(super) struct Draft {
    pub target: Target,
    pub limits: BTreeMap<String, Placed>,
}

/// In the order of the priorities.
pub(super) fn read(
    notes: &mut Notes<'_>,
    root: &Node<'_>,
    names: &Names<'_>,
    levels: &[Label],
) -> Vec<Draft> {
    let Some(section) = root.section(notes, "targets") else { return Vec::new() };
    let mut drafts = Vec::new();
    for (level, value) in section.entries() {
        let priority = names.find(notes, Kind::Level, &level);
        let table = node::node(notes, level.value, value, format!("[targets.{}]", level.value).into());
        drafts.extend(table.and_then(|table| draft(notes, root, names, &table, priority?)));
    }
    let rank = |draft: &Draft| levels.iter().position(|level| *level == draft.target.priority);
    drafts.sort_by_key(rank);
    let missing: Vec<&str> =
        levels.iter().filter(|level| section.get(level.as_str()).is_none()).map(Label::as_str).collect();
    if !missing.is_empty() {
        let message = format!("no target for {}", missing.join(", "));
        notes.warn(&section.at, message, "tickets of that priority have no time limit; add a [targets.…]");
    }
    drafts
}

fn draft(
    notes: &mut Notes<'_>,
    root: &Node<'_>,
    names: &Names<'_>,
    table: &Node<'_>,
    priority: Label,
) -> Option<Draft> {
    table.only(notes, &["calendar", "response", "own", "update", "resolve", "confirm", "tier", "warn-at"]);
    let mut limits = BTreeMap::new();
    for clock in CLOCKS {
        let text = table.text(notes, clock);
        let limit = text.and_then(|text| Some((value::limit(notes, clock, &text)?, text.at)));
        limits.extend(limit.map(|placed| (clock.to_owned(), placed)));
    }
    let tier = tiers(notes, names, table, &mut limits);
    let get = |clock: Clock| limits.get(clock.name()).map(|(limit, _)| *limit);
    let target = Target {
        calendar: calendar(notes, root, names, table)?,
        response: get(Clock::Response),
        own: get(Clock::Own),
        update: get(Clock::Update),
        resolve: get(Clock::Resolve),
        confirm: get(Clock::Confirm),
        tier,
        warn_at: warn_at(notes, table),
        priority,
    };
    if CLOCKS.iter().chain([&"tier"]).all(|key| table.get(key).is_none()) {
        notes.absent(&table.at, "a target without any limit", "add at least one: resolve = \"8h\"");
    }
    Some(Draft { target, limits })
}

fn tiers(
    notes: &mut Notes<'_>,
    names: &Names<'_>,
    table: &Node<'_>,
    limits: &mut BTreeMap<String, Placed>,
) -> BTreeMap<Label, Limit> {
    let mut tiers = BTreeMap::new();
    let section = table.get("tier").and_then(|value| node::node(notes, "tier", value, "`tier`".into()));
    for (tier, value) in section.iter().flat_map(Node::entries) {
        let name = names.find(notes, Kind::Tier, &tier);
        let text = node::text_of(notes, tier.value, value);
        let limit = text.and_then(|text| Some((value::limit(notes, tier.value, &text)?, text.at)));
        if let (Some(name), Some((limit, at))) = (name, limit) {
            limits.insert(format!("tier {name}"), (limit, at));
            tiers.insert(name, limit);
        }
    }
    tiers
}

/// `always` where the matrix defines no calendar; else it must be said, for a night makes all the difference.
fn calendar(notes: &mut Notes<'_>, root: &Node<'_>, names: &Names<'_>, table: &Node<'_>) -> Option<Label> {
    if table.get("calendar").is_none() && root.get("calendars").is_none() {
        return Label::new(ALWAYS).ok();
    }
    let text = table.need(notes, "calendar", "\"office\"")?;
    names.find(notes, Kind::Calendar, &text)
}

fn warn_at(notes: &mut Notes<'_>, table: &Node<'_>) -> Vec<u8> {
    if table.get("warn-at").is_none() {
        return vec![WARN_AT];
    }
    let texts: Vec<Text<'_>> = table.texts(notes, "warn-at");
    let shares = texts.iter().filter_map(|text| value::share(notes, "warn-at", text, (1, 99)));
    let mut shares: Vec<u8> = shares.filter_map(|share| u8::try_from(share).ok()).collect();
    shares.sort_unstable();
    shares.dedup();
    shares
}
