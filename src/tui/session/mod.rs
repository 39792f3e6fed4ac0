//! The terminal while the console has it: raw mode, alternate screen, paste, focus and mouse reports, and
//! giving all of it back, once, whatever ends the console: quitting, an error, a panic, a signal. Owns what
//! is written to standard output meanwhile. Must not know what is shown.

mod output;
pub mod panics;
#[cfg(unix)]
pub mod signals;
#[cfg(test)]
mod tests;

use crossterm::terminal;
use ratatui::layout::Size;
use std::io::{self, IsTerminal};
use std::sync::{Mutex, PoisonError};

/// Alternate screen (cleared on entry), bracketed paste, focus reports.
const ENTER: &str = "\x1b[?1049h\x1b[2J\x1b[?2004h\x1b[?1004h";
/// Everything that may be on, the mouse included, in the reverse order; frames are ended first, for a panic
/// may come in the middle of one.
const LEAVE: &str =
    "\x1b[?2026l\x1b[r\x1b[m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[?1049l\x1b[?25h";
/// Presses, drags, and positions beyond column 223.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Whether the terminal reports the mouse. Off, its own selection of text works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MouseReports {
    #[default]
    Off,
    On,
}

/// Why the console can't have the terminal.
#[derive(Debug, thiserror::Error)]
pub enum NoTerminal {
    #[error(
        "the console needs a terminal, and standard output is not one; use the verbs instead, such as `tierline list`"
    )]
    NotOne,
    #[error(
        "the console needs a terminal that can place its cursor, and TERM is `{term}`; use the verbs instead, such as `tierline list`"
    )]
    Dumb { term: String },
    #[error(
        "the terminal can't be set up for the console: {0}; use the verbs instead, such as `tierline list`"
    )]
    Io(#[from] io::Error),
}

/// Who has the terminal. In one place for the whole process, for there is one terminal, and the panic hook
/// must find out without holding the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    Others,
    Console,
}

static HOLDER: Mutex<Holder> = Mutex::new(Holder::Others);

/// The console's hold on the terminal. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Session {
    mouse: MouseReports,
}

impl Session {
    /// Takes the terminal: `term` is the value of `TERM`.
    ///
    /// # Errors
    /// When there is no terminal, or none that would do. It is then as it was before.
    pub fn start(term: Option<&str>, mouse: MouseReports) -> Result<Self, NoTerminal> {
        if !io::stdout().is_terminal() {
            return Err(NoTerminal::NotOne);
        }
        if let Some(term @ ("dumb" | "unknown")) = term {
            return Err(NoTerminal::Dumb { term: term.to_owned() });
        }
        let session = Self { mouse };
        session.take()?;
        Ok(session)
    }

    /// The terminal's size now.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn size(&self) -> io::Result<Size> {
        let (width, height) = terminal::size()?;
        Ok(Size { width, height })
    }

    /// Sends a frame whole, in one call where the terminal takes it at once; waits where it does not.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn write(&self, frame: &[u8]) -> io::Result<()> {
        output::write(frame)
    }

    /// Switches mouse reports.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn set_mouse(&mut self, mouse: MouseReports) -> io::Result<()> {
        self.mouse = mouse;
        output::write(if mouse == MouseReports::On { MOUSE_ON } else { MOUSE_OFF }.as_bytes())
    }

    pub fn mouse(&self) -> MouseReports {
        self.mouse
    }

    /// Gives the terminal to another program, such as an editor. The input thread must be paused first.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back()
    }

    /// Takes the terminal again after [`Session::suspend`], or after a stop that was not ours (`SIGCONT`).
    /// The screen's content is lost, and its size may have changed.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn resume(&mut self) -> io::Result<()> {
        // A shell may have changed the modes of a terminal that we still count as ours.
        terminal::disable_raw_mode()?;
        self.take()
    }

    /// Stops the process and its group as Ctrl-Z does, and returns when it is continued, with the terminal
    /// taken again. Where nobody could continue it (an orphaned group), the system ignores the stop.
    ///
    /// # Errors
    /// When the terminal is gone or the signal is refused.
    #[cfg(unix)]
    pub fn stop_job(&mut self) -> io::Result<()> {
        self.suspend()?;
        let stopped = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
        self.resume()?;
        Ok(stopped?)
    }

    fn take(&self) -> io::Result<()> {
        let mut holder = HOLDER.lock().unwrap_or_else(PoisonError::into_inner);
        terminal::enable_raw_mode()?;
        *holder = Holder::Console;
        let mouse = if self.mouse == MouseReports::On { MOUSE_ON } else { "" };
        let taken = output::write(format!("{ENTER}{mouse}").as_bytes());
        drop(holder);
        taken.inspect_err(|_| {
            // The error that counts is the first one.
            let _ = give_back();
        })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Nobody is left to tell, and a terminal that is gone needs nothing back.
        let _ = give_back();
    }
}

/// Restores the terminal if the console has it; from any thread, any number of times.
fn give_back() -> io::Result<()> {
    let mut holder = HOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    if *holder == Holder::Others {
        return Ok(());
    }
    *holder = Holder::Others;
    let written = output::write(LEAVE.as_bytes());
    terminal::disable_raw_mode()?;
    written
}
