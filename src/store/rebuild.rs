//! Makes every projection again from the log, in one transaction. The log itself is only read; of the outbox what was
//! delivered stays so, for the log does not know it.

use rusqlite::Connection;

use super::error::{ErrorKind, StoreError};
use super::foresight::{self, Seer};
use super::log::{self, Stored};
use super::outbox::Quiet;
use super::patience::{Go, Patience};
use super::verify::{Progress, Stage, words_of};
use super::{Store, connect, horizon, outbox, project};
use crate::domain::event::Recorded;
use crate::domain::fold::replay;
use crate::domain::ids::TicketId;

/// Pages in memory while everything is written, in KiB.
const CACHE_KIB: i64 = 400_000;

/// How often progress is told, in events.
const STEP: u64 = 1_000;

impl Store {
    /// Throws the projections away and makes them again.
    ///
    /// # Errors
    /// A lock not had, `watch` stopped it, or what the file or the drive refuses; then nothing was changed.
    pub fn rebuild(
        &mut self,
        patience: &mut Patience,
        watch: &mut dyn FnMut(Progress) -> Go,
    ) -> Result<(), StoreError> {
        let (seer, wait) = (self.seer.clone(), &mut patience.start());
        let roomy = self.link(wait).and_then(|link| connect::cache(&link.conn, CACHE_KIB));
        let done = roomy.and_then(|()| self.write(wait, |conn| again(conn, &seer, watch)));
        self.part();
        done.map_err(|error| error.at(&self.path))
    }
}

fn again(conn: &Connection, seer: &Seer, watch: &mut dyn FnMut(Progress) -> Go) -> Result<(), StoreError> {
    conn.execute_batch(
        "DELETE FROM ticket;DELETE FROM tally;DELETE FROM matrix_revision;\
         INSERT INTO words(words)VALUES('delete-all')",
    )?;
    let quiet = Quiet::read(conn)?;
    outbox::drop_strays(conn)?;
    let total = u64::try_from(log::head(conn)?.id.0).unwrap_or(0);
    let mut query = conn.prepare(&format!("SELECT {} FROM event ORDER BY place", log::COLUMNS))?;
    let mut events = query.query([])?;
    let (mut done, mut stream): (u64, Vec<Recorded>) = (0, Vec::new());
    while let Some(row) = events.next()? {
        let stored = Stored::of(row)?;
        if stream.first().is_some_and(|first| first.ticket != stored.ticket) {
            close(conn, seer, &quiet, &std::mem::take(&mut stream))?;
        }
        stream.push(tell(conn, &stored)?);
        done += 1;
        if done % STEP == 0 && watch(Progress { stage: Stage::Tickets, done, total }) == Go::Stop {
            return Err(StoreError::new(
                ErrorKind::Stopped,
                "the rebuilding was stopped",
                "nothing was changed",
            ));
        }
    }
    close(conn, seer, &quiet, &stream)?;
    horizon::anew(conn)?;
    foresight::mark(conn, seer)
}

fn tell(conn: &Connection, stored: &Stored) -> Result<Recorded, StoreError> {
    let recorded = stored.recorded();
    if stored.ticket == TicketId::DESK {
        project::revision(conn, &recorded)?;
    } else {
        project::spell(conn, log::place(stored.ticket, stored.seq), &words_of(stored))?;
    }
    Ok(recorded)
}

fn close(conn: &Connection, seer: &Seer, quiet: &Quiet, events: &[Recorded]) -> Result<(), StoreError> {
    let Some(id) = events.first().map(|first| first.ticket).filter(|id| *id != TicketId::DESK) else {
        return Ok(());
    };
    outbox::mend(conn, quiet, events)?;
    project::row(conn, &foresight::row(seer, &replay(id, events), events), None)
}
