//! What the receivers said of hand-offs and escalations, counted: the latest word on each, over the tickets asked
//! about.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Cell, Section};
use crate::domain::event::{Event, HandoffRated, Need, Quality, Recorded};
use crate::domain::ids::{Seq, TicketId};
use crate::domain::row::Row;

/// How many were rated, and of them how many badly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Hand-offs of which it was said whether they were complete.
    pub rated: u64,
    pub poor: u64,
    /// Escalations of which it was said whether they were needed.
    pub weighed: u64,
    pub avoidable: u64,
}

impl Verdicts {
    /// Counts what was said of the escalations of these tickets.
    #[must_use]
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a Row>, events: &[Recorded]) -> Verdicts {
        let asked: BTreeSet<TicketId> = rows.into_iter().map(|row| row.id).collect();
        let mut last: BTreeMap<(TicketId, Seq), &HandoffRated> = BTreeMap::new();
        for recorded in events.iter().filter(|recorded| asked.contains(&recorded.ticket)) {
            if let Event::HandoffRated(it) = &recorded.event {
                last.insert((recorded.ticket, it.handoff), it);
            }
        }
        let mut verdicts = Verdicts::default();
        last.into_values().for_each(|it| verdicts.add(it));
        verdicts
    }

    fn add(&mut self, it: &HandoffRated) {
        self.rated += u64::from(it.quality.is_some());
        self.poor += u64::from(it.quality == Some(Quality::Poor));
        self.weighed += u64::from(it.need.is_some());
        self.avoidable += u64::from(it.need == Some(Need::Avoidable));
    }

    /// Laid out for [`super::sheet`].
    #[must_use]
    pub fn section(self) -> Section {
        let row = |(name, times, of): (&str, u64, u64)| {
            let share = if of == 0 { 0.0 } else { 100.0 * times as f64 / of as f64 };
            vec![Cell::Text(name.into()), Cell::Count(times), Cell::Count(of), Cell::Decimal(share)]
        };
        let lines = [
            ("hand-off poor", self.poor, self.rated),
            ("escalation avoidable", self.avoidable, self.weighed),
        ];
        Section::new("Rated by the receivers", &["what", "times", "of", "%"], lines.map(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Author, Rest};
    use crate::domain::ids::EventId;
    use crate::domain::row::Outlook;
    use crate::domain::stamp::Stamp;
    use crate::domain::text::Label;
    use crate::domain::ticket::Ticket;

    fn said(ticket: i64, seq: i64, handoff: i64, quality: Option<Quality>, need: Option<Need>) -> Recorded {
        Recorded {
            id: EventId(seq),
            ticket: TicketId(ticket),
            seq: Seq(seq),
            at: Stamp(0),
            author: Author { actor: Label::soften("jo"), host: Label::soften("desk3") },
            event: HandoffRated { handoff: Seq(handoff), quality, need, reason: None, rest: Rest::new() }
                .into(),
            matrix: 1,
            command: None,
        }
    }

    #[test]
    fn the_last_word_on_each_hand_off_of_the_tickets_asked_about_counts() {
        let rows = [1, 2].map(|id| Row::of(&Ticket::blank(TicketId(id)), Outlook::default()));
        let events = [
            said(1, 3, 2, Some(Quality::Poor), None),
            said(1, 4, 2, Some(Quality::Complete), Some(Need::Avoidable)),
            said(1, 9, 8, Some(Quality::Poor), None),
            said(2, 3, 2, Some(Quality::Other), Some(Need::Needed)),
            said(3, 3, 2, Some(Quality::Poor), Some(Need::Avoidable)),
        ];
        let counted = Verdicts::of(&rows, &events);
        assert_eq!(counted, Verdicts { rated: 3, poor: 1, weighed: 2, avoidable: 1 });
    }
}
