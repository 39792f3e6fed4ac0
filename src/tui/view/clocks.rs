//! A ticket's running and waiting clocks in one line: what is left of each limit, the clock in force first; and when
//! that line says something else.

use super::countdown;
use crate::desk::TicketView;
use crate::domain::stamp::Span;
use crate::domain::stamp::Stamp;
use crate::rules::clocks::{Clocks, State, seen};
use crate::rules::explain::{Brief, briefs};
use crate::tui::env::Env;
use crate::tui::theme::{Glyph, Role, Theme};

/// The line's pieces: running clocks, then for whom the others wait.
#[must_use]
pub fn pieces(view: &TicketView, theme: &Theme, env: &Env) -> Vec<(String, Role)> {
    let ground = env.ground();
    let briefs = briefs(&seen(&view.log, &ground));
    let (running, paused): (Vec<&Brief>, Vec<&Brief>) =
        briefs.iter().partition(|brief| brief.state == State::Running);
    let mut pieces: Vec<_> = running.iter().map(|brief| piece(brief)).collect();
    if let Some((text, _)) = pieces.first_mut() {
        *text = format!("{}{text}", theme.glyph(Glyph::Mark));
    }
    if let Some(State::Paused(on)) = paused.first().map(|brief| brief.state) {
        pieces.push((format!("paused ({}):", on.name()), Role::Waiting));
    }
    let stands = |brief: &&Brief| format!("{} {}", brief.clock.name(), countdown::short(brief.left));
    pieces.extend(paused.iter().map(|brief| (stands(brief), Role::Muted)));
    pieces
}

/// A breached clock has two marks, a warned one has one, as in the queue.
fn piece(brief: &Brief) -> (String, Role) {
    let (mark, role) = match (brief.left, brief.warned) {
        (Span(..=0), _) => ("!! ", Role::Breached),
        (_, true) => ("! ", Role::Warned),
        (_, false) => ("", Role::Text),
    };
    (format!("{mark}{} {}", brief.clock.name(), countdown::short(brief.left)), role)
}

/// The next moment at which the line changes; none while nothing in it counts.
#[must_use]
pub fn changes_at(view: &TicketView, env: &Env) -> Option<Stamp> {
    let ground = env.ground();
    let clocks = seen(&view.log, &ground);
    let counts = counts(&clocks, env.now).min();
    counts.into_iter().chain(clocks.next_moment()).min()
}

fn counts(clocks: &Clocks<'_>, now: Stamp) -> impl Iterator<Item = Stamp> {
    let running = clocks.readings.iter().filter(|reading| reading.state == State::Running);
    running.filter_map(move |reading| {
        Some(reading.worktime.add(now, countdown::changes_in(reading.remaining()?)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::sample::{NOW, Play, env};

    fn said(view: &TicketView, env: &Env) -> String {
        let pieces = pieces(view, &Theme::default(), env);
        pieces.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("  ")
    }

    fn views() -> Vec<TicketView> {
        Play::with(1, (80, 24)).views
    }

    #[test]
    fn the_clock_in_force_comes_first_and_a_waiting_one_says_for_whom() {
        let all: Vec<String> = views().iter().map(|view| said(view, &env())).collect();
        let expected = [
            "▸!! own -4m  ! tier 1m  resolve 3h18m",
            "▸! response 1m  resolve 7h56m",
            "paused (vendor):  resolve 93h",
            "",
            "▸resolve 50h",
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn nothing_changes_before_it_is_said_to() {
        for view in views() {
            let mut env = env();
            for _ in 0..200 {
                let Some(at) = changes_at(&view, &env) else { break };
                assert!(at > env.now);
                let before = said(&view, &env);
                env.now = Stamp(at.0 - 1);
                assert_eq!(said(&view, &env), before, "{}", view.ticket.id);
                env.now = at;
            }
            assert!(env.now == NOW || env.now.since(NOW).0 > Span::HOUR.0, "{}", view.ticket.id);
        }
    }

    #[test]
    fn a_clock_that_does_not_count_wakes_nobody() {
        let [_, _, waiting, resolved, office]: [TicketView; 5] = views().try_into().unwrap();
        let later = |view| changes_at(view, &env()).map(|at| at.since(NOW));
        assert_eq!(later(&waiting), Some(Span::DAY.times(2)), "the end of waiting");
        assert_eq!(later(&resolved), None);
        // Monday 08:00 is 20:59 away; the first minute of work shows one hour less.
        assert!(later(&office).unwrap() > Span::HOUR.times(20), "{:?}", later(&office));
    }
}
