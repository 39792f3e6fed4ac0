//! A round of the sweep, in slices: between two of them whatever was ordered comes first, and where somebody else holds
//! the desk it gives way. Its trouble is the drive's, never an answer to its person.

use std::time::{Duration, Instant};

use super::bench::{Bench, Want};
use crate::desk::sweep::Rest;
use crate::desk::{DeskError, Swept};
use crate::domain::stamp::Stamp;
use crate::tui::msg::News;

/// Tickets of one slice.
const SLICE: usize = 16;
/// How long a slice waits for a lock held elsewhere: meanwhile nothing else is done.
const GIVE_WAY: Duration = Duration::from_millis(300);
/// How often the screen is read again while a backlog is worked off.
const REFRESH: Duration = Duration::from_secs(1);

/// Whether a round is under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Round {
    #[default]
    Over,
    On {
        /// When the screen was last read.
        looked: Instant,
        did: Did,
    },
}

/// Whether anything was recorded since then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    Nothing,
    Something,
}

impl Round {
    #[must_use]
    pub fn is_on(self) -> bool {
        self != Round::Over
    }
}

impl Bench {
    /// Begins a round, which goes on when there is nothing else to do.
    pub fn sweep_soon(&mut self) -> Want {
        if !self.round.is_on() {
            self.round = Round::On { looked: Instant::now(), did: Did::Nothing };
        }
        Want::Nothing
    }

    /// What there is to do without orders.
    pub fn idle(&mut self) {
        match self.round {
            Round::On { looked, did } => self.slice(looked, did),
            Round::Over => self.watch(),
        }
    }

    fn slice(&mut self, looked: Instant, did: Did) {
        let started = Instant::now();
        self.first = None;
        match self.desk.sweep_aside(SLICE, GIVE_WAY) {
            Ok(Some(swept)) => {
                self.well(started.elapsed());
                self.swept(&swept, looked, did);
            }
            Ok(None) => self.over(did, Some(self.now())),
            Err(error @ DeskError::Store(_)) => self.ill(&error),
            // It takes no commands any more: that is said by its standing.
            Err(_) => self.over(did, None),
        }
    }

    fn swept(&mut self, swept: &Swept, looked: Instant, did: Did) {
        let did = if swept.fired.is_empty() { did } else { Did::Something };
        match swept.rest {
            Rest::Nothing => self.over(did, swept.next),
            Rest::Some if looked.elapsed() >= REFRESH && did == Did::Something => {
                self.round = Round::On { looked: Instant::now(), did: Did::Nothing };
                self.look(Want::Everything);
            }
            Rest::Some => self.round = Round::On { looked, did },
        }
    }

    fn over(&mut self, did: Did, next: Option<Stamp>) {
        self.round = Round::Over;
        // Said anew even if it is what was said before: the timer for it is gone.
        self.said.due = None;
        self.say_due(next);
        if did == Did::Something {
            self.look(Want::Everything);
        }
    }

    /// Says when the matrix has something to do next, if that is new.
    pub(super) fn say_due(&mut self, next: Option<Stamp>) {
        let next = next.filter(|_| self.desk.may_sweep().is_ok());
        if self.said.due != Some(next) && !self.round.is_on() {
            self.said.due = Some(next);
            self.say(News::Due(next));
        }
    }

    /// The latest that its person had to hear of, seen or not.
    pub fn recent(&mut self) -> Want {
        const MOST: usize = 50;
        match self.desk.notices(crate::domain::ids::EventId(0), MOST) {
            Ok(heard) => self.say(News::Recent(heard.notices)),
            Err(error) => self.ill(&error),
        }
        Want::Nothing
    }
}
