//! What the desk's thread keeps between two orders: the latest wishes, and what was last said.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::ear::Ear;
use super::looking::Aim;
use super::round::Round;
use crate::desk::force::Beside;
use crate::desk::{Counts, Desk, DeskError, Look, Noticed, Page, Seen, TicketView, Writing};
use crate::domain::ids::{CommandId, TicketId};
use crate::domain::stamp::{Span, Stamp};
use crate::matrix::mistake::{self, Colour};
use crate::rules::worktime::Calendars;
use crate::tui::effect::PageWish;
use crate::tui::env::Standing;
use crate::tui::intent::Ask;
use crate::tui::model::{Banner, Weight};
use crate::tui::msg::{DeskFacts, Generation, Health, Job, Msg, News, NotDone};

/// How often to look whether others changed anything, on a quick drive and on a slow one.
const OFTEN: Duration = Duration::from_secs(1);
const SELDOM: Duration = Duration::from_secs(15);
/// An answer that takes longer is said to be slow.
const SLOW: Duration = Duration::from_secs(1);

/// What is to be read, the more the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    Nothing,
    Ticket,
    Page,
    Everything,
}

/// Whether its person may put another matrix into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Applies {
    Yes,
    No,
}

/// Whether a command is followed by a look at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    WithIt,
    Later,
}

/// The desk and what was said of it.
pub struct Bench {
    pub(super) desk: Desk,
    to: Sender<Msg>,
    pub(super) page: Option<PageWish>,
    pub(super) ticket: Option<(Generation, TicketId)>,
    /// Read while the desk was opened, for the first question that comes; of no use once anything else was done.
    pub(super) first: Option<(Look, Seen)>,
    /// Read with the first list, for the question that will follow; of the same moment as that list.
    pub(super) ahead: Option<Box<TicketView>>,
    pub(super) said: Said,
    /// Of the matrix of that revision, and what is wrong with them; read once.
    calendars: Option<(i64, Arc<Calendars>, Option<String>)>,
    health: Health,
    took: Duration,
    pub(super) ear: Ear,
    pub(super) round: Round,
}

/// What was last said.
#[derive(Default)]
pub(super) struct Said {
    pub page: Option<(Generation, Page, Counts)>,
    pub ticket: Option<(Generation, Option<Box<TicketView>>)>,
    desk: Option<DeskFacts>,
    pub due: Option<Option<Stamp>>,
}

impl Bench {
    pub fn new(desk: Desk, first: Option<(Look, Seen)>, ear: Ear, to: Sender<Msg>) -> Bench {
        Bench {
            desk,
            to,
            page: None,
            ticket: None,
            first,
            ahead: None,
            said: Said::default(),
            calendars: None,
            health: Health::Fine,
            took: Duration::ZERO,
            ear,
            round: Round::default(),
        }
    }

    /// How long to wait for orders before looking around: the slower the drive, the longer.
    pub fn pause(&self) -> Duration {
        if self.round.is_on() {
            return Duration::ZERO;
        }
        (self.took * 5).clamp(OFTEN, SELDOM)
    }

    /// Says what is known of the desk, if that is new.
    pub fn introduce(&mut self) {
        let facts = self.facts();
        let same = |said: &DeskFacts| {
            let rest = (&said.standing, &said.banners, &said.diagnosis);
            Arc::ptr_eq(&said.matrix, &facts.matrix)
                && rest == (&facts.standing, &facts.banners, &facts.diagnosis)
        };
        if !self.said.desk.as_ref().is_some_and(same) {
            self.said.desk = Some(facts.clone());
            self.say(News::Desk(Box::new(facts)));
        }
    }

    pub fn wish_page(&mut self, wish: PageWish) -> Want {
        self.page = Some(wish);
        Want::Page
    }

    pub fn wish_ticket(&mut self, generation: Generation, id: TicketId) -> Want {
        self.ticket = Some((generation, id));
        Want::Ticket
    }

    /// Carries out a command; the answer goes out at once, before anything is read again. `looks` together with it,
    /// where nothing else waits to be done.
    pub fn run(&mut self, (job, id, ask): (Job, CommandId, &Ask), looks: Looks) -> Want {
        let started = Instant::now();
        self.first = None;
        let aim = if looks == Looks::WithIt { self.aim_at_all() } else { None };
        match (self.carry_out((job, id, ask), aim.as_ref()), aim) {
            (Ok(Some(seen)), Some(aim)) => {
                self.told(started, |bench| bench.show(aim, seen));
                return Want::Nothing;
            }
            (Err(DeskError::Store(_)), _) => {}
            _ => self.well(started.elapsed()),
        }
        Want::Everything
    }

