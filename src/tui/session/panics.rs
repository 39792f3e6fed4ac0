//! What happens on a panic: a report in a file; on the console's own thread the terminal is given back and
//! the person told; on any other thread the console learns of it as a message and goes on. The hook that
//! comes with ratatui tears the terminal down for any thread.

use crate::domain::text;
use std::backtrace::Backtrace;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::Sender;
use std::thread::ThreadId;

/// Reports of one process that find room beside each other.
const MOST_REPORTS: u32 = 100;

/// A panic, as it can be shown: harmless text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crash {
    pub thread: String,
    pub message: String,
    /// File, line and column.
    pub place: String,
    /// Where the report lies, unless it could not be written.
    pub report: Option<PathBuf>,
}

/// Makes the calling thread the console's own and installs the hook. Reports go into `folder`, which is
/// made when one is needed; panics of other threads go to `to`.
pub fn install<T: From<Crash> + Send + 'static>(folder: PathBuf, to: Sender<T>) {
    let own = std::thread::current().id();
    // A hook may run on several threads at once.
    let to = Mutex::new(to);
    std::panic::set_hook(Box::new(move |info| {
        let crash = crash(info, &folder);
        if let Some(crash) = tell(crash, own)
            && let Ok(to) = to.lock()
        {
            // A console that is gone has no use for it.
            let _ = to.send(T::from(crash));
        }
    }));
}

/// Tells the person if the console itself fell; else gives the crash back.
fn tell(crash: Crash, own: ThreadId) -> Option<Crash> {
    if std::thread::current().id() != own {
        return Some(crash);
    }
    // Told below in any case, perhaps on a terminal that is gone.
    let _ = super::give_back();
    let _ = io::stderr().write_all(farewell(&crash).as_bytes());
    None
}

fn farewell(crash: &Crash) -> String {
    let report = match &crash.report {
        Some(path) => format!("A report is in {}; it may hold text of tickets.", path.display()),
        None => "No report could be written.".to_owned(),
    };
    format!(
        "tierline: the console failed: {} ({})\n{report}\nWhat the desk acknowledged is safe.\n",
        crash.message, crash.place
    )
}

fn crash(info: &PanicHookInfo<'_>, folder: &Path) -> Crash {
    let message = message(info);
    let place = info.location().map_or_else(|| "unknown place".to_owned(), ToString::to_string);
    let thread = std::thread::current().name().unwrap_or("unnamed").to_owned();
    let mut crash = Crash {
        thread: text::neutral(&thread).into_owned(),
        message: text::neutral(message).into_owned(),
        place: text::neutral(&place).into_owned(),
        report: None,
    };
    let backtrace = Backtrace::force_capture();
    crash.report = write_report(&crash, &backtrace.to_string(), folder).ok();
    crash
}

fn message<'a>(info: &'a PanicHookInfo<'_>) -> &'a str {
    let payload = info.payload();
    let literal = payload.downcast_ref::<&str>().copied();
    literal.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

fn write_report(crash: &Crash, backtrace: &str, folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let (path, mut file) = new_file(folder)?;
    let version = env!("CARGO_PKG_VERSION");
    let Crash { thread, message, place, .. } = crash;
    write!(
        file,
        "tierline {version}\nthread: {thread}\nmessage: {message}\nplace: {place}\n\n{backtrace}\n"
    )?;
    Ok(path)
}

fn new_file(folder: &Path) -> io::Result<(PathBuf, File)> {
    let process = std::process::id();
    for n in 1..=MOST_REPORTS {
        let path = folder.join(format!("crash-{process}-{n}.txt"));
        match private().open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened.map(|file| (path, file)),
        }
    }
    Err(io::Error::other("too many crash reports of this process"))
}

/// The message may quote a ticket: for the person's own eyes.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
