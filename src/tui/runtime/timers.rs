//! When to wake up: one moment per timer, none while nothing is waited for.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::domain::stamp::Span;
use crate::tui::msg::Timer;

/// The timers that are set.
#[derive(Debug, Default)]
pub struct Timers(BTreeMap<Timer, Instant>);

impl Timers {
    /// Sets a timer, anew if it was set.
    pub fn set(&mut self, timer: Timer, after: Span) {
        let after = Duration::from_millis(u64::try_from(after.0).unwrap_or(0));
        if let Some(at) = Instant::now().checked_add(after) {
            self.0.insert(timer, at);
        }
    }

    /// How long until the first is due.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        self.0.values().min().map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// Takes a timer that is due.
    pub fn due(&mut self) -> Option<Timer> {
        let now = Instant::now();
        let (timer, _) = self.0.iter().filter(|(_, at)| **at <= now).min_by_key(|(_, at)| **at)?;
        let timer = *timer;
        self.0.remove(&timer);
        Some(timer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_is_set_once_and_fires_once() {
        let mut timers = Timers::default();
        assert_eq!((timers.left(), timers.due()), (None, None));
        timers.set(Timer::Rest, Span(3_600_000));
        timers.set(Timer::Rest, Span(0));
        assert_eq!(timers.left(), Some(Duration::ZERO));
        assert_eq!((timers.due(), timers.due(), timers.left()), (Some(Timer::Rest), None, None));
    }
}
