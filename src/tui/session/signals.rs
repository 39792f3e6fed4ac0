//! Signals as messages: the console ends in order (what is unsaved is said, locks go, the terminal comes
//! back) instead of in the middle. Does nothing itself.

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};
use std::io;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Asked to end, as by `kill` or a shutdown.
    Terminate,
    /// The terminal hung up: nothing can be shown any more.
    HangUp,
    /// Interrupted from outside; in raw mode Ctrl-C is a key and sends none.
    Interrupt,
    /// Continued after a stop: the terminal is to be taken and painted again.
    Continue,
}

impl Signal {
    /// What a process that ends on this signal says to its parent: 128 and the signal's number.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Terminate => 143,
            Self::HangUp => 129,
            Self::Interrupt => 130,
            Self::Continue => 0,
        }
    }

    fn of(number: i32) -> Option<Self> {
        match number {
            SIGTERM => Some(Self::Terminate),
            SIGHUP => Some(Self::HangUp),
            SIGINT => Some(Self::Interrupt),
            SIGCONT => Some(Self::Continue),
            _ => None,
        }
    }
}

/// The thread that waits for signals. Dropped, it ends, and signals go unheard rather than back to ending
/// the process.
#[derive(Debug)]
pub struct Watch {
    handle: Handle,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Starts to listen.
    ///
    /// # Errors
    /// When the system refuses a handler or a thread.
    pub fn start<T: From<Signal> + Send + 'static>(to: Sender<T>) -> io::Result<Self> {
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGCONT])?;
        let handle = signals.handle();
        let name = "tierline-signals".to_owned();
        let thread = std::thread::Builder::new().name(name).spawn(move || {
            for signal in signals.forever().filter_map(Signal::of) {
                if to.send(T::from(signal)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { handle, thread: Some(thread) })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.handle.close();
        if let Some(thread) = self.thread.take() {
            // Its only news would be a panic, which the panic hook has told already.
            let _ = thread.join();
        }
    }
}
