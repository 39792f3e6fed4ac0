//! A round of a clock, measured: what was counted, what was not and why, against what was promised.

use super::life::{Course, Ending, Lives, Phase, Round};
use crate::domain::event::WaitOn;
use crate::domain::stamp::{Span, Stamp};
use crate::matrix::Matrix;
use crate::matrix::model::{At, Clock, Limit, Target};
use crate::rules::worktime::{Calendars, Worktime};

/// What is promised, and in which calendar it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promise<'a> {
    /// The priority whose target it is.
    pub target: &'a Target,
    pub limit: Limit,
    /// The limit in working time.
    pub span: Span,
}

/// A stretch of a clock's life.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    pub from: Stamp,
    pub to: Stamp,
    pub kind: Kind,
    /// Working time within it. What lies outside working hours is the rest.
    pub worked: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Counting,
    Paused(WaitOn),
    /// Between resolution and reopening.
    Settled,
}

/// What a clock does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Running,
    Paused(WaitOn),
    Stopped(Ending),
}

/// A round of a clock.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<'a> {
    pub clock: Clock,
    pub round: Round<'a>,
    /// None: the matrix gives this clock no limit here.
    pub promise: Option<Promise<'a>>,
    pub worktime: &'a Worktime,
    pub spells: Vec<Spell>,
    pub state: State,
    /// Working time counted.
    pub used: Span,
    /// Up to when it is measured: its stop, or now.
    pub end: Stamp,
}

impl Spell {
    /// Time outside working hours.
    #[must_use]
    pub fn outside(&self) -> Span {
        Span(self.to.since(self.from).0 - self.worked.0)
    }
}

impl<'a> Reading<'a> {
    /// Measures a round; `None` where the matrix has no target for its priority, so that there is no calendar either.
    #[must_use]
    pub fn of(ground: &Ground<'a>, lives: &Lives<'a>, clock: Clock, round: Round<'a>) -> Option<Reading<'a>> {
        let target = ground.matrix.target(round.priority.as_str())?;
        let worktime = ground.calendars.get(&target.calendar)?;
        let promise = target.limit(clock, round.tier).map(|limit| Promise {
            target,
            limit,
            span: worktime.length(round.start, limit),
        });
        let end = round.stop.map_or(ground.now.max(lives.latest), |(at, _)| at);
        let spells = spells(ground, lives, clock, (round.start, end), worktime);
        let counted = spells.iter().filter(|spell| spell.kind == Kind::Counting);
        let used = Span(counted.map(|spell| spell.worked.0).sum());
        let last =
            lives.phases.last().map_or(Kind::Counting, |(_, phase)| kind(ground.matrix, clock, *phase));
        let state = match (round.stop, last) {
            (Some((_, ending)), _) => State::Stopped(ending),
            (None, Kind::Paused(on)) => State::Paused(on),
            (None, Kind::Counting | Kind::Settled) => State::Running,
        };
        Some(Reading { clock, round, promise, worktime, spells, state, used, end })
    }

    /// Working time left; negative after the target.
    #[must_use]
    pub fn remaining(&self) -> Option<Span> {
        self.promise.map(|promise| Span(promise.span.0 - self.used.0))
    }

    /// The moment at which so much was counted. Where that is not yet: the moment at which it will be, or would have
    /// been, if it counts on from its end.
    #[must_use]
    pub fn when(&self, used: Span) -> Stamp {
        let mut left = used.0;
        if left <= 0 {
            return self.round.start;
        }
        for spell in self.spells.iter().filter(|spell| spell.kind == Kind::Counting) {
            if spell.worked.0 >= left {
                return self.worktime.add(spell.from, Span(left));
            }
            left -= spell.worked.0;
        }
        self.worktime.add(self.end, Span(left))
    }

    /// When the limit is used up, past or to come, as [`Reading::when`].
    #[must_use]
    pub fn due(&self) -> Option<Stamp> {
        Some(self.when(self.promise?.span))
    }

    /// A point that a step of the matrix names.
    #[must_use]
    pub fn point(&self, at: At) -> Option<Stamp> {
        let span = self.promise?.span;
        Some(self.when(match at {
            At::Share(share) => part(span, share),
            At::Offset(offset) => Span(span.0.saturating_add(offset.0)),
        }))
    }

    /// Up to when it counted, before the pause that it is in.
    #[must_use]
    pub fn paused_at(&self) -> Stamp {
        let counted = self.spells.iter().rfind(|spell| spell.kind == Kind::Counting);
        counted.map_or(self.round.start, |spell| spell.to)
    }

    /// When it broke its promise: at the end of the limit, unless it stopped by then.
    #[must_use]
    pub fn breached(&self) -> Option<Stamp> {
        self.passed(self.due()?)
    }

    /// The warnings that it gave, by share of the limit.
    pub fn warned(&self) -> impl Iterator<Item = (u8, Stamp)> + '_ {
        self.warnings().filter_map(|(share, at)| Some((share, self.passed(at)?)))
    }

