//! The lists there are: what the action table, the views and the query language offer, as entries.

use super::{List, Pick, Search, State, signs};
use crate::desk::{Notice, Stands};
use crate::domain::query::field::SORT_KEYS;
use crate::domain::query::{Sort, SortKey, Way};
use crate::domain::ticket::Ticket;
use crate::tui::action::{Action, ActionId, Context};
use crate::tui::env::{Env, Facts};
use crate::tui::intent::Intent;
use crate::tui::model::inbox;
use crate::tui::view::text::{width, wrap};
use crate::tui::views::VIEWS;

/// Every action that can be done from here.
#[must_use]
pub fn palette(ticket: Option<&Ticket>, env: &Env) -> List {
    let facts = Facts { env, ticket };
    let actions = Action::all().filter(|action| is_command(action));
    List::new("Commands", Search::Fuzzy, actions.map(|action| pick_action(action, &facts, "")).collect())
}

/// Every action under its heading, those of dialogs too; then what the signs of the queue mean.
#[must_use]
pub fn help(ticket: Option<&Ticket>, env: &Env) -> List {
    let facts = Facts { env, ticket };
    let mut actions: Vec<&Action> = Action::all().collect();
    actions.sort_by_key(|action| action.group);
    let picks = actions.into_iter().map(|action| pick_action(action, &facts, action.group.title()));
    List::new("Keys, actions and signs; type to search", Search::Words, picks.chain(signs::picks()).collect())
}

/// Not a key of dialogs, and not the palette itself.
fn is_command(action: &Action) -> bool {
    !action.contexts.contains(&Context::Dialog) && !matches!(action.id, ActionId::Palette)
}

fn pick_action(action: &Action, facts: &Facts, group: &'static str) -> Pick {
    let keys: Vec<String> = facts.env.keys.keys(action.id).iter().map(ToString::to_string).collect();
    let in_panes = !action.contexts.contains(&Context::Dialog);
    let state = match action.available(facts) {
        Err(refusal) if in_panes => State::Barred(refusal.to_string()),
        Ok(()) | Err(_) => State::Ready,
    };
    Pick {
        intent: in_panes.then_some(Intent::Act(action.id)),
        group,
        keys: keys.join(" , ").replace(" , ", ", "),
        label: action.label.to_owned(),
        detail: action.doc.to_owned(),
        state,
    }
}

/// What the person had to hear of; a ticket in other hands by now is marked as settled. The moments are of one width,
/// and the subject comes first: what happened is often the same.
#[must_use]
pub fn notices(notices: &[Notice], env: &Env) -> List {
    let when = |notice: &Notice| env.zone.short(notice.at, env.now);
    let (wide, number) = (
        notices.iter().map(|notice| width(&when(notice))).max().unwrap_or(0),
        notices.iter().map(|notice| notice.ticket.to_string().len()).max().unwrap_or(0),
    );
    let pick = |notice: &Notice| Pick {
        intent: Some(Intent::Select(notice.ticket)),
        group: "",
        keys: String::new(),
        label: format!("{:>wide$} {:>number$}", when(notice), notice.ticket.to_string()),
        detail: format!(
            "{}{} · {}",
            if notice.stands == Stands::Settled { "(settled) " } else { "" },
            shortened(&notice.subject),
            inbox::happened(notice)
        ),
        state: State::Ready,
    };
    List::new("Notices, the latest first", Search::Words, notices.iter().map(pick).collect())
}

/// A subject of a few words, so that what happened has room beside it.
fn shortened(subject: &str) -> String {
    const MOST: usize = 30;
    let lines = wrap(subject, MOST);
    match lines.as_slice() {
        [first, _, ..] => format!("{first}..."),
        _ => subject.to_owned(),
    }
}

/// The saved views.
#[must_use]
pub fn views(current: usize) -> List {
    let pick = |(at, view): (usize, &crate::tui::views::View)| Pick {
        intent: Some(Intent::View(at)),
        group: "",
        keys: String::new(),
        label: view.name.to_owned(),
        detail: format!("{}  {}", view.doc, view.query),
        state: if at == current { State::Current } else { State::Ready },
    };
    List::new("Views", Search::Words, VIEWS.iter().enumerate().map(pick).collect())
}

/// The orders: each key both ways.
#[must_use]
pub fn sorts(current: &[Sort]) -> List {
    let as_view = Pick {
        intent: Some(Intent::Sort(Vec::new())),
        group: "",
        keys: String::new(),
        label: String::from("as the view has it"),
        detail: String::new(),
        state: if current.is_empty() { State::Current } else { State::Ready },
    };
    let both = SORT_KEYS.iter().flat_map(|(key, words)| [Way::Up, Way::Down].map(|way| (*key, way, *words)));
    let pick = |(key, way, words): (SortKey, Way, &[&str])| {
        let sort = vec![Sort { key, way }];
        let name = words.first().copied().unwrap_or_default();
        Pick {
            state: if sort == current { State::Current } else { State::Ready },
            intent: Some(Intent::Sort(sort)),
            group: "",
            keys: String::new(),
            label: if way == Way::Up { name.to_owned() } else { format!("-{name}") },
            detail: told(key, way).to_owned(),
        }
    };
    List::new("Order", Search::Words, [as_view].into_iter().chain(both.map(pick)).collect())
}

/// What comes first.
fn told(key: SortKey, way: Way) -> &'static str {
    match (key, way) {
        (SortKey::Priority, Way::Up) => "the most urgent first",
        (SortKey::Priority, Way::Down) => "the least urgent first",
        (SortKey::Due, Way::Up) => "the next to happen first",
        (SortKey::Due, Way::Down) => "the last to happen first",
        (SortKey::Age, Way::Up) => "the youngest first",
        (SortKey::Age, Way::Down) => "the oldest first",
        (SortKey::Opened | SortKey::Updated | SortKey::Resolved | SortKey::Closed, Way::Up) => {
            "the earliest first"
        }
        (SortKey::Opened | SortKey::Updated | SortKey::Resolved | SortKey::Closed, Way::Down) => {
            "the latest first"
        }
        (SortKey::Tier, Way::Up) => "the lowest tier first",
        (SortKey::Tier, Way::Down) => "the highest tier first",
        (_, Way::Up) => "rising",
        (_, Way::Down) => "falling",
    }
}
