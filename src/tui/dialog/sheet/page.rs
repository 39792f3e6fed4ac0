//! What stands on a page to read, and how it is framed: the matrix with its mistakes where it has any, or the life
//! of a ticket's clocks as `tierline explain` prints it.

use ratatui::layout::Rect;

use super::super::frame;
use super::super::says::Says;
use super::path::Path;
use crate::desk::TicketView;
use crate::desk::explain::{self, Hand};
use crate::domain::event::Recorded;
use crate::domain::ids::TicketId;
use crate::matrix::chart::{self, ChartLine, chart};
use crate::rules::explain::{Signs, explain};
use crate::tui::action::ActionId;
use crate::tui::env::Env;
use crate::tui::theme::{Charset, Role, Theme};
use crate::tui::view::text::{width, wrap};

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub enum Page {
    /// With the selected ticket's way through it, once that is read.
    Matrix(Option<Box<Path>>),
    Clocks {
        ticket: TicketId,
        log: Vec<Recorded>,
    },
}

/// A table of clocks is this wide.
const TABLE: u16 = 78;

impl Page {
    /// The matrix, and where a ticket goes in it.
    #[must_use]
    pub fn matrix(view: Option<&TicketView>, env: &Env) -> Page {
        Page::Matrix(view.map(|view| Box::new(Path::of(view, env))))
    }

    /// The clocks of a ticket.
    #[must_use]
    pub fn clocks(view: &TicketView) -> Page {
        Page::Clocks { ticket: view.ticket.id, log: view.log.clone() }
    }

    /// Its key closes it too.
    #[must_use]
    pub fn action(&self) -> ActionId {
        match self {
            Page::Matrix(_) => ActionId::Matrix,
            Page::Clocks { .. } => ActionId::Explain,
        }
    }

    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Page::Matrix(None) => String::from("Escalation matrix"),
            Page::Matrix(Some(path)) => format!("Escalation matrix and {}", path.view.ticket.id),
            Page::Clocks { ticket, .. } => format!("Clocks of {ticket}"),
        }
    }

    /// Takes its ticket anew, or for the first time.
    pub fn meanwhile(&mut self, view: &TicketView, env: &Env) {
        match self {
            Page::Clocks { ticket, log } if *ticket == view.ticket.id => log.clone_from(&view.log),
            Page::Matrix(Some(path)) if path.view.ticket.id != view.ticket.id => {}
            Page::Matrix(path) => *path = Some(Box::new(Path::of(view, env))),
            Page::Clocks { .. } => {}
        }
    }

    /// The box for so many rows of content.
    #[must_use]
    pub fn outer(&self, screen: Rect, rows: usize) -> Rect {
        match self {
            Page::Matrix(_) => screen,
            Page::Clocks { .. } => frame::place(screen, u16::try_from(rows).unwrap_or(u16::MAX)),
        }
    }

    /// The content's place in its box: where a table would not fit else, the blanks beside the frame are left out.
    #[must_use]
    pub fn inside(&self, outer: Rect) -> Rect {
        let inner = frame::inside(outer);
        match self {
            Page::Clocks { .. } if inner != outer && inner.width < TABLE => {
                Rect { x: inner.x - 1, width: inner.width + 2, ..inner }
            }
            Page::Matrix(_) | Page::Clocks { .. } => inner,
        }
    }

    #[must_use]
    pub fn lines(&self, columns: usize, theme: &Theme, env: &Env) -> Vec<Says> {
        match self {
            Page::Matrix(path) => matrix(path.as_deref(), columns, theme, env),
            Page::Clocks { log, .. } => clocks(log, columns, theme, env),
        }
    }
}

fn matrix(path: Option<&Path>, columns: usize, theme: &Theme, env: &Env) -> Vec<Says> {
    let mut lines = Vec::new();
    if !env.diagnosis.is_empty() {
        lines.push(Says::new(
            Role::Error,
            "The matrix has mistakes; the desk goes by the last one that was whole.",
        ));
        lines.extend(env.diagnosis.lines().map(|line| Says::new(Role::Text, line)));
        lines.push(Says::default());
    }
    lines.extend(path.into_iter().flat_map(|path| path.lines(columns, theme, env)));
    let here = path.map(|path| path.view.ticket.place.queue.group.as_str());
    let charset = match theme.charset() {
        Charset::Unicode => chart::Charset::Unicode,
        Charset::Ascii => chart::Charset::Ascii,
    };
    lines.extend(chart(&env.matrix, columns, charset).iter().map(|line| styled(line, here)));
    lines
}

/// The group that the ticket is in stands out.
fn styled(line: &ChartLine, here: Option<&str>) -> Says {
    line.spans.iter().fold(Says::default(), |says, span| {
        let role = match span.tone {
            chart::Tone::Title => Role::Title,
            chart::Tone::Key if Some(span.text.as_str()) == here => Role::Chosen,
            chart::Tone::Key => Role::Heading,
            chart::Tone::Value => Role::Text,
            chart::Tone::Muted => Role::Muted,
            chart::Tone::Frame => Role::Border,
            chart::Tone::Warn => Role::Warned,
        };
        says.and(role, span.text.as_str())
    })
}

fn clocks(log: &[Recorded], columns: usize, theme: &Theme, env: &Env) -> Vec<Says> {
    let signs = match theme.charset() {
        Charset::Unicode => Signs::Blocks,
        Charset::Ascii => Signs::Ascii,
    };
    let told = explain(log, &env.ground());
    let page = explain::page(&told, Hand { zone: &env.zone, signs, revision: env.revision });
    page.iter().flat_map(|(tone, line)| broken(role(*tone), line, columns)).collect()
}

fn role(tone: explain::Tone) -> Role {
    match tone {
        explain::Tone::Title => Role::Title,
        explain::Tone::Plain => Role::Text,
        explain::Tone::Faint => Role::Muted,
        explain::Tone::Alarm => Role::Breached,
    }
}

/// A line, and what has no room in it below, set in.
fn broken(role: Role, line: &str, columns: usize) -> Vec<Says> {
    const IN: usize = 4;
    if width(line) <= columns {
        return vec![Says::new(role, line)];
    }
    let pieces = wrap(line, columns.saturating_sub(IN));
    let pieces = pieces.into_iter().enumerate();
    pieces
        .map(|(n, piece)| Says::new(role, if n == 0 { piece } else { format!("{:IN$}{piece}", "") }))
        .collect()
}
