//! The thread that owns the desk: commands first in, first out, never dropped; of what is to be read only the
//! latest; in between one cheap look whether others changed anything, and, when there is nothing else to do, a slice of
//! what the matrix has due. Says only what is new. Never draws, and
//! knows nothing of what is on the screen.

mod bench;
mod ear;
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
use crate::desk::{Desk, Go, Patience, Settings, Surroundings};
use crate::domain::ids::{CommandId, TicketId};
use crate::domain::stamp::Span;
use crate::matrix::Matrix;

use bench::{Bench, Want};

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

/// Starts the thread; it ends when the orders do. `seen` is what its person had seen by the end of the last console.
///
/// # Errors
/// When the system gives no thread.
pub fn start(
    settings: Settings,
    around: Surroundings,
    seen: Option<Unseen>,
    to: Sender<Msg>,
) -> io::Result<Sender<Order>> {
    let (orders, inbox) = channel();
    thread::Builder::new()
        .name(String::from("tierline-desk"))
        .spawn(move || work(&settings, &around, seen, &inbox, &to))?;
    Ok(orders)
}

fn work(
    settings: &Settings,
    around: &Surroundings,
    seen: Option<Unseen>,
    inbox: &Receiver<Order>,
    to: &Sender<Msg>,
) {
    let Some(desk) = open(settings, around, inbox, to) else { return };
    let mut bench = Bench::new(desk, seen, to.clone());
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
    settings: &Settings,
    around: &Surroundings,
    inbox: &Receiver<Order>,
    to: &Sender<Msg>,
) -> Option<Desk> {
    loop {
        match Desk::open_with(settings, around, patience(to.clone())) {
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
        want = want.max(match order {
            Order::Run { job, id, ask } => bench.run(job, id, &ask),
            Order::Page(wish) => bench.wish_page(wish),
            Order::Ticket { generation, id } => bench.wish_ticket(generation, id),
            Order::Refresh => Want::Everything,
            Order::Notices => bench.recent(),
            Order::Sweep => bench.sweep_soon(),
        });
        next = inbox.try_recv().ok();
    }
    bench.look(want);
}
