//! `[desk]`: its name, its time zone, and where tickets go that no route sends elsewhere.

use super::names::{Kind, Names};
use super::node::{self, Node};
use super::notes::Notes;
use super::value;
use crate::domain::text::{Label, Line};
use crate::matrix::model::DeskSection;

/// The zone of a desk that names none; its calendars then need one.
const UTC: &str = "UTC";

pub(super) fn read(notes: &mut Notes<'_>, root: &Node<'_>, names: &Names<'_>) -> DeskSection {
    let Some(desk) = root.section(notes, "desk") else {
        notes.absent(&root.at, "the matrix has no [desk]", "add: [desk] and below it name = \"Help Desk\"");
        return DeskSection {
            name: Line::default(),
            timezone: UTC.to_owned(),
            default_group: first_group(names),
        };
    };
    desk.only(notes, &["name", "timezone", "default-group"]);
    let name = desk.need(notes, "name", "\"Help Desk\"").and_then(|text| node::line(notes, "`name`", &text));
    let timezone = desk.text(notes, "timezone").and_then(|text| value::zone(notes, &text));
    let default = desk.text(notes, "default-group");
    let default = default.and_then(|text| names.find(notes, Kind::Group, &text));
    if desk.get("timezone").is_none() && root.get("calendars").is_some() {
        let help = "add the zone the working hours are meant in: timezone = \"Europe/Berlin\"";
        notes.absent(&desk.at, "[desk] has calendars but no `timezone`", help);
    }
    DeskSection {
        name: name.unwrap_or_default(),
        timezone: timezone.unwrap_or_else(|| UTC.to_owned()),
        default_group: default.unwrap_or_else(|| first_group(names)),
    }
}

/// The first group of the first tier.
fn first_group(names: &Names<'_>) -> Label {
    let first = names.tiers.first().copied().unwrap_or_default();
    let group = names.groups.iter().find(|group| names.tier_of.get(*group) == Some(&first));
    group.or(names.groups.first()).and_then(|group| Label::new(group).ok()).unwrap_or_default()
}
