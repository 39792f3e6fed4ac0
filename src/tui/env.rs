//! What the console knows about its surroundings while it decides and draws: the time, who is asking, the matrix,
//! the keys, and how the desk stands. Handed in, never fetched; holds nothing that an action changes.

use std::sync::Arc;

use super::keymap::Keymap;
use crate::desk::clock::Zone;
use crate::desk::describe::Teller;
use crate::desk::settings::Sweeping;
use crate::domain::event::Author;
use crate::domain::query::Scope;
use crate::domain::stamp::{Span, Stamp};
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;
use crate::rules::clocks::Ground;
use crate::rules::worktime::Calendars;
use crate::rules::{self, Command, Context, Reason, Refusal};

/// The surroundings.
#[derive(Debug, Clone)]
pub struct Env {
    pub now: Stamp,
    pub zone: Zone,
    pub me: Author,
    pub matrix: Arc<Matrix>,
    /// Its revision.
    pub revision: i64,
    /// When it came into force.
    pub since: Stamp,
    /// Working time in its calendars; empty before the desk is open.
    pub calendars: Arc<Calendars>,
    pub keys: Arc<Keymap>,
    pub standing: Standing,
    /// The mistakes of a broken matrix, drawn for reading; empty where there are none.
    pub diagnosis: String,
    /// Whether this console does what the matrix has due.
    pub sweeping: Sweeping,
    /// How much later than the others this one wakes for the same moment; another at each message.
    pub jitter: Span,
}

/// How the desk stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Standing {
    /// It is being opened.
    #[default]
    Opening,
    Open,
    /// It can be read but not written.
    ReadOnly {
        why: String,
        help: String,
    },
    /// It can't be used at all.
    Shut {
        why: String,
    },
}

impl Env {
    /// What a decision rests on.
    #[must_use]
    pub fn context(&self) -> Context<'_> {
        Context { now: self.now, author: &self.me, matrix: &self.matrix }
    }

    /// What events are told by.
    #[must_use]
    pub fn teller(&self) -> Teller<'_> {
        Teller { zone: &self.zone, matrix: &self.matrix }
    }

    /// What clocks are read by.
    #[must_use]
    pub fn ground(&self) -> Ground<'_> {
        Ground { matrix: &self.matrix, calendars: &self.calendars, now: self.now }
    }

    /// Who asks, for the query language.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.context().scope()
    }

    /// What the rules say to a command on a ticket; `Ok` also where only information is missing, which a form
    /// asks for.
    ///
    /// # Errors
    /// The refusal, in the words of the command line.
    pub fn accepts(&self, ticket: Option<&Ticket>, command: &Command) -> Result<(), Refusal> {
        self.standing.writable()?;
        match rules::decide(ticket, command, &self.context()) {
            Err(refusal) if matches!(refusal.reason, Reason::Authority | Reason::State) => Err(refusal),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

impl Standing {
    /// Whether the desk can be written.
    ///
    /// # Errors
    /// Why not.
    pub fn writable(&self) -> Result<(), Refusal> {
        match self {
            Standing::Open => Ok(()),
            Standing::Opening => Err(Refusal::state("the desk is still being opened", "wait a moment")),
            Standing::ReadOnly { why, help } => {
                Err(Refusal::state(format!("the desk is open for reading only: {why}"), help.clone()))
            }
            Standing::Shut { why } => {
                Err(Refusal::state(format!("the desk can't be used: {why}"), "mend that and start again"))
            }
        }
    }
}

/// What the availability of an action depends on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub env: &'a Env,
    /// The ticket that an action would be about, as far as it is known.
    pub ticket: Option<&'a Ticket>,
}

impl<'a> Facts<'a> {
    /// The selected ticket.
    ///
    /// # Errors
    /// There is none.
    pub fn ticket(&self) -> Result<&'a Ticket, Refusal> {
        self.ticket.ok_or_else(|| {
            Refusal::state("no ticket is selected", "open a new one with n, or widen the filter with /")
        })
    }

    /// See [`Env::accepts`].
    ///
    /// # Errors
    /// The refusal.
    pub fn accepts(&self, ticket: Option<&Ticket>, command: &Command) -> Result<(), Refusal> {
        self.env.accepts(ticket, command)
    }
}
