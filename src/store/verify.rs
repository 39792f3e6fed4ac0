//! Proof that the file says what was said: SQLite's own check, the chain, and every projection against the log.
//! Works in slices, so that a desk in use is not held up. Changes nothing.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::chain::{Hash, Head, digest};
use super::error::{ErrorKind, StoreError};
use super::foresight::{self, Foresight, Seer};
use super::log::{self, Stored};
use super::outbox::{self, Quiet};
use super::patience::{Go, Patience};
use super::{Store, horizon, rows, texts, vocabulary};
use crate::domain::event::Event;
use crate::domain::fold::replay;
use crate::domain::ids::{EventId, Seq, TicketId};
use crate::domain::row::Row;

/// What is being looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// SQLite's own check of its pages and indexes.
    File,
    Chain,
    Tickets,
    Outbox,
    Tally,
    Words,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    pub done: u64,
    /// 0 where it is not known.
    pub total: u64,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub stage: Stage,
    pub event: Option<EventId>,
    pub ticket: Option<TicketId>,
    pub what: String,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub events: u64,
    pub tickets: u64,
    /// To be written down elsewhere: whoever can write the file can make a whole new chain.
    pub head: Head,
    /// The first hundred.
    pub troubles: Vec<Trouble>,
    /// How many more there were.
    pub more: u64,
}

const MOST_TROUBLES: usize = 100;
const EVENTS_A_SLICE: i64 = 2_000;
const TICKETS_A_SLICE: usize = 200;

impl Report {
    /// Whether all holds.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.troubles.is_empty()
    }

    fn add(&mut self, trouble: Trouble) {
        if self.troubles.len() < MOST_TROUBLES { self.troubles.push(trouble) } else { self.more += 1 }
    }
}

impl Store {
    /// Checks the whole file, on a fresh connection: what an old one remembers can be void after an outage,
    /// and SQLite's check of the words trusts what its connection remembers of other writers' work.
    ///
    /// # Errors
    /// Only where it could not be looked at, or `watch` stopped it; what is wrong with it stands in the report.
    pub fn verify(
        &mut self,
        patience: &mut Patience,
        watch: &mut dyn FnMut(Progress) -> Go,
    ) -> Result<Report, StoreError> {
        self.part();
        let mut check = Check { store: self, patience, watch, report: Report::default() };
        check.stage(Stage::File, Check::file)?;
        check.stage(Stage::Chain, Check::chain)?;
        check.stage(Stage::Tickets, Check::tickets)?;
        check.stage(Stage::Outbox, Check::outbox)?;
        check.stage(Stage::Tally, Check::tally)?;
        check.stage(Stage::Words, Check::words)?;
        Ok(check.report)
    }

    /// What SQLite itself finds wrong with pages and indexes; empty when nothing.
    ///
    /// # Errors
    /// The file could not be looked at.
    pub fn check_integrity(&mut self, patience: &mut Patience) -> Result<Vec<String>, StoreError> {
        self.look(&mut patience.start(), |conn, _| {
            let mut query = conn.prepare("PRAGMA integrity_check(100)")?;
            let found = query.query_map([], |row| row.get::<_, String>(0))?;
            let found = found.collect::<Result<Vec<_>, _>>()?;
            Ok(found.into_iter().filter(|line| line != "ok").collect())
        })
    }
}

struct Check<'a> {
    store: &'a mut Store,
    patience: &'a mut Patience,
    watch: &'a mut dyn FnMut(Progress) -> Go,
    report: Report,
}

