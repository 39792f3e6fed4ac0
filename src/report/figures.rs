//! What can be counted over tickets' rows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::sheet::{Cell, Section};
use crate::domain::row::Row;
use crate::domain::stamp::Span;
use crate::domain::ticket::Phase;

/// The figures of a desk.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Figures {
    pub tickets: u64,
    /// In the order of a ticket's life.
    pub phases: Vec<Share>,
    /// The most urgent first.
    pub priorities: Vec<Share>,
    /// The lowest first.
    pub tiers: Vec<Share>,
    /// Where tickets are now, the fullest first; by name where equal.
    pub groups: Vec<Share>,
    pub moves: Moves,
    /// Tickets that were resolved at least once, by whatever the log shows.
    pub resolved: u64,
    /// From opening to the last resolution, over all hours of the day.
    pub to_resolved: Hours,
    pub to_closed: Hours,
}

/// A part of the tickets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    pub name: String,
    pub tickets: u64,
    /// Of them, those that nobody has ended.
    pub open: u64,
}

/// How tickets went from hand to hand: how often, and how many tickets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Moves {
    pub handoffs: u64,
    pub handed_off: u64,
    pub escalations: u64,
    pub escalated: u64,
    pub bounces: u64,
    pub bounced: u64,
    pub reopens: u64,
    pub reopened: u64,
}

/// Lengths of time in hours, over `n` tickets; all 0 when there are none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Hours {
    pub n: u64,
    pub mean: f64,
    pub median: f64,
    /// Nine of ten took no longer.
    pub p90: f64,
    pub max: f64,
}

impl Figures {
    /// Counts rows.
    #[must_use]
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Figures {
        let mut counting = Counting::default();
        rows.into_iter().for_each(|row| counting.add(row));
        counting.figures()
    }

    /// Laid out for [`super::sheet`].
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let shares = [
            ("Status", "status", &self.phases),
            ("Priority", "priority", &self.priorities),
            ("Tier", "tier", &self.tiers),
            ("Group", "group", &self.groups),
        ];
        let shares = shares.into_iter().map(|(title, head, shares)| self.share(title, head, shares));
        [self.overall()].into_iter().chain(shares).chain([self.times()]).collect()
    }

    fn overall(&self) -> Section {
        let moves = &self.moves;
        let lines = [
            ("tickets", self.tickets, self.tickets),
            ("resolved", self.resolved, self.resolved),
            ("hand-offs", moves.handoffs, moves.handed_off),
            ("escalations", moves.escalations, moves.escalated),
            ("bounces", moves.bounces, moves.bounced),
            ("reopenings", moves.reopens, moves.reopened),
        ];
        let row = |(name, times, tickets): (&str, u64, u64)| {
            vec![Cell::Text(name.into()), Cell::Count(times), Cell::Count(tickets)]
        };
        Section::new("Tickets", &["what", "times", "tickets"], lines.map(row))
    }

    fn share(&self, title: &'static str, head: &'static str, shares: &[Share]) -> Section {
        let row = |share: &Share| {
            let part = percent(share.tickets, self.tickets);
            let name = if share.name.is_empty() { "—" } else { &share.name };
            vec![
                Cell::Text(name.into()),
                Cell::Count(share.tickets),
                Cell::Count(share.open),
                Cell::Decimal(part),
            ]
        };
        Section::new(title, &[head, "tickets", "open", "%"], shares.iter().map(row))
    }

    fn times(&self) -> Section {
        let row = |(name, hours): (&str, Hours)| {
            let figures = [hours.mean, hours.median, hours.p90, hours.max].map(Cell::Decimal);
            [Cell::Text(name.into()), Cell::Count(hours.n)].into_iter().chain(figures).collect()
        };
        let lines = [("opened to resolved", self.to_resolved), ("opened to closed", self.to_closed)];
        Section::new("Hours", &["from", "tickets", "mean", "median", "90%", "longest"], lines.map(row))
    }
}

#[derive(Default)]
struct Counting {
    tickets: u64,
    phases: BTreeMap<Phase, (u64, u64)>,
    priorities: BTreeMap<(u8, String), (u64, u64)>,
    tiers: BTreeMap<(u8, String), (u64, u64)>,
    groups: BTreeMap<String, (u64, u64)>,
    moves: Moves,
    to_resolved: Vec<Span>,
    to_closed: Vec<Span>,
}

