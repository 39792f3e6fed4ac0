//! A program in a pseudo-terminal: keys in, a screen out, every byte counted. Waits for what is to be seen and never
//! sleeps; whoever waits in vain is shown the screen.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, NativePtySystem, PtySize, PtySystem};

/// How long a screen is waited for: `TIERLINE_TEST_PATIENCE` seconds, for machines with much else to do.
pub fn limit() -> Duration {
    let seconds = std::env::var("TIERLINE_TEST_PATIENCE").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(60))
}

/// A size that no test starts with.
const ELSEWHERE: Size = (101, 31);

/// Columns and rows.
pub type Size = (u16, u16);

/// A running program and what it has shown.
pub struct Tty {
    pub master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    shared: Arc<Shared>,
    pub begun: Instant,
    /// The terminal's modes before the program had it.
    cooked: String,
}

struct Shared {
    seen: Mutex<Seen>,
    news: Condvar,
    /// Nobody looks any more: the next bytes are the last that are read.
    hung_up: AtomicBool,
}

/// What came out so far.
pub struct Seen {
    terminal: vt100::Parser,
    pub raw: Vec<u8>,
    pub last: Instant,
    pub open: bool,
}

impl Seen {
    pub fn screen(&self) -> &vt100::Screen {
        self.terminal.screen()
    }

    /// The rows as text.
    pub fn text(&self) -> String {
        self.screen().contents()
    }

    pub fn has(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// One row as text.
    pub fn row(&self, row: u16) -> String {
        let (_, width) = self.screen().size();
        self.screen().rows(0, width.get()).nth(row.into()).unwrap_or_default()
    }
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

fn lines(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

fn pty_size((cols, rows): Size) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Tty {
    pub fn start(command: CommandBuilder, size: Size) -> Tty {
        let pair = NativePtySystem::default().openpty(pty_size(size)).unwrap();
        let (mut output, keys) =
            (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        let cooked = modes(pair.master.as_ref());
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let terminal = vt100::Parser::new(lines(size.1), lines(size.0), 0);
        let seen = Mutex::new(Seen { terminal, raw: Vec::new(), last: begun, open: true });
        let shared = Arc::new(Shared { seen, news: Condvar::new(), hung_up: AtomicBool::new(false) });
        let to = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut bytes = [0; 16_384];
            loop {
                let read = output.read(&mut bytes).unwrap_or(0);
                let mut seen = to.seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.last = Instant::now();
                seen.terminal.process(&bytes[..read]);
                seen.raw.extend_from_slice(&bytes[..read]);
                seen.open = read > 0 && !to.hung_up.load(Ordering::Relaxed);
                to.news.notify_all();
                if !seen.open {
                    return;
                }
            }
        });
        Tty { master: pair.master, keys, child, shared, begun, cooked }
    }

    /// What was seen so far; held, so never two of them in one statement.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    pub fn resize(&mut self, size: Size) -> &mut Self {
        self.seen().terminal.screen_mut().set_size(lines(size.1), lines(size.0));
        self.master.resize(pty_size(size)).unwrap();
        self
    }

    /// What the program changed of the terminal's modes, before and after; nothing where they are as they were.
    pub fn changed_modes(&self) -> Option<(String, String)> {
        let now = modes(self.master.as_ref());
        (now != self.cooked).then(|| (self.cooked.clone(), now))
    }

    /// Hangs up, as a lost connection or a closed window does, and waits for the end.
    pub fn hang_up(&mut self) -> ExitStatus {
        self.shared.hung_up.store(true, Ordering::Relaxed);
        // The reader holds the terminal too until it has read once more: a frame of another size.
        self.resize(ELSEWHERE).until("its last frame", |seen| !seen.open);
        self.keys = Box::new(std::io::sink());
        self.master = NativePtySystem::default().openpty(pty_size(ELSEWHERE)).unwrap().master;
        let (to, ended) = channel();
        let mut killer = self.child.clone_killer();
        let watch = std::thread::spawn(move || match ended.recv_timeout(limit()) {
            Ok(()) => Ok(()),
            Err(_) => killer.kill(),
        });
        let status = self.child.wait().unwrap();
        let _ = to.send(());
        watch.join().unwrap().unwrap();
        status
    }

    /// Waits until what was seen is so; gives when it became so.
    pub fn until(&self, what: &str, ready: impl Fn(&Seen) -> bool) -> Instant {
        let waited =
            self.shared.news.wait_timeout_while(self.seen(), limit(), |seen| !ready(seen) && seen.open);
        let (seen, _) = waited.unwrap();
        assert!(
            ready(&seen),
            "never {what}; the program is {}; on the screen:\n{}",
            open(seen.open),
            seen.text()
        );
        seen.last
    }

    /// Waits until the text stands on the screen.
    pub fn shows(&mut self, text: &str) -> &mut Self {
        self.until(&format!("{text:?} on the screen"), |seen| seen.has(text));
        self
    }

    /// Waits until the text is gone.
    pub fn hides(&mut self, text: &str) -> &mut Self {
        self.until(&format!("the screen without {text:?}"), |seen| !seen.has(text));
        self
    }

    /// Waits until nothing has come for so long; gives the number of bytes so far.
    pub fn quiet_for(&self, time: Duration) -> usize {
        let mut seen = self.seen();
        loop {
            let before = seen.raw.len();
            let news = |seen: &mut Seen| seen.raw.len() == before && seen.open;
            let (next, waited) = self.shared.news.wait_timeout_while(seen, time, news).unwrap();
            if waited.timed_out() || !next.open {
                return next.raw.len();
            }
            seen = next;
        }
    }

    /// Waits until it rests: what it had to show for the last key is on the screen.
    pub fn rests(&self) -> usize {
        self.quiet_for(Duration::from_millis(300))
    }

    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the end.
    pub fn ends(&mut self) -> ExitStatus {
        let waited = self.shared.news.wait_timeout_while(self.seen(), limit(), |seen| seen.open).unwrap();
        assert!(!waited.0.open, "it never ended; on the screen:\n{}", waited.0.text());
        drop(waited);
        self.child.wait().unwrap()
    }

    /// A line of `/proc/PID/status`, in its own unit.
    #[cfg(target_os = "linux")]
    pub fn status(&self, name: &str) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.process())).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Processor time of all threads so far.
    #[cfg(target_os = "linux")]
    pub fn cpu(&self) -> Duration {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process())).unwrap();
        let nanos = tasks.filter_map(|task| {
            let text = std::fs::read_to_string(task.unwrap().path().join("schedstat")).ok()?;
            text.split(' ').next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(nanos.sum())
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        if self.seen().open {
            let _ = self.child.kill();
        }
    }
}

fn open(open: bool) -> &'static str {
    if open { "still there" } else { "gone" }
}
