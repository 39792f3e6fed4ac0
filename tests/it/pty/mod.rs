//! The real binary in a pseudo-terminal: what somebody at the keyboard does and sees, how it ends, and what two
//! consoles see of each other. Every one has a home and a desk of its own.

mod ending;
mod locked;
mod neighbours;
mod notices;
mod screens;
mod work;

use super::kit::cost::{full, marked};
use super::kit::stage::{Stage, WIDE};
use super::kit::tty::Tty;

/// A stage with the demo's desk on it, and nothing due while it is looked at.
fn demo() -> Stage {
    let stage = Stage::new(env!("CARGO_BIN_EXE_tierline"));
    let made = stage.run(&["demo", "--create", &stage.desk().display().to_string()]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    said(&stage, &["sweep"]);
    stage
}

/// What falls due is first in a queue, and that depends on the day: these lists begin with the same ticket on each.
const STEADY: &str = "is:open sort:prio,opened";
const FIRST: i64 = 40;

/// A console on it that has shown all three panes, with a list whose order is the same every day.
fn console(stage: &Stage) -> Tty {
    steady(stage.start(WIDE))
}

fn steady(mut tty: Tty) -> Tty {
    tty.until("the first full frame", full);
    tty.press("/").shows("Filter").press(STEADY).press("\r").shows(&format!("/{STEADY}")).rests();
    tty.press("gg");
    tty.until("the list from its top", |seen| full(seen) && marked(seen) == Some((3, FIRST)));
    tty
}

/// The number under the queue's mark.
fn selected(tty: &Tty) -> i64 {
    marked(&tty.seen()).map_or(0, |(_, number)| number)
}

/// What a verb prints.
fn said(stage: &Stage, args: &[&str]) -> String {
    let output = stage.run(args);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{args:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}