    /// All warnings, past and to come.
    pub fn warnings(&self) -> impl Iterator<Item = (u8, Stamp)> + '_ {
        let shares = self.promise.map_or(&[][..], |promise| promise.target.warn_at.as_slice());
        shares.iter().filter_map(|share| Some((*share, self.point(At::Share(u16::from(*share)))?)))
    }

    fn passed(&self, at: Stamp) -> Option<Stamp> {
        let over = match self.state {
            State::Stopped(_) => at < self.end,
            State::Running | State::Paused(_) => at <= self.end,
        };
        over.then_some(at)
    }
}

/// What clocks are read by.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    pub matrix: &'a Matrix,
    pub calendars: &'a Calendars,
    pub now: Stamp,
}

impl<'a> Ground<'a> {
    /// Whether a round that is over lasted as long as its limit: no working time is longer than the time it is in.
    pub(super) fn may_have_broken(&self, clock: Clock, round: &Round<'a>) -> bool {
        let Some((stop, _)) = round.stop else { return false };
        let lasted = stop.since(round.start);
        let target = self.matrix.target(round.priority.as_str());
        let promised = target.and_then(|target| target.limit(clock, round.tier));
        match promised {
            None => false,
            Some(Limit::Time(span)) => lasted >= span,
            Some(Limit::WorkingDays(_)) => true,
        }
    }

    /// Every round of a clock, measured.
    pub fn rounds<'g>(
        &'g self,
        lives: &'g Lives<'a>,
        course: &'g Course<'a>,
    ) -> impl Iterator<Item = Reading<'a>> + 'g {
        course.rounds.iter().filter_map(|round| Reading::of(self, lives, course.clock, *round))
    }
}

/// A share of a span, in percent.
fn part(span: Span, share: u16) -> Span {
    Span(span.0.saturating_mul(i64::from(share)) / 100)
}

fn kind(matrix: &Matrix, clock: Clock, phase: Phase) -> Kind {
    let pauses = |on: WaitOn| matrix.pauses.get(on.name()).is_some_and(|clocks| clocks.contains(&clock));
    match phase {
        Phase::Wait(on) if pauses(on) => Kind::Paused(on),
        Phase::Settled if clock != Clock::Confirm => Kind::Settled,
        Phase::Work | Phase::Wait(_) | Phase::Settled => Kind::Counting,
    }
}

/// The round's time, cut where it begins or ceases to count.
fn spells(
    ground: &Ground,
    lives: &Lives,
    clock: Clock,
    (start, end): (Stamp, Stamp),
    worktime: &Worktime,
) -> Vec<Spell> {
    let first = lives.phases.partition_point(|(from, _)| *from <= start).saturating_sub(1);
    let phases = lives.phases.get(first..).unwrap_or_default();
    let ends = phases.iter().skip(1).map(|(from, _)| *from).chain([end]);
    let mut spells: Vec<Spell> = Vec::new();
    for ((from, phase), to) in phases.iter().zip(ends) {
        let (from, to, kind) = ((*from).max(start), to.min(end), kind(ground.matrix, clock, *phase));
        match spells.last_mut() {
            _ if from >= to => {}
            Some(last) if last.kind == kind => last.to = to,
            _ => spells.push(Spell { from, to, kind, worked: Span(0) }),
        }
    }
    let mut begun = worktime.done(start);
    for spell in &mut spells {
        let done = worktime.done(spell.to);
        spell.worked = Span(done - begun);
        begun = done;
    }
    spells
}
