//! `report`

use clap::Args;

use super::list::{ALL, read_query};
use crate::cli::error::Ran;
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::desk::Anchor;
use crate::domain::query::Query;
use crate::report::{self, Figures, Outcomes, Verdicts};

/// Count tickets: by state, priority, tier and group, how they moved and how long they took, ratings, satisfaction, breaches
#[derive(Debug, Args)]
pub struct Report {
    /// Which tickets; otherwise all
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// One table of comma-separated values
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

impl Report {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let query = if self.query.is_empty() { Query::default() } else { read_query(&self.query)? };
        let mut desk = session.desk_to_read()?;
        let page = desk.page(&query, Anchor::Top, ALL)?;
        let (rated, outcomes) = desk.read(|reader| Ok((reader.rated()?, reader.outcomes()?)))?;
        let mut sections = Figures::of(&page.rows).sections();
        sections.push(Verdicts::of(&page.rows, &rated).section());
        sections.extend(Outcomes::of(&page.rows, &outcomes).sections());
        match session.out.format {
            _ if self.csv => session.out.text(report::csv(&sections))?,
            Format::Json => session.out.json(&report::json(&sections))?,
            Format::Text => session.out.text(report::text(&sections))?,
        }
        Ok(())
    }
}
