//! `review`: the supervisor's two minutes

use clap::Args;
use serde_json::{Value, json};

use super::list::{self, Detail};
use crate::cli::error::Ran;
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::style::Role;
use crate::desk::{Anchor, Desk, Page};
use crate::domain::query::parse;
use crate::domain::text::{neutral, says_something};
use crate::matrix::Matrix;

/// What needs a decision now, in plain text for eighty columns
///
/// Every heading is a query that `tierline list` takes too.
#[derive(Debug, Args)]
pub struct Review {
    /// Rows below each heading
    #[arg(long, value_name = "N", default_value_t = 5)]
    rows: usize,
}

/// A heading and the query below it.
struct Section {
    id: String,
    title: String,
    query: String,
}

impl Review {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let mut desk = session.desk_to_read()?;
        let matrix = desk.matrix();
        let mut found = Vec::new();
        for section in sections(&matrix) {
            let query = parse(&section.query).unwrap_or_default();
            let page = desk.page(&query, Anchor::Top, self.rows)?;
            found.push((section, page));
        }
        found.retain(|(_, page)| page.total > 0);
        let name = matrix.desk.name.as_str();
        match session.out.format {
            Format::Json => Ok(session.out.json(&json(name, &found))?),
            Format::Text => print(session, &desk, &found),
        }
    }
}

fn print(session: &mut Session<'_>, desk: &Desk, found: &[(Section, Page)]) -> Ran {
    let matrix = desk.matrix();
    let name = matrix.desk.name.as_str();
    let paint = session.out.paint;
    session.out.width = Some(session.out.width.unwrap_or(WIDTH));
    let title = format!("{} at {}", neutral(name), session.zone().long(session.now()));
    session.out.line(paint.role(Role::Title, &title))?;
    if found.is_empty() {
        session.out.line("nothing needs you now")?;
    }
    for (section, page) in found {
        session.out.line("")?;
        let heading = format!("{}: {}", neutral(&section.title), page.total);
        session.out.line(paint.role(Role::Title, &heading))?;
        list::print(session, desk, &page.rows, Detail::Brief)?;
        if page.total > page.rows.len() {
            session.out.line(format_args!(
                "all {}: tierline list '{}'",
                page.total,
                neutral(&section.query)
            ))?;
        }
    }
    Ok(())
}

/// What an old terminal has.
const WIDTH: usize = 80;

fn json(name: &str, found: &[(Section, Page)]) -> Value {
    let section = |(section, page): &(Section, Page)| {
        json!({
            "id": section.id,
            "title": section.title,
            "query": section.query,
            "total": page.total,
            "tickets": page.rows.iter().map(shape::row).collect::<Value>(),
        })
    };
    shape::versioned(json!({ "desk": name, "sections": found.iter().map(section).collect::<Value>() }))
}

fn sections(matrix: &Matrix) -> Vec<Section> {
    let levels: Vec<&str> = matrix.grid.levels.iter().map(|level| level.as_str()).take(2).collect();
    let urgent = levels.iter().map(|level| quoted(level)).collect::<Vec<_>>().join(",");
    let fixed = [
        ("breached", String::from("a clock is breached"), String::from("is:breached sort:due")),
        (
            "due",
            String::from("a clock falls due within the hour"),
            String::from("is:open due:0m..1h sort:due"),
        ),
        (
            "unowned",
            format!("{}, nobody's", levels.join(" and ")),
            format!("is:open is:unowned prio:{urgent} sort:prio,-age"),
        ),
        (
            "overdue",
            String::from("waiting, and the time to look again has passed"),
            String::from("is:waiting is:due -is:breached sort:due"),
        ),
        (
            "unconfirmed",
            String::from("resolved over two days ago, not confirmed"),
            String::from("status:resolved resolved:>2d sort:resolved"),
        ),
        ("bounced", String::from("sent back twice or more"), String::from("is:open bounces:>=2 sort:prio")),
        ("reopened", String::from("reopened"), String::from("is:open is:reopened sort:prio")),
        (
            "forgotten",
            String::from("nobody's for over a day"),
            String::from("status:open is:unowned age:>1d sort:-age"),
        ),
        (
            "silent",
            String::from("nothing happened for three days"),
            String::from("status:open updated:>3d sort:updated"),
        ),
    ];
    let fixed = fixed.into_iter().map(|(id, title, query)| Section { id: id.to_owned(), title, query });
    fixed.chain(matrix.tiers.iter().map(|tier| oldest(tier.name.as_str()))).collect()
}

fn oldest(tier: &str) -> Section {
    Section {
        id: format!("oldest-{}", tier.to_lowercase()),
        title: format!("open in {tier}, the oldest first"),
        query: format!("is:open tier:{} sort:-age", quoted(tier)),
    }
}

/// A name as the query language takes it.
fn quoted(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '-') && says_something(name);
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")) }
}
