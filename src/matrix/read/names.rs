//! Every name the matrix defines, gathered before anything is checked, so that sections may stand in any
//! order and a name whose own section is wrong is not reported unknown as well.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::node::{Node, Text, Value};
use super::notes::{Notes, Syntax};
use super::suggest;
use crate::domain::text::Label;

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Tier,
    Group,
    Calendar,
    Level,
    Urgency,
    Impact,
    Role,
    Person,
    Field,
    Step,
    Handoff,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Tier => "tier",
            Kind::Group => "group",
            Kind::Calendar => "calendar",
            Kind::Level => "priority",
            Kind::Urgency => "urgency",
            Kind::Impact => "impact",
            Kind::Role => "role",
            Kind::Person => "person",
            Kind::Field => "field",
            Kind::Step => "step",
            Kind::Handoff => "hand-off",
        }
    }
}

/// The axes of the grid where the matrix has none.
pub(super) const LEVELS: [&str; 4] = ["P1", "P2", "P3", "P4"];
pub(super) const URGENCIES: [&str; 3] = ["high", "medium", "low"];
pub(super) const IMPACTS: [&str; 3] = ["extensive", "limited", "individual"];
/// The calendar that needs no definition.
pub(super) const ALWAYS: &str = "always";

#[derive(Default)]
pub(super) struct Names<'a> {
    known: BTreeMap<Kind, BTreeSet<&'a str>>,
    /// The lowest first.
    pub tiers: Vec<&'a str>,
    /// In the order of the file.
    pub groups: Vec<&'a str>,
    /// The tier of each group, as far as it is told.
    pub tier_of: BTreeMap<&'a str, &'a str>,
    /// Roles that somebody has.
    pub held: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    pub fn gather(root: &Node<'a>) -> Names<'a> {
        let mut names = Names::default();
        for (section, kind) in [("tiers", Kind::Tier), ("groups", Kind::Group), ("people", Kind::Person)] {
            for item in items(root.get(section)) {
                names.gather_item(kind, item);
            }
        }
        for (section, kind) in [("calendars", Kind::Calendar), ("roles", Kind::Role), ("fields", Kind::Field)]
        {
            let table = root.get(section).and_then(|value| value.get_ref().as_table());
            let keys =
                table.into_iter().flat_map(|table| table.keys()).map(|key| -> &'a str { key.get_ref() });
            names.known.entry(kind).or_default().extend(keys);
        }
        names.known.entry(Kind::Calendar).or_default().insert(ALWAYS);
        names.gather_grid(root);
        names
    }

    fn gather_grid(&mut self, root: &Node<'a>) {
        let Some(grid) = root.get("priority") else {
            for (kind, standard) in
                [(Kind::Level, &LEVELS[..]), (Kind::Urgency, &URGENCIES), (Kind::Impact, &IMPACTS)]
            {
                self.known.entry(kind).or_default().extend(standard);
            }
            return;
        };
        for (key, kind) in [("levels", Kind::Level), ("urgency", Kind::Urgency)] {
            let texts = items(grid.get_ref().get(key)).filter_map(|item| item.get_ref().as_str());
            self.known.entry(kind).or_default().extend(texts);
        }
        let impacts = grid.get_ref().get("impact").and_then(|value| value.get_ref().as_table());
        let impacts =
            impacts.into_iter().flat_map(|table| table.keys()).map(|key| -> &'a str { key.get_ref() });
        self.known.entry(Kind::Impact).or_default().extend(impacts);
    }

    fn gather_item(&mut self, kind: Kind, item: &'a Value<'a>) {
        let text =
            |key: &str| item.get_ref().get(key).and_then(|value| value.get_ref().as_str()).map(str::trim);
        let Some(name) = text("name") else { return };
        let new = self.known.entry(kind).or_default().insert(name);
        match kind {
            Kind::Tier if new => self.tiers.push(name),
            Kind::Group if new => {
                self.groups.push(name);
                self.tier_of.extend(text("tier").map(|tier| (name, tier)));
            }
            Kind::Person => self.held.extend(text("role")),
            _ => {}
        }
    }

    pub fn has(&self, kind: Kind, name: &str) -> bool {
        self.known.get(&kind).is_some_and(|known| known.contains(name))
    }

    pub fn all(&self, kind: Kind) -> impl Iterator<Item = &'a str> + Clone + '_ {
        self.known.get(&kind).into_iter().flatten().copied()
    }

    /// The place of a tier, or of the tier of a group, from the lowest.
    pub fn rank(&self, name: &str) -> Option<usize> {
        let tier = self.tier_of.get(name).copied().unwrap_or(name);
        self.tiers.iter().position(|known| *known == tier)
    }

    /// A name that must be known.
    pub fn find(&self, notes: &mut Notes<'_>, kind: Kind, text: &Text<'_>) -> Option<Label> {
        self.find_any(notes, &[kind], text.value, &text.at)
    }

    /// A name that must be known as one of several kinds.
    pub fn find_any(
        &self,
        notes: &mut Notes<'_>,
        kinds: &[Kind],
        name: &str,
        at: &Range<usize>,
    ) -> Option<Label> {
        let name = name.trim();
        if kinds.iter().any(|kind| self.has(*kind, name)) {
            return Label::new(name).ok();
        }
        if !notes.is_full() && notes.syntax == Syntax::Whole {
            let known = kinds.iter().flat_map(|kind| self.all(*kind));
            let word = kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" or ");
            notes.absent(at, format!("unknown {word} \"{name}\""), suggest::advice(name, known));
        }
        None
    }
}

fn items<'a>(value: Option<&'a Value<'a>>) -> impl Iterator<Item = &'a Value<'a>> {
    let array = value.and_then(|value| value.get_ref().as_array());
    array.into_iter().flat_map(|array| array.iter())
}

/// Names that queries keep for themselves.
const RESERVED: [&str; 3] = ["me", "mine", "none"];

/// Watches that each name of a kind is used once. Case alone makes no difference: queries ignore it.
pub(super) struct Once {
    kind: Kind,
    seen: BTreeMap<String, Range<usize>>,
}

impl Once {
    pub fn new(kind: Kind) -> Once {
        Once { kind, seen: BTreeMap::new() }
    }

    /// Whether the name is new and may be used.
    pub fn admit(&mut self, notes: &mut Notes<'_>, text: &Text<'_>) -> bool {
        let key = text.value.trim().to_lowercase();
        let word = self.kind.word();
        let queried = matches!(self.kind, Kind::Group | Kind::Person) && RESERVED.contains(&key.as_str());
        if queried || key.contains("->") {
            let message = format!("a {word} can't be called \"{}\"", text.value.trim());
            notes.error(&text.at, message, "the word has a meaning in queries or hand-offs: choose another");
            return false;
        }
        if let Some(first) = self.seen.get(&key) {
            let message = format!("{word} \"{}\" is defined twice", text.value.trim());
            let help = "rename or remove one of them (upper and lower case count as the same)";
            notes.error_also(&text.at, (&message, help), first, "first defined here");
            return false;
        }
        self.seen.insert(key, text.at.clone());
        true
    }
}
