//! What the matrix will do to a ticket if nobody does anything: the sweeps to come, played on its events. Shown, never
//! recorded.

use super::Context;
use super::agenda::{Agenda, Case};
use super::decide::foretold;
use super::next::contacts;
use super::sweep::sweep;
use crate::domain::event::{Author, Event, Queue};
use crate::domain::fold::apply;
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::Label;
use crate::domain::ticket::Ticket;
use crate::matrix::model::Contact;

/// Something that will come.
#[derive(Debug, Clone, PartialEq)]
pub struct Foreseen {
    /// When it can happen first: not in the past, and for a step of a clock in its working hours.
    pub at: Stamp,
    /// `ticket.warned`, `ticket.breached`, `ticket.step_fired` or `ticket.resumed`.
    pub event: Event,
    /// Where the ticket goes with it.
    pub to: Option<There>,
}

/// A queue that a ticket comes to, and how its group is reached then.
#[derive(Debug, Clone, PartialEq)]
pub struct There {
    pub queue: Queue,
    pub contacts: Vec<Contact>,
}

/// Nothing later is worth foreseeing: somebody will have done something.
const HORIZON: Span = Span(14 * 86_400_000);
const MOST: usize = 40;

/// What is to come from a moment on, in order.
#[must_use]
pub fn forecast(case: &Case<'_>, now: Stamp) -> Vec<Foreseen> {
    let author = Author { actor: Label::soften(""), host: Label::soften("") };
    let (mut ticket, mut events) = (case.ticket.clone(), case.events.to_vec());
    let (mut at, mut seen) = (now, Vec::new());
    while seen.len() < MOST {
        let here = Case { ticket: &ticket, events: &events, ..*case };
        let Some(next) = Agenda::of(here).next() else { break };
        at = at.max(next);
        let firings = sweep(&here, &author, at);
        if at.since(now) > HORIZON || firings.is_empty() {
            break;
        }
        let ctx = Context { now: at, author: &author, matrix: case.matrix };
        for firing in firings {
            let before = ticket.place.queue.clone();
            for event in &firing.events {
                let recorded = foretold(&ticket, event, &ctx);
                ticket = apply(ticket, &recorded);
                events.push(recorded);
            }
            let to = (ticket.place.queue != before).then(|| there(&ticket, &ctx));
            seen.extend(firing.events.into_iter().next().map(|event| Foreseen { at, event, to }));
        }
    }
    seen
}

fn there(ticket: &Ticket, ctx: &Context<'_>) -> There {
    let queue = ticket.place.queue.clone();
    let group = ctx.matrix.group(queue.group.as_str());
    There { contacts: group.map_or_else(Vec::new, |group| contacts(ctx, group, ticket)), queue }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::clocks::script::at;
    use crate::rules::sweep::tests::Told;

    const STEPS: &str = "[[steps]]\nname = \"Stuck\"\nclock = \"tier\"\nwhen = \"tier:L1\"\ndo = [\"escalate\"]\n\
        [[steps]]\nname = \"Nobody took it\"\nclock = \"own\"\ndo = [\"notify:supervisor\"]\nrepeat = { every = \"15m\", times = 2 }\n";

    fn foreseen(told: &Told, now: Stamp) -> Vec<(Stamp, Event)> {
        let ticket = told.ticket();
        forecast(&told.case(&ticket), now).into_iter().map(|seen| (seen.at, seen.event)).collect()
    }

    /// What a console records that looks every so many seconds.
    fn watched(mut told: Told, (from, end): (Stamp, Stamp), every: i64) -> Vec<(Stamp, Event)> {
        let looks = (0..).map(|n| from.plus(Span::SECOND.times(every * n))).take_while(|now| *now < end);
        let mut seen = Vec::new();
        for now in looks {
            let firings = told.looks(now);
            seen.extend(
                firings.into_iter().filter_map(|firing| Some((now, firing.events.into_iter().next()?))),
            );
        }
        seen
    }

    #[test]
    fn what_is_foreseen_is_what_a_console_that_never_sleeps_records() {
        for (story, hours, every) in [
            ("2026-06-01 08:00 open P1", 5, 15),
            ("2026-06-04 17:00 open P2", 20, 30),
            ("2026-06-04 15:00 open P2\n2026-06-04 15:10 wait requester 2026-06-05 10:00", 24, 30),
        ] {
            let told = Told::new(STEPS, story);
            let from = told.ticket().times.updated;
            let end = from.plus(Span::HOUR.times(hours));
            let seen: Vec<_> = foreseen(&told, from).into_iter().filter(|(at, _)| *at < end).collect();
            assert!(seen.len() > 4, "{seen:#?}");
            assert_eq!(seen, watched(told, (from, end), every), "{story}");
        }
    }

    #[test]
    fn it_tells_where_the_ticket_goes_and_what_comes_there() {
        let told = Told::new(STEPS, "2026-06-01 08:00 open P1");
        let ticket = told.ticket();
        let seen = forecast(&told.case(&ticket), at("2026-06-01 08:10"));
        let (place, moved) = seen.iter().enumerate().find(|(_, seen)| seen.to.is_some()).unwrap();
        assert_eq!(moved.at, at("2026-06-01 08:30"));
        assert_eq!(moved.to.as_ref().unwrap().queue.group.as_str(), "Network");
        let own_again = |seen: &&Foreseen| matches!(&seen.event, Event::Breached(it) if it.clock == crate::domain::clock::Clock::Own);
        let later: Vec<Stamp> = seen.iter().skip(place).filter(own_again).map(|seen| seen.at).collect();
        assert_eq!(later, [at("2026-06-01 08:40")], "the second tier's own round");
    }

    #[test]
    fn what_is_overdue_comes_now_and_nothing_without_a_target() {
        let now = at("2026-06-01 12:00");
        let told = Told::new(STEPS, "2026-06-01 08:00 open P1");
        assert_eq!(foreseen(&told, now).first().map(|(at, _)| *at), Some(now));
        assert_eq!(foreseen(&Told::new("", "2026-06-01 08:00 open P4"), now), []);
    }
}
