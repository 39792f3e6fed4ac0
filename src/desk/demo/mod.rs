//! The throw-away desk of `tierline demo`: a team's last weeks, told by `assets/demo/tickets.toml` relative to now
//! and decided by the same rules as everything else, so it can hold nothing that a real desk could not. Never
//! touches a desk that is in use.

mod script;
mod watch;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use script::Scene;
use watch::Watch;

use super::clock::Clock;
use super::error::DeskError;
use super::foresight::Sight;
use crate::domain::event::{Author, Event, MatrixApplied};
use crate::domain::ids::{CommandId, TicketId};
use crate::domain::stamp::Stamp;
use crate::domain::text::Label;
use crate::matrix::{self, Matrix};
use crate::rules::{Context, decide};
use crate::store::{Bulk, Entry, Patience, Store};

/// Whose desk the demo is, unless somebody else is named.
pub const USER: &str = "mia";

const MATRIX: &str = include_str!("../../../assets/demo/escalation.toml");
const STORIES: &str = include_str!("../../../assets/demo/tickets.toml");

/// Makes the demo desk at `path`, told up to now. The same moment gives the same tickets.
///
/// # Errors
/// Trouble with the file. A story that its own matrix refuses is an error too; a test plays them all.
pub fn build(path: &Path, host: &Label, clock: Clock) -> Result<(), DeskError> {
    let now = clock.now();
    let matrix = demo_matrix()?;
    let scenes = script::scenes(STORIES, now).map_err(|why| broken("a story", why))?;
    let first = scenes.first().map_or(now, |scene| scene.at);
    let author = Author { actor: Label::soften("tess"), host: host.clone() };
    let mut store = Store::create(path, env!("CARGO_PKG_VERSION"), &author, first)?;
    store.foresee(Sight::of(&Arc::new(matrix.clone()), (1, first), &Arc::default(), path));
    store.bulk(&mut Patience::default(), |bulk| {
        bulk.add(&in_force(author, first))?;
        play(bulk, &scenes, &matrix, (host, now))
    })
}

fn demo_matrix() -> Result<Matrix, DeskError> {
    match matrix::read(MATRIX, "the demo's matrix") {
        Ok(reading) => Ok(reading.matrix),
        Err(mistakes) => {
            Err(DeskError::Matrix { file: "the demo's matrix".into(), text: MATRIX.into(), mistakes })
        }
    }
}

fn in_force(author: Author, at: Stamp) -> Entry {
    let applied = Event::from(MatrixApplied { text: String::from(MATRIX), ..MatrixApplied::default() });
    Entry { command: scene_id(0), author, at, matrix: 0, ticket: TicketId::DESK, events: vec![applied] }
}

/// Tells the scenes in their order, and in between what the matrix does by itself.
fn play(
    bulk: &mut Bulk<'_>,
    scenes: &[Scene],
    matrix: &Matrix,
    (host, now): (&Label, Stamp),
) -> Result<(), DeskError> {
    let mut watch = Watch::new(matrix, host);
    let mut numbers: BTreeMap<usize, TicketId> = BTreeMap::new();
    for (n, scene) in (1u64..).zip(scenes) {
        watch.until(bulk, scene.at)?;
        let author = Author { actor: scene.who.clone(), host: host.clone() };
        let known = numbers.get(&scene.ticket).copied();
        let id = known.unwrap_or_else(|| bulk.next_ticket());
        numbers.insert(scene.ticket, id);
        let ctx = Context { now: scene.at, author: &author, matrix };
        let ticket = if known.is_some() { Some(bulk.ticket(id)?) } else { None };
        let events = decide(ticket, &scene.command, &ctx).map_err(|refusal| {
            broken(&format!("ticket {}, {:?}", scene.ticket + 1, scene.command), refusal.to_string())
        })?;
        let entry = Entry { command: scene_id(n), author, at: scene.at, matrix: 1, ticket: id, events };
        watch.add(bulk, &entry)?;
    }
    watch.until(bulk, now)
}

fn scene_id(n: u64) -> CommandId {
    CommandId((u128::from(n) | 0xDE30 << 112).to_be_bytes())
}

fn broken(what: &str, why: String) -> DeskError {
    DeskError::Input { what: format!("the demo's {what}"), why, help: String::from("please report it") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::query::parse;
    use crate::store::Access;

    #[test]
    fn the_demo_looks_alive() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("demo.db");
        build(&path, &Label::soften("desk3"), Clock::Fixed(Stamp(1_795_341_660_000))).unwrap();
        let mut store = Store::open(&path, Access::Write).unwrap();
        let scope = crate::rules::scope(USER, Stamp(1_795_341_660_000), &demo_matrix().unwrap());
        let request = crate::store::PageRequest {
            query: parse("").unwrap(),
            scope,
            anchor: crate::store::Anchor::Top,
            rows: 200,
        };
        let page = store.read(&mut Patience::default(), |reader| reader.page(&request)).unwrap();
        let kinds = |of: fn(&crate::domain::row::Row) -> String| {
            page.rows.iter().map(of).collect::<BTreeSet<_>>().len()
        };
        assert!((55..=70).contains(&page.rows.len()), "{}", page.rows.len());
        assert_eq!(kinds(|row| row.phase.name().into()), 4);
        assert_eq!(kinds(|row| row.place.tier.clone()), 3);
        assert!(kinds(|row| row.place.group.clone()) >= 5);
        assert!(kinds(|row| row.owner.clone()) >= 6);
        assert!(
            page.rows.iter().any(|row| row.tally.bounces > 0)
                && page.rows.iter().any(|row| row.tally.reopens > 0)
        );
    }
}
