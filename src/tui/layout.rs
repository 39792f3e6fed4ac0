//! Where everything stands on a screen of a given size: pure, and the one source for drawing, page sizes and the
//! mouse.
//!
//! ```text
//!   header                                  one row
//!   banner                                  none, one or two rows: what stands to be said
//!   notice                                  none or one row: what the person must hear of
//! ─ Queue ────────────────────────────────  the full width, so that the terminal can scroll it
//!   ...
//! ─ Ticket ──────────────┬─ Escalation log
//!   ...                  │ ...
//!   footer                                  one row
//! ```
//! From 170 columns the queue stands left of ticket and log; below 100x30 there is one pane at a time.

use ratatui::layout::{Constraint, Layout, Rect};

use super::action::Context;

/// Below this nothing useful fits.
pub const LEAST: (u16, u16) = (60, 15);
const STACKED: (u16, u16) = (100, 30);
const BESIDE: (u16, u16) = (170, 24);

/// The panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    #[default]
    Queue,
    Ticket,
    Log,
}

impl Pane {
    pub const ALL: [Pane; 3] = [Pane::Queue, Pane::Ticket, Pane::Log];

    /// The context whose keys it takes.
    #[must_use]
    pub fn context(self) -> Context {
        match self {
            Pane::Queue => Context::Queue,
            Pane::Ticket => Context::Ticket,
            Pane::Log => Context::Log,
        }
    }

    #[must_use]
    pub fn next(self) -> Pane {
        match self {
            Pane::Queue => Pane::Ticket,
            Pane::Ticket => Pane::Log,
            Pane::Log => Pane::Queue,
        }
    }

    #[must_use]
    pub fn previous(self) -> Pane {
        self.next().next()
    }
}

/// How the panes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    TooSmall,
    OneAtATime,
    Stacked,
    Beside,
}

/// Where things are; what is not shown has no area. Each pane's first row is its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    pub shape: Shape,
    pub header: Rect,
    pub banner: Rect,
    pub notice: Rect,
    pub queue: Rect,
    pub ticket: Rect,
    pub log: Rect,
    pub footer: Rect,
}

impl Areas {
    #[must_use]
    pub fn pane(&self, pane: Pane) -> Rect {
        match pane {
            Pane::Queue => self.queue,
            Pane::Ticket => self.ticket,
            Pane::Log => self.log,
        }
    }

    /// A pane's content: below its title, a column in from its sides and from the line at its left.
    #[must_use]
    pub fn content(&self, pane: Pane) -> Rect {
        let line = u16::from(self.pane(pane).x > 0);
        let below = below(self.pane(pane), 1);
        let x = below.x.saturating_add(1 + line).min(below.right());
        Rect { x, width: below.width.saturating_sub(2 + line), ..below }
    }

    /// Rows of tickets that the queue shows.
    #[must_use]
    pub fn queue_rows(&self) -> usize {
        usize::from(rows_of(self.queue).height)
    }

    /// The pane at a cell.
    #[must_use]
    pub fn pane_at(&self, x: u16, y: u16) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| self.pane(*pane).contains((x, y).into()))
    }
}

/// The tickets' rows of a queue's area: below its title and its headings.
#[must_use]
pub fn rows_of(queue: Rect) -> Rect {
    below(queue, 2)
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y.saturating_add(rows), height: area.height - rows, ..area }
}

/// How much there is to say above the panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bands {
    pub banners: usize,
    pub notices: usize,
}

/// Lays out a screen.
#[must_use]
pub fn areas(area: Rect, focus: Pane, said: Bands) -> Areas {
    let shape = shape(area);
    let least = |n: usize, most: usize| u16::try_from(n.min(most)).unwrap_or(0);
    let (banner, notice) = match shape {
        Shape::TooSmall => (0, 0),
        _ => (least(said.banners, 2), least(said.notices, 1)),
    };
    let bands = [1, banner, notice].map(Constraint::Length).into_iter();
    let bands = bands.chain([Constraint::Fill(1), Constraint::Length(1)]);
    let [header, banner, notice, body, footer] = Layout::vertical(bands).areas(area);
    let [queue, ticket, log] = panes(shape, body, focus);
    Areas { shape, header, banner, notice, queue, ticket, log, footer }
}

fn shape(area: Rect) -> Shape {
    let fits = |least: (u16, u16)| area.width >= least.0 && area.height >= least.1;
    match () {
        () if !fits(LEAST) => Shape::TooSmall,
        () if fits(BESIDE) => Shape::Beside,
        () if fits(STACKED) => Shape::Stacked,
        () => Shape::OneAtATime,
    }
}

fn panes(shape: Shape, body: Rect, focus: Pane) -> [Rect; 3] {
    let none = Rect { width: 0, height: 0, ..body };
    match shape {
        Shape::TooSmall => [none; 3],
        Shape::OneAtATime => Pane::ALL.map(|pane| if pane == focus { body } else { none }),
        Shape::Stacked => {
            let [queue, story] = Layout::vertical([Constraint::Fill(11), Constraint::Fill(9)]).areas(body);
            let [ticket, log] = Layout::horizontal([Constraint::Fill(11), Constraint::Fill(9)]).areas(story);
            [queue, ticket, log]
        }
        Shape::Beside => {
            let [queue, story] = Layout::horizontal([Constraint::Fill(12), Constraint::Fill(8)]).areas(body);
            let [ticket, log] = Layout::vertical([Constraint::Fill(11), Constraint::Fill(9)]).areas(story);
            [queue, ticket, log]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(width: u16, height: u16, focus: Pane) -> Areas {
        areas(Rect::new(0, 0, width, height), focus, Bands::default())
    }

    #[test]
    fn panes_stand_as_the_size_allows() {
        assert_eq!(at(59, 40, Pane::Queue).shape, Shape::TooSmall);
        assert_eq!(at(60, 15, Pane::Queue).shape, Shape::OneAtATime);
        assert_eq!(at(120, 40, Pane::Queue).shape, Shape::Stacked);
        assert_eq!(at(200, 50, Pane::Queue).shape, Shape::Beside);
        assert_eq!(at(120, 40, Pane::Log).queue.width, 120, "the terminal scrolls full rows only");
    }

    #[test]
    fn a_small_screen_shows_the_focused_pane() {
        let areas = at(80, 24, Pane::Log);
        assert_eq!((areas.log.height, areas.queue.height, areas.ticket.height), (22, 0, 0));
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_nothing_leaves_the_screen(w in 0u16..300, h in 0u16..100, n in 0usize..4, m in 0usize..3, f in 0usize..3) {
            let screen = Rect::new(0, 0, w, h);
            let areas = areas(screen, Pane::ALL[f], Bands { banners: n, notices: m });
            let all = [areas.header, areas.banner, areas.notice, areas.queue, areas.ticket, areas.log, areas.footer];
            for (i, a) in all.iter().enumerate() {
                prop_assert_eq!(a.intersection(screen).area(), a.area());
                prop_assert!(all.iter().skip(i + 1).all(|b| a.intersection(*b).area() == 0));
            }
        }
    }
}
