//! By whose word the rows of tickets are written: the matrix in force and its calendars. A desk whose rows another
//! revision wrote gets them anew before anything counts on them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::days::{Files, laid_out};
use super::error::DeskError;
use super::force::{InForce, Seers};
use super::opened::{Desk, Writing};
use crate::domain::event::Recorded;
use crate::domain::row::{Outlook, Row};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;
use crate::rules::agenda::Case;
use crate::rules::clocks::{Ground, seen};
use crate::rules::explain::{Brief, briefs};
use crate::rules::outlook::outlook;
use crate::rules::worktime::Calendars;
use crate::store::{Foresight, Outlooks};

/// A matrix with its calendars, which are laid out when they are first wanted.
#[derive(Debug)]
pub(super) struct Sight {
    matrix: Arc<Matrix>,
    revision: i64,
    /// When it came into force.
    since: Stamp,
    files: Arc<Files>,
    desk: PathBuf,
    calendars: OnceLock<Arc<Calendars>>,
}

impl Sight {
    /// Of a revision, by its number and when it came into force.
    pub fn of(
        matrix: &Arc<Matrix>,
        (revision, since): (i64, Stamp),
        files: &Arc<Files>,
        desk: &Path,
    ) -> Arc<Sight> {
        let (matrix, files, desk) = (Arc::clone(matrix), Arc::clone(files), desk.to_owned());
        Arc::new(Sight { matrix, revision, since, files, desk, calendars: OnceLock::new() })
    }

    /// Without the days off that can't be read: a missing file must not keep a ticket from being worked on. Whoever
    /// asks for an explanation is told of it.
    pub fn calendars(&self) -> &Arc<Calendars> {
        self.calendars.get_or_init(|| {
            let laid = laid_out(&self.matrix, &self.files, &self.desk);
            let bare = || Calendars::new(&self.matrix, &std::collections::BTreeMap::new());
            Arc::new(laid.or_else(|_| bare()).unwrap_or_default())
        })
    }
}

impl Sight {
    /// A ticket as this matrix judges it.
    pub fn case<'a>(&'a self, ticket: &'a Ticket, events: &'a [Recorded]) -> Case<'a> {
        let Sight { matrix, since, .. } = self;
        Case { ticket, events, matrix, calendars: self.calendars(), since: *since }
    }
}

impl Foresight for Sight {
    fn revision(&self) -> i64 {
        self.revision
    }

    fn outlook(&self, ticket: &Ticket, events: &[Recorded]) -> Outlook {
        outlook(&self.case(ticket, events))
    }
}

impl Desk {
    /// Rows are written by the matrix in force from now on; those of another one's are made anew.
    ///
    /// # Errors
    /// Trouble with the file.
    pub(super) fn look_ahead(&mut self) -> Result<(), DeskError> {
        self.sight = {
            let InForce { matrix, revision, since, files, .. } = &self.force;
            Sight::of(matrix, (*revision, *since), files, self.store.path())
        };
        let Seers::Desk(outlooks) = self.force.outlooks else { return Ok(()) };
        self.store.foresee(Arc::clone(&self.sight) as Arc<dyn Foresight>);
        if outlooks == Outlooks::Stale && self.writing == Writing::Allowed {
            self.store.look_ahead(&mut self.patience)?;
            self.force.outlooks = Seers::Desk(Outlooks::Current);
        }
        Ok(())
    }

    /// Working time left until the clock in force of a row is breached; negative after.
    #[must_use]
    pub fn left(&self, row: &Row) -> Option<Span> {
        let breach = row.outlook.breach()?;
        let target = self.force.matrix.target(&row.grade.priority)?;
        Some(self.sight.calendars().get(&target.calendar)?.measure(self.clock.now(), breach))
    }

    /// The clocks of a ticket that have a limit and run or wait, the one in force first.
    #[must_use]
    pub fn briefs(&self, events: &[Recorded]) -> Vec<Brief> {
        let ground =
            Ground { matrix: &self.force.matrix, calendars: self.sight.calendars(), now: self.clock().now() };
        briefs(&seen(events, &ground))
    }

    /// The calendars of the matrix in force, laid out once.
    #[must_use]
    pub fn laid_out(&self) -> Arc<Calendars> {
        Arc::clone(self.sight.calendars())
    }
}
