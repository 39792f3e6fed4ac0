//! `[[routes]]`: where a ticket goes when it is opened. The first that matches wins.

use std::ops::Range;

use super::condition::{self, Asker};
use super::names::{Kind, Names};
use super::node::Node;
use super::notes::Notes;
use crate::matrix::model::Route;

pub(super) fn read(notes: &mut Notes<'_>, root: &Node<'_>, names: &Names<'_>) -> Vec<Route> {
    let mut routes: Vec<(Route, Range<usize>)> = Vec::new();
    for node in root.tables(notes, "routes", "a route") {
        node.only(notes, &["name", "when", "to"]);
        let name = node.line(notes, "name");
        let text = node.need(notes, "when", "\"category:network/*\"");
        let to =
            node.need(notes, "to", "\"Service Desk\"").and_then(|to| names.find(notes, Kind::Group, &to));
        let Some(text) = text else { continue };
        let when = condition::when(notes, names, Asker::Nobody, &text);
        condition::without_clocks(notes, when.as_ref(), &text);
        if let (Some(when), Some(to)) = (when, to) {
            routes.push((Route { name, when, to }, text.at));
        }
    }
    unreachable(notes, &routes);
    routes.into_iter().map(|(route, _)| route).collect()
}

fn unreachable(notes: &mut Notes<'_>, routes: &[(Route, Range<usize>)]) {
    let mut first_of = std::collections::BTreeMap::new();
    let catch_all = routes.iter().position(|(route, _)| route.when.query.terms.is_empty());
    for (place, (route, at)) in routes.iter().enumerate() {
        let hidden = catch_all.filter(|first| *first < place).and_then(|first| routes.get(first));
        let same = first_of.get(&route.when.text).copied();
        if let Some((_, first)) = hidden {
            let texts = ("this route is never reached", "move it above the route that matches everything");
            notes.error_also(at, texts, first, "this one matches every ticket");
        } else if let Some(first) = same {
            let texts = ("this route is never reached", "remove one of the two");
            notes.error_also(at, texts, first, "the same condition stands here");
        }
        first_of.entry(&route.when.text).or_insert(at);
    }
}
