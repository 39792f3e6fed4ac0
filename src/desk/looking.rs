//! What the desk shows, each look in one read transaction; and the cheap question whether anything is new.

use super::error::DeskError;
use super::notices::{self, Found, Me};
use super::opened::Desk;
use super::sweep::{Deferred, next_of};
use super::view::{Anchor, Count, Counts, Look, News, Page, Seen, Story, TicketView};
use crate::domain::event::Recorded;
use crate::domain::fold::replay;
use crate::domain::ids::{EventId, TicketId};
use crate::domain::query::{Query, Scope, parse};
use crate::domain::stamp::Stamp;
use crate::rules::next::next_groups;
use crate::rules::{Context, scope};
use crate::store::{
    self, CountsRequest, Foresight, Head, Mark, Noticed, PageRequest, Reader, Revision, StoreError,
};

/// The header's figures, in the order of [`Counts`].
const COUNTED: [&str; 5] =
    ["is:open", "is:open owner:none", "is:open owner:me", "is:waiting", "status:resolved"];
const RESOLVED: usize = 4;

/// What is breached, and all that is or will be due within the hour: counted along the list in the order of what falls
/// due, and no further than its first page is read anyway.
const PRESSING: [&str; 2] = ["is:open is:breached", "is:open due:<1h"];
const MOST: u64 = 40;

/// A look made ready: whatever reads it needs nothing else of the desk.
#[derive(Debug)]
pub(super) struct Sought {
    request: PageRequest,
    counted: CountsRequest,
    pressing: CountsRequest,
    story: Story,
    news: News,
    me: Me,
    now: Stamp,
    deferred: Deferred,
}

/// What a look read, all of one moment.
#[derive(Debug)]
pub(super) struct Caught {
    /// Of the matrix in force.
    revision: i64,
    mark: Mark,
    page: store::Page,
    story: Option<(TicketId, Vec<Recorded>)>,
    counts: Vec<u64>,
    pressing: Vec<u64>,
    late: u64,
    found: Option<Found>,
    next: Option<Stamp>,
}

impl Sought {
    pub fn new(look: &Look, ctx: &Context<'_>, deferred: Deferred) -> Sought {
        let scope = ctx.scope();
        Sought {
            request: page_request(look, &scope),
            counted: counted(&COUNTED, &scope),
            pressing: counted(&PRESSING, &scope),
            story: look.story,
            news: look.news,
            me: Me::of(&ctx.author.actor, ctx.matrix),
            now: ctx.now,
            deferred,
        }
    }

    pub fn read(&self, reader: &Reader<'_>) -> Result<Caught, StoreError> {
        let (revision, mark) = (reader.horizon()?.revision, reader.mark()?);
        let page = reader.page(&self.request)?;
        let story = match told(self.story, &page) {
            Some(id) => Some((id, reader.stream(id)?)),
            None => None,
        };
        let (counts, pressing) = (reader.counts(&self.counted)?, reader.counts_up_to(&self.pressing, MOST)?);
        // A desk that has nothing to confirm reads nothing for it.
        let late = if at(&counts, RESOLVED) > 0 { reader.unconfirmed(self.now, MOST)? } else { 0 };
        let found = heard(self.news, &self.me, reader)?;
        let next = next_of(reader, &self.deferred, self.now)?;
        Ok(Caught { revision, mark, page, story, counts, pressing, late, found, next })
    }
}

