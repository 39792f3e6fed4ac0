//! `[closing]` and `[pauses]`: confirming with the requester, reopening, and which clocks waiting stops.

use std::collections::BTreeMap;

use super::node::{self, Node};
use super::notes::Notes;
use super::{suggest, value};
use crate::domain::event::WaitOn;
use crate::matrix::model::{Clock, Closing};

/// Attempts to reach the requester where the matrix doesn't say.
const ATTEMPTS: u32 = 3;

pub(super) fn closing(notes: &mut Notes<'_>, root: &Node<'_>) -> Closing {
    let Some(section) = root.section(notes, "closing") else {
        return Closing { attempts: ATTEMPTS, reopen_within: None };
    };
    section.only(notes, &["attempts", "reopen-within"]);
    let attempts = section.number(notes, "attempts", (1, 20));
    let within = section.text(notes, "reopen-within");
    Closing {
        attempts: attempts.and_then(|number| u32::try_from(number).ok()).unwrap_or(ATTEMPTS),
        reopen_within: within.and_then(|text| value::span(notes, "reopen-within", &text)),
    }
}

/// Waiting for the requester stops what we promised and measure of ourselves; a vendor or a change stops only
/// the tier's own clock, for the requester still waits for us. The update clock always goes on.
fn standard(on: WaitOn) -> Vec<Clock> {
    match on {
        WaitOn::Requester => vec![Clock::Own, Clock::Tier, Clock::Resolve],
        WaitOn::Vendor | WaitOn::Change => vec![Clock::Tier],
        WaitOn::Other => Vec::new(),
    }
}

pub(super) fn pauses(notes: &mut Notes<'_>, root: &Node<'_>) -> BTreeMap<String, Vec<Clock>> {
    let mut pauses: BTreeMap<_, _> =
        WaitOn::ALL.into_iter().map(|on| (on.name().to_owned(), standard(on))).collect();
    let Some(section) = root.section(notes, "pauses") else { return pauses };
    section.only(notes, &WaitOn::ALL.map(WaitOn::name));
    for (on, value) in section.entries() {
        let mut clocks = Vec::new();
        for text in node::texts_of(notes, on.value, value) {
            let clock = Clock::ALL.into_iter().find(|clock| clock.name() == text.value.trim());
            if clock.is_none() && !notes.is_full() {
                let help = suggest::advice(text.value, Clock::ALL.iter().map(|clock| clock.name()));
                notes.error(&text.at, format!("unknown clock \"{}\"", text.value), help);
            }
            clocks.extend(clock);
        }
        clocks.sort_unstable();
        clocks.dedup();
        if let Some(slot) = pauses.get_mut(on.value) {
            *slot = clocks;
        }
    }
    pauses
}
