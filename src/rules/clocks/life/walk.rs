//! The walk over the events. Follows the fold's idea of status, queue and owner; an event that makes no sense where
//! it stands changes nothing.

use super::{Course, Ending, Lives, Phase, Round};
use crate::domain::event::{Event, Opened, Queue, Reached, Recorded, Reopened, Resolved};
use crate::domain::stamp::Stamp;
use crate::domain::text::Label;
use crate::matrix::model::Clock;

/// Where the walk stands.
pub struct Walk<'e> {
    lives: Lives<'e>,
    now: Stamp,
    place: Option<Place<'e>>,
    owned: bool,
    contacted: bool,
}

#[derive(Clone, Copy)]
struct Place<'e> {
    opened: Stamp,
    group: &'e Label,
    tier: &'e Label,
    priority: &'e Label,
}

impl Default for Walk<'_> {
    fn default() -> Self {
        let courses = Clock::ALL.map(|clock| Course { clock, rounds: Vec::new() });
        let lives =
            Lives { courses, phases: Vec::new(), moves: Vec::new(), until: None, latest: Stamp(i64::MIN) };
        Walk { lives, now: Stamp(i64::MIN), place: None, owned: false, contacted: false }
    }
}

impl<'e> Walk<'e> {
    pub fn step(mut self, recorded: &'e Recorded) -> Walk<'e> {
        self.now = self.now.max(recorded.at);
        match &recorded.event {
            Event::Opened(it) => self.opened(it),
            Event::Prioritised(it) => self.graded(&it.priority),
            Event::Routed(it) => self.arrive(&it.to),
            Event::Escalated(it) => self.moved(&it.to),
            Event::Returned(it) => self.moved(&it.to),
            Event::Taken(_) | Event::Assigned(_) => self.taken(),
            Event::Released(_) => self.released(),
            Event::Contacted(_) => self.contact(),
            Event::Confirmed(it) if it.reached == Reached::Yes => self.contact(),
            Event::WaitStarted(it) if !self.settled() => {
                self.waited_out();
                self.phase(Phase::Wait(it.on));
                self.lives.until = it.until;
            }
            Event::Resumed(it) => self.resumed(it.due),
            Event::Resolved(it) => self.resolved(it),
            Event::Closed(_) => self.closed(),
            Event::Reopened(it) => self.reopened(it),
            _ => {}
        }
        self
    }

    pub fn done(mut self) -> Lives<'e> {
        let last = self.place.map(|place| place.priority);
        self.lives.latest = self.now;
        for round in self.lives.courses.iter_mut().flat_map(|course| course.rounds.last_mut()) {
            round.priority = last.filter(|_| round.stop.is_none()).unwrap_or(round.priority);
        }
        self.lives
    }

    fn opened(&mut self, it: &'e Opened) {
        let (group, tier, priority) = (&it.queue.group, &it.queue.tier, &it.grade.priority);
        self.place = Some(Place { opened: self.now, group, tier, priority });
        self.phase(Phase::Work);
        for clock in [Clock::Response, Clock::Own, Clock::Tier, Clock::Resolve] {
            self.start(clock, self.now);
        }
    }

    fn graded(&mut self, priority: &'e Label) {
        if let Some(place) = &mut self.place {
            place.priority = priority;
        }
    }

    fn moved(&mut self, to: &'e Queue) {
        self.arrive(to);
        self.work_again();
    }

    fn arrive(&mut self, to: &'e Queue) {
        let Some(place) = self.place else { return };
        self.place = Some(Place { group: &to.group, tier: &to.tier, ..place });
        let (other_tier, other_group) = (*place.tier != to.tier, *place.group != to.group);
        if other_group {
            self.owned = false;
            self.lives.moves.push(self.now);
        }
        for (clock, goes) in [(Clock::Tier, other_tier), (Clock::Own, other_group)] {
            if goes && !self.settled() {
                self.stop(clock, self.now, Ending::HandedOver);
                self.start(clock, self.now);
            }
        }
    }

    fn taken(&mut self) {
        self.owned = true;
        self.stop(Clock::Own, self.now, Ending::Taken);
    }

