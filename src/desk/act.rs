//! A command on its way: load, decide, append; on a conflict with somebody faster, once more from the start.
//! Never shows a refusal that was decided on stale facts.

use std::path::Path;
use std::sync::Arc;

use super::applied::{Applied, Newness};
use super::days;
use super::error::DeskError;
use super::force;
use super::foresight::Sight;
use super::opened::{Desk, may_write, new_id, recorded, unless_broken};
use super::view::{Anchor, Look, Page, Seen};
use crate::domain::event::{Event, MatrixApplied};
use crate::domain::ids::{CommandId, Seq, TicketId};
use crate::domain::query::{NameField, Pattern, Query, Sense, State, Term, Test};
use crate::domain::stamp::Stamp;
use crate::domain::text::{Label, Line};
use crate::domain::ticket::Ticket;
use crate::matrix::model::Right;
use crate::matrix::{self, Matrix};
use crate::rules::command::{Command, Escalate};
use crate::rules::decide::{Decision, succeed, window_over};
use crate::rules::{Context, Reason, Refusal, authority, decide};
use crate::store::{Appended, Base, Batch, Change, ErrorKind, Patience, Store, StoreError, Written};

/// How often a command is decided anew after others were faster.
const TRIES: u32 = 8;

/// A command that is in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The ticket as it is now.
    pub ticket: Ticket,
    pub written: Written,
}

/// How a decision gets into the log.
type Append<'a> = dyn FnMut(&mut Store, &Batch, &mut Patience) -> Result<Appended, StoreError> + 'a;

/// What becomes of open tickets in a group that a new matrix does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftBehind {
    Refuse,
    /// They stay where they are until somebody routes them.
    Leave,
}

/// What a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Facts {
    /// On tickets as they were last seen.
    Remembered,
    Fresh,
}

/// What a second look after a refusal finds.
#[derive(Debug)]
enum Again {
    /// The command is in the log.
    Done(Box<Done>),
    OtherMatrix,
    Same,
}

impl Desk {
    /// Carries out a command: on a ticket, or, to open one, on none. The same `id` twice is done once.
    ///
    /// # Errors
    /// A refusal, decided on what the log holds now; trouble with the file; a desk that takes no commands.
    pub fn run(
        &mut self,
        ticket: Option<TicketId>,
        command: &Command,
        id: CommandId,
    ) -> Result<Done, DeskError> {
        self.carry_out((ticket, command, id), &mut |store, batch, patience| store.append(batch, patience))
    }

    /// As [`Desk::run`], with a look at what has come of it that costs no lock of its own. `told` hears which ticket it
    /// was as soon as that is safe, before anything is read. No look where that failed, or where there was nothing to
    /// write.
    ///
    /// # Errors
    /// As [`Desk::run`].
    pub fn run_looking(
        &mut self,
        (ticket, command, id): (Option<TicketId>, &Command, CommandId),
        look: &Look,
        mut told: impl FnMut(TicketId),
    ) -> Result<(Done, Option<Seen>), DeskError> {
        let (sought, revision, mut caught) = (self.sought(look), self.force.revision, None);
        let asked = subject(ticket, command);
        let done = self.carry_out((ticket, command, id), &mut |store, batch, patience| {
            let (appended, read) = store.append_reading(batch, patience, |appended, reader| {
                asked.or(first_of(appended)).into_iter().for_each(&mut told);
                sought.read(reader)
            })?;
            caught = read;
            Ok(appended)
        })?;
        // By another matrix somebody else may be asking.
        let caught = caught.filter(|_| self.force.revision == revision);
        let seen = caught.and_then(|caught| self.taken_in(caught).ok());
        Ok((done, seen))
    }

