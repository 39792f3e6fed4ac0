//! The thread that reads the terminal: keys, pastes, mouse, size and focus, in canonical form, to one
//! channel. Can be held off while another program has the terminal. Must never write to the terminal, and
//! nobody else may read from it while this thread does.

use super::key::Key;
use crate::domain::text;
use crossterm::event::{self, Event, MouseButton, MouseEvent, MouseEventKind};
use std::io::{self, IsTerminal};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Longest paste that is taken, in bytes; the rest of a longer one is dropped.
pub const PASTE_MAX: usize = 1024 * 1024;
/// How long the thread may be deaf to orders where it can't be woken; each slice costs an idle console a look. Less than
/// [`PATIENCE`].
const SLICE: Duration = if cfg!(unix) { Duration::from_secs(2) } else { Duration::from_millis(200) };
/// How long an order waits to be obeyed. Longer means that the terminal is gone.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a person did at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    /// Harmless text with `\n` as its line end, of at most [`PASTE_MAX`] bytes.
    Paste(String),
    Mouse(Mouse),
    /// Columns and rows.
    Resize(u16, u16),
    Focus(Focus),
    /// The terminal can no longer be read, and why; nothing more will come.
    Lost(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Gained,
    Lost,
}

/// Something done with the mouse at a cell, from (0, 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub x: u16,
    pub y: u16,
    pub act: MouseAct,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    Press(Button),
    Drag(Button),
    Release(Button),
    WheelUp,
    WheelDown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    Left,
    Middle,
    Right,
}

impl Input {
    /// The canonical form, or nothing for what the console has no use for.
    pub fn from_event(event: Event) -> Option<Self> {
        Some(match event {
            Event::Key(key) => Self::Key(Key::from_event(key)?),
            Event::Paste(text) => Self::Paste(pasted(&text)),
            Event::Mouse(mouse) => Self::Mouse(mouse_of(mouse)?),
            Event::Resize(width, height) => Self::Resize(width, height),
            Event::FocusGained => Self::Focus(Focus::Gained),
            Event::FocusLost => Self::Focus(Focus::Lost),
        })
    }
}

/// Terminals send line ends of a paste as they send the enter key: as carriage returns.
fn pasted(text: &str) -> String {
    let lines = at_most(text, PASTE_MAX).replace("\r\n", "\n").replace('\r', "\n");
    // What replaces a character may be longer than it.
    at_most(&text::neutral_lines(&lines), PASTE_MAX).to_owned()
}

fn at_most(text: &str, bytes: usize) -> &str {
    let mut ends = (0..=bytes.min(text.len())).rev();
    ends.find_map(|end| text.get(..end)).unwrap_or_default()
}

fn mouse_of(event: MouseEvent) -> Option<Mouse> {
    let button = |button| match button {
        MouseButton::Left => Button::Left,
        MouseButton::Middle => Button::Middle,
        MouseButton::Right => Button::Right,
    };
    let act = match event.kind {
        MouseEventKind::Down(which) => MouseAct::Press(button(which)),
        MouseEventKind::Drag(which) => MouseAct::Drag(button(which)),
        MouseEventKind::Up(which) => MouseAct::Release(button(which)),
        MouseEventKind::ScrollUp => MouseAct::WheelUp,
        MouseEventKind::ScrollDown => MouseAct::WheelDown,
        MouseEventKind::Moved | MouseEventKind::ScrollLeft | MouseEventKind::ScrollRight => return None,
    };
    Some(Mouse { x: event.column, y: event.row, act })
}

/// Where input comes from: the terminal, or a script in a test.
trait Source: Send + 'static {
    /// The next event, or nothing when none came within the time.
    fn next(&mut self, within: Duration) -> io::Result<Option<Event>>;

    /// Makes a waiting `next` return soon, from another thread, if there is a way.
    fn wake() {}
}

struct Terminal;

impl Source for Terminal {
    fn next(&mut self, within: Duration) -> io::Result<Option<Event>> {
        if event::poll(within)? {
            return event::read().map(Some);
        }
        // A terminal that hung up is always ready and never has anything: without a look at it, it would be asked
        // again and again, for nobody sends the signal to a process that it does not control.
        if io::stdin().is_terminal() || io::stdout().is_terminal() {
            return Ok(None);
        }
        Err(io::Error::other("it hung up"))
    }

    /// A change of size is the one thing beside a key that ends crossterm's wait; that it says the size has
    /// changed when it has not does no harm, and without a handler the signal is ignored.
    #[cfg(unix)]
    fn wake() {
        // Unheard, the order is obeyed a slice later.
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::WINCH);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Reading,
    /// Asked to stop reading for a while, and not yet known to have.
    Pausing,
    Paused,
    Stopping,
    Ended,
}

