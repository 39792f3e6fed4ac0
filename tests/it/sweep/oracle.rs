//! What a log says about the sweep, judged slowly: at each event that came by itself, the clocks are read at that very
//! moment and every rule of the matrix is asked. Shares the clocks' arithmetic with the sweep (which has an oracle of its
//! own, minute by minute), and nothing else: not the agenda, the rows, or the keys.

use std::collections::{BTreeMap, BTreeSet};

use tierline::domain::clock::Clock;
use tierline::domain::event::{ActKind, Deed, Event, Recorded, StepFired, Trigger};
use tierline::domain::fold::replay;
use tierline::domain::ids::TicketId;
use tierline::domain::query::{self, Scope};
use tierline::domain::row::Row;
use tierline::domain::stamp::{Span, Stamp};
use tierline::domain::ticket::{Phase, Status, Ticket};
use tierline::matrix::Matrix;
use tierline::matrix::model::{At, Step};
use tierline::rules::clocks::life::Lives;
use tierline::rules::clocks::{Clocks, Ground, Kind, Reading, State, read};
use tierline::rules::outlook::standing;
use tierline::rules::scope;
use tierline::rules::worktime::Calendars;

/// What came, its round and turn.
pub type Key = (String, u32, u16);

/// A matrix to judge by.
pub struct Oracle<'m> {
    pub matrix: &'m Matrix,
    pub calendars: &'m Calendars,
}

/// What came by itself, when it was due and when it was noticed.
pub fn came(events: &[Recorded], place: usize) -> Option<(Key, Stamp)> {
    let told = &events[..=place];
    let turn = |of, share| u16::try_from(marks(&events[..place], of).filter(|it| it.0 == share).count() + 1);
    match &told[place].event {
        Event::Warned(it) => {
            let turn = turn((it.clock, it.round), it.share).unwrap();
            Some(((format!("warn {} {}", it.clock.name(), it.share), it.round, turn), it.due))
        }
        Event::Breached(it) => {
            let turn = turn((it.clock, it.round), 100).unwrap();
            Some(((format!("breach {}", it.clock.name()), it.round, turn), it.due))
        }
        Event::StepFired(it) => Some(((format!("step {}", it.step), it.round, it.turn), it.due)),
        Event::Resumed(it) => it.due.map(|due| ((String::from("resume"), waits(told), 1), due)),
        _ => None,
    }
}

/// The shares told of a round of a clock, 100 for its breach, and when.
fn marks(events: &[Recorded], of: (Clock, u32)) -> impl Iterator<Item = (u8, Stamp)> {
    events.iter().filter_map(move |told| match &told.event {
        Event::Warned(it) if (it.clock, it.round) == of => Some((it.share, told.at.max(it.due))),
        Event::Breached(it) if (it.clock, it.round) == of => Some((100, told.at.max(it.due))),
        _ => None,
    })
}

/// Whether a clock had come to a share of the limit that it has now, at a moment.
fn had_come(reading: &Reading, share: u8, at: Stamp) -> bool {
    let counting = reading.spells.iter().filter(|spell| spell.kind == Kind::Counting);
    let used =
        counting.map(|spell| reading.worktime.measure(spell.from, spell.to.min(at)).0.max(0)).sum::<i64>();
    reading.promise.is_none_or(|promise| used >= promise.span.0 * i64::from(share) / 100)
}

fn waits(events: &[Recorded]) -> u32 {
    events.iter().filter(|told| matches!(told.event, Event::WaitStarted(_))).count() as u32
}

/// A ticket at a moment.
struct Then<'a> {
    oracle: &'a Oracle<'a>,
    events: &'a [Recorded],
    ticket: Ticket,
    clocks: Clocks<'a>,
    scope: Scope,
    now: Stamp,
}

