//! A fall on demand, so that what it leaves behind can be tried with the real program. Never part of a release build.

use crate::desk::Surroundings;

/// Falls with the words of `TIERLINE_FALL`, where that is set.
#[allow(clippy::panic, reason = "to fall is what it is for")]
pub fn if_asked(around: &Surroundings) {
    if let Some(words) = around.var("TIERLINE_FALL") {
        panic!("{words}");
    }
}
