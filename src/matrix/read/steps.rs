//! `[[steps]]`: at this point of this clock, when this query holds, do that.

use std::ops::Range;

use super::condition::{self, Asker};
use super::names::{Kind, Names, Once};
use super::node::{self, Node, Text};
use super::notes::{Notes, Syntax};
use super::targets::Draft;
use super::{suggest, value};
use crate::domain::case::same;
use crate::domain::query::{LevelField, LevelRange, Query, Sense, Test};
use crate::domain::stamp::Span;
use crate::domain::text::Label;
use crate::matrix::model::{Act, At, Clock, Limit, Repeat, Step, When};

const ACTS: [&str; 5] = ["escalate", "notify", "release", "raise", "suggest"];
/// Reminders beyond this are noise.
const MOST_REPEATS: i64 = 100;
/// Ten times the limit.
const MOST_SHARE: u16 = 1_000;

/// The whole matrix, and what it names.
type Within<'a> = (&'a Node<'a>, &'a Names<'a>);

pub(super) fn read(
    notes: &mut Notes<'_>,
    root: &Node<'_>,
    names: &Names<'_>,
    targets: &[Draft],
) -> Vec<Step> {
    let mut once = Once::new(Kind::Step);
    let nodes = root.tables(notes, "steps", "a step");
    let mut steps = Vec::new();
    for node in &nodes {
        let step = step(notes, (root, names), &mut once, node);
        if let Some((clock, At::Offset(offset))) = step.as_ref().and_then(|step| step.clock) {
            too_early(notes, node, targets, clock, offset);
        }
        steps.extend(step);
    }
    steps
}

/// So long before the end of every limit that it would act as soon as the clock starts.
fn too_early(notes: &mut Notes<'_>, node: &Node<'_>, targets: &[Draft], clock: Clock, offset: Span) {
    let of_clock = |key: &str| key == clock.name() || (clock == Clock::Tier && key.starts_with("tier "));
    let limits = || {
        let placed = targets.iter().flat_map(|draft| &draft.limits);
        placed.filter(|(key, _)| of_clock(key)).map(|(_, (limit, _))| *limit)
    };
    let shorter = |limit| matches!(limit, Limit::Time(span) if span.0 < offset.0.saturating_neg());
    if let Some(text) = node.text(notes, "at").filter(|_| limits().next().is_some() && limits().all(shorter))
    {
        let message = format!("this step acts at once: every limit of the {} clock is shorter", clock.name());
        notes.warn(&text.at, message, "write a shorter time, or a share of the limit (\"75%\")");
    }
}

/// A clock that no target limits never falls due.
fn idle(notes: &mut Notes<'_>, root: &Node<'_>, clock: Clock, at: &Range<usize>) {
    let targets = root.get("targets").and_then(|targets| targets.get_ref().as_table());
    let limited = targets
        .into_iter()
        .flat_map(|targets| targets.values())
        .any(|target| target.get_ref().get(clock.name()).is_some());
    if !limited && notes.syntax == Syntax::Whole {
        let name = clock.name();
        let message = format!("this step never acts: no target limits the {name} clock");
        notes.warn(at, message, format!("add `{name}` to a target"));
    }
}

fn step(notes: &mut Notes<'_>, (root, names): Within<'_>, once: &mut Once, node: &Node<'_>) -> Option<Step> {
    node.only(notes, &["name", "clock", "at", "when", "do", "repeat"]);
    let name = node.need(notes, "name", "\"P1 stuck at L1\"").filter(|name| once.admit(notes, name));
    let name = name.and_then(|name| node::line(notes, "`name`", &name));
    let text = node.text(notes, "when");
    let when = text.as_ref().and_then(|text| condition::when(notes, names, Asker::Nobody, text));
    let empty = text.as_ref().is_none_or(|text| text.value.trim().is_empty());
    if node.get("clock").is_none() && empty {
        let help = "add the clock it waits for (clock = \"tier\"), or a condition (when = \"reopens:>=2\")";
        notes.absent(&node.at, "a step with neither clock nor condition", help);
    }
    let clock = clock(notes, root, node);
    let acts = acts(notes, names, node);
    if let (Some(when), Some(text)) = (&when, text) {
        top(notes, names, when, &acts, &text.at);
    }
    let repeat = repeat(notes, node);
    Some(Step { name: name?, clock, when, acts, repeat })
}

fn clock(notes: &mut Notes<'_>, root: &Node<'_>, node: &Node<'_>) -> Option<(Clock, At)> {
    let at = node.text(notes, "at");
    let Some(word) = node.text(notes, "clock") else {
        if let Some(at) = at.filter(|_| node.get("clock").is_none()) {
            notes.absent(&at.at, "`at` without a clock", "add the clock it belongs to: clock = \"tier\"");
        }
        return None;
    };
    let clock = Clock::ALL.into_iter().find(|clock| clock.name() == word.value.trim());
    if clock.is_none() && !notes.is_full() {
        let help = suggest::advice(word.value, Clock::ALL.iter().map(|clock| clock.name()));
        notes.error(&word.at, format!("unknown clock \"{}\"", word.value), help);
    }
    if let Some(clock) = clock {
        idle(notes, root, clock, &word.at);
    }
    let at = at.map_or(Some(At::Share(100)), |at| point(notes, &at));
    clock.zip(at)
}

