//! The thread that owns the desk: commands first in, first out, never dropped; of what is to be read only the
//! latest; in between one cheap look whether others changed anything, and, when there is nothing else to do, a slice of
//! what the matrix has due. Says only what is new. Never draws, and
//! knows nothing of what is on the screen.

mod bench;
mod ear;
mod looking;
mod round;
#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::effect::PageWish;
use super::env::Standing;
use super::intent::Ask;
use super::model::inbox::Unseen;
use super::msg::{DeskFacts, Generation, Health, Job, Msg, News};
use crate::desk::{self, Anchor, Desk, Go, Look, Patience, Seen, Settings, Story, Surroundings};
use crate::domain::ids::{CommandId, TicketId};
use crate::domain::query::{Query, Scope};
use crate::domain::stamp::Span;
use crate::matrix::Matrix;

use bench::{Bench, Looks, Want};
use ear::Ear;

/// Something for the desk.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    Page(PageWish),
    Ticket {
        generation: Generation,
        id: TicketId,
    },
    /// Look now, whether or not anything is known to have changed.
    Refresh,
    /// Read the latest notices.
    Notices,
    /// Do what the matrix has due, in slices, when there is nothing else to do.
    Sweep,
    Run {
        job: Job,
        id: CommandId,
        ask: Ask,
    },
}

/// How long a command or a look may wait for a lock held elsewhere.
const PATIENCE: Duration = Duration::from_secs(30);
/// Waiting for a lock is worth saying after this.
const NOTEWORTHY: Duration = Duration::from_millis(400);

/// What a console will most likely ask for first; it is read while the desk is opened. If it asks for something else,
/// that is read then.
#[derive(Debug, Clone)]
pub struct First {
    pub rows: usize,
    /// The list of somebody with groups of their own.
    pub ours: Query,
    /// And of somebody without.
    pub all: Query,
}

impl First {
    fn look(&self, scope: &Scope, news: desk::News) -> Look {
        let query = if scope.my_groups.is_empty() { &self.all } else { &self.ours }.clone();
        Look { query, anchor: Anchor::Top, rows: self.rows, story: Story::Firsts, news }
    }
}

/// Starts the thread; it ends when the orders do. `seen` is what its person had seen by the end of the last console.
///
/// # Errors
/// When the system gives no thread.
pub fn start(
    settings: Settings,
    around: Surroundings,
    seen: Option<Unseen>,
    first: First,
    to: Sender<Msg>,
) -> io::Result<Sender<Order>> {
    let (orders, inbox) = channel();
    thread::Builder::new()
        .name(String::from("tierline-desk"))
        .spawn(move || work((&settings, &around), Ear::new(seen), &first, &inbox, &to))?;
    Ok(orders)
}

fn work(
    from: (&Settings, &Surroundings),
    ear: Ear,
    first: &First,
    inbox: &Receiver<Order>,
    to: &Sender<Msg>,
) {
    let look = |scope: &Scope| first.look(scope, ear.asks());
    let Some((desk, seen)) = open(from, &look, inbox, to) else { return };
    let mut bench = Bench::new(desk, seen, ear, to.clone());
    bench.introduce();
    loop {
        match inbox.recv_timeout(bench.pause()) {
            Ok(first) => serve(&mut bench, first, inbox),
            Err(RecvTimeoutError::Timeout) => bench.idle(),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Opens the desk; where that fails, says why and tries again when asked to read.
fn open(
    (settings, around): (&Settings, &Surroundings),
    first: desk::First<'_>,
    inbox: &Receiver<Order>,
    to: &Sender<Msg>,
) -> Option<(Desk, Option<(Look, Seen)>)> {
    loop {
        match Desk::open_looking(settings, around, patience(to.clone()), Some(first)) {
            Ok(desk) => return Some(desk),
            Err(error) => {
                let standing = Standing::Shut { why: error.to_string() };
                let facts = DeskFacts {
                    matrix: Matrix::builtin().into(),
                    revision: 0,
                    since: crate::domain::stamp::Stamp(i64::MIN),
                    calendars: Arc::default(),
                    standing,
                    banners: Vec::new(),
                    diagnosis: String::new(),
                };
                to.send(Msg::News(News::Desk(Box::new(facts)))).ok()?;
            }
        }
        while !matches!(inbox.recv().ok()?, Order::Refresh) {}
    }
}

fn patience(to: Sender<Msg>) -> Patience {
    Patience::new(PATIENCE).telling(move |waited| {
        if waited >= NOTEWORTHY {
            let span = Span(i64::try_from(waited.as_millis()).unwrap_or(i64::MAX));
            // A console that is gone stops the waiting.
            if to.send(Msg::News(News::Health(Health::Locked(span)))).is_err() {
                return Go::Stop;
            }
        }
        Go::On
    })
}

/// Carries out what has come together: all commands in order, then one look for the latest wishes.
fn serve(bench: &mut Bench, first: Order, inbox: &Receiver<Order>) {
    let mut want = Want::Nothing;
    let mut next = Some(first);
    while let Some(order) = next {
        next = inbox.try_recv().ok();
        let looks = if next.is_none() { Looks::WithIt } else { Looks::Later };
        want = match order {
            // Whatever was asked for before it is looked at with it or after it.
            Order::Run { job, id, ask } => bench.run((job, id, &ask), looks),
            Order::Page(wish) => want.max(bench.wish_page(wish)),
            Order::Ticket { generation, id } => want.max(bench.wish_ticket(generation, id)),
            Order::Refresh => Want::Everything,
            Order::Notices => want.max(bench.recent()),
            Order::Sweep => want.max(bench.sweep_soon()),
        };
    }
    bench.look(want);
}
