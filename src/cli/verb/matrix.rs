//! `matrix check`, `show`, `diff`, `apply` and `route`

mod route;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::cli::error::{Failure, Ran};
use crate::cli::output::{Format, many};
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::status::Status;
use crate::cli::style::{Paint, Role};
use crate::desk::act::LeftBehind;
use crate::desk::days;
use crate::desk::opened::Desk;
use crate::desk::reading;
use crate::desk::settings::{Borders, MATRIX_FILE};
use crate::desk::{Applied, DeskError, Newness};
use crate::matrix::chart::{Charset, Tone, chart};
use crate::matrix::{self, Colour, Mistake, Reading, mistake, to_json};

/// Check, show, compare or apply the escalation matrix; ask it where a ticket would go
#[derive(Debug, Args)]
#[command(subcommand_value_name = "VERB", subcommand_help_heading = "Verbs")]
pub struct Matrix {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Check a matrix and show every mistake with its line
    Check {
        /// The file; otherwise the escalation.toml beside the desk
        file: Option<PathBuf>,
    },
    /// Draw the matrix: tiers, groups, contacts, limits per priority
    Show {
        /// A file instead of the matrix in force
        file: Option<PathBuf>,
    },
    /// Say how a matrix, or a calendar file that it names, differs from the one in force
    Diff {
        /// The file; otherwise the escalation.toml beside the desk
        file: Option<PathBuf>,
    },
    /// Put a matrix into force for everybody on this desk
    ///
    /// The calendar files that it names, read beside it, become part of it: a changed one is applied in the same way.
    /// Refused where it has no group any more that holds tickets in work or to be confirmed, which are named.
    Apply {
        /// The file; otherwise the escalation.toml beside the desk
        file: Option<PathBuf>,
        /// Also where tickets stay behind in a group that it does not have
        #[arg(long)]
        force: bool,
    },
    Route(Box<route::Route>),
}

impl Matrix {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        match self.verb {
            Verb::Check { file } => check(session, file.as_deref()),
            Verb::Show { file } => show(session, file.as_deref()),
            Verb::Diff { file } => diff(session, file.as_deref()),
            Verb::Apply { file, force } => {
                let left = if force { LeftBehind::Leave } else { LeftBehind::Refuse };
                apply(session, file.as_deref(), left)
            }
            Verb::Route(route) => route.run(session),
        }
    }
}

fn check(session: &mut Session<'_>, file: Option<&Path>) -> Ran {
    let source = Source::of(session, file)?;
    let read = source.with_files();
    let found: &[Mistake] = match &read {
        Ok(reading) => &reading.warnings,
        Err(mistakes) => mistakes,
    };
    match session.out.format {
        Format::Json => {
            let found = serde_json::to_value(found).unwrap_or(Value::Null);
            let check = json!({ "file": source.name(), "sound": read.is_ok(), "found": found });
            session.out.json(&shape::versioned(json!({ "check": check })))?;
        }
        Format::Text => {
            session.out.text(source.draw(found, session.out.paint))?;
            let count = if found.is_empty() { String::from("no mistakes") } else { mistake::count(found) };
            session.out.line(format_args!("{}: {count}", source.name()))?;
        }
    }
    read.map(|_| ()).map_err(|_| Failure::quiet(Status::Failed))
}

fn show(session: &mut Session<'_>, file: Option<&Path>) -> Ran {
    let matrix = match file {
        Some(_) => std::sync::Arc::new(Source::of(session, file)?.sound(session.out.paint)?.matrix),
        None => session.desk_to_read()?.matrix(),
    };
    if session.out.format == Format::Json {
        return Ok(session.out.json(&shape::versioned(json!({ "matrix": to_json(&matrix) })))?);
    }
    let charset = match session.settings()?.appearance.borders {
        Borders::Unicode => Charset::Unicode,
        Borders::Ascii => Charset::Ascii,
    };
    for line in chart(&matrix, session.out.width.unwrap_or(100), charset) {
        let spans: Vec<String> =
            line.spans.iter().map(|s| session.out.paint.role(role(s.tone), &s.text).to_string()).collect();
        session.out.line(spans.concat().trim_end())?;
    }
    Ok(())
}

fn role(tone: Tone) -> Role {
    match tone {
        Tone::Title | Tone::Key => Role::Title,
        Tone::Value => Role::Plain,
        Tone::Muted | Tone::Frame => Role::Faint,
        Tone::Warn => Role::Alarm,
    }
}

