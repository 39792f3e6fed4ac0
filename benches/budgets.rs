//! `cargo bench`: the table of budgets, measured on the release binary in a pseudo-terminal of 120x40. Counts are
//! exact; times are medians of alternating rounds beside `examples/floor.rs`, so that a busy machine slows both.
//! `TIERLINE_BENCH_TICKETS` sets the size of the desk (100,000), `TIERLINE_BENCH_ROUNDS` the rounds (15).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, clippy::print_stderr)]

#[path = "../tests/it/kit/mod.rs"]
mod kit;
#[path = "budgets/outlook.rs"]
mod outlook;
#[path = "budgets/sweep.rs"]
mod sweep;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use kit::calls::can_count;
use kit::cost::{self, full};
use kit::desk;
use kit::stage::{Stage, WIDE};
use kit::tty::Tty;
use portable_pty::CommandBuilder;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tierline");

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The yardstick, built like the program itself.
fn floor() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--locked", "--example", "floor"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.unwrap().success(), "the floor can't be built");
    Path::new(PROGRAM).with_file_name("examples").join("floor")
}

/// What a program's start costs.
struct Start {
    took: Duration,
    /// Highest resident memory, in KiB.
    memory: u64,
}

fn start_console(stage: &Stage) -> Start {
    let mut tty = stage.start(WIDE);
    let shown = tty.until("the first full frame", full);
    let memory = tty.status("VmHWM");
    tty.press("q").ends();
    Start { took: shown - tty.begun, memory }
}

fn start_floor(stage: &Stage, floor: &Path) -> Start {
    let mut command = CommandBuilder::new(floor);
    command.arg(stage.desk());
    let mut tty = Tty::start(stage.dress(command), WIDE);
    let shown = tty.until("forty rows", |seen| !seen.row(39).trim().is_empty());
    let memory = tty.status("VmHWM");
    tty.press("q").ends();
    Start { took: shown - tty.begun, memory }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1_000.0
}

/// Idle for ten seconds: bytes, and milliseconds of processor time.
fn idle(stage: &Stage) -> (usize, f64) {
    let mut tty = cost::settled(stage);
    tty.quiet_for(Duration::from_secs(3));
    let (before, cpu, begun) = (tty.rests(), tty.cpu(), Instant::now());
    let after = tty.quiet_for(Duration::from_secs(10));
    let worked = (tty.cpu() - cpu).as_secs_f64() * 1_000.0 * 10.0 / begun.elapsed().as_secs_f64();
    tty.press("q").ends();
    (after - before, worked)
}

fn row(what: &str, floor: &str, budget: &str, measured: String) {
    println!("{what:<44} {floor:>14} {budget:>22}   {measured}");
}

fn times(stage: &Stage, floor: &Path) {
    let rounds = usize::try_from(number("TIERLINE_BENCH_ROUNDS", 15)).unwrap();
    let (mut floors, mut ours) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let pair = match round % 2 {
            0 => (start_floor(stage, floor), start_console(stage)),
            _ => {
                let console = start_console(stage);
                (start_floor(stage, floor), console)
            }
        };
        // The first round warms the machine.
        if round > 0 {
            floors.push(pair.0);
            ours.push(pair.1);
        }
    }
    let took = |starts: &[Start]| median(starts.iter().map(|start| start.took).collect());
    let memory =
        |starts: &[Start]| starts.iter().map(|start| start.memory).max().unwrap_or(0) as f64 / 1024.0;
    let (floor_ms, ms) = (took(&floors), took(&ours));
    let shown = format!("{:.2} x ({ms:.1} ms)", ms / floor_ms);
    row("first full frame, against the floor", &format!("{floor_ms:.1} ms"), "3 x", shown);
    row(
        "memory at its highest",
        &format!("{:.1} MiB", memory(&floors)),
        "16 MiB",
        format!("{:.1} MiB", memory(&ours)),
    );
}

fn bytes(stage: &Stage) {
    let bytes = cost::bytes(stage);
    let most = |all: &[usize]| all.iter().max().copied().unwrap_or(0);
    row("selection moved a row, bytes at most", "8 to 285", "64", most(&bytes.moves).to_string());
    row("list scrolled a row, bytes at most", "118 to 5616", "250", most(&bytes.scrolls).to_string());
    let ratio = bytes.first_frame as f64 / bytes.first_text as f64;
    row(
        "first frame, bytes against its text",
        "3892 to 6889",
        "1.3 x",
        format!("{ratio:.2} x ({})", bytes.first_frame),
    );
    let (idle_bytes, worked) = idle(stage);
    row("idle for 10 s", "0 bytes, 0 ms", "0 bytes, 1 ms", format!("{idle_bytes} bytes, {worked:.1} ms"));
}

fn calls(stage: &Stage) {
    if !can_count() {
        println!("SKIPPED: file calls are not counted, for there is no strace here (apt-get install strace)");
        return;
    }
    let files = cost::files(stage);
    let looks = format!("{} in 3 s, no lock", files.idle.looks);
    row("file calls: anything new?", "1 a look", "1 a look", looks);
    row("file calls: one settling read after a change", "", "", files.idle.others.to_string());
    row("file calls: open to first frame", "28", "40", files.open.others.to_string());
    row("file calls: all panes after another's commit", "11", "16", files.foreign.others.to_string());
    row("file calls: an action and its refresh", "47 + 11", "57 + 16", files.action.others.to_string());
    let keys = files.twenty_keys.others.saturating_sub(files.one_key.others);
    row("file calls: 20 keys inside the window", "0", "0", keys.to_string());
    row("file calls: 100 rows scrolled", "90", "60", files.hundred_rows.others.to_string());
    for open in [100, 10_000, 100_000] {
        let what = format!("file calls: a sweep, 10 due of {open} open");
        let (reads, calls) = sweep::calls(PROGRAM, open);
        row(&what, "", "", format!("{} ({reads} pages read)", calls.others));
    }
}

fn main() {
    let tickets = number("TIERLINE_BENCH_TICKETS", 100_000);
    let floor = floor();
    let stage = Stage::new(PROGRAM);
    eprintln!("making a desk of {tickets} tickets, {} of them open ...", tickets / desk::OPEN);
    desk::make(&stage.desk(), tickets);
    // What is due is done before anything is measured: else some consoles would sweep, and others read of it.
    assert!(stage.run(&["sweep"]).status.success());
    assert!(stage.run(&["note", "1", "-m", "seen before"]).status.success());
    desk::rest(&stage.desk());
    println!("\n{tickets} tickets, {} open, 120x40", tickets / desk::OPEN);
    println!("{:<44} {:>14} {:>22}   measured", "", "floor", "budget");
    times(&stage, &floor);
    row("clocks and agenda of a ticket of 100 events", "", "100 us", format!("{:.1} us", outlook::micros()));
    bytes(&stage);
    let size = std::fs::metadata(PROGRAM).map_or(0, |meta| meta.len()) as f64 / 1e6;
    let floor_size = std::fs::metadata(&floor).map_or(0, |meta| meta.len()) as f64 / 1e6;
    row("binary, stripped", &format!("{floor_size:.1} MB"), "8 MB", format!("{size:.1} MB"));
    calls(&stage);
    let ms = sweep::apply(&stage);
    row("a matrix applied, open rows made anew", "", "1000 ms", format!("{ms:.0} ms"));
}
