//! Makes every projection again from the log, in one transaction. The log itself is only read.

use rusqlite::Connection;

use super::error::{ErrorKind, StoreError};
use super::log::{self, Stored};
use super::patience::{Go, Patience};
use super::verify::{Progress, Stage, words_of};
use super::{Store, connect, project};
use crate::domain::fold::apply;
use crate::domain::ids::TicketId;
use crate::domain::ticket::Ticket;

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
        let wait = &mut patience.start();
        let roomy = self.link(wait).and_then(|link| connect::cache(&link.conn, CACHE_KIB));
        let done = roomy.and_then(|()| self.write(wait, |conn| again(conn, watch)));
        self.part();
        done.map_err(|error| error.at(&self.path))
    }
}

fn again(conn: &Connection, watch: &mut dyn FnMut(Progress) -> Go) -> Result<(), StoreError> {
    conn.execute_batch(
        "DELETE FROM ticket;DELETE FROM tally;DELETE FROM matrix_revision;\
         INSERT INTO words(words)VALUES('delete-all')",
    )?;
    let total = u64::try_from(log::head(conn)?.id.0).unwrap_or(0);
    let mut query = conn.prepare(&format!("SELECT {} FROM event ORDER BY place", log::COLUMNS))?;
    let mut events = query.query([])?;
    let (mut done, mut current) = (0, Ticket::blank(TicketId::DESK));
    while let Some(row) = events.next()? {
        let stored = Stored::of(row)?;
        if stored.ticket != current.id {
            close(conn, &current)?;
            current = Ticket::blank(stored.ticket);
        }
        current = tell(conn, current, &stored)?;
        done += 1;
        if done % STEP == 0 && watch(Progress { stage: Stage::Tickets, done, total }) == Go::Stop {
            return Err(StoreError::new(
                ErrorKind::Stopped,
                "the rebuilding was stopped",
                "nothing was changed",
            ));
        }
    }
    close(conn, &current)
}

fn tell(conn: &Connection, ticket: Ticket, stored: &Stored) -> Result<Ticket, StoreError> {
    let recorded = stored.recorded();
    if stored.ticket == TicketId::DESK {
        project::revision(conn, &recorded)?;
    } else {
        project::spell(conn, log::place(stored.ticket, stored.seq), &words_of(stored))?;
    }
    Ok(apply(ticket, &recorded))
}

fn close(conn: &Connection, ticket: &Ticket) -> Result<(), StoreError> {
    if ticket.id == TicketId::DESK { Ok(()) } else { project::ticket(conn, ticket, None) }
}
