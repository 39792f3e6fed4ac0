//! When the condition of a step holds: of the ticket as it is, from its last event on; and how long it held before.

use super::steps::Pending;
use super::{Case, Item};
use crate::domain::event::Recorded;
use crate::domain::fold;
use crate::domain::query::{Query, Scope, texts_of};
use crate::domain::row::{Outlook, Row};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Ticket;
use crate::rules::clocks::Clocks;
use crate::rules::{outlook, scope};

/// Asks the matrix's conditions, for nobody in particular.
#[derive(Debug)]
pub struct Judge<'a> {
    case: Case<'a>,
    looks: Looks,
    scope: Scope,
    /// The moment of the last event.
    latest: Stamp,
}

/// A ticket as conditions see it.
#[derive(Debug)]
struct Looks {
    row: Row,
    texts: Vec<Vec<String>>,
}

/// A stretch of time through which a condition holds; without an end if nothing but an event can end it.
#[derive(Debug, Clone, Copy)]
struct Window {
    from: Stamp,
    to: Option<Stamp>,
}

impl Window {
    fn has(&self, at: Stamp) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }
}

impl<'a> Judge<'a> {
    pub fn new(case: Case<'a>, clocks: &Clocks) -> Judge<'a> {
        let latest = clocks.now;
        let looks = Looks::of(&case, outlook::standing(case.ticket, clocks));
        Judge { case, looks, scope: scope("", latest, case.matrix), latest }
    }

    /// Its first opportunity from a moment on, of those that are `ours`. What was due before the last event says that it
    /// is due since then: [`Judge::dated`] knows better.
    pub fn first(&self, pending: &Pending, from: Stamp, ours: impl Fn(Item) -> bool) -> Option<Item> {
        let Pending { what, round, turn, .. } = *pending;
        self.windows(pending).into_iter().find_map(|window| {
            let due = window.from;
            let opens = pending.hours.map_or(due.max(from), |hours| hours.next(due.max(from)));
            let item = Item { what, round, turn, due, opens };
            (window.has(opens) && ours(item)).then_some(item)
        })
    }

    /// With the moment since which it has really been due, for which the whole log is read.
    pub fn dated(&self, pending: &Pending, item: Item) -> Item {
        match pending.when.filter(|_| item.due == self.latest && pending.point < self.latest) {
            Some(when) => Item { due: self.since(when, pending.point).unwrap_or(item.due), ..item },
            None => item,
        }
    }

    /// When the condition holds from the point on, in order, as far as the ticket is as it is now.
    fn windows(&self, pending: &Pending) -> Vec<Window> {
        match pending.when {
            None => vec![Window { from: pending.point, to: None }],
            Some(when) => self.looks.windows(when, &self.scope, self.latest.max(pending.point)),
        }
    }

    /// From when on, not before `point`, a condition has held without a break up to the last event.
    fn since(&self, when: &Query, point: Stamp) -> Option<Stamp> {
        let (mut ticket, mut at, mut since) = (Ticket::blank(self.case.ticket.id), Stamp(i64::MIN), None);
        let events = self.case.events;
        for (place, recorded) in events.iter().enumerate() {
            ticket = fold::apply(ticket, recorded);
            at = at.max(recorded.at);
            let next = events.get(place + 1).map_or(Stamp(self.latest.0.saturating_add(1)), |next| next.at);
            if next > at.max(point) {
                let told = events.get(..=place).unwrap_or_default();
                since = self.then(&ticket, told, when).held(when, &self.scope, (at.max(point), next), since);
            }
        }
        since
    }

    /// The ticket as it was after its first events, with its clocks if the condition asks for them.
    fn then(&self, ticket: &Ticket, events: &[Recorded], when: &Query) -> Looks {
        let case = Case { ticket, events, ..self.case };
        let outlook = match when.asks_clocks() {
            true => outlook::standing(ticket, &case.clocks()),
            false => Outlook::default(),
        };
        Looks::of(&case, outlook)
    }
}

impl Looks {
    fn of(case: &Case, outlook: Outlook) -> Looks {
        let asks = |query: &Query| query.asks_text();
        let said = case.matrix.steps.iter().filter_map(|step| step.when.as_ref()).any(|when| asks(when));
        let texts = if said { texts_of(case.ticket) } else { Vec::new() };
        Looks { row: Row::of(case.ticket, outlook), texts }
    }

    fn holds(&self, query: &Query, scope: &Scope) -> bool {
        query.bind(scope).holds(&self.row, &self.texts)
    }

    /// When a query holds from a moment on, in order.
    fn windows(&self, query: &Query, scope: &Scope, begin: Stamp) -> Vec<Window> {
        let turns = query.turns(&self.row);
        if turns.is_empty() {
            let always = Window { from: begin, to: None };
            return if self.holds(query, scope) { vec![always] } else { Vec::new() };
        }
        let mut scope = scope.clone();
        let mut windows: Vec<Window> = Vec::new();
        for moment in std::iter::once(begin).chain(turns.into_iter().filter(|turn| *turn > begin)) {
            scope.now = moment;
            let holds = self.holds(query, &scope);
            match windows.last_mut() {
                Some(open) if open.to.is_none() && !holds => open.to = Some(moment),
                Some(open) if open.to.is_none() => {}
                _ if holds => windows.push(Window { from: moment, to: None }),
                _ => {}
            }
        }
        windows
    }

    /// From when on a query holds without a break up to the end of a stretch, if it held before it since `since`.
    fn held(
        &self,
        query: &Query,
        scope: &Scope,
        (from, to): (Stamp, Stamp),
        since: Option<Stamp>,
    ) -> Option<Stamp> {
        let last = self.windows(query, scope, from).into_iter().rfind(|window| window.from < to)?;
        let holds = last.to.is_none_or(|end| end >= to);
        let start = if last.from == from { since.unwrap_or(from) } else { last.from };
        holds.then_some(start)
    }
}
