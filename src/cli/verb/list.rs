//! `list`, and the rows that `review` shows too

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::{Failure, Ran};
use crate::cli::given::count;
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::style::Role;
use crate::cli::table::{self, Cell, Side, firm, soft};
use crate::desk::explain::short;
use crate::desk::{Anchor, Desk, Page};
use crate::domain::query::field::{FIELDS, Field, STATES};
use crate::domain::query::{Query, parse};
use crate::domain::row::{Row, Standing};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Phase;

/// List tickets by the query language
///
/// `tierline list 'is:open prio:P1..P2 -group:network sort:due'`. Without a query: what is open. Quote a query with
/// blanks or quotes in it, or with a term that begins with `-`, whole.
#[derive(Debug, Args)]
#[command(after_long_help = language())]
pub struct List {
    /// What to list
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// At most so many; 0 for all
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = count)]
    limit: usize,
    /// Only the numbers, to be piped into another verb
    #[arg(long, conflicts_with = "json")]
    ids: bool,
}

impl List {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let query = read_query(&self.query)?;
        let mut desk = session.desk_to_read()?;
        let rows = if self.limit == 0 { ALL } else { self.limit };
        let page = desk.page(&query, Anchor::Top, rows)?;
        match session.out.format {
            _ if self.ids => page.rows.iter().try_for_each(|row| session.out.line(row.id.0))?,
            Format::Json => {
                let tickets: Value = page.rows.iter().map(shape::row).collect();
                session.out.json(&shape::versioned(json!({ "total": page.total, "tickets": tickets })))?;
            }
            Format::Text => {
                print(session, &desk, &page.rows, Detail::Full)?;
                rest(session, &page);
            }
        }
        Ok(())
    }
}

/// No list is longer.
pub const ALL: usize = u32::MAX as usize;

/// The language, from the table that its parser reads.
fn language() -> String {
    let field = |field: &Field| format!("  {:<28} {}", field.example, field.help);
    let fields: Vec<String> = FIELDS.iter().map(field).collect();
    format!(
        "The query language:\n{}\n\nTerms are all required; a comma is or, a leading - is not (put `--` before such a query), .. a range, a trailing * anything.\n\
         Bare or quoted words search the text. `is:` knows {}.",
        fields.join("\n"),
        STATES.iter().filter_map(|(_, words, _)| words.first().copied()).collect::<Vec<_>>().join(", ")
    )
}

/// The words of a query as one; without any, what is open.
///
/// # Errors
/// What is none of the language, with its place.
pub fn read_query(words: &[String]) -> Ran<Query> {
    let text = words.join(" ");
    let text = if text.trim().is_empty() { "is:open" } else { text.trim() };
    parse(text).map_err(|error| {
        Failure::usage(format!("that is no query\n{error}"), "`tierline list --help` shows the language")
    })
}

/// How much of a row to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Below a heading that says the rest.
    Brief,
    Full,
}

/// Narrower than this there is no room for the requester.
const ROOMY: usize = 100;

type Column = (table::Column, fn(&Row, Stamp, &Desk) -> Cell);

fn columns(detail: Detail, width: Option<usize>) -> Vec<Column> {
    let full = detail == Detail::Full;
    let roomy = full && width.is_none_or(|width| width >= ROOMY);
    let all: [(bool, Column); 10] = [
        (true, (firm("#", Side::Right), |row, _, _| Cell(Role::Title, row.id.0.to_string()))),
        (true, (firm("prio", Side::Left), |row, _, _| Cell(urgency(row), row.grade.priority.clone()))),
        (full, (firm("status", Side::Left), |row, _, _| row.phase.name().into())),
        (true, (firm("tier", Side::Left), |row, _, _| (&row.place.tier).into())),
        (true, (soft("group", 8), |row, _, _| (&row.place.group).into())),
        (
            true,
            (
                soft("owner", 6),
                |row, _, _| if row.owner.is_empty() { "-".into() } else { (&row.owner).into() },
            ),
        ),
        (true, (firm("clock", Side::Left), clock)),
        (true, (firm("age", Side::Right), |row, now, _| now.since(row.times.opened).to_string().into())),
        (roomy, (soft("requester", 8), |row, _, _| (&row.requester).into())),
        (true, (soft("subject", 24), |row, _, _| (&row.subject).into())),
    ];
    all.into_iter().filter_map(|(wanted, column)| wanted.then_some(column)).collect()
}

/// The clock in force and the working time that is left of it: `own -4m`.
fn clock(row: &Row, now: Stamp, desk: &Desk) -> Cell {
    let Some((clock, left)) = row.outlook.clock.zip(desk.left(row)) else {
        return (if row.phase == Phase::Waiting { "paused" } else { "-" }).into();
    };
    let role = match row.outlook.standing(now) {
        Standing::Breached => Role::Alarm,
        Standing::Warned | Standing::InTime => Role::Plain,
    };
    Cell(role, format!("{} {}", clock.name(), short(left)))
}

fn urgency(row: &Row) -> Role {
    if row.grade.rank == 0 { Role::Alarm } else { Role::Plain }
}

/// Prints rows as a table; nothing where there are none.
///
/// # Errors
/// What the stream says.
pub fn print(session: &mut Session<'_>, desk: &Desk, rows: &[Row], detail: Detail) -> Ran {
    if rows.is_empty() {
        return Ok(());
    }
    let now = session.now();
    let columns = columns(detail, session.out.width);
    let heads: Vec<table::Column> = columns.iter().map(|(head, _)| *head).collect();
    let cells = |row: &Row| columns.iter().map(|(_, cell)| cell(row, now, desk)).collect();
    let cells: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
    for line in table::lines(&heads, &cells, session.out.width, session.out.paint) {
        session.out.line(line)?;
    }
    Ok(())
}

fn rest(session: &Session<'_>, page: &Page) {
    if page.total == 0 {
        session.remark("no ticket matches");
    } else if page.rows.len() < page.total {
        session.remark(&format!("{} of {}; --limit 0 shows all", page.rows.len(), page.total));
    }
}
