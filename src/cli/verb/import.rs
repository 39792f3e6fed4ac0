//! `import`

use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::cli::error::{Failure, Ran};
use crate::cli::output::{Format, many};
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::status::Status;
use crate::desk::{Desk, DeskError, reading};
use crate::domain::text::neutral;
use crate::intake::finding::{Notice, Trouble};
use crate::intake::{
    Arrival, LoadError, Loaded, Mapping, OnTrouble, Plan, Progress, ReadError, Stage, Table, load, map,
};
use crate::matrix::{self, Colour, mistake};

/// Bring tickets in from a CSV file, all of it or nothing
///
/// The map says what the columns mean; `examples/servicenow` has one. Rows become events with their own times. The
/// same file a second time changes nothing.
#[derive(Debug, Args)]
pub struct Import {
    /// The file, packed with gzip or not; `-` reads standard input
    file: PathBuf,
    /// What its columns mean
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
    /// Read and check everything, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Leave out tickets with a row that can't be read, whole
    #[arg(long)]
    skip_broken: bool,
}

impl Import {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let mut desk = if self.dry_run { session.desk_to_read()? } else { session.desk()? };
        let mapping = read_map(session, &desk, &self.map)?;
        let bar = bar(session);
        let table = read_table(session, &self.file, &mapping, &bar)?;
        let on_trouble = if self.skip_broken { OnTrouble::SkipTickets } else { OnTrouble::Refuse };
        let plan = Plan::new(&table, &mapping, on_trouble, &mut |progress| show(&bar, progress));
        let plan = plan.map_err(|troubles| unreadable(session, &bar, &troubles))?;
        let loaded = if self.dry_run { None } else { Some(write(&mut desk, &plan, &bar)?) };
        bar.finish_and_clear();
        match session.out.format {
            Format::Json => session.out.json(&told_json(&plan, loaded))?,
            Format::Text => told(session, &plan, loaded)?,
        }
        Ok(())
    }
}

fn read_map(session: &Session<'_>, desk: &Desk, file: &Path) -> Ran<Mapping> {
    let path = session.around.folder.join(file);
    let text = reading::text(&path).map_err(|error| Failure::file("read", &path, &error))?;
    map::read(&text, &path.display().to_string(), &desk.matrix()).map_err(|mistakes| {
        let drawn = matrix::render(&mistakes, &text, Colour::Plain);
        let message = format!("{} has {}\n{drawn}", path.display(), mistake::count(&mistakes));
        Failure::new(Status::Failed, message.trim_end(), "correct them; nothing was imported")
    })
}

fn read_table(session: &Session<'_>, file: &Path, mapping: &Mapping, bar: &ProgressBar) -> Ran<Table> {
    let tell = &mut |progress| show(bar, progress);
    let table = match file.as_os_str() == "-" {
        true => Table::read(std::io::stdin().lock(), 0, mapping, tell),
        false => Table::open(&session.around.folder.join(file), mapping, tell),
    };
    table.map_err(|error: ReadError| {
        bar.finish_and_clear();
        Failure::new(Status::Failed, error.to_string(), "nothing was imported")
    })
}

fn write(desk: &mut Desk, plan: &Plan<'_>, bar: &ProgressBar) -> Ran<Loaded> {
    let at = desk.clock().now();
    let loaded = desk.bring_in(|store, matrix, patience| {
        load(plan, store, Arrival { matrix, at }, patience, &mut |progress| show(bar, progress))
            .map_err(Failure::from)
    });
    bar.finish_and_clear();
    loaded
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Failure {
        match error {
            LoadError::Store(error) => DeskError::from(error).into(),
            LoadError::Untold(trouble) => {
                Failure::new(Status::Failed, trouble.to_string(), "nothing was imported")
            }
        }
    }
}

/// Hidden by itself where standard error is no terminal.
fn bar(session: &Session<'_>) -> ProgressBar {
    if session.out.format == Format::Json {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg:6} {wide_bar} {percent:>3} %");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_message(match progress.stage {
        Stage::Read => "read",
        Stage::Check => "check",
        Stage::Write => "write",
    });
    bar.set_length(progress.total);
    bar.set_position(progress.done);
}

/// Every row that can't be read, on standard error; the JSON has them in its object.
fn unreadable(session: &Session<'_>, bar: &ProgressBar, troubles: &[Trouble]) -> Failure {
    bar.finish_and_clear();
    let mut message = format!("{} can't be read", many(troubles.len() as u64, "row"));
    if session.out.format == Format::Text {
        let lines: Vec<String> =
            troubles.iter().map(|trouble| neutral(&trouble.to_string()).into_owned()).collect();
        message = format!("{message}\n  {}", lines.join("\n  "));
    }
    let help = "correct them, or leave their tickets out with --skip-broken; nothing was imported";
    Failure::new(Status::Failed, message, help).about(troubles.iter().map(trouble).collect())
}

fn trouble(trouble: &Trouble) -> Value {
    json!({
        "line": trouble.line,
        "ticket": trouble.key,
        "column": trouble.column,
        "found": trouble.found,
        "why": trouble.why,
    })
}

fn noticed(plan: &Plan<'_>) -> Vec<(Notice, usize)> {
    let count = |notice: Notice| plan.noticed.iter().filter(|noticed| noticed.what == notice).count();
    Notice::ALL.into_iter().map(|notice| (notice, count(notice))).filter(|(_, n)| *n > 0).collect()
}

fn told(session: &mut Session<'_>, plan: &Plan<'_>, loaded: Option<Loaded>) -> Ran {
    let counts = &plan.counts;
    session.out.line(format_args!(
        "{}: {}, {}",
        many(counts.rows, "row"),
        many(counts.tickets, "ticket"),
        many(counts.events, "event")
    ))?;
    for (notice, n) in noticed(plan) {
        session.out.line(format_args!("{}: {}", many(n as u64, "time"), notice.text()))?;
    }
    for trouble in &plan.troubles {
        session.out.line(format_args!("left out: {}", neutral(&trouble.to_string())))?;
    }
    match loaded {
        None => session.out.line("nothing was written, as you asked")?,
        Some(Loaded { new, grown, same, events }) => session.out.line(format_args!(
            "imported {}: {} new, {grown} grown, {same} unchanged",
            many(events, "event"),
            many(new, "ticket")
        ))?,
    }
    Ok(())
}

fn told_json(plan: &Plan<'_>, loaded: Option<Loaded>) -> Value {
    let counts = &plan.counts;
    let notice = |(notice, n): (Notice, usize)| json!({ "what": notice.text(), "times": n });
    let written = loaded.map(|Loaded { new, grown, same, events }| {
        json!({ "new": new, "grown": grown, "same": same, "events": events })
    });
    shape::versioned(json!({ "import": {
        "rows": counts.rows,
        "tickets": counts.tickets,
        "skipped": counts.skipped,
        "events": counts.events,
        "noticed": noticed(plan).into_iter().map(notice).collect::<Value>(),
        "troubles": plan.troubles.iter().map(trouble).collect::<Value>(),
        "written": written,
    }}))
}