impl Oracle<'_> {
    /// All that is due on a ticket with these events at a moment.
    pub fn due(&self, events: &[Recorded], now: Stamp) -> BTreeSet<Key> {
        let ground = Ground { matrix: self.matrix, calendars: self.calendars, now };
        let (ticket, clocks) = (replay(events[0].ticket, events), read(events, &ground));
        let then = Then { oracle: self, events, ticket, clocks, scope: scope("", now, self.matrix), now };
        let clocked = then.clocks.readings.iter().filter_map(|reading| then.clock(reading));
        let steps = self.matrix.steps.iter().filter_map(|step| then.step(step));
        then.resumes().into_iter().chain(clocked).chain(then.missed(&ground)).chain(steps).collect()
    }

    /// Everything that must hold of the story of one ticket; gives how much came by itself.
    pub fn judge(&self, events: &[Recorded]) -> usize {
        let mut done = BTreeSet::new();
        for place in 1..events.len() {
            let Some((key, due)) = came(events, place) else { continue };
            let (told, it) = (&events[..place], &events[place]);
            let what = format!("{} event {}: {key:?}", it.ticket, it.seq.0);
            assert!(due <= it.at, "{what} was noticed before it was due");
            assert!(told.iter().all(|told| told.at <= it.at), "{what} was noticed before what it rests on");
            assert!(self.due(told, it.at).contains(&key), "{what} was not due: {:?}", self.due(told, it.at));
            if told.iter().all(|told| told.at < due) {
                assert!(!self.due(told, Stamp(due.0 - 1)).contains(&key), "{what} was due before {due:?}");
                // A step may come due when working time ends, and has to wait for the morning then.
                let waits = matches!(&it.event, Event::StepFired(_));
                assert!(waits || self.due(told, due).contains(&key), "{what} was not due at {due:?}");
            }
            assert!(done.insert(key), "{what} came twice");
            if let Event::StepFired(fired) = &it.event {
                kept_its_word(fired, &events[place + 1..], &what);
            }
        }
        let by_steps = events.iter().filter_map(|told| step_of(&told.event)).count();
        assert_eq!(
            by_steps,
            events.iter().map(|told| moves(&told.event)).sum::<usize>(),
            "{}",
            events[0].ticket
        );
        done.len()
    }
}

/// The step that moved a ticket.
fn step_of(event: &Event) -> Option<&str> {
    match event {
        Event::Escalated(it) => match &it.trigger {
            Trigger::Step(name) => Some(name.as_str()),
            _ => None,
        },
        _ => None,
    }
}

fn moves(event: &Event) -> usize {
    let Event::StepFired(it) = event else { return 0 };
    it.did.iter().filter(|deed| deed.act == ActKind::Escalate && deed.skipped.is_none()).count()
}

/// What a step says that it did follows in the same command, in that order.
fn kept_its_word(fired: &StepFired, after: &[Recorded], what: &str) {
    let changes = |deed: &&Deed| {
        deed.skipped.is_none() && matches!(deed.act, ActKind::Escalate | ActKind::Release | ActKind::Raise)
    };
    let effects: Vec<&Recorded> = after.iter().take_while(|told| told.command.is_none()).collect();
    let deeds: Vec<&Deed> = fired.did.iter().filter(changes).collect();
    assert_eq!(deeds.len(), effects.len(), "{what} did {deeds:?}");
    for (deed, effect) in deeds.iter().zip(effects) {
        let same = match (&deed.act, &effect.event) {
            (ActKind::Escalate, Event::Escalated(it)) => {
                deed.to.as_ref() == Some(&it.to.group) && it.trigger == Trigger::Step(fired.step.clone())
            }
            (ActKind::Release, Event::Released(it)) => deed.who.as_ref() == Some(&it.owner),
            (ActKind::Raise, Event::Prioritised(it)) => deed.to.as_ref() == Some(&it.priority),
            _ => false,
        };
        assert!(same, "{what}: {deed:?} is not {:?}", effect.event);
    }
}