impl Counting {
    fn add(&mut self, row: &Row) {
        let open = u64::from(row.phase.is_live());
        let (grade, place, times) = (&row.grade, &row.place, &row.times);
        self.tickets += 1;
        one(self.phases.entry(row.phase).or_default(), open);
        one(self.priorities.entry((grade.rank, grade.priority.clone())).or_default(), open);
        one(self.tiers.entry((place.rank, place.tier.clone())).or_default(), open);
        one(self.groups.entry(place.group.clone()).or_default(), open);
        self.moves.add(row);
        self.to_resolved.extend(times.resolved.map(|end| end.since(times.opened)));
        self.to_closed.extend(times.closed.map(|end| end.since(times.opened)));
    }

    fn figures(self) -> Figures {
        let resolved = self.to_resolved.len() as u64;
        let mut groups: Vec<Share> = self.groups.into_iter().map(|(name, n)| Share::new(name, n)).collect();
        groups.sort_by_key(|share| std::cmp::Reverse(share.tickets));
        let ranked = |by: BTreeMap<(u8, String), _>| {
            by.into_iter().map(|((_, name), n)| Share::new(name, n)).collect()
        };
        let phases = Phase::ALL.into_iter().map(|phase| {
            let counts = self.phases.get(&phase).copied().unwrap_or_default();
            Share::new(phase.name().to_owned(), counts)
        });
        Figures {
            tickets: self.tickets,
            phases: phases.collect(),
            priorities: ranked(self.priorities),
            tiers: ranked(self.tiers),
            groups,
            moves: self.moves,
            resolved,
            to_resolved: Hours::of(self.to_resolved),
            to_closed: Hours::of(self.to_closed),
        }
    }
}

fn one(counts: &mut (u64, u64), open: u64) {
    counts.0 += 1;
    counts.1 += open;
}

impl Share {
    fn new(name: String, (tickets, open): (u64, u64)) -> Share {
        Share { name, tickets, open }
    }
}

impl Moves {
    fn add(&mut self, row: &Row) {
        let tally = &row.tally;
        let counts = [
            (&mut self.handoffs, &mut self.handed_off, tally.handoffs),
            (&mut self.escalations, &mut self.escalated, tally.escalations),
            (&mut self.bounces, &mut self.bounced, tally.bounces),
            (&mut self.reopens, &mut self.reopened, tally.reopens),
        ];
        for (times, tickets, n) in counts {
            *times += u64::from(n);
            *tickets += u64::from(n > 0);
        }
    }
}

impl Hours {
    /// Quantiles as most tools have them: between two values where none is in the middle.
    #[must_use]
    pub fn of(mut spans: Vec<Span>) -> Hours {
        if spans.is_empty() {
            return Hours::default();
        }
        spans.sort_unstable();
        let hours: Vec<f64> = spans.iter().map(|span| span.0 as f64 / Span::HOUR.0 as f64).collect();
        Hours {
            n: hours.len() as u64,
            mean: hours.iter().sum::<f64>() / hours.len() as f64,
            median: quantile(&hours, 0.5),
            p90: quantile(&hours, 0.9),
            max: hours.last().copied().unwrap_or_default(),
        }
    }
}

/// Of ordered values, with a straight line between neighbours.
fn quantile(ordered: &[f64], share: f64) -> f64 {
    let place = share * ordered.len().saturating_sub(1) as f64;
    let at = |n: f64| ordered.get(n as usize).copied().unwrap_or_default();
    let (below, above) = (at(place.floor()), at(place.ceil()));
    below + (above - below) * place.fract()
}

fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_their_neighbours() {
        let hours = |n: &[i64]| Hours::of(n.iter().map(|n| Span::HOUR.times(*n)).collect());
        let four = hours(&[10, 1, 3, 2]);
        assert_eq!((four.n, four.mean, four.median, four.max), (4, 4.0, 2.5, 10.0));
        assert!((four.p90 - 7.9).abs() < 1e-9, "{four:?}");
        assert_eq!(hours(&[]), Hours::default());
        assert_eq!(hours(&[5]).p90, 5.0);
    }
}
