//! Waiting for a lock that is held elsewhere: short slices with jitter, because SQLite's own busy handler
//! starves the unlucky; whoever waits can be shown and can be stopped. Never waits while holding a lock that
//! others need, except where SQLite is already the next in line.

use std::fmt;
use std::time::{Duration, Instant};

use super::error::{ErrorKind, StoreError};

/// Whether to go on with what takes long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    On,
    Stop,
}

/// How long a call may wait for locks, and who is told while it waits.
pub struct Patience {
    limit: Duration,
    told: Option<Told>,
}

type Told = Box<dyn FnMut(Duration) -> Go + Send>;

impl Default for Patience {
    /// Ten seconds, nobody told.
    fn default() -> Patience {
        Patience::new(Duration::from_secs(10))
    }
}

impl fmt::Debug for Patience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Patience").field("limit", &self.limit).finish_non_exhaustive()
    }
}

impl Patience {
    #[must_use]
    pub fn new(limit: Duration) -> Patience {
        Patience { limit, told: None }
    }

    /// `told` hears before each slice how long it has been waited for so far, and may end it.
    #[must_use]
    pub fn telling(mut self, told: impl FnMut(Duration) -> Go + Send + 'static) -> Patience {
        self.told = Some(Box::new(told));
        self
    }

    pub(super) fn start(&mut self) -> Wait<'_> {
        Wait { patience: self, since: Instant::now(), slice: FIRST_SLICE }
    }
}

const FIRST_SLICE: Duration = Duration::from_millis(5);
const LONGEST_SLICE: Duration = Duration::from_millis(150);

/// One call's waiting, over all its tries.
pub(super) struct Wait<'a> {
    patience: &'a mut Patience,
    since: Instant,
    slice: Duration,
}

impl Wait<'_> {
    /// Tries until it is no longer busy, patience ends or the waiting is stopped.
    pub(super) fn until<T>(
        &mut self,
        mut attempt: impl FnMut() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        loop {
            match attempt() {
                Err(error) if error.is_busy() => self.pause(error)?,
                other => return other,
            }
        }
    }

    fn pause(&mut self, busy: StoreError) -> Result<(), StoreError> {
        let so_far = self.since.elapsed();
        if so_far >= self.patience.limit {
            let what = format!("another program has held the lock for {:.1} s", so_far.as_secs_f64());
            return Err(StoreError { what, ..busy });
        }
        if self.patience.told.as_mut().is_some_and(|told| told(so_far) == Go::Stop) {
            let what = "waiting for a lock held elsewhere was stopped";
            return Err(StoreError::new(ErrorKind::Stopped, what, "nothing was changed"));
        }
        std::thread::sleep(self.slice.mul_f64(0.5 + fastrand::f64()));
        self.slice = self.slice.mul_f64(1.6).min(LONGEST_SLICE);
        Ok(())
    }
}