fn diff(session: &mut Session<'_>, file: Option<&Path>) -> Ran {
    let source = Source::of(session, file)?;
    let new = source.sound(session.out.paint)?.matrix;
    let desk = session.desk_as_it_is()?;
    let files = days::beside(&new, source.folder())?;
    let mut lines = matrix::diff(&desk.matrix(), &new);
    lines.extend(days::differences(&desk.in_force().files, &files));
    let revision = desk.in_force().revision;
    if session.out.format == Format::Json {
        let diff = json!({ "file": source.name(), "revision": revision, "differences": lines });
        return Ok(session.out.json(&shape::versioned(json!({ "diff": diff })))?);
    }
    if lines.is_empty() {
        session.remark(&format!("{} says what revision {revision} says", source.name()));
    }
    lines.iter().try_for_each(|line| session.out.line(line)).map_err(Failure::from)
}

fn apply(session: &mut Session<'_>, file: Option<&Path>, left: LeftBehind) -> Ran {
    let source = Source::of(session, file)?;
    source.sound(session.out.paint)?;
    let mut desk: Desk = session.desk_as_it_is()?;
    let applied = desk.apply_matrix(&source.text, &source.file, left)?;
    match session.out.format {
        Format::Json => {
            session
                .out
                .json(&shape::versioned(json!({ "applied": shape::applied(&source.name(), applied) })))?;
        }
        Format::Text => {
            let with: Vec<&str> = desk.in_force().files.keys().map(String::as_str).collect();
            let with = if with.is_empty() { String::new() } else { format!(" with {}", with.join(", ")) };
            let Applied { revision, newness, .. } = applied;
            let already = if newness == Newness::Same { " already" } else { "" };
            let name = source.name();
            session.out.line(format_args!("{name}{with} is in force as revision {revision}{already}"))?;
            became(applied).into_iter().try_for_each(|line| session.out.line(line))?;
        }
    }
    Ok(())
}

/// What it made of the desk, a line each; nothing where there is nothing to tell.
fn became(applied: Applied) -> Vec<String> {
    let Applied { newness, open, breached, breached_before, done_before, .. } = applied;
    let due = many(done_before as u64, "thing");
    let due = match newness {
        Newness::New => format!("{due} done first that the matrix before had due"),
        Newness::Same => format!("{due} done that it had due"),
    };
    let judged = format!(
        "{} judged anew, {breached} past a limit of this matrix, {breached_before} of the one before",
        many(open, "open ticket")
    );
    let lines = [(newness == Newness::New && open > 0, judged), (done_before > 0, due)];
    lines.into_iter().filter(|(told, _)| *told).map(|(_, line)| line).collect()
}

/// A matrix file and its text.
struct Source {
    file: PathBuf,
    text: String,
}

impl Source {
    /// The file named, else the one beside the desk.
    fn of(session: &Session<'_>, file: Option<&Path>) -> Ran<Source> {
        let file = match file {
            Some(file) => session.around.folder.join(file),
            None => session.settings()?.desk.value.with_file_name(MATRIX_FILE),
        };
        let bytes = reading::bytes(&file).map_err(|error| Failure::file("read", &file, &error))?;
        let text = matrix::decode(bytes, &file.display().to_string()).map_err(|(mistake, text)| {
            let drawn = matrix::render(&[*mistake], &text, Colour::Plain);
            Failure::new(Status::Failed, drawn.trim_end(), "nothing was changed")
        })?;
        Ok(Source { file, text })
    }

    fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    fn name(&self) -> String {
        self.file.display().to_string()
    }

    fn read(&self) -> Result<Reading, Vec<Mistake>> {
        matrix::read(&self.text, &self.name())
    }

    /// As [`Source::read`], with the calendar files that it names, which are part of what would be applied.
    fn with_files(&self) -> Result<Reading, Vec<Mistake>> {
        let reading = self.read()?;
        let unusable = days::unusable(&reading.matrix, self.folder());
        if unusable.is_empty() {
            return Ok(reading);
        }
        let mistake = |(name, error): (&str, DeskError)| {
            let (message, help) = match error {
                DeskError::Input { what, why, help } => (format!("{what}: {why}"), help),
                other => (other.to_string(), String::new()),
            };
            matrix::mistake_at(&self.text, &self.name(), &format!("\"{name}\""), &message, &help)
        };
        let mut found: Vec<Mistake> = unusable.into_iter().flat_map(mistake).collect();
        found.extend(reading.warnings);
        found.sort_by_key(|mistake| mistake.place.span.start);
        Err(found)
    }

    /// The matrix, or its mistakes drawn.
    fn sound(&self, paint: Paint) -> Ran<Reading> {
        self.read().map_err(|mistakes| {
            let drawn = self.draw(&mistakes, paint);
            let message = format!("{} has {}\n{drawn}", self.name(), mistake::count(&mistakes));
            Failure::new(Status::Failed, message.trim_end(), "correct them; nothing was changed")
        })
    }

    fn draw(&self, found: &[Mistake], paint: Paint) -> String {
        let colour = match paint {
            Paint::Plain => Colour::Plain,
            Paint::Ansi => Colour::Styled,
        };
        matrix::render(found, &self.text, colour)
    }
}
