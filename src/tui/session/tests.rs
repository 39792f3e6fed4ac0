//! Each part is played by this test program itself, started again inside a pseudo-terminal.
#![cfg(unix)]

use super::panics::Crash;
use super::signals::{Signal, Watch};
use super::*;
use crate::tui::input::{Input, Reader};
use portable_pty::{Child, CommandBuilder, MasterPty, NativePtySystem, PtySize, PtySystem};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar};
use std::time::Duration;

const PART: &str = "TIERLINE_TEST_PART";
const FOLDER: &str = "TIERLINE_TEST_FOLDER";
const LONG: Duration = Duration::from_secs(20);

#[derive(Debug)]
enum Msg {
    Input(Input),
    Signal(Signal),
    Crash(Crash),
}

impl From<Input> for Msg {
    fn from(input: Input) -> Self {
        Self::Input(input)
    }
}

impl From<Signal> for Msg {
    fn from(signal: Signal) -> Self {
        Self::Signal(signal)
    }
}

impl From<Crash> for Msg {
    fn from(crash: Crash) -> Self {
        Self::Crash(crash)
    }
}

/// The program inside the terminal.
#[test]
#[ignore = "started by the other tests, inside a terminal"]
fn part() {
    let Ok(part) = std::env::var(PART) else { return };
    match part.as_str() {
        "quit" => quit(),
        "inputs" => inputs(),
        "fall" => fall(),
        "worker falls" => worker_falls(),
        "ended" => ended(),
        "editor" => editor(),
        "stop" => stop(),
        "idle" => idle(),
        "no terminal" => no_terminal(),
        other => panic!("no such part: {other}"),
    }
}

fn start() -> (Session, Reader, Sender<Msg>, Receiver<Msg>) {
    let session = Session::start(Some("xterm"), MouseReports::On).unwrap();
    let (to, messages) = channel();
    let reader = Reader::start(to.clone()).unwrap();
    (session, reader, to, messages)
}

fn say(session: &Session, line: &str) {
    session.write(format!("\r\n{line}").as_bytes()).unwrap();
}

fn wait_for_q(messages: &Receiver<Msg>) {
    while !format!("{:?}", messages.recv().unwrap()).contains("Char('q')") {}
}

fn modes() {
    std::process::Command::new("stty").arg("-a").status().unwrap();
}

fn quit() {
    let (session, reader, _to, messages) = start();
    say(&session, &format!("hello {:?}", session.size().unwrap()));
    wait_for_q(&messages);
    drop(reader);
    drop(session);
    modes();
}

fn inputs() {
    let (session, _reader, _to, messages) = start();
    say(&session, "ready");
    for message in messages {
        say(&session, &format!("{message:?}"));
        if format!("{message:?}").contains("Char('q')") {
            return;
        }
    }
}

fn fall() {
    let (session, _reader, to, messages) = start();
    panics::install(PathBuf::from(std::env::var(FOLDER).unwrap()), to);
    say(&session, "ready");
    wait_for_q(&messages);
    panic!("boom \x1b[31m");
}

fn worker_falls() {
    let (session, _reader, to, messages) = start();
    panics::install(PathBuf::from(std::env::var(FOLDER).unwrap()), to);
    let worker = std::thread::Builder::new().name("worker".to_owned());
    assert!(worker.spawn(|| panic!("boom")).unwrap().join().is_err());
    let Msg::Crash(crash) = messages.recv().unwrap() else { panic!("no crash") };
    let there = crash.report.as_ref().is_some_and(|path| path.exists());
    say(&session, &format!("{} fell: {}, report {there}", crash.thread, crash.message));
    wait_for_q(&messages);
}

fn ended() {
    let (session, reader, to, messages) = start();
    let _watch = Watch::start(to).unwrap();
    say(&session, &format!("ready, process {}.", std::process::id()));
    loop {
        match messages.recv().unwrap() {
            Msg::Signal(signal) => {
                drop(reader);
                drop(session);
                modes();
                std::process::exit(signal.exit_code().into());
            }
            Msg::Input(input) => say(&session, &format!("{input:?}")),
            Msg::Crash(crash) => say(&session, &format!("{crash:?}")),
        }
    }
}

fn editor() {
    let (mut session, reader, _to, messages) = start();
    say(&session, "before");
    wait_for_q(&messages);
    reader.pause().unwrap();
    session.suspend().unwrap();
    modes();
    println!("the editor has it");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    session.resume().unwrap();
    reader.resume();
    say(&session, &format!("after {line:?}"));
    wait_for_q(&messages);
}

