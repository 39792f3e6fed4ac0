//! The queue: which list is asked for, the stretch of it that is held, and the cursor. The cursor is a ticket, not
//! a row: however the list changes, it stays on its ticket as long as that is there.

use crate::desk::{Anchor, Counts, Page};
use crate::domain::ids::TicketId;
use crate::domain::query::{Query, Sort, parse};
use crate::domain::row::Row;
use crate::domain::stamp::Stamp;
use crate::tui::effect::PageWish;
use crate::tui::msg::Generation;
use crate::tui::views::{VIEWS, View};

/// Rows held at once, after the first page.
const WINDOW: usize = 160;

/// However low the terminal is.
pub const LEAST_ROWS: usize = 8;

/// Rows of the first page, where so many are shown.
#[must_use]
pub fn first_rows(height: usize) -> usize {
    height + height / 2
}

/// The queue's state.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Queue {
    pub list: List,
    pub page: Page,
    pub cursor: Cursor,
    /// The first row shown, counted from the list's beginning.
    pub top: usize,
    pub state: Held,
    pub counts: Option<Counts>,
    /// When they were last asked for: what is due within the hour changes by itself.
    pub counted: Option<Stamp>,
    pub generation: Generation,
    /// The stretch asked for and not yet answered, by first row and number of rows.
    asked: Option<(usize, usize)>,
}

/// Which list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// A place in `VIEWS`.
    pub view: usize,
    /// As typed; known to parse.
    pub filter: String,
    /// Over the view's own; empty: that.
    pub sort: Vec<Sort>,
}

/// The selected ticket and its place in the list; without a ticket where its row is not held yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    pub at: usize,
    pub id: Option<TicketId>,
}

/// What is known of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Held {
    #[default]
    Nothing,
    Rows,
    /// It could not be read; rows shown are old.
    Failed(String),
}

impl List {
    /// A saved view by its name, without filter and with its own order.
    #[must_use]
    pub fn of_view(name: &str) -> List {
        let view = VIEWS.iter().position(|view| view.name == name).unwrap_or_default();
        List { view, ..List::default() }
    }

    /// Of who works in no group, and has come to look at all of them.
    #[must_use]
    pub fn without_groups() -> List {
        List::of_view("open")
    }

    #[must_use]
    pub fn view(&self) -> View {
        VIEWS.get(self.view).or(VIEWS.first()).copied().unwrap_or(View { name: "", query: "", doc: "" })
    }

    /// View, filter and order in one.
    #[must_use]
    pub fn query(&self) -> Query {
        let view = parse(self.view().query).unwrap_or_default();
        let mut query = view.and(parse(&self.filter).unwrap_or_default());
        if !self.sort.is_empty() {
            query.sort.clone_from(&self.sort);
        }
        query
    }
}

impl Queue {
    /// The row of a ticket, if it is held.
    #[must_use]
    pub fn row(&self, id: TicketId) -> Option<&Row> {
        self.page.rows.iter().find(|row| row.id == id)
    }

    #[must_use]
    pub fn selected(&self) -> Option<&Row> {
        self.row(self.cursor.id?)
    }

