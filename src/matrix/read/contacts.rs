//! `contacts` of groups and people: channel, address, how soon they answer, and when to use it.

use super::condition::{self, Asker};
use super::names::Names;
use super::node::{self, Node};
use super::notes::Notes;
use super::value;
use crate::matrix::model::Contact;

pub(super) fn read(notes: &mut Notes<'_>, names: &Names<'_>, owner: &Node<'_>) -> Vec<Contact> {
    let nodes = owner.tables(notes, "contacts", "a contact");
    nodes.iter().filter_map(|node| contact(notes, names, node)).collect()
}

fn contact(notes: &mut Notes<'_>, names: &Names<'_>, node: &Node<'_>) -> Option<Contact> {
    node.only(notes, &["channel", "to", "respond-within", "when"]);
    let channel = node.need(notes, "channel", "\"phone\"");
    let to = node.need(notes, "to", "\"+1 555 0100\"");
    let within = node.text(notes, "respond-within");
    let text = node.text(notes, "when");
    let when = text.as_ref().and_then(|text| condition::when(notes, names, Asker::Person, text));
    if let Some(text) = &text {
        condition::without_clocks(notes, when.as_ref(), text);
    }
    Some(Contact {
        respond_within: within.and_then(|text| value::span(notes, "respond-within", &text)),
        when,
        channel: channel.and_then(|text| node::label(notes, "`channel`", &text))?,
        to: to.and_then(|text| node::line(notes, "`to`", &text))?,
    })
}