    fn carry_out(
        &mut self,
        (ticket, command, id): (Option<TicketId>, &Command, CommandId),
        append: &mut Append<'_>,
    ) -> Result<Done, DeskError> {
        self.may_write()?;
        let (mut facts, mut meant) = (self.facts(ticket, command), None);
        for _ in 0..TRIES {
            let command = meant.as_ref().unwrap_or(command);
            let batch = match self.decided(ticket, command, id) {
                Err(DeskError::Refused(refusal)) => {
                    match self.look_again(ticket, command, id)? {
                        Again::Done(done) => return Ok(*done),
                        Again::Same if facts == Facts::Fresh => return Err(refusal.into()),
                        Again::Same | Again::OtherMatrix => {}
                    }
                    self.forget(ticket, command);
                    facts = Facts::Fresh;
                    continue;
                }
                decided => decided?,
            };
            match append(&mut self.store, &batch, &mut self.patience) {
                Ok(appended) => return self.finish(appended, subject(ticket, command)),
                Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => {
                    self.forget(ticket, command);
                    facts = Facts::Fresh;
                    meant = aimed(command, &batch).or(meant);
                }
                Err(error) if error.kind == ErrorKind::OtherMatrix => {
                    self.reload_matrix()?;
                    self.may_write()?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(DeskError::Contended { ticket: ticket.unwrap_or(TicketId::DESK), tries: TRIES })
    }

    /// After a refusal: whether this very command is in the log already, its answer having been lost, and whether
    /// the matrix is still the one it was refused by.
    fn look_again(
        &mut self,
        ticket: Option<TicketId>,
        command: &Command,
        id: CommandId,
    ) -> Result<Again, DeskError> {
        let (revision, before) = self.store.read(&mut self.patience, |reader| {
            let stream = reader.known(id)?.map(|(_, stream)| subject(ticket, command).unwrap_or(stream));
            let done = stream.map(|stream| reader.ticket(stream)).transpose()?.flatten();
            Ok((reader.revision()?, done))
        })?;
        if let Some(ticket) = before {
            self.remember(ticket.clone());
            return Ok(Again::Done(Box::new(Done { ticket, written: Written::Before })));
        }
        if revision.is_some_and(|revision| revision.number != self.force.revision) {
            self.reload_matrix()?;
            self.may_write()?;
            return Ok(Again::OtherMatrix);
        }
        Ok(Again::Same)
    }

    fn decided(
        &mut self,
        ticket: Option<TicketId>,
        command: &Command,
        id: CommandId,
    ) -> Result<Batch, DeskError> {
        let at = self.clock.now();
        let first = ticket.map(|id| self.load(id)).transpose()?;
        if let (Some(old), Command::Reopen { reason }) = (&first, command)
            && window_over(old, &self.context()).is_some()
        {
            let changes = self.succession(old, reason)?;
            let (author, matrix) = (self.author.clone(), self.force.revision);
            return Ok(Batch { command: id, author, at, matrix, changes });
        }
        let other = match other_side(ticket, command) {
            Some((other, mirrored)) => Some((self.load(other)?, mirrored)),
            None => None,
        };
        let ctx = Context { now: at, author: &self.author, matrix: &self.force.matrix };
        let mut sides = vec![decide(first.as_ref(), command, &ctx)];
        sides.extend(other.as_ref().map(|(other, mirrored)| decide(Some(other), mirrored, &ctx)));
        let bases = [first.map_or(Base::New, based), other.map_or(Base::New, |(other, _)| based(other))];
        let changes = bases.into_iter().zip(agreed(sides)?);
        let changes = changes.filter(|(_, events)| !events.is_empty());
        let changes = changes.map(|(base, events)| Change { base, events }).collect();
        Ok(Batch { command: id, author: self.author.clone(), at, matrix: self.force.revision, changes })
    }

    /// A ticket that was closed too long ago, and the new one that goes on with it.
    fn succession(&mut self, old: &Ticket, reason: &Line) -> Result<Vec<Change>, DeskError> {
        let number = self.store.read(&mut self.patience, |reader| reader.next_ticket())?;
        let it = succeed(old, reason, number, &self.context())?;
        let new = Change { base: Base::Numbered(number), events: it.new };
        Ok(vec![new, Change { base: based(old.clone()), events: it.old }])
    }

    pub(super) fn load(&mut self, id: TicketId) -> Result<Ticket, DeskError> {
        if let Some(ticket) = self.remembered(id) {
            return Ok(ticket);
        }
        let found = self.store.read(&mut self.patience, |reader| reader.ticket(id))?;
        let ticket = found.ok_or(DeskError::NoTicket(id))?;
        self.remember(ticket.clone());
        Ok(ticket)
    }

    /// What a first decision on this command rests on.
    fn facts(&self, ticket: Option<TicketId>, command: &Command) -> Facts {
        let other = other_side(ticket, command).map(|(other, _)| other);
        let touched = |seen: &Ticket| Some(seen.id) == ticket || Some(seen.id) == other;
        if self.seen.iter().any(touched) { Facts::Remembered } else { Facts::Fresh }
    }

    /// Drops what was remembered of the tickets a command touches.
    fn forget(&mut self, ticket: Option<TicketId>, command: &Command) {
        let other = other_side(ticket, command).map(|(other, _)| other);
        self.seen.retain(|seen| Some(seen.id) != ticket && Some(seen.id) != other);
    }

    fn finish(&mut self, appended: Appended, asked: Option<TicketId>) -> Result<Done, DeskError> {
        let written = appended.written;
        let wanted = asked.or(first_of(&appended)).ok_or(DeskError::NoTicket(TicketId::DESK))?;
        appended.tickets.into_iter().for_each(|ticket| self.remember(ticket));
        Ok(Done { ticket: self.load(wanted)?, written })
    }

    /// Puts a new matrix into force for everybody on this desk. The one that is in force already stays what it is.
    ///
    /// # Errors
    /// Mistakes in it; no right to; a calendar file that is missing or not understood; open tickets that would be left
    /// behind; trouble with the file.
    pub fn apply_matrix(&mut self, text: &str, file: &Path, left: LeftBehind) -> Result<Applied, DeskError> {
        self.may_apply()?;
        let mistaken =
            |mistakes| DeskError::Matrix { file: file.to_owned(), text: text.to_owned(), mistakes };
        let new = matrix::read(text, &file.display().to_string()).map_err(mistaken)?.matrix;
        let files = days::beside(&new, file.parent().unwrap_or(Path::new("")))?;
        let (at, done_before) = self.sweep_out()?;
        let (length, before) = self.store.read(&mut self.patience, |reader| {
            Ok((reader.stream(TicketId::DESK)?.len(), recorded(reader)?))
        })?;
        let number = before.as_ref().map_or(0, |(before, _)| before.number);
        if before.is_some_and(|(before, applied)| before.is(text) && applied.files == files) {
            self.reload_matrix()?;
            return self.tickets_stand(Newness::Same, done_before);
        }
        if left == LeftBehind::Refuse {
            self.leaves_nobody_behind(&new)?;
        }
        let before = self.tickets_stand(Newness::Same, done_before)?;
        let applied = Event::from(MatrixApplied {
            text: text.to_owned(),
            files: files.clone(),
            ..MatrixApplied::default()
        });
        let base = Base::Desk(Seq(i64::try_from(length).unwrap_or(i64::MAX)));
        let changes = vec![Change { base, events: vec![applied] }];
        let (author, matrix) = (self.author.clone(), self.force.revision);
        let sight = Sight::of(&Arc::new(new), (number + 1, at), &Arc::new(files), self.store.path());
        self.store.foresee(sight);
        let batch = Batch { command: new_id(), author, at, matrix, changes };
        let applied = self.store.append(&batch, &mut self.patience);
        self.reload_matrix()?;
        applied?;
        self.came_to(before)
    }

    /// What the matrix in force has due is its own to do. Gives the moment from which on its successor acts, so that
    /// nothing falls due between the two, and how much was done.
    fn sweep_out(&mut self) -> Result<(Stamp, usize), DeskError> {
        const SLICE: usize = 1_000;
        let mut done = 0;
        loop {
            let at = self.clock.now();
            if self.may_sweep().is_err() {
                return Ok((at, done));
            }
            let swept = self.sweep(SLICE)?;
            done += swept.fired.len();
            if swept.rest == super::sweep::Rest::Nothing {
                return Ok((at, done));
            }
        }
    }

    /// Refuses a matrix without a group that holds tickets in work or to be confirmed.
    fn leaves_nobody_behind(&mut self, new: &Matrix) -> Result<(), DeskError> {
        const NAMED: usize = 10;
        let old = self.matrix();
        for group in old.groups.iter().filter(|group| new.group(group.name.as_str()).is_none()) {
            let here = Test::Name(NameField::Group, vec![Pattern::Whole(group.name.as_str().to_owned())]);
            let terms = [Test::Is(vec![State::Open, State::Resolved]), here]
                .map(|test| Term { sense: Sense::Is, test });
            let query = Query { terms: terms.into(), sort: Vec::new() };
            let page = self.page(&query, Anchor::Top, NAMED)?;
            if page.total > 0 {
                return Err(left_behind(&group.name, &page).into());
            }
        }
        Ok(())
    }

    /// Whether this person can put a matrix into force: a desk that only a broken matrix keeps from writing must be able
    /// to get a sound one.
    ///
    /// # Errors
    /// The file can't be written, or the matrix does not let them.
    pub fn may_apply(&self) -> Result<(), DeskError> {
        may_write(&self.file_takes)?;
        Ok(authority::check(&self.context(), Right::ApplyMatrix, None)?)
    }

    /// Reads the matrix in force again, after it was changed here or elsewhere.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn reload_matrix(&mut self) -> Result<(), DeskError> {
        let recorded = self.store.read(&mut self.patience, recorded)?;
        self.force = force::settle(self.store.path(), recorded);
        self.writing = unless_broken(&self.file_takes, &self.force);
        self.look_ahead()
    }
}

fn first_of(appended: &Appended) -> Option<TicketId> {
    appended.tickets.first().map(|ticket| ticket.id)
}

/// The ticket that a command comes back with: the one it was given, but for reopening, which may come to another.
fn subject(ticket: Option<TicketId>, command: &Command) -> Option<TicketId> {
    ticket.filter(|_| !matches!(command, Command::Reopen { .. }))
}

/// A move that names no group goes where it was first decided to go: decided anew after somebody else's move, the usual
/// way would lead on from there, and the ticket would go twice.
fn aimed(command: &Command, batch: &Batch) -> Option<Command> {
    let decided = batch.changes.first()?.events.first()?;
    match (command, decided) {
        (Command::Escalate(wish), Event::Escalated(it)) => {
            let to = Some(it.to.group.clone());
            Some(Command::Escalate(Box::new(Escalate { to, ..wish.as_ref().clone() })))
        }
        (Command::Return { code, reason, .. }, Event::Returned(it)) => {
            let to = Some(it.to.group.clone());
            Some(Command::Return { to, code: *code, reason: reason.clone() })
        }
        _ => None,
    }
}

/// A link stands on both tickets: what the other one has to decide.
fn other_side(ticket: Option<TicketId>, command: &Command) -> Option<(TicketId, Command)> {
    let ticket = ticket?;
    match command {
        Command::Link { other, relation } if *other != ticket => {
            Some((*other, Command::Link { other: ticket, relation: relation.inverse() }))
        }
        Command::Unlink { other } if *other != ticket => Some((*other, Command::Unlink { other: ticket })),
        _ => None,
    }
}

fn left_behind(group: &Label, page: &Page) -> Refusal {
    let named: Vec<String> = page.rows.iter().map(|row| row.id.to_string()).collect();
    let more = page.total.saturating_sub(named.len());
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let tickets = if page.total == 1 { "a ticket that is not closed" } else { "tickets that are not closed" };
    Refusal::state(
        format!("the new matrix has no group {group}, which holds {tickets}: {}{more}", named.join(", ")),
        "keep the group, route them to another first (and confirm what is resolved), or leave them there with --force",
    )
}

fn based(ticket: Ticket) -> Base {
    Base::Ticket(Box::new(ticket))
}

/// What the sides of a command come to. A link may stand on one side only, written so by another program: then
/// the other side is mended and the one that has nothing to do stays as it is.
fn agreed(sides: Vec<Decision>) -> Result<Vec<Vec<Event>>, Refusal> {
    let mended = sides.iter().any(Result::is_ok);
    let settled = |side: Decision| match side {
        Err(Refusal { reason: Reason::State, .. }) if mended => Ok(Vec::new()),
        side => side,
    };
    sides.into_iter().map(settled).collect()
}
