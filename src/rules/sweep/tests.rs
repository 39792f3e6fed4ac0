//! Stories of one ticket that several consoles look after: what each look records, and when.

mod contract;
mod limits;
mod properties;
mod slow;
mod stories;

use super::*;
use crate::domain::ids::TicketId;
use crate::domain::text::Label;
use crate::matrix::Matrix;
use crate::rules::clocks::script::{MATRIX, at, calendars, reads, shown, story};
use crate::rules::outlook::outlook;
use crate::rules::worktime::Calendars;

/// A ticket, its log, and the rules that it is under.
#[derive(Clone)]
pub(in crate::rules) struct Told {
    pub matrix: Matrix,
    pub calendars: Calendars,
    pub events: Vec<Recorded>,
    pub since: Stamp,
}

impl Told {
    /// The matrix of the clocks' tests with these steps, and the events of a story.
    pub fn new(steps: &str, lines: &str) -> Told {
        let matrix = reads(&format!("{MATRIX}\n[roles.supervisor]\nmay = [\"take\"]\n{steps}"));
        let calendars = calendars(&matrix);
        Told { matrix, calendars, events: Vec::new(), since: Stamp(i64::MIN) }.and(lines)
    }

    /// What people do.
    pub fn and(mut self, lines: &str) -> Told {
        for recorded in story(lines) {
            self.push(recorded);
        }
        self
    }

    pub fn push(&mut self, recorded: Recorded) {
        let seq = Seq(i64::try_from(self.events.len()).unwrap() + 1);
        self.events.push(Recorded { seq, ..recorded });
    }

    pub fn ticket(&self) -> Ticket {
        fold::replay(TicketId(7), &self.events)
    }

    pub fn case<'a>(&'a self, ticket: &'a Ticket) -> Case<'a> {
        let Told { matrix, calendars, events, since } = self;
        Case { ticket, events, matrix, calendars, since: *since }
    }

    /// When the first thing comes by itself, as the outlook has it.
    pub fn next(&self) -> Option<Stamp> {
        outlook(&self.case(&self.ticket())).next
    }

    /// Somebody's console looks, and records what it finds.
    pub fn looks(&mut self, now: Stamp) -> Vec<Firing> {
        let author = Author { actor: Label::soften("sam"), host: Label::soften("desk9") };
        let ticket = self.ticket();
        let firings = sweep(&self.case(&ticket), &author, now);
        for event in firings.iter().flat_map(|firing| &firing.events) {
            let ctx = Context { now, author: &author, matrix: &self.matrix };
            let recorded = foretold(&self.ticket(), event, &ctx);
            self.push(recorded);
        }
        firings
    }

    /// As [`Told::looks`], a line for each firing.
    pub fn at(&mut self, now: &str) -> Vec<String> {
        self.looks(at(now)).iter().map(said).collect()
    }

    /// Nobody looks but exactly when something comes, until a moment.
    pub fn until(&mut self, end: &str) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(next) = self.next().filter(|next| *next <= at(end)) {
            let firings = self.looks(next);
            assert!(!firings.is_empty(), "at {} nothing was due", shown(next));
            lines.extend(firings.iter().map(|firing| format!("{} {}", day(next), said(firing))));
        }
        lines
    }
}

fn day(at: Stamp) -> String {
    shown(at).get(5..).unwrap().to_owned()
}

/// `step tier Stuck (1.1) due 06-01 08:30: escalate Network, notify supervisor`
fn said(firing: &Firing) -> String {
    let Key { what, round, turn, .. } = &firing.key;
    let did = firing.events.iter().find_map(|event| match event {
        Event::StepFired(it) => Some(it.did.iter().map(deed).collect::<Vec<_>>().join(", ")),
        _ => None,
    });
    let did = did.map_or(String::new(), |did| format!(": {did}"));
    format!("{what} ({round}.{turn}) due {}{did}", day(firing.due))
}

fn deed(deed: &crate::domain::event::Deed) -> String {
    let named = |name: &Option<Label>| name.as_ref().map_or(String::new(), |name| format!(" {name}"));
    let skipped = deed.skipped.as_ref().map_or(String::new(), |why| format!(" [{why}]"));
    format!("{}{}{}{skipped}", deed.act.name(), named(&deed.to), named(&deed.who))
}
