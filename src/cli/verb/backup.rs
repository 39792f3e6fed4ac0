//! `backup`

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::cli::error::{Failure, Ran};
use crate::cli::output::{Format, many};
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::status::Status;
use crate::desk::Desk;
use crate::store::Go;

/// Copy the desk while it is in use, and check the copy
///
/// Never overwrites; the copy gets its name only after it was checked.
#[derive(Debug, Args)]
pub struct Backup {
    /// Copy only the log and make everything else anew from it: for a desk that is damaged
    #[arg(long)]
    from_log: bool,
    /// The copy
    file: PathBuf,
}

impl Backup {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let file: PathBuf = session.around.folder.join(&self.file).components().collect();
        let folder = file.parent().unwrap_or(Path::new("/"));
        if !folder.is_dir() {
            let message = format!("can't copy the desk to {}: the folder is not there", file.display());
            return Err(Failure::new(Status::Failed, message, "make it, or choose another place"));
        }
        let report = match self.from_log {
            true => Desk::salvage(&session.settings()?, &file, &mut |_| Go::On)?,
            false => session.desk_to_read()?.backup(&file, &mut |_| Go::On)?,
        };
        let (events, tickets) = (report.events, report.tickets);
        let head = report.head.hash.to_string();
        match session.out.format {
            Format::Json => session.out.json(&shape::versioned(json!({
                "backup": { "file": file.display().to_string(), "events": events, "tickets": tickets, "head": head }
            })))?,
            Format::Text => session.out.line(format_args!(
                "copied {} with {} to {}; head {head}",
                many(tickets, "ticket"),
                many(events, "event"),
                file.display()
            ))?,
        }
        Ok(())
    }
}