    fn released(&mut self) {
        self.owned = false;
        if !self.settled() {
            self.start(Clock::Own, self.now);
        }
    }

    fn contact(&mut self) {
        self.contacted = true;
        self.stop(Clock::Response, self.now, Ending::Contact);
        self.stop(Clock::Update, self.now, Ending::Contact);
        if !self.settled() {
            self.start(Clock::Update, self.now);
        }
    }

    fn resolved(&mut self, it: &'e Resolved) {
        let Some(place) = self.place.filter(|_| !self.settled()) else { return };
        let at = it.ended.unwrap_or(self.now).clamp(place.opened, self.now);
        self.settle(at, Ending::Resolved);
        self.start(Clock::Confirm, at);
        if let Some(to) = &it.to {
            self.arrive(to);
        }
    }

    fn closed(&mut self) {
        self.owned = false;
        self.stop(Clock::Confirm, self.now, Ending::Closed);
        if !self.settled() {
            self.settle(self.now, Ending::Closed);
        }
    }

    fn settle(&mut self, at: Stamp, ending: Ending) {
        for clock in Clock::ALL {
            self.stop(clock, at, ending);
        }
        self.lives.phases.retain(|(from, _)| *from < at);
        self.lives.phases.push((at, Phase::Settled));
        self.lives.until = None;
    }

    fn reopened(&mut self, it: &'e Reopened) {
        if !self.settled() {
            return;
        }
        self.stop(Clock::Confirm, self.now, Ending::Reopened);
        if let Some(to) = &it.to {
            self.arrive(to);
        }
        self.phase(Phase::Work);
        self.go_on(Clock::Resolve);
        self.start(Clock::Tier, self.now);
        if !self.owned {
            self.start(Clock::Own, self.now);
        }
        match self.contacted {
            true => self.start(Clock::Update, self.now),
            false => self.go_on(Clock::Response),
        }
    }

    fn settled(&self) -> bool {
        matches!(self.lives.phases.last(), Some((_, Phase::Settled)))
    }

    /// Waiting that came to its end by itself is over from then on, whoever noticed it and when.
    fn resumed(&mut self, due: Option<Stamp>) {
        if let Some((from, Phase::Wait(_))) = self.lives.phases.last() {
            let at = due.or(self.lives.until).unwrap_or(self.now).min(self.now).max(*from);
            self.lives.until = None;
            self.lives.phases.push((at, Phase::Work));
        }
    }

    fn work_again(&mut self) {
        self.resumed(None);
    }

    /// Whoever begins to wait anew after the last waiting was over has worked in between.
    fn waited_out(&mut self) {
        if self.lives.until.is_some_and(|until| until < self.now) {
            self.resumed(None);
        }
    }

    fn phase(&mut self, phase: Phase) {
        self.lives.until = None;
        self.lives.phases.push((self.now, phase));
    }

    fn course(&mut self, clock: Clock) -> Option<&mut Course<'e>> {
        self.lives.courses.iter_mut().find(|course| course.clock == clock)
    }

    /// A new round, unless one runs.
    fn start(&mut self, clock: Clock, at: Stamp) {
        let Some(Place { tier, priority, .. }) = self.place else { return };
        let Some(course) = self.course(clock) else { return };
        if course.rounds.last().is_none_or(|round| round.stop.is_some()) {
            let number = u16::try_from(course.rounds.len() + 1).unwrap_or(u16::MAX);
            course.rounds.push(Round { number, start: at, stop: None, tier, priority });
        }
    }

    fn stop(&mut self, clock: Clock, at: Stamp, ending: Ending) {
        let Some(Place { priority, .. }) = self.place else { return };
        let round = self.course(clock).and_then(|course| course.rounds.last_mut());
        if let Some(round) = round.filter(|round| round.stop.is_none()) {
            round.stop = Some((at.max(round.start), ending));
            round.priority = priority;
        }
    }

    /// The round that was stopped by the resolution goes on where it stood.
    fn go_on(&mut self, clock: Clock) {
        if let Some(round) = self.course(clock).and_then(|course| course.rounds.last_mut()) {
            round.stop = None;
        }
    }
}