/// The reader did not obey: it hangs on a terminal that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the terminal's input does not let go; nothing else can be given the terminal now")]
pub struct Stuck;

/// A running reader. Dropping it stops it.
#[derive(Debug)]
pub struct Reader {
    state: Arc<(Mutex<State>, Condvar)>,
    thread: Option<JoinHandle<()>>,
    wake: fn(),
}

impl Reader {
    /// Starts to read. The terminal must be in raw mode.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start<T: From<Input> + Send + 'static>(to: Sender<T>) -> io::Result<Self> {
        Self::start_from(Terminal, to)
    }

    fn start_from<T, S>(source: S, to: Sender<T>) -> io::Result<Self>
    where
        T: From<Input> + Send + 'static,
        S: Source,
    {
        let state = Arc::new((Mutex::new(State::Reading), Condvar::new()));
        let shared = Arc::clone(&state);
        let name = "tierline-input".to_owned();
        let thread = std::thread::Builder::new().name(name).spawn(move || {
            read_all(source, &to, &shared);
            set(&shared, State::Ended);
        })?;
        Ok(Self { state, thread: Some(thread), wake: S::wake })
    }

    /// Stops reading, and returns once nothing is being read any more: now another program may have the
    /// terminal. What was read before has been sent.
    ///
    /// # Errors
    /// When the thread does not answer in time.
    pub fn pause(&self) -> Result<(), Stuck> {
        self.order(State::Pausing, State::Paused)
    }

    /// Reads on.
    pub fn resume(&self) {
        let mut state = lock(&self.state);
        if matches!(*state, State::Pausing | State::Paused) {
            *state = State::Reading;
            self.state.1.notify_all();
        }
    }

    /// Stops without waiting: a terminal that hung up has nothing more to say.
    pub fn abandon(&mut self) {
        set(&self.state, State::Stopping);
        self.thread = None;
    }

    fn order(&self, order: State, done: State) -> Result<(), Stuck> {
        let mut state = lock(&self.state);
        if *state != State::Ended && *state != done {
            *state = order;
            self.state.1.notify_all();
            (self.wake)();
        }
        let waiting = |state: &mut State| *state != done && *state != State::Ended;
        let (state, waited) =
            self.state.1.wait_timeout_while(state, PATIENCE, waiting).unwrap_or_else(PoisonError::into_inner);
        drop(state);
        if waited.timed_out() { Err(Stuck) } else { Ok(()) }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if self.thread.is_none() {
            return;
        }
        let obeyed = self.order(State::Stopping, State::Ended);
        if let (Ok(()), Some(thread)) = (obeyed, self.thread.take()) {
            // Its only news would be a panic, which the panic hook has told already.
            let _ = thread.join();
        }
    }
}

fn lock(state: &(Mutex<State>, Condvar)) -> MutexGuard<'_, State> {
    state.0.lock().unwrap_or_else(PoisonError::into_inner)
}

fn set(state: &(Mutex<State>, Condvar), to: State) {
    *lock(state) = to;
    state.1.notify_all();
}

fn read_all<T: From<Input>>(mut source: impl Source, to: &Sender<T>, state: &(Mutex<State>, Condvar)) {
    while may_read(state) {
        let input = match source.next(SLICE) {
            Ok(None) => continue,
            Ok(Some(event)) => Input::from_event(event),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Some(Input::Lost(error.to_string())),
        };
        let Some(input) = input else { continue };
        let last = matches!(input, Input::Lost(_));
        if to.send(T::from(input)).is_err() || last {
            return;
        }
    }
}

