//! How tickets came out: what their requesters said of it, and which limits they broke, as the log recorded it.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Cell, Section};
use crate::domain::clock::Clock;
use crate::domain::event::{Event, Recorded};
use crate::domain::ids::TicketId;
use crate::domain::row::Row;

/// Scores and breaches of the tickets asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// How many tickets were asked about.
    pub tickets: u64,
    /// The last score of each ticket that has one.
    scores: BTreeMap<TicketId, u8>,
    /// On which tickets, in which rounds: told again by another limit, as after a mistaken priority, it is the same one.
    breaches: BTreeMap<Clock, BTreeSet<(TicketId, u32)>>,
}

impl Outcomes {
    /// Counts what the log says of these tickets.
    #[must_use]
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a Row>, events: &[Recorded]) -> Outcomes {
        let asked: BTreeSet<TicketId> = rows.into_iter().map(|row| row.id).collect();
        let mut outcomes = Outcomes { tickets: asked.len() as u64, ..Outcomes::default() };
        events.iter().filter(|it| asked.contains(&it.ticket)).for_each(|it| outcomes.add(it));
        outcomes
    }

    fn add(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::Confirmed(it) => {
                self.scores.extend(it.satisfaction.map(|score| (recorded.ticket, score)));
            }
            Event::Breached(it) => {
                self.breaches.entry(it.clock).or_default().insert((recorded.ticket, it.round));
            }
            _ => {}
        }
    }

    /// Laid out for [`super::sheet`].
    #[must_use]
    pub fn sections(&self) -> [Section; 2] {
        [self.satisfaction(), self.breached()]
    }

    fn satisfaction(&self) -> Section {
        let n = self.scores.len();
        let sum: u64 = self.scores.values().map(|score| u64::from(*score)).sum();
        let mean = if n == 0 { 0.0 } else { sum as f64 / n as f64 };
        let name = Cell::Text("last score of each ticket, 1 to 5".into());
        let row = vec![name, Cell::Count(n as u64), Cell::Decimal(mean)];
        Section::new("Satisfaction", &["what", "tickets", "mean"], [row])
    }

    fn breached(&self) -> Section {
        let row = |clock: Clock| {
            let rounds = || self.breaches.get(&clock).into_iter().flatten();
            let tickets: BTreeSet<TicketId> = rounds().map(|(ticket, _)| *ticket).collect();
            let (times, tickets) = (rounds().count() as u64, tickets.len() as u64);
            let share = if self.tickets == 0 { 0.0 } else { 100.0 * tickets as f64 / self.tickets as f64 };
            let counts = [times, tickets, self.tickets].map(Cell::Count);
            [Cell::Text(clock.name().into())]
                .into_iter()
                .chain(counts)
                .chain([Cell::Decimal(share)])
                .collect()
        };
        let head = ["clock", "times", "tickets", "of", "%"];
        Section::new("Limits breached, as recorded", &head, Clock::ALL.map(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Author, Breached, Channel, Confirmed, Reached, Rest};
    use crate::domain::ids::{EventId, Seq};
    use crate::domain::row::Outlook;
    use crate::domain::stamp::Stamp;
    use crate::domain::text::Label;
    use crate::domain::ticket::Ticket;

    fn said(ticket: i64, event: impl Into<Event>) -> Recorded {
        Recorded {
            id: EventId(1),
            ticket: TicketId(ticket),
            seq: Seq(2),
            at: Stamp(0),
            author: Author { actor: Label::soften("jo"), host: Label::soften("desk3") },
            event: event.into(),
            matrix: 1,
            command: None,
        }
    }

    fn scored(ticket: i64, satisfaction: Option<u8>) -> Recorded {
        let (reached, channel) = (Reached::Yes, Channel::Phone);
        said(ticket, Confirmed { reached, channel, satisfaction, comment: None, rest: Rest::new() })
    }

    fn broke(ticket: i64, clock: Clock, round: u32) -> Recorded {
        said(ticket, Breached { clock, round, due: Stamp(0), rest: Rest::new() })
    }

    #[test]
    fn the_last_score_counts_and_each_breached_round_of_the_tickets_asked_about() {
        let rows = [1, 2, 3, 4].map(|id| Row::of(&Ticket::blank(TicketId(id)), Outlook::default()));
        let events = [
            scored(1, Some(1)),
            scored(1, Some(4)),
            scored(1, None),
            scored(2, Some(5)),
            scored(9, Some(1)),
            broke(1, Clock::Update, 1),
            broke(1, Clock::Update, 2),
            broke(1, Clock::Update, 2),
            broke(2, Clock::Update, 1),
            broke(9, Clock::Tier, 1),
        ];
        let [satisfaction, breached] = Outcomes::of(&rows, &events).sections();
        assert_eq!(satisfaction.rows[0][1..], [Cell::Count(2), Cell::Decimal(4.5)]);
        let of = |clock: Clock| breached.rows[clock as usize][1..].to_vec();
        let counts = |counts: [u64; 3], share| {
            counts.map(Cell::Count).into_iter().chain([Cell::Decimal(share)]).collect::<Vec<_>>()
        };
        assert_eq!(of(Clock::Update), counts([3, 2, 4], 50.0));
        assert_eq!(of(Clock::Tier), counts([0, 0, 4], 0.0));
    }

    #[test]
    fn a_desk_without_tickets_has_no_share_of_anything() {
        let sections = Outcomes::of(&[], &[]).sections();
        let decimals = sections.iter().flat_map(|section| section.rows.iter().flatten());
        assert!(decimals.filter(|cell| matches!(cell, Cell::Decimal(_))).all(|it| *it == Cell::Decimal(0.0)));
    }
}
