//! The only place that carries out effects: terminal, editor, clipboard, timers, the desk's thread. Waits for a
//! message, takes all that have come, lets `update` decide, draws once. Decides nothing itself.

mod drafts;
mod editor;
#[cfg(debug_assertions)]
mod fall;
mod ring;
mod timers;
mod unseen;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

use super::dialog::Stack;
use super::dialog::form::draft::Draft;
use super::effect::{Effect, Ending};
use super::env::{Env, Standing};
use super::input::{Input, Reader};
use super::keymap::Keymap;
use super::model::inbox::Unseen;
use super::model::queue::{LEAST_ROWS, first_rows};
use super::model::{Banner, List, Model, Tone};
use super::msg::{Msg, News, Timer};
use super::screen::{Capabilities, Screen};
#[cfg(unix)]
use super::session::signals::Signal;
use super::session::{MouseReports, NoTerminal, Session, panics};
use super::theme::{Charset, Palette, Theme};
use super::worker::{self, First, Order};
use super::{update, view};
use crate::desk::settings::{Borders, Colour, Mouse, Notify};
use crate::desk::{Clock, Settings, Surroundings, new_id};
use crate::domain::event::Author;
use crate::domain::stamp::Span;
use crate::matrix::Matrix;

use drafts::Keeper;
use timers::Timers;

/// Consoles that wake for the same moment spread out over this time.
const JITTER: Span = Span(3_000);

