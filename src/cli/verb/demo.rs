//! `demo`

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::cli::Outcome;
use crate::cli::error::{Failure, Ran};
use crate::cli::output::Format;
use crate::cli::session::{Launch, Session};
use crate::cli::shape;
use crate::cli::status::Status;
use crate::desk::demo;
use crate::desk::settings::{DESK_FILE, Origin, Setting};
use crate::domain::text::Label;

/// Open the console on a throw-away desk that looks alive
#[derive(Debug, Args)]
pub struct Demo {
    /// Only make the desk, in this file, and keep it
    #[arg(long, value_name = "FILE")]
    create: Option<PathBuf>,
}

impl Demo {
    pub fn run(self, session: &mut Session<'_>) -> Ran<Outcome> {
        match &self.create {
            Some(file) => keep(session, &session.around.folder.join(file)),
            None => throw_away(session).map(Box::new).map(Outcome::Console),
        }
    }
}

fn keep(session: &mut Session<'_>, file: &std::path::Path) -> Ran<Outcome> {
    let settings = session.settings()?;
    demo::build(file, &settings.host, session.around.clock)?;
    match session.out.format {
        Format::Json => {
            session.out.json(&shape::versioned(json!({ "made": { "desk": file.display().to_string() } })))?
        }
        Format::Text => session.out.line(format_args!(
            "made {0}; look at it with `tierline --desk {0} --as {1}`",
            file.display(),
            demo::USER
        ))?,
    }
    session.out.flush()?;
    Ok(Outcome::Ended(Status::Done))
}

fn throw_away(session: &Session<'_>) -> Ran<Launch> {
    session.terminal()?;
    let folder = tempfile::Builder::new().prefix("tierline-demo-").tempdir();
    let folder = folder.map_err(|error| Failure::file("make a folder in", &std::env::temp_dir(), &error))?;
    let mut settings = session.settings()?;
    settings.desk = Setting { value: folder.path().join(DESK_FILE), origin: Origin::BuiltIn };
    if settings.user.origin == Origin::System {
        settings.user = Setting { value: Label::soften(demo::USER), origin: Origin::BuiltIn };
    }
    demo::build(&settings.desk.value, &settings.host, session.around.clock)?;
    Ok(Launch { settings, keep: Some(folder) })
}
