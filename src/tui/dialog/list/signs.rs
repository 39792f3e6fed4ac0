//! What the marks and the clocks of the queue mean, for the help: each is told by letters, never by colour alone.

use super::{Pick, State};
use crate::domain::clock::Clock;
use crate::tui::view::column::short;

const GROUP: &str = "Signs in the queue";

/// The entries; only to be read.
pub fn picks() -> impl Iterator<Item = Pick> {
    let marks = [
        ("!!", "breached", "The clock in force is past its limit"),
        ("!", "warned", "The clock in force is near its limit"),
        ("own -4m", "past", "Working time left; below zero, past it"),
        ("wakes 2d", "waiting", "No clock counts until it ends, by the wall's clock"),
        ("paused", "waiting", "No clock counts, and it has no end yet"),
    ];
    let marks = marks.into_iter().map(|(sign, label, detail)| pick(sign, label, detail));
    marks.chain(Clock::ALL.map(|clock| pick(short(clock), clock.name(), told(clock))))
}

fn pick(sign: &str, label: &str, detail: &str) -> Pick {
    let (keys, label, detail) = (sign.to_owned(), label.to_owned(), detail.to_owned());
    Pick { intent: None, group: GROUP, keys, label, detail, state: State::Ready }
}

fn told(clock: Clock) -> &'static str {
    match clock {
        Clock::Response => "Opening to the first contact by staff",
        Clock::Own => "In a queue until somebody takes it",
        Clock::Update => "From one contact to the next",
        Clock::Tier => "How long a tier may keep it",
        Clock::Resolve => "From opening to the resolution",
        Clock::Confirm => "From the resolution until it is closed",
    }
}