    /// The row at a place in the list, if it is held.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&Row> {
        self.page.rows.get(place.checked_sub(self.page.offset)?)
    }

    /// Rows to show, with their places.
    pub fn shown(&self, height: usize) -> impl Iterator<Item = (usize, Option<&Row>)> {
        let end = (self.top + height).min(self.page.total);
        (self.top.min(end)..end).map(|place| (place, self.at(place)))
    }

    /// Moves the cursor by so many rows.
    pub fn step(&mut self, by: isize, height: usize) {
        self.go(self.cursor.at.saturating_add_signed(by), height);
    }

    /// Moves the cursor to a place, or as near as there is one.
    pub fn go(&mut self, place: usize, height: usize) {
        let at = place.min(self.page.total.saturating_sub(1));
        self.cursor = Cursor { at, id: self.at(at).map(|row| row.id) };
        self.follow(height);
    }

    /// Keeps the cursor in sight.
    pub fn follow(&mut self, height: usize) {
        let height = height.max(1);
        let (least, most) = ((self.cursor.at + 1).saturating_sub(height), self.cursor.at);
        self.top = self.top.clamp(least, most).min(self.page.total.saturating_sub(height).max(least));
    }

    /// Turns to another list. The rows shown stay until the first of the new ones come.
    pub fn turn(&mut self, list: List) {
        let cursor = Cursor { at: 0, id: self.cursor.id };
        *self = Queue {
            list,
            page: std::mem::take(&mut self.page),
            cursor,
            state: Held::Nothing,
            counts: self.counts,
            counted: self.counted,
            generation: self.generation,
            ..Queue::default()
        };
    }

    /// Reads this list anew, to put the cursor on a ticket if the list has it; else the cursor stays at its place.
    pub fn seek(&mut self, id: TicketId) {
        let at = self.cursor.at;
        self.turn(self.list.clone());
        self.cursor = Cursor { at, id: Some(id) };
    }

    /// Turns to the list of everything, to a ticket in it.
    pub fn turn_to(&mut self, id: TicketId) {
        self.turn(List::of_view("all"));
        self.cursor.id = Some(id);
    }

    /// The rows missing around the cursor, unless they are on their way.
    #[must_use]
    pub fn need(&mut self, height: usize) -> Option<PageWish> {
        if height == 0 {
            return None;
        }
        let (anchor, from, rows) = match self.state {
            Held::Nothing if self.asked.is_some() => return None,
            Held::Nothing => match self.cursor.id {
                Some(id) => (Anchor::Around(id), 0, WINDOW),
                None => (Anchor::Top, 0, first_rows(height)),
            },
            Held::Rows | Held::Failed(_) => {
                let from = self.missing_from(height)?;
                (Anchor::Offset(from), from, WINDOW)
            }
        };
        self.asked = Some((from, rows));
        self.generation = Generation(self.generation.0 + 1);
        Some(PageWish { generation: self.generation, query: self.list.query(), anchor, rows })
    }

    fn missing_from(&self, height: usize) -> Option<usize> {
        let (at, total) = (self.cursor.at, self.page.total);
        let wanted = at.saturating_sub(height)..(at + height).min(total);
        let covers =
            |from: usize, rows: usize| from <= wanted.start && wanted.end <= (from + rows).min(total);
        if covers(self.page.offset, self.page.rows.len())
            || self.asked.is_some_and(|(from, n)| covers(from, n))
        {
            return None;
        }
        Some(at.saturating_sub(WINDOW / 2))
    }

    /// Takes a page that was asked for, or that changed under us; false for a stale one.
    pub fn take(&mut self, generation: Generation, page: Page, counts: Counts, height: usize) -> bool {
        self.counts = Some(counts);
        if generation != self.generation {
            return false;
        }
        let asked = self.asked.take();
        self.state = Held::Rows;
        let before = self.cursor.at;
        self.page = page;
        // A stretch shorter than was asked for ends the list, whatever a damaged desk counts: else what is missing
        // would be asked for for ever.
        let end = self.page.offset + self.page.rows.len();
        if asked.is_some_and(|(_, rows)| self.page.rows.len() < rows) {
            self.page.total = self.page.total.min(end);
        }
        let place = |id| self.page.rows.iter().position(|row| row.id == id);
        let kept = self.cursor.id.and_then(place).map(|n| self.page.offset + n);
        match kept {
            Some(at) => self.cursor.at = at,
            None => self.go(before, height),
        }
        self.top = (self.top + self.cursor.at).saturating_sub(before);
        self.follow(height);
        true
    }

    /// Notes that it could not be read; it is asked for again at the next refresh.
    pub fn fail(&mut self, why: String) {
        self.state = Held::Failed(why);
        self.asked = None;
    }
}
