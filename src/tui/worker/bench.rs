//! What the desk's thread keeps between two orders: the latest wishes, and what was last said.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::ear::Ear;
use super::round::Round;
use crate::desk::force::Beside;
use crate::desk::{Anchor, Counts, Desk, DeskError, Look, Noticed, Page, Seen, Story, TicketView, Writing};
use crate::domain::ids::{CommandId, TicketId};
use crate::domain::stamp::{Span, Stamp};
use crate::matrix::mistake::{self, Colour};
use crate::rules::worktime::Calendars;
use crate::tui::effect::PageWish;
use crate::tui::env::Standing;
use crate::tui::intent::Ask;
use crate::tui::model::inbox::Unseen;
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

/// The desk and what was said of it.
pub struct Bench {
    pub(super) desk: Desk,
    to: Sender<Msg>,
    page: Option<PageWish>,
    ticket: Option<(Generation, TicketId)>,
    /// Read with the first list, for the question that will follow; of the same moment as that list.
    ahead: Option<Box<TicketView>>,
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
    page: Option<(Generation, Page, Counts)>,
    ticket: Option<(Generation, Option<Box<TicketView>>)>,
    desk: Option<DeskFacts>,
    pub due: Option<Option<Stamp>>,
}

impl Bench {
    pub fn new(desk: Desk, seen: Option<Unseen>, to: Sender<Msg>) -> Bench {
        Bench {
            desk,
            to,
            page: None,
            ticket: None,
            ahead: None,
            said: Said::default(),
            calendars: None,
            health: Health::Fine,
            took: Duration::ZERO,
            ear: Ear::new(seen),
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

    /// Carries out a command; the answer goes out at once, before anything is read again.
    pub fn run(&mut self, job: Job, id: CommandId, ask: &Ask) -> Want {
        let started = Instant::now();
        let result = self.desk.run(ask.ticket, &ask.command, id);
        let failed = matches!(&result, Err(DeskError::Store(_)));
        let result = match result {
            Ok(done) => Ok(done.ticket.id),
            Err(DeskError::Refused(refusal)) => Err(NotDone::Refused(refusal)),
            Err(error) => Err(NotDone::Failed(error.to_string())),
        };
        if !failed {
            self.well(started.elapsed());
        }
        self.say(News::Ran { job, result });
        Want::Everything
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

    pub fn look(&mut self, want: Want) {
        let started = Instant::now();
        let looked = match want {
            Want::Nothing => return,
            Want::Ticket => self.look_at_ticket(),
            Want::Page => self.look_at_list(None, self.unanswered()),
            Want::Everything => self.look_at_all(),
        };
        match looked {
            Ok(()) => {
                self.well(started.elapsed());
                self.introduce();
            }
            Err(error) => self.ill(&error),
        }
    }

    /// The ticket that was asked for together with something greater, and not told yet.
    fn unanswered(&self) -> Option<TicketId> {
        let told = self.said.ticket.as_ref().map(|(generation, _)| *generation);
        self.ticket.filter(|(generation, _)| told != Some(*generation)).map(|(_, id)| id)
    }

    fn look_at_ticket(&mut self) -> Result<(), DeskError> {
        let Some((generation, id)) = self.ticket else { return Ok(()) };
        let view = match self.ahead.take().filter(|view| view.ticket.id == id) {
            Some(view) => Some(view),
            None => self.desk.ticket(id)?.map(Box::new),
        };
        self.say_ticket(generation, id, view);
        Ok(())
    }

    /// The same stretch of the list again; around the ticket that is shown, if it was there and is no more: so a
    /// refresh finds it wherever it went, and where it left the list, the stretch stays.
    fn look_at_all(&mut self) -> Result<(), DeskError> {
        let shown = self.ticket.map(|(_, id)| id);
        let listed = |id: &TicketId| {
            self.said.page.as_ref().is_some_and(|(_, page, _)| page.rows.iter().any(|row| row.id == *id))
        };
        let stretch = self.said.page.as_ref().map(|(_, page, _)| Anchor::Offset(page.offset));
        let held = shown.filter(listed);
        self.look_at_list(stretch.filter(|_| held.is_some()), shown)
    }

    fn look_at_list(&mut self, anchor: Option<Anchor>, ticket: Option<TicketId>) -> Result<(), DeskError> {
        let Some(wish) = self.page.clone() else { return self.look_at_ticket() };
        let story = match (ticket, self.ticket) {
            (Some(id), _) => Story::Of(id),
            (None, Some(_)) => Story::Nobodys,
            (None, None) => Story::Firsts,
        };
        let news = self.ear.asks();
        let look = |anchor| Look { query: wish.query.clone(), anchor, rows: wish.rows, story, news };
        let mut seen = self.desk.look(&look(anchor.unwrap_or(wish.anchor)))?;
        let has = |seen: &Seen, id| seen.page.rows.iter().any(|row| row.id == id);
        if let (Some(_), Some(id)) = (anchor, ticket)
            && !has(&seen, id)
        {
            let around = self.desk.look(&look(Anchor::Around(id)))?;
            if has(&around, id) {
                seen = around;
            }
        }
        self.ahead = if story == Story::Firsts { seen.ticket.take() } else { None };
        self.say_seen(wish.generation, seen, ticket);
        Ok(())
    }

    fn say_seen(&mut self, generation: Generation, seen: Seen, ticket: Option<TicketId>) {
        let heard = seen.heard.and_then(|heard| self.ear.take(heard));
        heard.into_iter().for_each(|news| self.say(news));
        self.say_due(seen.next);
        let page = (generation, seen.page, seen.counts);
        if self.said.page.as_ref() != Some(&page) {
            self.said.page = Some(page.clone());
            self.say(News::Page { generation, page: page.1, counts: page.2 });
        }
        if let (Some(id), Some((generation, wanted))) = (ticket, self.ticket)
            && id == wanted
        {
            self.say_ticket(generation, id, seen.ticket);
        }
    }

    fn say_ticket(&mut self, generation: Generation, id: TicketId, view: Option<Box<TicketView>>) {
        let said = (generation, view);
        if self.said.ticket.as_ref() != Some(&said) {
            self.said.ticket = Some(said.clone());
            self.say(News::Ticket { generation, id, view: said.1 });
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
