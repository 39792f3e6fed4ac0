//! A command on its way: load, decide, append; on a conflict with somebody faster, once more from the start.
//! Never shows a refusal that was decided on stale facts.

use std::path::Path;

use super::error::DeskError;
use super::force;
use super::opened::{Desk, new_id, recorded};
use crate::domain::event::{Event, MatrixApplied, Rest};
use crate::domain::ids::{CommandId, Seq, TicketId};
use crate::domain::ticket::Ticket;
use crate::matrix;
use crate::matrix::model::Right;
use crate::rules::command::Command;
use crate::rules::{authority, decide};
use crate::store::{Appended, Base, Batch, Change, ErrorKind, Written};

/// How often a command is decided anew after others were faster.
const TRIES: u32 = 8;

/// A command that is in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The ticket as it is now.
    pub ticket: Ticket,
    pub written: Written,
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
        self.may_write()?;
        for attempt in 0..TRIES {
            let batch = match (self.decided(ticket, command, id), attempt) {
                (Err(DeskError::Refused(_)), 0) if self.forget(ticket, command) => continue,
                (decided, _) => decided?,
            };
            match self.store.append(&batch, &mut self.patience) {
                Ok(appended) => return self.finish(appended, ticket),
                Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => {
                    self.forget(ticket, command);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(DeskError::Contended { ticket: ticket.unwrap_or(TicketId::DESK), tries: TRIES })
    }

    fn decided(
        &mut self,
        ticket: Option<TicketId>,
        command: &Command,
        id: CommandId,
    ) -> Result<Batch, DeskError> {
        let first = ticket.map(|id| self.load(id)).transpose()?;
        let (ctx, at) = (self.context(), self.clock.now());
        let events = decide(first.as_ref(), command, &ctx)?;
        let other = match other_side(ticket, command) {
            Some((other, mirrored)) => {
                let other = self.load(other)?;
                let events = decide(Some(&other), &mirrored, &self.context())?;
                Some(Change { base: Base::Ticket(Box::new(other)), events })
            }
            None => None,
        };
        let base = first.map_or(Base::New, |ticket| Base::Ticket(Box::new(ticket)));
        let changes = std::iter::once(Change { base, events }).chain(other).collect();
        Ok(Batch { command: id, author: self.author.clone(), at, matrix: self.force.revision, changes })
    }

    fn load(&mut self, id: TicketId) -> Result<Ticket, DeskError> {
        if let Some(ticket) = self.remembered(id) {
            return Ok(ticket);
        }
        let found = self.store.read(&mut self.patience, |reader| reader.ticket(id))?;
        let ticket = found.ok_or(DeskError::NoTicket(id))?;
        self.remember(ticket.clone());
        Ok(ticket)
    }

    /// Drops what was remembered of the tickets a command touches; whether there was anything to drop.
    fn forget(&mut self, ticket: Option<TicketId>, command: &Command) -> bool {
        let other = other_side(ticket, command).map(|(other, _)| other);
        let before = self.seen.len();
        self.seen.retain(|seen| Some(seen.id) != ticket && Some(seen.id) != other);
        self.seen.len() < before
    }

    fn finish(&mut self, appended: Appended, asked: Option<TicketId>) -> Result<Done, DeskError> {
        let written = appended.written;
        let mut tickets = appended.tickets.into_iter();
        let ticket = tickets.next().ok_or(DeskError::NoTicket(asked.unwrap_or(TicketId::DESK)))?;
        tickets.for_each(|other| self.remember(other));
        self.remember(ticket.clone());
        Ok(Done { ticket, written })
    }

    /// Puts a new matrix into force for everybody on this desk; gives its revision.
    ///
    /// # Errors
    /// Mistakes in it; no right to; trouble with the file.
    pub fn apply_matrix(&mut self, text: &str, file: &Path) -> Result<i64, DeskError> {
        self.may_apply()?;
        let mistaken =
            |mistakes| DeskError::Matrix { file: file.to_owned(), text: text.to_owned(), mistakes };
        matrix::read(text, &file.display().to_string()).map_err(mistaken)?;
        let length =
            self.store.read(&mut self.patience, |reader| Ok(reader.stream(TicketId::DESK)?.len()))?;
        let applied = Event::from(MatrixApplied { text: text.to_owned(), rest: Rest::new() });
        let base = Base::Desk(Seq(i64::try_from(length).unwrap_or(i64::MAX)));
        let changes = vec![Change { base, events: vec![applied] }];
        let (author, at, matrix) = (self.author.clone(), self.clock.now(), self.force.revision);
        self.store.append(&Batch { command: new_id(), author, at, matrix, changes }, &mut self.patience)?;
        self.reload_matrix()?;
        Ok(self.force.revision)
    }

    /// A desk that only a broken matrix keeps from writing must be able to get a sound one.
    fn may_apply(&self) -> Result<(), DeskError> {
        if !matches!(self.force.beside, force::Beside::Broken(_)) {
            self.may_write()?;
        }
        Ok(authority::check(&self.context(), Right::ApplyMatrix, None)?)
    }

    /// Reads the matrix in force again, after it was changed here or elsewhere.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn reload_matrix(&mut self) -> Result<(), DeskError> {
        let recorded = self.store.read(&mut self.patience, recorded)?;
        self.force = force::settle(self.store.path(), recorded)?;
        Ok(())
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