impl Check<'_> {
    /// Damage that keeps a stage from going on is a finding too, and the other stages may find more.
    fn stage(
        &mut self,
        stage: Stage,
        work: impl FnOnce(&mut Self) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match work(self) {
            Err(error) if error.kind == ErrorKind::Damaged => {
                self.trouble(stage, None, error.what);
                Ok(())
            }
            done => done,
        }
    }

    fn slice<T>(
        &mut self,
        mut work: impl FnMut(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.store.look(&mut self.patience.start(), |conn, _| work(conn))
    }

    fn tell(&mut self, stage: Stage, done: u64, total: u64) -> Result<(), StoreError> {
        match (self.watch)(Progress { stage, done, total }) {
            Go::On => Ok(()),
            Go::Stop => Err(StoreError::new(ErrorKind::Stopped, "the check was stopped", "")),
        }
    }

    fn trouble(&mut self, stage: Stage, ticket: Option<TicketId>, what: impl Into<String>) {
        self.report.add(Trouble { stage, event: None, ticket, what: what.into() });
    }

    fn file(&mut self) -> Result<(), StoreError> {
        self.tell(Stage::File, 0, 0)?;
        for what in self.store.check_integrity(self.patience)? {
            self.trouble(Stage::File, None, what);
        }
        Ok(())
    }

    fn chain(&mut self) -> Result<(), StoreError> {
        let total = u64::try_from(self.slice(log::head)?.id.0).unwrap_or(0);
        let mut head = Head::default();
        loop {
            let events = self.slice(|conn| slice_of_log(conn, head.id))?;
            if events.is_empty() {
                self.report.head = head;
                return Ok(());
            }
            for stored in &events {
                for what in links(head, stored) {
                    let (event, ticket) = (Some(stored.id), Some(stored.ticket));
                    self.report.add(Trouble { stage: Stage::Chain, event, ticket, what });
                }
                head = Head { id: stored.id, hash: stored.hash };
            }
            self.report.events += events.len() as u64;
            self.tell(Stage::Chain, self.report.events, total)?;
        }
    }

    fn tickets(&mut self) -> Result<(), StoreError> {
        let (mut after, total) = (TicketId::DESK, self.slice(count_rows)?);
        loop {
            let seer = self.store.seer.clone();
            let found = self.slice(|conn| slice_of_tickets(conn, &seer, after))?;
            let Some((last, _)) = found.last() else { break };
            after = *last;
            self.report.tickets += found.len() as u64;
            for (ticket, what) in found {
                what.into_iter().for_each(|what| self.trouble(Stage::Tickets, Some(ticket), what));
            }
            self.tell(Stage::Tickets, self.report.tickets, total)?;
        }
        let rows = self.slice(rows_without_events)?;
        rows.into_iter().for_each(|id| self.trouble(Stage::Tickets, Some(id), "its row has no events"));
        Ok(())
    }

    fn outbox(&mut self) -> Result<(), StoreError> {
        let (mut after, total) = (TicketId::DESK, self.slice(count_rows)?);
        let quiet = self.slice(Quiet::read)?;
        let mut done = 0;
        loop {
            let found = self.slice(|conn| next_streams(conn, after, |id| outbox::wrong(conn, &quiet, id)))?;
            let Some((last, _)) = found.last() else { break };
            after = *last;
            done += found.len() as u64;
            for (ticket, what) in found {
                what.into_iter().for_each(|what| self.trouble(Stage::Outbox, Some(ticket), what));
            }
            self.tell(Stage::Outbox, done, total)?;
        }
        if self.slice(outbox::has_strays)? {
            self.trouble(
                Stage::Outbox,
                None,
                "the outbox tells of what the log does not hold, or of history",
            );
        }
        Ok(())
    }

    fn tally(&mut self) -> Result<(), StoreError> {
        self.tell(Stage::Tally, 0, 0)?;
        let wrong = self.slice(wrong_tallies)?;
        wrong.into_iter().for_each(|what| self.trouble(Stage::Tally, None, what));
        if self.slice(wrong_revisions)? {
            self.trouble(Stage::Tally, None, "the matrix revisions are not those of the log");
        }
        if !self.slice(horizon::is_right)? {
            self.trouble(
                Stage::Tally,
                None,
                "the horizon is not what tickets, outbox and matrix revisions say",
            );
        }
        Ok(())
    }

    fn words(&mut self) -> Result<(), StoreError> {
        self.tell(Stage::Words, 0, 0)?;
        let same = self.slice(|conn| Ok(vocabulary::indexed(conn)? == vocabulary::told(conn)?))?;
        if !same {
            self.trouble(Stage::Words, None, "the index of words is not that of the log");
        }
        Ok(())
    }
}

fn slice_of_log(conn: &Connection, after: EventId) -> Result<Vec<Stored>, StoreError> {
    let sql = format!("SELECT {} FROM event WHERE id>?1 ORDER BY id LIMIT ?2", log::COLUMNS);
    let mut query = conn.prepare_cached(&sql)?;
    let events = query.query_map([after.0, EVENTS_A_SLICE], Stored::of)?;
    Ok(events.collect::<Result<_, _>>()?)
}

/// What is wrong with an event behind `head`.
fn links(head: Head, it: &Stored) -> Vec<String> {
    let mut wrong = Vec::new();
    if it.id.0 != head.id.0 + 1 {
        wrong.push(format!("the events {} to {} are missing", head.id.0 + 1, it.id.0 - 1));
    }
    if digest(&it.body) != it.digest {
        wrong.push("what it says was changed".to_owned());
    }
    if it.sealed().after(head.hash) != it.hash {
        wrong.push("it does not follow from the events before it".to_owned());
    }
    wrong
}