impl Then<'_> {
    fn resumes(&self) -> Option<Key> {
        let Status::Waiting(waiting) = &self.ticket.status else { return None };
        (waiting.until? <= self.now).then(|| (String::from("resume"), waits(self.events), 1))
    }

    fn clock(&self, reading: &Reading) -> Option<Key> {
        let promise = reading.promise.filter(|_| !matches!(reading.state, State::Stopped(_)))?;
        let (name, round) = (reading.clock.name(), u32::from(reading.round.number));
        let marks: Vec<_> = marks(self.events, (reading.clock, round)).collect();
        let stands = |it: &&(u8, Stamp)| had_come(reading, it.0, it.1);
        let turn = |share| u16::try_from(marks.iter().filter(|it| it.0 == share).count() + 1).unwrap();
        if marks.iter().filter(stands).any(|it| it.0 == 100) {
            return None;
        }
        if reading.used >= promise.span {
            return Some((format!("breach {name}"), round, turn(100)));
        }
        let reached = |share: &u8| reading.used.0 >= promise.span.0 * i64::from(*share) / 100;
        let share = promise.target.warn_at.iter().copied().filter(reached).max()?;
        let said = marks.iter().filter(stands).any(|it| it.0 >= share);
        (!said).then(|| (format!("warn {name} {share}"), round, turn(share)))
    }

    /// Breaches of rounds that are over, which nobody noticed while they ran.
    fn missed(&self, ground: &Ground) -> Vec<Key> {
        if self.ticket.phase() == Phase::Closed {
            return Vec::new();
        }
        let lives = Lives::of(self.events);
        let rounds = lives.courses.iter().flat_map(|course| ground.rounds(&lives, course));
        let over = rounds.filter(|reading| matches!(reading.state, State::Stopped(_)));
        let broken = over.filter(|reading| reading.breached().is_some());
        let missed = broken.filter_map(|it| {
            let round = u32::from(it.round.number);
            let told = || marks(self.events, (it.clock, round)).filter(|mark| mark.0 == 100);
            let turn = u16::try_from(told().count() + 1).unwrap();
            let name = format!("breach {}", it.clock.name());
            (!told().any(|mark| had_come(&it, 100, mark.1))).then_some((name, round, turn))
        });
        missed.collect()
    }

    fn step(&self, step: &Step) -> Option<Key> {
        let row = Row::of(&self.ticket, standing(&self.ticket, &self.clocks));
        let texts = query::texts_of(&self.ticket);
        let holds = step.when.as_ref().is_none_or(|when| query::holds(when, &self.scope, &row, &texts));
        let key = match step.clock {
            Some((clock, at)) => self.on_clock(step, self.clocks.get(clock)?, at),
            None => self.on_condition(step),
        };
        key.filter(|_| holds)
    }

    fn on_clock(&self, step: &Step, reading: &Reading, at: At) -> Option<Key> {
        let span = reading.promise?.span;
        let needed = match at {
            At::Share(share) => span.0 * i64::from(share) / 100,
            At::Offset(offset) => span.0 + offset.0,
        };
        let counted = match reading.state {
            State::Stopped(_) => return None,
            State::Running => self.now,
            State::Paused(_) => {
                let last = reading.spells.iter().rfind(|spell| spell.kind == Kind::Counting);
                last.map_or(reading.round.start, |spell| spell.to)
            }
        };
        let ready = reading.used.0 >= needed && reading.worktime.is_working(self.now);
        let round = u32::from(reading.round.number);
        let turn = self.turn(step, round, |since| reading.worktime.measure(since, counted));
        turn.filter(|_| ready).map(|turn| (format!("step {}", step.name), round, turn))
    }

    fn on_condition(&self, step: &Step) -> Option<Key> {
        let round = 1 + self.ticket.tally.reopens;
        let target = self.oracle.matrix.target(self.ticket.grade.priority.as_str());
        let hours = target.and_then(|target| self.oracle.calendars.get(&target.calendar));
        let passed = |since| hours.map_or(self.now.since(since), |hours| hours.measure(since, self.now));
        let open = hours.is_none_or(|hours| hours.is_working(self.now));
        let turn = self.turn(step, round, passed).filter(|_| open && self.ticket.phase().is_live())?;
        Some((format!("step {}", step.name), round, turn))
    }

    /// The turn that is next, if the pause after the last one is over.
    fn turn(&self, step: &Step, round: u32, passed: impl Fn(Stamp) -> Span) -> Option<u16> {
        let turns = self.events.iter().filter_map(|told| match &told.event {
            Event::StepFired(it) if it.step == step.name && it.round == round => Some((it.turn, told.at)),
            _ => None,
        });
        let Some((turn, at)) = turns.max() else { return Some(1) };
        let repeat = step.repeat.filter(|repeat| turn <= repeat.times)?;
        (passed(at) >= repeat.every).then_some(turn + 1)
    }
}

/// The stories of all tickets.
pub fn stories(log: Vec<Recorded>) -> BTreeMap<TicketId, Vec<Recorded>> {
    let mut stories: BTreeMap<TicketId, Vec<Recorded>> = BTreeMap::new();
    for told in log.into_iter().filter(|told| told.ticket != TicketId::DESK) {
        stories.entry(told.ticket).or_default().push(told);
    }
    stories
}
