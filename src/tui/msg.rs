//! Everything that can happen to the console, in one order. Facts only: what to do about one is `update`'s
//! business.

use std::sync::Arc;

use super::env::Standing;
use super::input::Input;
use super::model::Banner;
use super::session::panics::Crash;
#[cfg(unix)]
use super::session::signals::Signal;
use crate::desk::{Counts, Notice, Page, TicketView};
use crate::domain::ids::{EventId, TicketId};
use crate::domain::stamp::{Span, Stamp};
use crate::matrix::Matrix;
use crate::rules::Refusal;
use crate::rules::worktime::Calendars;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    Input(Input),
    #[cfg(unix)]
    Signal(Signal),
    Timer(Timer),
    News(News),
    /// What came back from the editor; none: nothing, or nothing new.
    Composed(Option<String>),
    /// A thread ended that must not; nothing can be saved any more.
    Died(String),
}

/// What the console can be woken for, once each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// The selection has rested.
    Rest,
    /// A shown age changes.
    Age,
    /// Something asked of the desk takes long.
    Slow,
    /// A message was shown long enough.
    Toast,
    /// What is being written is worth keeping.
    Drafts,
    /// Waiting for the last changes to be saved has an end.
    Leave,
    /// The matrix has something due.
    Sweep,
}

/// A request for a page or a ticket; an answer to an older one than the last is stale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation(pub u64);

/// A command on its way, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Job(pub u64);

/// What the thread at the desk has to say.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// The desk was opened, or its matrix or standing changed.
    Desk(Box<DeskFacts>),
    Page {
        generation: Generation,
        page: Page,
        counts: Counts,
    },
    Ticket {
        generation: Generation,
        id: TicketId,
        view: Option<Box<TicketView>>,
    },
    Ran {
        job: Job,
        result: Result<TicketId, NotDone>,
    },
    /// What its person must hear of, the oldest first, and how far the outbox went.
    Heard {
        notices: Vec<Notice>,
        upto: EventId,
    },
    /// The latest that its person had to hear of, the latest first, as was asked.
    Recent(Vec<Notice>),
    /// When the matrix has something to do next.
    Due(Option<Stamp>),
    /// The desk could not be read.
    Unread(String),
    Health(Health),
}

/// What is known of an open desk.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskFacts {
    pub matrix: Arc<Matrix>,
    pub revision: i64,
    /// When it came into force.
    pub since: Stamp,
    pub calendars: Arc<Calendars>,
    pub standing: Standing,
    /// What stands to be said: one sentence each.
    pub banners: Vec<Banner>,
    /// The mistakes of the matrix, drawn for reading; empty where there are none.
    pub diagnosis: String,
}

/// Why a command was not done.
#[derive(Debug, Clone, PartialEq)]
pub enum NotDone {
    Refused(Refusal),
    Failed(String),
}

/// How the drive does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Health {
    #[default]
    Fine,
    /// The last answer took this long.
    Slow(Span),
    /// Somebody else holds the lock.
    Locked(Span),
    Offline {
        since: Stamp,
        why: String,
    },
}

impl From<Input> for Msg {
    fn from(input: Input) -> Msg {
        Msg::Input(input)
    }
}

#[cfg(unix)]
impl From<Signal> for Msg {
    fn from(signal: Signal) -> Msg {
        Msg::Signal(signal)
    }
}

/// A thread of the console's own is never missed without word.
impl From<Crash> for Msg {
    fn from(crash: Crash) -> Msg {
        let report =
            crash.report.map_or_else(String::new, |path| format!("; a report is in {}", path.display()));
        Msg::Died(format!("{} failed: {} ({}){report}", crash.thread, crash.message, crash.place))
    }
}

impl From<News> for Msg {
    fn from(news: News) -> Msg {
        Msg::News(news)
    }
}