/// Waits while paused; false when it is over.
fn may_read(state: &(Mutex<State>, Condvar)) -> bool {
    let mut now = lock(state);
    loop {
        match *now {
            State::Reading => return true,
            State::Stopping | State::Ended => return false,
            State::Pausing => {
                *now = State::Paused;
                state.1.notify_all();
            }
            State::Paused => now = state.1.wait(now).unwrap_or_else(PoisonError::into_inner),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
    use std::sync::mpsc::{Receiver, channel};

    /// Events come through a channel; a closed one is a terminal that is gone.
    struct Script(Receiver<Event>);

    impl Source for Script {
        fn next(&mut self, within: Duration) -> io::Result<Option<Event>> {
            use std::sync::mpsc::RecvTimeoutError;
            match self.0.recv_timeout(within.min(Duration::from_millis(20))) {
                Ok(event) => Ok(Some(event)),
                Err(RecvTimeoutError::Timeout) => Ok(None),
                Err(RecvTimeoutError::Disconnected) => Err(io::Error::other("hung up")),
            }
        }
    }

    fn press(c: char) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
    }

    fn key(c: char) -> Input {
        Input::Key(Key::char(c))
    }

    fn wait(from: &Receiver<Input>) -> Input {
        from.recv_timeout(Duration::from_secs(10)).unwrap()
    }

    #[test]
    fn events_arrive_in_order_and_in_one_form() {
        let (script, events) = channel();
        let (to, inputs) = channel::<Input>();
        let _reader = Reader::start_from(Script(events), to).unwrap();
        let release = KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, KeyEventKind::Release);
        let moved =
            MouseEvent { kind: MouseEventKind::Moved, column: 1, row: 2, modifiers: KeyModifiers::NONE };
        let wheel = MouseEvent { kind: MouseEventKind::ScrollDown, ..moved };
        for event in [press('a'), Event::Key(release), Event::Mouse(moved), Event::Mouse(wheel)] {
            script.send(event).unwrap();
        }
        script.send(Event::Resize(80, 24)).unwrap();
        script.send(Event::FocusLost).unwrap();
        assert_eq!(wait(&inputs), key('a'));
        assert_eq!(wait(&inputs), Input::Mouse(Mouse { x: 1, y: 2, act: MouseAct::WheelDown }));
        assert_eq!(wait(&inputs), Input::Resize(80, 24));
        assert_eq!(wait(&inputs), Input::Focus(Focus::Lost));
        drop(script);
        assert_eq!(wait(&inputs), Input::Lost("hung up".to_owned()));
        assert!(inputs.recv_timeout(Duration::from_secs(10)).is_err(), "the sender is gone");
    }

    #[test]
    fn a_paused_reader_reads_nothing_until_it_may() {
        let (script, events) = channel();
        let (to, inputs) = channel::<Input>();
        let reader = Reader::start_from(Script(events), to).unwrap();
        script.send(press('a')).unwrap();
        assert_eq!(wait(&inputs), key('a'));
        assert_eq!(reader.pause(), Ok(()));
        assert_eq!(reader.pause(), Ok(()), "twice is once");
        script.send(press('b')).unwrap();
        assert!(inputs.recv_timeout(Duration::from_millis(100)).is_err());
        reader.resume();
        assert_eq!(wait(&inputs), key('b'));
        drop(reader);
        assert!(script.send(press('c')).is_err(), "the thread has ended");
    }

    #[test]
    fn a_reader_that_ended_by_itself_lets_go() {
        let (script, events) = channel::<Event>();
        let (to, inputs) = channel::<Input>();
        let reader = Reader::start_from(Script(events), to).unwrap();
        drop(script);
        assert!(matches!(wait(&inputs), Input::Lost(_)));
        assert_eq!(reader.pause(), Ok(()));
    }

    #[test]
    fn a_reader_that_hangs_is_left_behind() {
        struct Hung(Sender<()>, Receiver<()>);
        impl Source for Hung {
            fn next(&mut self, _: Duration) -> io::Result<Option<Event>> {
                let _ = self.0.send(());
                let _ = self.1.recv();
                Ok(None)
            }
        }
        let (hanging, hangs) = channel();
        let (release, hold) = channel();
        let (to, _inputs) = channel::<Input>();
        let reader = Reader::start_from(Hung(hanging, hold), to).unwrap();
        hangs.recv().unwrap();
        assert_eq!(reader.pause(), Err(Stuck));
        drop(reader);
        drop(release);
    }

    #[test]
    fn a_paste_is_harmless_text_with_line_ends_of_one_kind() {
        let paste = |text: &str| Input::from_event(Event::Paste(text.to_owned())).unwrap();
        assert_eq!(paste("a\rb\r\nc\nd"), Input::Paste("a\nb\nc\nd".to_owned()));
        assert_eq!(paste("x\x1b[31m\u{202e}\ty"), Input::Paste("x\u{fffd}[31m\u{fffd} y".to_owned()));
    }

    #[test]
    fn a_paste_is_cut_between_characters() {
        for text in ["é".repeat(PASTE_MAX), "\x1b".repeat(PASTE_MAX), "x".repeat(PASTE_MAX + 5)] {
            let Some(Input::Paste(kept)) = Input::from_event(Event::Paste(text)) else { panic!("no paste") };
            assert!(kept.len() <= PASTE_MAX && kept.len() > PASTE_MAX - 4);
        }
    }
}