fn stop() {
    let (mut session, _reader, _to, messages) = start();
    session.stop_job().unwrap();
    say(&session, "continued");
    wait_for_q(&messages);
}

fn idle() {
    let (session, _reader, to, messages) = start();
    let _watch = Watch::start(to).unwrap();
    say(&session, &format!("process {}.", std::process::id()));
    wait_for_q(&messages);
}

fn no_terminal() {
    println!("{}", Session::start(Some("xterm"), MouseReports::Off).unwrap_err());
}

fn again(part: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["tui::session::tests::part", "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(PART, part);
    command.env("RUST_BACKTRACE", "0");
    command
}

/// A terminal with one of the parts in it.
struct Stage {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

struct Seen {
    terminal: vt100::Parser,
    bytes: usize,
    open: bool,
}

impl Stage {
    fn set(command: CommandBuilder) -> Self {
        let size = PtySize { rows: 24, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = NativePtySystem::default().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let lines = |n| NonZeroU16::new(n).unwrap();
        let terminal = vt100::Parser::new(lines(24), lines(100), 0);
        let seen = Arc::new((Mutex::new(Seen { terminal, bytes: 0, open: true }), Condvar::new()));
        let (mut output, shared) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let read = output.read(&mut bytes).unwrap_or(0);
                let mut seen = shared.0.lock().unwrap();
                seen.terminal.process(&bytes[..read]);
                seen.bytes += read;
                seen.open = read > 0;
                shared.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        Self { keys: pair.master.take_writer().unwrap(), master: pair.master, child, seen }
    }

    /// Waits until the screen is so, and tells what is on it.
    fn until(&self, what: &str, ready: impl Fn(&Seen) -> bool) -> String {
        let seen = self.seen.0.lock().unwrap();
        let (seen, late) = self.seen.1.wait_timeout_while(seen, LONG, |seen| !ready(seen)).unwrap();
        let contents = seen.terminal.screen().contents();
        assert!(!late.timed_out(), "never {what}; on the screen:\n{contents}");
        contents
    }

    fn shows(&self, text: &str) -> String {
        self.until(text, |seen| seen.terminal.screen().contents().contains(text))
    }

    /// The number that the part gave as its process.
    fn process(&self) -> i32 {
        let given = |text: &str| text.split_once("process ").is_some_and(|(_, number)| number.contains('.'));
        number_after(&self.until("the process", |seen| given(&seen.terminal.screen().contents())), "process ")
    }

    #[cfg(target_os = "linux")]
    fn is_silent_for(&self, time: Duration) -> bool {
        let seen = self.seen.0.lock().unwrap();
        let before = seen.bytes;
        let waited = self.seen.1.wait_timeout_while(seen, time, |seen| seen.bytes == before);
        waited.unwrap().1.timed_out()
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits for the end; the exit status and what is left on the screen, which must be as it was before.
    fn ends(mut self) -> (u32, String) {
        let left = self.until("the end", |seen| !seen.open);
        self.is_restored();
        (self.child.wait().unwrap().exit_code(), left)
    }

    fn is_taken(&self) {
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.terminal.screen();
        assert!(screen.alternate_screen() && screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::ButtonMotion);
    }

    fn is_restored(&self) {
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.terminal.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

fn is_cooked(stty: &str) {
    for mode in ["icanon", "echo", "isig", "opost"] {
        assert!(stty.split_whitespace().any(|word| word == mode), "{mode} is off:\n{stty}");
    }
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut stage = Stage::set(again("quit"));
    stage.shows("hello Size { width: 100, height: 24 }");
    stage.is_taken();
    stage.press("q");
    let (code, left) = stage.ends();
    assert_eq!(code, 0);
    assert!(!left.contains("hello"));
    is_cooked(&left);
}

#[test]
fn keys_pastes_mouse_and_size_arrive() {
    let mut stage = Stage::set(again("inputs"));
    stage.shows("ready");
    stage.press("E\x13\x1b[Z\x1b[5~");
    stage.shows("Input(Key(Key { code: Char('E'), mods: Mods { ctrl: false, alt: false, shift: false } }))");
    stage.shows("Input(Key(Key { code: Char('s'), mods: Mods { ctrl: true, alt: false, shift: false } }))");
    stage.shows("Input(Key(Key { code: Tab, mods: Mods { ctrl: false, alt: false, shift: true } }))");
    stage.shows("Input(Key(Key { code: PageUp,");
    stage.press("\x1b[200~two\rlines q\x1b[201~");
    stage.shows("Input(Paste(\"two\\nlines q\"))");
    stage.press("\x1b[<65;300;2M");
    stage.shows("Input(Mouse(Mouse { x: 299, y: 1, act: WheelDown }))");
    stage.press("\x1b[I");
    stage.shows("Input(Focus(Gained))");
    stage.master.resize(PtySize { rows: 30, cols: 90, pixel_width: 0, pixel_height: 0 }).unwrap();
    stage.shows("Input(Resize(90, 30))");
    stage.press("q");
    assert_eq!(stage.ends().0, 0);
}

#[test]
fn a_panic_of_the_console_restores_reports_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = again("fall");
    command.env(FOLDER, folder.path().join("not there yet"));
    let mut stage = Stage::set(command);
    stage.shows("ready");
    stage.press("q");
    let (_, left) = stage.ends();
    assert!(left.contains("the console failed: boom "), "{left}");
    let report = std::fs::read_dir(folder.path().join("not there yet")).unwrap().next().unwrap().unwrap();
    let name = report.file_name().into_string().unwrap();
    assert!(left.replace('\n', "").contains(&name), "{name} is not named in:\n{left}");
    let text = std::fs::read_to_string(report.path()).unwrap();
    assert!(text.contains("message: boom \u{fffd}[31m\n") && text.contains("session/tests.rs"), "{text}");
    assert!(text.lines().count() > 10, "no backtrace:\n{text}");
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(report.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_panic_of_another_thread_is_a_message_and_the_screen_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = again("worker falls");
    command.env(FOLDER, folder.path());
    let mut stage = Stage::set(command);
    stage.shows("worker fell: boom, report true");
    stage.is_taken();
    stage.press("q");
    assert_eq!(stage.ends().0, 0);
}

#[test]
fn a_signal_ends_the_console_in_order() {
    use rustix::process::{Pid, Signal, kill_process};
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let stage = Stage::set(again("ended"));
        let process = stage.process();
        kill_process(Pid::from_raw(process).unwrap(), signal).unwrap();
        let (ended, left) = stage.ends();
        assert_eq!(ended, code, "{left}");
        is_cooked(&left);
    }
}

fn number_after(text: &str, word: &str) -> i32 {
    let digits = text.split_once(word).unwrap().1;
    digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

#[test]
fn an_editor_gets_the_terminal_and_every_key_in_it() {
    let mut stage = Stage::set(again("editor"));
    stage.shows("before");
    stage.press("q");
    is_cooked(&stage.shows("the editor has it"));
    stage.is_restored();
    stage.press("quick\r");
    stage.shows("after \"quick\\n\"");
    stage.is_taken();
    stage.press("q");
    assert_eq!(stage.ends().0, 0);
}

#[test]
fn a_stop_that_nobody_could_end_is_passed_over() {
    let mut stage = Stage::set(again("stop"));
    stage.shows("continued");
    stage.is_taken();
    stage.press("q");
    assert_eq!(stage.ends().0, 0);
}

#[test]
fn no_terminal_is_an_error_that_says_what_to_do() {
    let said = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["tui::session::tests::part", "--exact", "--ignored", "--nocapture"])
        .env(PART, "no terminal")
        .output()
        .unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("standard output is not one; use the verbs instead"), "{said}");
    let dumb = NoTerminal::Dumb { term: "dumb".to_owned() }.to_string();
    assert!(dumb.contains("TERM is `dumb`"), "{dumb}");
}

/// Waking up to look for orders must not show in a battery: under a millisecond of work in ten seconds.
#[cfg(target_os = "linux")]
#[test]
fn waiting_costs_next_to_nothing() {
    let mut stage = Stage::set(again("idle"));
    let process = stage.process();
    let switches = || {
        let tasks = std::fs::read_dir(format!("/proc/{process}/task")).unwrap();
        let count = |path: PathBuf| {
            let status = std::fs::read_to_string(path.join("status")).unwrap();
            i64::from(number_after(&status, "\nvoluntary_ctxt_switches:\t"))
        };
        tasks.map(|task| count(task.unwrap().path())).sum::<i64>()
    };
    let before = switches();
    assert!(stage.is_silent_for(Duration::from_secs(2)));
    let woken = switches() - before;
    assert!(woken <= 6, "woken {woken} times in two seconds");
    stage.press("q");
    assert_eq!(stage.ends().0, 0);
}
