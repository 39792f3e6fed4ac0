//! What a sweep costs on a desk where much is open and little due, and a matrix that is changed.

use std::time::Instant;

use crate::kit::calls::Calls;
use crate::kit::due;
use crate::kit::stage::Stage;

/// Pages read and file calls of `tierline sweep` with ten tickets due of so many that are open, its opening included.
pub fn calls(program: &str, open: u64) -> (usize, Calls) {
    let stage = Stage::new(program);
    due::make(&stage, open);
    due::calls(&stage)
}

/// Milliseconds to apply the matrix of the project to a desk: all rows of open tickets are made anew.
pub fn apply(stage: &Stage) -> f64 {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/escalation.toml");
    let begun = Instant::now();
    let output = stage.run(&["matrix", "apply", file, "--force"]);
    assert!(output.status.success(), "{output:?}");
    begun.elapsed().as_secs_f64() * 1_000.0
}