    fn carry_out(
        &mut self,
        (job, id, ask): (Job, CommandId, &Ask),
        aim: Option<&Aim>,
    ) -> Result<Option<Seen>, DeskError> {
        let (to, mut unsaid) = (self.to.clone(), true);
        let mut tell = |result| {
            if std::mem::take(&mut unsaid) {
                let _ = to.send(Msg::News(News::Ran { job, result }));
            }
        };
        let done = match aim {
            Some(aim) => {
                let command = (ask.ticket, &*ask.command, id);
                self.desk.run_looking(command, &aim.look, |ticket| tell(Ok(ticket)))
            }
            None => self.desk.run(ask.ticket, &ask.command, id).map(|done| (done, None)),
        };
        tell(match &done {
            Ok((done, _)) => Ok(done.ticket.id),
            Err(DeskError::Refused(refusal)) => Err(NotDone::Refused(refusal.clone())),
            Err(error) => Err(NotDone::Failed(error.to_string())),
        });
        done.map(|(_, seen)| seen)
    }

    /// Looks whether others changed anything, and if so at all of it; after an outage in any case.
    pub fn watch(&mut self) {
        if matches!(self.health, Health::Offline { .. }) {
            return self.look(Want::Everything);
        }
        let started = Instant::now();
        match self.desk.changed() {
            Ok(Noticed::Nothing) => self.well(started.elapsed()),
            Ok(Noticed::Something) => self.look(Want::Everything),
            Err(error) => self.ill(&error),
        }
    }

    pub(super) fn well(&mut self, took: Duration) {
        self.took = took;
        let ms = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
        let health = if took >= SLOW { Health::Slow(Span(ms)) } else { Health::Fine };
        // While a lock was waited for, that was said; it is over now.
        if health != self.health || took >= super::NOTEWORTHY {
            self.health = health.clone();
            self.say(News::Health(health));
        }
    }

    pub(super) fn ill(&mut self, error: &DeskError) {
        let since = match &self.health {
            Health::Offline { since, .. } => *since,
            Health::Fine | Health::Slow(_) | Health::Locked(_) => self.now(),
        };
        let health = Health::Offline { since, why: error.to_string() };
        if health != self.health {
            self.health = health.clone();
            self.say(News::Health(health));
            self.say(News::Unread(error.to_string()));
        }
        // What was said is no longer believed: it is said again when the drive is back.
        (self.said.page, self.said.ticket, self.said.due) = (None, None, None);
        self.round = Round::default();
        self.took = OFTEN;
    }

    fn facts(&mut self) -> DeskFacts {
        let (calendars, wrong) = self.calendars();
        let standing = match self.desk.writing() {
            Writing::Allowed => Standing::Open,
            Writing::Refused { why, help } => Standing::ReadOnly { why: why.clone(), help: help.clone() },
        };
        let (mut banners, diagnosis) = beside(&self.desk.in_force().beside, self.applies());
        if let Standing::ReadOnly { why, help } = &standing {
            banners.insert(0, Banner::alarm(format!("reading only: {why}; {help}")));
        }
        let wrong = wrong.map(|wrong| format!("days off are not known, clocks count them: {wrong}"));
        banners.extend(wrong.map(Banner::alarm));
        let (revision, since) = (self.desk.in_force().revision, self.desk.in_force().since);
        let matrix = self.desk.matrix();
        DeskFacts { matrix, revision, since, calendars, standing, banners, diagnosis }
    }

    /// Whether the matrix lets this person put another one into force.
    fn applies(&self) -> Applies {
        match self.desk.may_apply() {
            Ok(()) => Applies::Yes,
            Err(_) => Applies::No,
        }
    }

    /// The calendars of the matrix in force, and what is wrong with the files of their days off.
    fn calendars(&mut self) -> (Arc<Calendars>, Option<String>) {
        let revision = self.desk.in_force().revision;
        if self.calendars.as_ref().is_none_or(|(of, ..)| *of != revision) {
            let files = self.desk.matrix().calendars.iter().any(|calendar| calendar.holidays_ics.is_some());
            let wrong = if files { self.desk.calendars().err() } else { None };
            self.calendars = Some((revision, self.desk.laid_out(), wrong.map(|error| error.to_string())));
        }
        let known =
            self.calendars.as_ref().map(|(_, calendars, wrong)| (Arc::clone(calendars), wrong.clone()));
        known.unwrap_or_default()
    }

    pub(super) fn now(&self) -> Stamp {
        self.desk.clock().now()
    }

    /// A console that is gone needs no news; the orders end then too.
    pub(super) fn say(&self, news: News) {
        let _ = self.to.send(Msg::News(news));
    }
}

/// How the file beside the desk stands to the matrix in force: what is to be said, and its mistakes drawn.
fn beside(beside: &Beside, applies: Applies) -> (Vec<Banner>, String) {
    match (beside, applies) {
        (Beside::Same, _) => (Vec::new(), String::new()),
        (Beside::Drift { .. }, Applies::Yes) => {
            let text = "matrix file differs: `tierline matrix diff` / `tierline matrix apply`";
            (vec![Banner::alarm(text)], String::new())
        }
        (Beside::Drift { .. }, Applies::No) => {
            let text = String::from("matrix file differs from the one in force: `tierline matrix diff`");
            (vec![Banner { weight: Weight::Others, text }], String::new())
        }
        (Beside::Broken(broken), _) => {
            (Vec::new(), mistake::render(&broken.mistakes, &broken.text, Colour::Plain))
        }
    }
}
