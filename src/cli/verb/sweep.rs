//! `sweep`

use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use super::log;
use crate::cli::error::Ran;
use crate::cli::output::{Format, many};
use crate::cli::session::Session;
use crate::cli::shape;
use crate::desk::sweep::Rest;
use crate::desk::{Desk, DeskError, Fired, Noticed, Swept};
use crate::domain::stamp::Stamp;
use crate::matrix::Matrix;
use crate::store::ErrorKind;

/// Do what the matrix has due: warnings, breaches, steps, the end of waiting. Each is done once, whoever notices it
///
/// A console that is open sweeps by itself; for the hours when none is, run this from cron every few minutes, or keep
/// `tierline sweep --watch` running.
#[derive(Debug, Args)]
pub struct Sweep {
    /// Go on until stopped: sleep until something falls due or the desk changes
    #[arg(long)]
    watch: bool,
}

/// Tickets of one round.
const MOST: usize = 256;
/// How often others' changes are looked for while nothing is due.
const LOOK: Duration = Duration::from_secs(2);
/// Sweepers that wake for the same moment spread out over this time.
const JITTER: u64 = 1_000;

impl Sweep {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let mut desk = session.desk()?;
        if self.watch {
            return watch(session, &mut desk);
        }
        let mut all = Swept::default();
        loop {
            let swept = desk.sweep(MOST)?;
            all.fired.extend(swept.fired);
            all.next = swept.next;
            if swept.rest == Rest::Nothing {
                return report(session, &desk.matrix(), &all);
            }
        }
    }
}

fn watch(session: &mut Session<'_>, desk: &mut Desk) -> Ran {
    loop {
        let next = match desk.sweep(MOST) {
            Ok(swept) => {
                session_lines(session, &desk.matrix(), &swept.fired)?;
                session.out.flush()?;
                if swept.rest == Rest::Some {
                    continue;
                }
                swept.next
            }
            Err(error) if passing(&error) => {
                session.remark(&format!("{error}; trying again"));
                None
            }
            Err(error) => return Err(error.into()),
        };
        rest(session, desk, next);
    }
}

/// What may be better in a moment: a lock, a drive that is away.
fn passing(error: &DeskError) -> bool {
    matches!(error, DeskError::Store(error) if matches!(error.kind, ErrorKind::Busy | ErrorKind::Offline))
}

/// Until something falls due or the desk has changed.
fn rest(session: &Session<'_>, desk: &mut Desk, next: Option<Stamp>) {
    let clock = session.around.clock;
    let jitter = Duration::from_millis(fastrand::u64(..JITTER));
    loop {
        let wait = next.map_or(LOOK, |next| (clock.wait_for(next) + clock.shortened(jitter)).min(LOOK));
        std::thread::sleep(clock.shortened(LOOK).max(Duration::from_millis(5)).min(wait));
        let due = next.is_some_and(|next| next <= clock.now());
        if due || !matches!(desk.changed(), Ok(Noticed::Nothing)) {
            return;
        }
    }
}

fn session_lines(session: &mut Session<'_>, matrix: &Matrix, fired: &[Fired]) -> Ran {
    for fired in fired {
        if session.out.format == Format::Json {
            let value = shape::versioned(json!({ "fired": value(fired) }));
            session.out.line(crate::cli::output::harmless(&value))?;
            continue;
        }
        for event in &fired.events {
            session.out.text(format_args!("{:>6} ", event.ticket.to_string()))?;
            log::told(session, matrix, event)?;
        }
    }
    Ok(())
}

fn report(session: &mut Session<'_>, matrix: &Matrix, swept: &Swept) -> Ran {
    if session.out.format == Format::Json {
        let next = shape::time(swept.next);
        let fired: Value = swept.fired.iter().map(value).collect();
        let sweep = json!({ "fired": fired, "next": next });
        return Ok(session.out.json(&shape::versioned(json!({ "sweep": sweep })))?);
    }
    session_lines(session, matrix, &swept.fired)?;
    let done = match swept.fired.len() as u64 {
        0 => String::from("nothing was due"),
        n => format!("{} done that {} due", many(n, "thing"), if n == 1 { "was" } else { "were" }),
    };
    let next = swept.next.map_or(String::from("nothing is to come by itself"), |next| {
        format!("next {}", session.zone().long(next))
    });
    Ok(session.out.line(format_args!("{done}; {next}"))?)
}

fn value(fired: &Fired) -> Value {
    json!({
        "ticket": fired.events.first().map(|event| event.ticket.0),
        "due": shape::time(Some(fired.due)),
        "noticed": shape::time(fired.events.first().map(|event| event.at)),
        "events": fired.events.iter().map(shape::event).collect::<Value>(),
    })
}
