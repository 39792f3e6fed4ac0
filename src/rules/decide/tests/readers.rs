//! Readers who decide on what they saw last. What they are told must be what the log's own state says, whoever was
//! faster; replaying the log gives the ticket that was folded on the way.

use super::*;
use crate::domain::fold::replay;

/// A log with compare-and-set, and what each reader remembers of it.
struct Shared {
    matrix: Matrix,
    log: Vec<Recorded>,
    truth: Ticket,
    seen: [Ticket; 2],
}

impl Shared {
    fn new() -> Shared {
        let blank = || Ticket::blank(TicketId(7));
        let mut shared = Shared { matrix: team(), log: Vec::new(), truth: blank(), seen: [blank(), blank()] };
        let opened = shared.decide(None, "sam", &Command::Open(Box::new(open()))).unwrap();
        shared.append("sam", opened);
        shared
    }

    fn decide(&self, ticket: Option<&Ticket>, who: &str, command: &Command) -> Result<Vec<Event>, Refusal> {
        let author = Author { actor: label(who), host: label("desk3") };
        let now = Stamp(1_000_000).plus(Span::MINUTE.times(self.truth.seq.0));
        decide(ticket, command, &Context { now, author: &author, matrix: &self.matrix })
    }

    fn append(&mut self, who: &str, events: Vec<Event>) {
        for event in events {
            let recorded = Recorded {
                id: EventId(self.truth.seq.0 + 1),
                ticket: TicketId(7),
                seq: self.truth.seq.next(),
                at: Stamp(1_000_000).plus(Span::MINUTE.times(self.truth.seq.0)),
                author: Author { actor: label(who), host: label("desk3") },
                event,
                matrix: 1,
                command: None,
            };
            self.truth = apply(self.truth.clone(), &recorded);
            self.log.push(recorded);
        }
    }

    /// As the desk does it: decide on what is remembered, append if nobody was faster, else and after a refusal
    /// look again.
    fn run(&mut self, reader: usize, who: &str, command: &Command) -> Result<Vec<Event>, Refusal> {
        loop {
            let seen = self.seen[reader].clone();
            let stale = seen.seq != self.truth.seq;
            match self.decide(Some(&seen), who, command) {
                _ if stale => self.seen[reader] = self.truth.clone(),
                Err(refusal) => return Err(refusal),
                Ok(events) => {
                    self.append(who, events.clone());
                    self.seen[reader] = self.truth.clone();
                    return Ok(events);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn no_command_is_accepted_on_what_is_no_longer_so(
        acts in prop::collection::vec(
            (0..2usize, prop::sample::select(vec!["sam", "mia", "jo", "tess"]), any_command(), 1..3usize), 0..24)
    ) {
        let mut shared = Shared::new();
        for (reader, who, command, times) in acts {
            for _ in 0..times {
                let length = shared.log.len();
                let honest = shared.decide(Some(&shared.truth), who, &command);
                let told = shared.run(reader, who, &command);
                prop_assert_eq!(&told, &honest);
                prop_assert_eq!(shared.log.len() - length, told.map_or(0, |events| events.len()));
            }
            prop_assert_eq!(shared.truth.broken_invariants(), Vec::<&str>::new());
        }
        prop_assert_eq!(replay(TicketId(7), &shared.log), shared.truth);
    }
}

#[test]
fn what_can_be_done_only_once_is_refused_the_second_time() {
    let mut play = Play::opened();
    let once = [
        ("sam", take()),
        ("sam", Command::Wait { on: WaitOn::Vendor, until: None, reason: None }),
        ("sam", Command::Resume { reason: None }),
        ("sam", Command::Release { reason: None }),
        ("sam", up("Network")),
        (
            "jo",
            Command::Rate(crate::rules::command::Rate {
                need: Some(crate::domain::event::Need::Avoidable),
                ..Default::default()
            }),
        ),
        ("jo", Command::Link { other: TicketId(3), relation: Relation::Follows }),
        ("jo", Command::Unlink { other: TicketId(3) }),
        ("jo", Command::Return { to: None, code: ReturnCode::WrongGroup, reason: None }),
        ("sam", resolve()),
        ("sam", reached(None)),
        ("sam", reopen()),
    ];
    for (who, command) in once {
        play.act(who, &command).unwrap();
        let again = play.act(who, &command);
        assert!(matches!(&again, Err(Refusal { reason: Reason::State, .. })), "{command:?}: {again:?}");
    }
}