/// Why the console ended otherwise than by being left.
#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    #[error(transparent)]
    NoTerminal(#[from] NoTerminal),
    #[error("the terminal can't be used any more: {0}; start again")]
    Io(#[from] io::Error),
    #[error("the console can't go on: {0}; start again, what was acknowledged is safe")]
    Died(String),
}

/// The console between its first and its last frame.
struct Console {
    model: Model,
    env: Env,
    theme: Theme,
    screen: Screen,
    session: Session,
    reader: Reader,
    orders: Sender<Order>,
    timers: Timers,
    clock: Clock,
    editor: String,
    kept: Kept,
    notify: Notify,
}

/// Runs the console until it is left; says how that was.
///
/// # Errors
/// No terminal, or one that went away; a thread that died.
pub fn run(settings: &Settings, around: &Surroundings) -> Result<Ending, ConsoleError> {
    let (to, inbox) = channel();
    let term = around.var("TERM");
    let mouse = match settings.appearance.mouse {
        Mouse::On => MouseReports::On,
        Mouse::Off => MouseReports::Off,
    };
    let session = Session::start(term, mouse)?;
    panics::install(settings.state_folder.clone(), to.clone());
    #[cfg(unix)]
    let _signals = super::session::signals::Watch::start(to.clone())?;
    let screen = Screen::new(session.size()?, Capabilities::of_term(term));
    let (keys, mistakes) = Keymap::with(&settings.config_file, &settings.keys);
    let mut model = Model::new(session.size()?);
    model.notices.banners = mistakes.into_iter().map(Banner::alarm).collect();
    let keeper = Keeper::open(&settings.state_folder, &settings.desk.value);
    model.dialogs = Stack::with_drafts(keeper.drafts().to_vec());
    if let Some(kept) = model.dialogs.kept_words() {
        model.say(Tone::Hint, kept);
    }
    let env = env(settings, around, keys);
    let unseen = unseen::Keeper::open(&settings.state_folder, &settings.desk.value, &settings.user.value);
    let seen = unseen.kept().cloned();
    let orders = worker::start(settings.clone(), around.clone(), seen, first(&model), to.clone())?;
    let reader = Reader::start(to)?;
    let theme = theme(settings);
    let (clock, editor) = (around.clock, settings.editor.value.clone());
    let timers = Timers::default();
    let notify = settings.notify;
    let mut console = Console {
        model,
        env,
        theme,
        screen,
        session,
        reader,
        orders,
        timers,
        clock,
        editor,
        kept: Kept { drafts: keeper, unseen },
        notify,
    };
    console.draw()?;
    #[cfg(debug_assertions)]
    fall::if_asked(around);
    let ended = console.turn_until_the_end(&inbox);
    console.keep_drafts(console.model.dialogs.drafts());
    match ended? {
        Ending::Died(why) => Err(ConsoleError::Died(why)),
        ending => Ok(ending),
    }
}

fn env(settings: &Settings, around: &Surroundings, keys: Keymap) -> Env {
    Env {
        now: around.clock.now(),
        zone: around.zone.clone(),
        me: Author { actor: settings.user.value.clone(), host: settings.host.clone() },
        matrix: Arc::new(Matrix::builtin()),
        revision: 0,
        since: crate::domain::stamp::Stamp(i64::MIN),
        calendars: Arc::default(),
        keys: Arc::new(keys),
        standing: Standing::Opening,
        diagnosis: String::new(),
        sweeping: settings.sweep.value,
        jitter: Span(0),
    }
}

/// What the model will ask for when the desk has been introduced.
fn first(model: &Model) -> First {
    let rows = first_rows(model.areas().queue_rows().max(LEAST_ROWS));
    First { rows, ours: model.queue.list.query(), all: List::without_groups().query() }
}

fn theme(settings: &Settings) -> Theme {
    let palette = match settings.appearance.colour {
        Colour::Terminal => Palette::Sixteen,
        Colour::None => Palette::Mono,
    };
    let charset = match settings.appearance.borders {
        Borders::Unicode => Charset::Unicode,
        Borders::Ascii => Charset::Ascii,
    };
    Theme::new(palette, charset)
}

/// What is kept for the next console.
struct Kept {
    drafts: Keeper,
    unseen: unseen::Keeper,
}

impl Console {
    fn turn_until_the_end(&mut self, inbox: &Receiver<Msg>) -> Result<Ending, ConsoleError> {
        loop {
            let mut next = self.wait(inbox);
            while let Some(msg) = next {
                if let Some(ending) = self.take(msg)? {
                    return Ok(ending);
                }
                next = inbox.try_recv().ok();
            }
            if let Some(ending) = self.fit()? {
                return Ok(ending);
            }
            self.draw()?;
        }
    }

    /// The next message, or the timer that is due before one comes. Without a timer it waits as long as it takes.
    fn wait(&mut self, inbox: &Receiver<Msg>) -> Option<Msg> {
        let gone = || Msg::Died(String::from("nobody is left to hear from"));
        let Some(left) = self.timers.left() else { return Some(inbox.recv().unwrap_or_else(|_| gone())) };
        match inbox.recv_timeout(left) {
            Ok(msg) => Some(msg),
            Err(RecvTimeoutError::Timeout) => self.timers.due().map(Msg::Timer),
            Err(RecvTimeoutError::Disconnected) => Some(gone()),
        }
    }

    fn take(&mut self, msg: Msg) -> Result<Option<Ending>, ConsoleError> {
        self.env.now = self.clock.now();
        self.env.jitter = Span(fastrand::i64(..=JITTER.0));
        if let Msg::News(News::Desk(facts)) = &msg {
            self.env.matrix = Arc::clone(&facts.matrix);
            (self.env.revision, self.env.since) = (facts.revision, facts.since);
            self.env.calendars = Arc::clone(&facts.calendars);
            self.env.me.actor = facts.matrix.spelled(&self.env.me.actor);
            self.env.standing = facts.standing.clone();
            self.env.diagnosis.clone_from(&facts.diagnosis);
        }
        #[cfg(unix)]
        if matches!(msg, Msg::Signal(Signal::HangUp)) {
            self.reader.abandon();
        }
        if let Msg::Input(Input::Resize(..)) = &msg {
            // Several may be under way; only the size it has now counts.
            self.screen.resize(self.session.size()?);
        }
        for effect in update::update(&mut self.model, msg, &self.env) {
            if let Some(ending) = self.perform(effect)? {
                return Ok(Some(ending));
            }
        }
        Ok(None)
    }

    /// Looks at the size before a frame: no news comes of a change before the reader began, or while another program
    /// had the terminal.
    fn fit(&mut self) -> Result<Option<Ending>, ConsoleError> {
        let now = self.session.size()?;
        if now == self.model.size { Ok(None) } else { self.take(Input::Resize(now.width, now.height).into()) }
    }

    fn draw(&mut self) -> Result<(), ConsoleError> {
        let mut canvas = self.screen.canvas();
        let cursor = view::draw(&self.model, &self.theme, &self.env, &mut canvas);
        self.session.write(self.screen.draw(canvas, cursor))?;
        Ok(())
    }

    fn perform(&mut self, effect: Effect) -> Result<Option<Ending>, ConsoleError> {
        match effect {
            Effect::Page(wish) => self.order(Order::Page(wish)),
            Effect::Ticket { generation, id } => self.order(Order::Ticket { generation, id }),
            Effect::Refresh => self.order(Order::Refresh),
            Effect::Run { job, ask } => self.order(Order::Run { job, id: new_id(), ask }),
            Effect::Timer(timer, after) => self.set_timer(timer, after),
            Effect::Compose(text) => return self.compose(&text),
            Effect::KeepDrafts(drafts) => self.keep_drafts(drafts),
            Effect::KeepUnseen(unseen) => self.keep_unseen(unseen),
            Effect::Ring(text) => self.session.write(&ring::bytes(self.notify, &text))?,
            Effect::Notices => self.order(Order::Notices),
            Effect::Sweep => self.order(Order::Sweep),
            Effect::Copy(text) => self.session.write(copied(&text).as_bytes())?,
            Effect::ToggleMouse => self.toggle_mouse()?,
            Effect::Redraw => self.screen.forget(),
            Effect::Retake => self.retake()?,
            Effect::Suspend => self.suspend()?,
            Effect::Quit(ending) => return Ok(Some(ending)),
        }
        Ok(None)
    }

    /// A desk's thread that is gone has told so by its panic.
    fn order(&self, order: Order) {
        let _ = self.orders.send(order);
    }

    fn keep_drafts(&mut self, drafts: Vec<Draft>) {
        if let Err(error) = self.kept.drafts.keep(drafts) {
            self.model.say(Tone::Hint, format!("what you write can't be kept against a crash: {error}"));
        }
    }

    fn keep_unseen(&mut self, unseen: Unseen) {
        if let Err(error) = self.kept.unseen.keep(unseen) {
            self.model.say(Tone::Hint, format!("which notices you have seen can't be kept: {error}"));
        }
    }

    /// What waits for a moment of the desk goes by the desk's clock, what waits for a person by the machine's.
    fn set_timer(&mut self, timer: Timer, after: Span) {
        match (timer, self.clock) {
            // By a clock that stands still nothing grows older, and it would be asked for ever whether it does.
            (Timer::Age, Clock::Fixed(_)) => {}
            (Timer::Age | Timer::Sweep, clock) => self.timers.set(timer, clock.lasts(after)),
            (Timer::Rest | Timer::Slow | Timer::Toast | Timer::Drafts | Timer::Leave, _) => {
                self.timers.set(timer, after);
            }
        }
    }

    fn toggle_mouse(&mut self) -> io::Result<()> {
        let (other, says) = match self.session.mouse() {
            MouseReports::On => (MouseReports::Off, "the mouse is off: the terminal selects text again"),
            MouseReports::Off => (MouseReports::On, "the mouse is on: a press selects, the wheel scrolls"),
        };
        self.model.say(Tone::Done, says);
        self.session.set_mouse(other)
    }

    fn retake(&mut self) -> io::Result<()> {
        self.session.resume()?;
        self.repaint()
    }

    fn suspend(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        {
            let paused = self.reader.pause();
            self.session.stop_job()?;
            if paused.is_ok() {
                self.reader.resume();
            }
        }
        self.repaint()
    }

    fn repaint(&mut self) -> io::Result<()> {
        let size = self.session.size()?;
        self.screen.resize(size);
        self.screen.forget();
        self.model.size = size;
        Ok(())
    }

    /// Gives the terminal to the editor, and what it wrote to the form.
    fn compose(&mut self, text: &str) -> Result<Option<Ending>, ConsoleError> {
        let paused = self.reader.pause();
        self.session.suspend()?;
        let written = editor::edit(&self.editor, text);
        self.session.resume()?;
        if paused.is_ok() {
            self.reader.resume();
        }
        self.repaint()?;
        let (composed, trouble) = match written {
            Ok(composed) => (composed, None),
            Err(why) => (None, Some(why)),
        };
        let ending = self.take(Msg::Composed(composed))?;
        if let Some(why) = trouble {
            self.model.say(Tone::Refused, why.to_string());
        }
        Ok(ending)
    }
}

/// OSC 52: the terminal puts it on the clipboard, also over SSH.
fn copied(text: &str) -> String {
    let mut said = String::new();
    let command = crossterm::clipboard::CopyToClipboard::to_clipboard_from(text);
    // Writing into a string does not fail.
    let _ = crossterm::Command::write_ansi(&command, &mut said);
    said
}
