//! What an import would write: every ticket's history, told once to find all that is wrong with it, and again,
//! ticket by ticket, when it is written. So no more than one history is in memory at a time.

use std::collections::HashSet;

use super::finding::{Notice, Noticed, Trouble, quoted};
use super::history::{self, History};
use super::map::{Mapping, Order, Rows};
use super::snapshot::{RowReader, Snapshot};
use super::table::{Progress, Stage, Table, TicketRows};
use crate::domain::event::Event;
use crate::domain::ticket::Ticket;

/// What to do when rows can't be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnTrouble {
    /// Import nothing.
    #[default]
    Refuse,
    /// Leave out the tickets of such rows, whole: a history with a hole would tell a lie.
    SkipTickets,
}

/// What was read and what it would become.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows below the header.
    pub rows: u64,
    /// Tickets that can be told whole.
    pub tickets: u64,
    /// Tickets left out because a row of theirs can't be read.
    pub skipped: u64,
    pub events: u64,
    pub resolutions: Resolutions,
}

/// How many tickets were resolved, and what is known of when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resolutions {
    /// The source states the time, and the ticket's rows reach it.
    pub stated: u64,
    /// The source states a time that its rows never reach; the ticket is not resolved by it.
    pub ahead: u64,
    /// Resolved by its status alone, at the time of that row.
    pub unstated: u64,
}

/// An import that can be carried out.
#[derive(Debug)]
pub struct Plan<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    left_out: HashSet<usize>,
    pub counts: Counts,
    /// Every row that can't be read, in the order of the file. With [`OnTrouble::Refuse`] there are none.
    pub troubles: Vec<Trouble>,
    pub noticed: Vec<Noticed>,
}

impl<'a> Plan<'a> {
    /// Checks every row and tells every history once.
    ///
    /// # Errors
    /// Every row that can't be read, in the order of the file, unless their tickets may be left out.
    pub fn new(
        table: &'a Table,
        mapping: &'a Mapping,
        on_trouble: OnTrouble,
        tell: &mut dyn FnMut(Progress),
    ) -> Result<Plan<'a>, Vec<Trouble>> {
        let mut plan = Plan {
            table,
            mapping,
            left_out: HashSet::new(),
            counts: Counts { rows: table.read, ..Counts::default() },
            troubles: table.troubles.clone(),
            noticed: table.noticed.clone(),
        };
        let mut reader = RowReader::new(mapping);
        for (n, ticket) in table.tickets().iter().enumerate() {
            let told = told(table, ticket, mapping, &mut reader);
            plan.count(n, told);
            if n % 256 == 0 {
                tell(Progress { stage: Stage::Check, done: n as u64, total: table.tickets().len() as u64 });
            }
        }
        plan.troubles.sort_by_key(|trouble| trouble.line);
        plan.noticed.sort_by_key(|noticed| noticed.line);
        match on_trouble {
            OnTrouble::Refuse if !plan.troubles.is_empty() => Err(plan.troubles),
            _ => Ok(plan),
        }
    }

    fn count(&mut self, n: usize, told: Result<History, Vec<Trouble>>) {
        let spoilt = self.table.tickets().get(n).is_some_and(|ticket| self.table.is_spoilt(&ticket.key));
        match told {
            Ok(history) if !spoilt => {
                self.counts.tickets += 1;
                self.counts.events += history.entries.len() as u64;
                self.counts.resolutions.add(&history);
                self.noticed.extend(history.noticed);
            }
            told => {
                self.counts.skipped += 1;
                self.left_out.insert(n);
                self.troubles.extend(told.err().unwrap_or_default());
            }
        }
    }

    /// What a row of the file is.
    #[must_use]
    pub fn rows(&self) -> Rows {
        self.mapping.source.rows
    }

    /// The histories to write, in the order in which their tickets first stand in the file.
    pub fn histories(&self) -> impl Iterator<Item = (&'a TicketRows, History)> {
        let mut reader = RowReader::new(self.mapping);
        let tickets = self.table.tickets().iter().enumerate();
        tickets.filter(|(n, _)| !self.left_out.contains(n)).filter_map(move |(_, rows)| {
            Some((rows, told(self.table, rows, self.mapping, &mut reader).ok()?))
        })
    }

    /// What a ticket's rows say beyond `known`, the ticket as the desk has it; none where they are no younger.
    ///
    /// # Errors
    /// The known ticket can't have become what the rows say.
    pub fn later(&self, rows: &TicketRows, known: &Ticket) -> Result<Option<History>, Trouble> {
        let read =
            read(self.table, rows, self.mapping, &mut RowReader::new(self.mapping)).unwrap_or_default();
        let told = history::follow(&rows.key, &read, self.mapping, known);
        told.map_err(|untold| impossible(&rows.key, untold))
    }
}

impl Resolutions {
    fn add(&mut self, history: &History) {
        let resolved = history.entries.iter().filter_map(|entry| match &entry.event {
            Event::Resolved(resolved) => Some(resolved.ended.is_some()),
            _ => None,
        });
        let ahead = history.noticed.iter().any(|noticed| noticed.what == Notice::ResolvedAhead);
        match resolved.max() {
            Some(true) => self.stated += 1,
            _ if ahead => self.ahead += 1,
            Some(false) => self.unstated += 1,
            None => {}
        }
    }
}

fn told(
    table: &Table,
    ticket: &TicketRows,
    mapping: &Mapping,
    reader: &mut RowReader<'_>,
) -> Result<History, Vec<Trouble>> {
    let rows = read(table, ticket, mapping, reader)?;
    history::tell(&ticket.key, &rows, mapping).map_err(|untold| vec![impossible(&ticket.key, untold)])
}

/// A ticket's rows in the order in which they happened.
fn read(
    table: &Table,
    ticket: &TicketRows,
    mapping: &Mapping,
    reader: &mut RowReader<'_>,
) -> Result<Vec<Snapshot>, Vec<Trouble>> {
    let mut rows = Vec::new();
    let mut troubles = Vec::new();
    for row in table.rows(ticket, mapping) {
        match reader.read(row) {
            Ok(snapshot) => rows.push(snapshot),
            Err(found) => troubles.extend(found),
        }
    }
    if mapping.source.order == Order::Time {
        rows.sort_by_key(|row| row.at);
    }
    if troubles.is_empty() { Ok(rows) } else { Err(troubles) }
}

fn impossible(key: &str, untold: history::Untold) -> Trouble {
    let history::Untold { line, why } = untold;
    Trouble { line, key: quoted(key), column: String::new(), found: String::new(), why }
}