/// The next streams, each with what is wrong with its row.
fn slice_of_tickets(
    conn: &Connection,
    seer: &Seer,
    after: TicketId,
) -> Result<Vec<(TicketId, Vec<String>)>, StoreError> {
    let judge = foresight::judge(conn, seer)?;
    next_streams(conn, after, |id| compare(conn, judge, id))
}

/// What `look` says of the next streams.
fn next_streams<T>(
    conn: &Connection,
    after: TicketId,
    look: impl Fn(TicketId) -> Result<T, StoreError>,
) -> Result<Vec<(TicketId, T)>, StoreError> {
    let mut found = Vec::new();
    let mut last = after;
    while found.len() < TICKETS_A_SLICE {
        let mut query = conn.prepare_cached("SELECT min(place) FROM event WHERE place>?1")?;
        let next: Option<i64> = query.query_row([log::stretch(last).1], |row| row.get(0))?;
        let Some(place) = next else { break };
        last = log::at_place(place).0;
        found.push((last, look(last)?));
    }
    Ok(found)
}

fn compare(
    conn: &Connection,
    judge: Option<&dyn Foresight>,
    id: TicketId,
) -> Result<Vec<String>, StoreError> {
    let events = log::stream(conn, id)?;
    let mut wrong = Vec::new();
    if !(1..).map(Seq).zip(&events).all(|(seq, event)| event.seq == seq) {
        wrong.push("events of its stream are missing".to_owned());
    }
    match rows::of(conn, id)? {
        None => wrong.push("it has no row".to_owned()),
        Some(row) => {
            let ticket = replay(id, &events);
            let outlook = judge.map_or(row.outlook, |judge| judge.outlook(&ticket, &events));
            if row != Row::of(&ticket, outlook) {
                wrong.push("its row is not what its events say".to_owned());
            }
        }
    }
    Ok(wrong)
}

fn count_rows(conn: &Connection) -> Result<u64, StoreError> {
    Ok(conn.query_row("SELECT count(*) FROM ticket", [], |row| row.get::<_, i64>(0))?.unsigned_abs())
}

fn rows_without_events(conn: &Connection) -> Result<Vec<TicketId>, StoreError> {
    let sql = "SELECT id FROM ticket WHERE id<1 OR NOT EXISTS\
               (SELECT 1 FROM event WHERE place BETWEEN ticket.id<<20 AND (ticket.id<<20)+1048575)";
    let mut query = conn.prepare(sql)?;
    let rows = query.query_map([], |row| Ok(TicketId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

type Tallies = BTreeMap<(i64, i64, String, String), i64>;

fn wrong_tallies(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let told = tallies(conn, "SELECT phase,live,grp,owner,count(*) FROM ticket GROUP BY 1,2,3,4")?;
    let kept = tallies(conn, &format!("SELECT phase,live,grp,owner,n FROM tally WHERE {}", horizon::COUNTS))?;
    let heads = told.iter().filter(|(head, n)| kept.get(*head) != Some(n)).map(|(head, _)| head);
    let stale = kept.keys().filter(|head| !told.contains_key(*head));
    Ok(heads
        .chain(stale)
        .map(|(_, _, group, owner)| format!("miscounted: {group:?}, owner {owner:?}"))
        .collect())
}

fn tallies(conn: &Connection, sql: &str) -> Result<Tallies, StoreError> {
    let mut query = conn.prepare(sql)?;
    let read =
        |row: &rusqlite::Row<'_>| Ok(((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?), row.get(4)?));
    let found = query.query_map([], read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn wrong_revisions(conn: &Connection) -> Result<bool, StoreError> {
    let events = log::stream(conn, TicketId::DESK)?;
    let told = events.iter().filter_map(|recorded| match &recorded.event {
        Event::MatrixApplied(applied) => {
            Some((log::place(recorded.ticket, recorded.seq), digest(&applied.text)))
        }
        _ => None,
    });
    let told: Vec<(i64, Hash)> = told.collect();
    let mut query = conn.prepare("SELECT place,digest FROM matrix_revision ORDER BY number")?;
    let kept = query.query_map([], |row| Ok((row.get(0)?, Hash(row.get(1)?))))?;
    Ok(kept.collect::<Result<Vec<_>, _>>()? != told)
}

/// The words an event should be found by; shared with the rebuilding.
pub(super) fn words_of(stored: &Stored) -> String {
    texts::indexed(&Event::read(&stored.kind, &stored.body))
}