/// `75%`, `+30m`, `-10m`.
fn point(notes: &mut Notes<'_>, text: &Text<'_>) -> Option<At> {
    let word = text.value.trim();
    if word.ends_with('%') {
        return value::share(notes, "at", text, (1, MOST_SHARE)).map(At::Share);
    }
    let signed = word.split_at_checked(1).filter(|(sign, _)| matches!(*sign, "+" | "-"));
    let Some((sign, length)) = signed else {
        let help = "write a share of the limit (\"75%\"), or a time after or before it (\"+30m\", \"-10m\")";
        notes.error(&text.at, format!("`at` is no point of a clock: \"{word}\""), help);
        return None;
    };
    let span = value::span(notes, "at", &Text { value: length, at: text.at.clone() })?;
    Some(At::Offset(if sign == "-" { span.times(-1) } else { span }))
}

fn acts(notes: &mut Notes<'_>, names: &Names<'_>, node: &Node<'_>) -> Vec<Act> {
    let words = node.texts(notes, "do");
    if words.is_empty() && node.get("do").is_none_or(|value| value.get_ref().is_array()) {
        notes.absent(&node.at, "a step that does nothing", "add: do = [\"notify:supervisor\"]");
    }
    words.iter().filter_map(|word| act(notes, names, word)).collect()
}

fn act(notes: &mut Notes<'_>, names: &Names<'_>, text: &Text<'_>) -> Option<Act> {
    let (word, whom) = match text.value.split_once(':') {
        Some((word, whom)) => (word.trim(), Some(whom.trim())),
        None => (text.value.trim(), None),
    };
    match (word, whom) {
        ("escalate", None) => Some(Act::Escalate(None)),
        ("escalate", Some(group)) => {
            let group = names.find_any(notes, &[Kind::Group], group, &text.at)?;
            lowest(notes, names, &group, &text.at);
            Some(Act::Escalate(Some(group)))
        }
        ("notify", Some(who)) => {
            let who = names.find_any(notes, &[Kind::Person, Kind::Role], who, &text.at)?;
            nobody(notes, names, &who, &text.at);
            Some(Act::Notify(who))
        }
        ("notify", None) => {
            notes.error(&text.at, "notify whom?", "name a person or a role: \"notify:supervisor\"");
            None
        }
        ("release", None) => Some(Act::Release),
        ("raise", None) => Some(Act::Raise),
        ("suggest", None) => Some(Act::Suggest),
        _ => {
            unknown_act(notes, word, text);
            None
        }
    }
}

/// A role is told by way of those who have it.
fn nobody(notes: &mut Notes<'_>, names: &Names<'_>, who: &Label, at: &Range<usize>) {
    if !names.has(Kind::Person, who.as_str()) && !names.held.contains(who.as_str()) {
        let help = "give somebody that role under [[people]], or name a person";
        notes.warn(at, format!("this tells nobody: no person has the role {who}"), help);
    }
}

/// Nothing escalates to the lowest tier.
fn lowest(notes: &mut Notes<'_>, names: &Names<'_>, group: &Label, at: &Range<usize>) {
    let (tier, first) = (names.tier_of.get(group.as_str()), names.tiers.first());
    if let (Some(tier), Some(first)) = (tier, first)
        && same(tier, first)
    {
        let message = format!("{group} is in the lowest tier ({first}), to which nothing escalates");
        notes.warn(at, message, "name a group of a higher tier");
    }
}

fn unknown_act(notes: &mut Notes<'_>, word: &str, text: &Text<'_>) {
    if ACTS.contains(&word) {
        notes.error(&text.at, format!("\"{word}\" takes no name"), format!("write \"{word}\" alone"));
    } else if !notes.is_full() {
        notes.error(&text.at, format!("unknown act \"{word}\""), suggest::advice(word, ACTS));
    }
}

fn repeat(notes: &mut Notes<'_>, node: &Node<'_>) -> Option<Repeat> {
    let table = node::node(notes, "repeat", node.get("repeat")?, "`repeat`".into())?;
    table.only(notes, &["every", "times"]);
    let text = table.need(notes, "every", "\"30m\"");
    let every = text.as_ref().and_then(|text| value::span(notes, "every", text));
    if let Some(text) = text.filter(|_| every.is_some_and(|every| every < Span::MINUTE)) {
        notes.error(&text.at, "a repeat more often than every minute", "write at least 1m");
    }
    if table.get("times").is_none() {
        notes.absent(&table.at, "`repeat` without `times`", "say how often: times = 3");
    }
    let (every, times) = every.zip(table.number(notes, "times", (1, MOST_REPEATS)))?;
    Some(Repeat { every, times: u16::try_from(times).unwrap_or(u16::MAX) })
}

/// From the last tier nobody escalates further.
fn top(notes: &mut Notes<'_>, names: &Names<'_>, when: &When, acts: &[Act], at: &Range<usize>) {
    let escalates = acts.iter().any(|act| matches!(act, Act::Escalate(_)));
    let last = names.tiers.last().map(|tier| tier.to_lowercase()).unwrap_or_default();
    if escalates && names.tiers.len() > 1 && holds_only_at(&when.query, &last) {
        let help = "call somebody in instead: do = [\"notify:…\"]";
        notes.warn(at, "this step escalates from the last tier, where there is no way up", help);
    }
}

fn holds_only_at(query: &Query, tier: &str) -> bool {
    let is_tier = |range: &LevelRange| match range {
        LevelRange::One(name) => name.to_lowercase() == tier,
        LevelRange::Range(Some(from), _) => from.to_lowercase() == tier,
        _ => false,
    };
    query.terms.iter().any(|term| match &term.test {
        Test::Level(LevelField::Tier, ranges) => term.sense == Sense::Is && ranges.iter().all(is_tier),
        _ => false,
    })
}
