//! However the console ends, the terminal is as it was: the main screen, a cursor, cooked keys; and the exit status
//! says how it ended.

use std::os::fd::AsFd;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};
use rustix::pty::{OpenptFlags, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use super::{console, demo};
use crate::kit::stage::WIDE;
use crate::kit::tty::{Tty, limit};

fn is_restored(tty: &Tty) {
    let seen = tty.seen();
    let screen = seen.screen();
    assert!(!screen.alternate_screen(), "the alternate screen is left on");
    assert!(!screen.hide_cursor(), "the cursor is left hidden");
    assert!(!screen.bracketed_paste(), "bracketed paste is left on");
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert_eq!(tty.changed_modes(), None, "the terminal's modes before and after");
}

#[test]
fn quitting_leaves_a_clean_terminal() {
    let stage = demo();
    let mut tty = console(&stage);
    assert!(tty.seen().screen().alternate_screen() && tty.changed_modes().is_some());
    tty.press("q");
    assert_eq!(tty.ends().exit_code(), 0);
    is_restored(&tty);
}

#[test]
fn a_signal_leaves_a_clean_terminal_and_its_status() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let stage = demo();
        let mut tty = console(&stage);
        let process = Pid::from_raw(i32::try_from(tty.process()).unwrap()).unwrap();
        kill_process(process, signal).unwrap();
        assert_eq!(tty.ends().exit_code(), code);
        is_restored(&tty);
    }
}

#[test]
fn a_signal_in_the_middle_of_a_form_keeps_the_draft() {
    let stage = demo();
    let mut tty = console(&stage);
    tty.press("a").shows("add the note").press("not yet finished").shows("not yet finished");
    tty.rests();
    let process = Pid::from_raw(i32::try_from(tty.process()).unwrap()).unwrap();
    kill_process(process, Signal::TERM).unwrap();
    assert_eq!(tty.ends().exit_code(), 143);
    is_restored(&tty);
    let mut again = console(&stage);
    again.press("a").shows("not yet finished");
}

#[test]
fn a_fall_leaves_a_clean_terminal_and_says_where_its_report_is() {
    let stage = demo();
    let mut command = stage.console();
    command.env("TIERLINE_FALL", "boom \u{1b}[31m");
    let mut tty = Tty::start(command, WIDE);
    assert_eq!(tty.ends().exit_code(), 101);
    is_restored(&tty);
    // The terminal breaks the lines where it will.
    let said = tty.seen().text().replace('\n', "");
    assert!(said.contains("the console failed: boom"), "{said}");
    assert!(String::from_utf8_lossy(&tty.seen().raw).contains("boom \u{fffd}[31m"), "the words came raw");
    let reports = std::fs::read_dir(stage.home().join("state/tierline")).unwrap();
    let reports: Vec<_> = reports.map(|entry| entry.unwrap().path().display().to_string()).collect();
    assert!(reports.iter().any(|report| said.contains(report)), "none of {reports:?} is named in {said}");
}

#[test]
fn a_console_without_its_terminal_ends_and_keeps_the_draft() {
    let stage = demo();
    let mut tty = console(&stage);
    tty.press("a").shows("add the note").press("cut off here").shows("cut off here");
    let ended = tty.hang_up();
    // By the signal, or by the first frame that nobody takes, whichever is sooner; never killed for going on.
    assert!(matches!(ended.exit_code(), 129 | 1) && ended.signal().is_none(), "{ended:?}");
    let mut again = console(&stage);
    again.press("a").shows("cut off here");
}

/// Waits until it is so, at most as long as a screen is waited for.
fn comes(what: impl AsFd, patience: Duration) -> bool {
    let mut waited = [PollFd::new(&what, PollFlags::IN)];
    poll(&mut waited, Some(&Timespec::try_from(patience).unwrap())).unwrap() == 1
}

/// A process of another session is not told that the terminal went away; it must see so itself, and not spin on it.
#[test]
fn a_console_that_nobody_tells_that_its_terminal_is_gone_ends_too() {
    let stage = demo();
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    unlockpt(&master).unwrap();
    let (ws_col, ws_row) = WIDE;
    tcsetwinsize(&master, Winsize { ws_col, ws_row, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let line = || Stdio::from(open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap());
    let mut command = Command::new("setsid");
    command.arg(stage.program()).env_clear().envs(stage.environment()).current_dir(stage.home());
    let mut child = command.stdin(line()).stdout(line()).stderr(Stdio::null()).spawn().unwrap();
    drop(command);
    let process = pidfd_open(Pid::from_child(&child), PidfdFlags::empty()).unwrap();
    // What it writes would tell it too: until nothing is left that makes it.
    while comes(&master, Duration::from_secs(3)) {
        rustix::io::read(&master, &mut [0; 16_384]).unwrap();
    }
    drop(master);
    assert!(comes(&process, limit()), "it goes on without its terminal");
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn without_a_terminal_it_says_what_to_use_instead() {
    let stage = demo();
    let output = stage.run(&[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("terminal"), "{said}");
    assert!(output.stdout.is_empty());
}
