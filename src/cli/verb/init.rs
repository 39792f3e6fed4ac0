//! `init`

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::cli::error::{Failure, Ran};
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::desk::opened::Desk;
use crate::desk::reading;
use crate::desk::settings::{Access, DESK_FILE, MATRIX_FILE, Origin, Setting};
use crate::desk::{Settings, Surroundings};
use crate::matrix::BUILTIN;

/// Make a desk: its file, and the escalation matrix beside it
///
/// In FOLDER, or at --desk, or in the folder where you are. An escalation.toml that is there already is put into
/// force; otherwise the built-in one is written there, ready to be changed.
#[derive(Debug, Args)]
pub struct Init {
    /// Where; made if it is not there
    folder: Option<PathBuf>,
    /// Take the matrix from this file
    #[arg(long, value_name = "FILE")]
    matrix: Option<PathBuf>,
}

impl Init {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        if session.settings()?.access == Access::ReadOnly {
            return Err(Failure::usage("--read-only makes no desk", "leave the flag out"));
        }
        let settings = place(session.settings()?, session.around, self.folder.as_deref())?;
        let desk = settings.desk.value.clone();
        let given = self.matrix.map(|file| session.around.folder.join(file));
        let beside = desk.with_file_name(MATRIX_FILE);
        let text = match &given {
            Some(file) => reading::text(file).map_err(|error| Failure::file("read", file, &error))?,
            None => String::from(BUILTIN),
        };
        let source = Desk::create(&settings, session.around, given.as_deref())?;
        let written = write_new(&beside, &text)?;
        if session.out.format == Format::Json {
            let made = json!({ "desk": desk.display().to_string(), "matrix": beside.display().to_string() });
            return Ok(session.out.json(&shape::versioned(json!({ "made": made })))?);
        }
        session.out.line(format_args!("made {} with {source}", desk.display()))?;
        if written {
            session
                .out
                .line(format_args!("wrote {}: change it, then `tierline matrix apply`", beside.display()))?;
        }
        Ok(session
            .out
            .line("next: `tierline new --for NAME SUBJECT` opens a ticket, `tierline` the console")?)
    }
}

/// Where the desk is to be: a folder on the command line is the desk's, else what the settings were told, else here.
fn place(mut settings: Settings, around: &Surroundings, folder: Option<&Path>) -> Ran<Settings> {
    let told = matches!(settings.desk.origin, Origin::Flag(_) | Origin::Environment(_));
    let folder = match folder {
        Some(_) if matches!(settings.desk.origin, Origin::Flag(_)) => {
            return Err(Failure::usage(
                "both a folder and --desk say where the desk is to be",
                "give one of them",
            ));
        }
        Some(folder) => around.folder.join(folder).components().collect(),
        None if told => return Ok(settings),
        None => around.folder.clone(),
    };
    fs::create_dir_all(&folder).map_err(|error| Failure::file("make", &folder, &error))?;
    settings.desk = Setting { value: folder.join(DESK_FILE), origin: Origin::Folder };
    Ok(settings)
}

/// Writes a file unless there is one; whether it did.
fn write_new(file: &Path, text: &str) -> Ran<bool> {
    match fs::File::create_new(file).and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Failure::file("write", file, &error)),
    }
}