impl Desk {
    /// Looks at a list, the header's figures and a ticket, all of one moment.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn look(&mut self, look: &Look) -> Result<Seen, DeskError> {
        let sought = self.sought(look);
        let caught = self.store.read(&mut self.patience, |reader| sought.read(reader))?;
        self.taken_in(caught)
    }

    pub(super) fn sought(&self, look: &Look) -> Sought {
        Sought::new(look, &self.context(), self.deferred.clone())
    }

    /// What was read, as the desk shows it; remembers of which moment it is.
    pub(super) fn taken_in(&mut self, caught: Caught) -> Result<Seen, DeskError> {
        self.mark = Some(caught.mark);
        self.notice_matrix(caught.revision)?;
        let ticket = caught.story.and_then(|(id, log)| self.view(id, log)).map(Box::new);
        let heard = caught.found.map(|found| self.heard(found));
        let counts = counts_of(&caught.counts, &caught.pressing, caught.late);
        Ok(Seen { page: shown(caught.page), counts, ticket, heard, next: caught.next })
    }

    /// A ticket with its story; none where there is no such ticket.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn ticket(&mut self, id: TicketId) -> Result<Option<TicketView>, DeskError> {
        let log = self.store.read(&mut self.patience, |reader| reader.stream(id))?;
        Ok(self.view(id, log))
    }

    /// A stretch of a list.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn page(&mut self, query: &Query, anchor: Anchor, rows: usize) -> Result<Page, DeskError> {
        let look = Look { query: query.clone(), anchor, rows, story: Story::Nobodys, news: News::Unasked };
        let request = page_request(&look, &self.scope());
        Ok(shown(self.store.read(&mut self.patience, |reader| reader.page(&request))?))
    }

    /// How many tickets each query finds.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn count(&mut self, queries: Vec<Query>) -> Result<Vec<u64>, DeskError> {
        let request = CountsRequest { queries, scope: self.scope() };
        Ok(self.store.read(&mut self.patience, |reader| reader.counts(&request))?)
    }

    /// Up to `most` events of the whole log behind `after`.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn log(&mut self, after: EventId, most: usize) -> Result<Vec<Recorded>, DeskError> {
        Ok(self.store.read(&mut self.patience, |reader| reader.events_since(after, most))?)
    }

    /// Several answers of one moment, straight from the store.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn read<T>(
        &mut self,
        work: impl FnMut(&Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, DeskError> {
        Ok(self.store.read(&mut self.patience, work)?)
    }

    /// The log's last event and its hash, to be written down elsewhere.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn head(&mut self) -> Result<Head, DeskError> {
        Ok(self.store.read(&mut self.patience, |reader| reader.head())?)
    }

    /// Every matrix that was in force.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn revisions(&mut self) -> Result<Vec<Revision>, DeskError> {
        Ok(self.store.read(&mut self.patience, |reader| reader.revisions())?)
    }

    /// Whether anything was committed since the last [`Desk::look`]: one call to the drive, no lock.
    ///
    /// # Errors
    /// Trouble with the file.
    pub fn changed(&mut self) -> Result<Noticed, DeskError> {
        match &mut self.mark {
            Some(mark) => Ok(self.store.changed(mark, &mut self.patience)?),
            None => Ok(Noticed::Something),
        }
    }

    /// Who asks, for queries.
    #[must_use]
    pub fn scope(&self) -> Scope {
        scope(self.author.actor.as_str(), self.clock.now(), &self.force.matrix)
    }

    fn view(&mut self, id: TicketId, log: Vec<Recorded>) -> Option<TicketView> {
        if log.is_empty() || id == TicketId::DESK {
            return None;
        }
        let ticket = replay(id, &log);
        self.remember(ticket.clone());
        let next = next_groups(&self.context(), &ticket);
        let outlook = self.sight.outlook(&ticket, &log);
        Some(TicketView { ticket, outlook, log, next })
    }

    /// Takes the matrix of another revision for its own; 0 is none.
    pub(super) fn notice_matrix(&mut self, revision: i64) -> Result<(), DeskError> {
        if revision == 0 || revision == self.force.revision { Ok(()) } else { self.reload_matrix() }
    }
}

fn page_request(look: &Look, scope: &Scope) -> PageRequest {
    let anchor = match look.anchor {
        Anchor::Top => store::Anchor::Top,
        Anchor::Offset(offset) => store::Anchor::Offset(u64::try_from(offset).unwrap_or(u64::MAX)),
        Anchor::Around(id) => store::Anchor::Around(id),
    };
    PageRequest {
        query: look.query.clone(),
        scope: scope.clone(),
        anchor,
        rows: u64::try_from(look.rows).unwrap_or(u64::MAX),
    }
}

fn heard(news: News, me: &Me, reader: &Reader<'_>) -> Result<Option<Found>, StoreError> {
    match news {
        News::Unasked => Ok(None),
        News::Since(event) => me.find(reader, event, notices::MOST).map(Some),
        News::FromNowOn => Ok(Some((Vec::new(), notices::posted(reader)?))),
    }
}

/// The ticket whose story goes along with a page.
fn told(story: Story, page: &store::Page) -> Option<TicketId> {
    match story {
        Story::Nobodys => None,
        Story::Of(id) => Some(id),
        Story::Firsts => page.rows.first().map(|row| row.id),
    }
}

fn counted(queries: &[&str], scope: &Scope) -> CountsRequest {
    let queries = queries.iter().map(|text| parse(text).unwrap_or_default()).collect();
    CountsRequest { queries, scope: scope.clone() }
}

fn at(counts: &[u64], n: usize) -> u64 {
    counts.get(n).copied().unwrap_or(0)
}

fn counts_of(found: &[u64], pressing: &[u64], late: u64) -> Counts {
    let (breached, by_then) = (at(pressing, 0), at(pressing, 1));
    let count = |n: usize| number(at(found, n));
    let bounded = |n: u64, all: u64| match all < MOST {
        true => Count::Exactly(number(n)),
        false => Count::AtLeast(number(n)),
    };
    Counts {
        live: count(0),
        breached: bounded(breached + late, breached.max(late)),
        soon: bounded(by_then.saturating_sub(breached), by_then),
        unowned: count(1),
        mine: count(2),
        waiting: count(3),
        resolved: count(RESOLVED),
    }
}

fn shown(page: store::Page) -> Page {
    let store::Total::Known(total) = page.total;
    Page { offset: number(page.offset), total: number(total), rows: page.rows }
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
