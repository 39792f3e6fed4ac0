//! The folder of the desk: its file system, room, and clock.

use std::path::Path;

use super::finding::Finding;
use super::mounts::{Trust, mount_of};
use crate::desk::settings::{Access, Settings};
use crate::desk::{Clock, Surroundings};
use crate::domain::stamp::{Span, Stamp};

pub fn examine(around: &Surroundings, settings: &Settings) -> Vec<Finding> {
    let Some(folder) = settings.desk.value.parent() else { return Vec::new() };
    if !folder.is_dir() {
        let help = "make it, or name another desk with --desk";
        return vec![Finding::fail("folder", format!("{} is not there", folder.display()), help)];
    }
    let mut found = vec![system(folder), room(folder)];
    if settings.access == Access::Write {
        found.push(probe(around, folder));
    }
    found.into_iter().flatten().collect()
}

fn system(folder: &Path) -> Option<Finding> {
    let table = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let real = folder.canonicalize().ok()?;
    let Some(mount) = mount_of(&table, &real) else {
        return Some(Finding::warning("drive", "its mount was not found", "see `findmnt`"));
    };
    let said = format!("{} at {} ({})", mount.kind, mount.point.display(), mount.options.join(","));
    Some(match mount.trust() {
        Trust::Local => Finding::ok("drive", said),
        Trust::Network => Finding::ok("drive", format!("{said}, shared")),
        Trust::Unknown => Finding::warning("drive", said, "nothing is known of its locks; keep to one host"),
        Trust::Lying(why) => {
            Finding::fail("drive", format!("{said}: {why}"), "put the desk elsewhere or mount it otherwise")
        }
    })
}

/// Less room than this is worth a word, in bytes.
const LITTLE: u64 = 256 << 20;
const NONE: u64 = 16 << 20;

#[cfg(unix)]
fn room(folder: &Path) -> Option<Finding> {
    let state = rustix::fs::statvfs(folder).ok()?;
    let free = state.f_bavail.saturating_mul(state.f_frsize);
    let said = format!("{} MiB free", free >> 20);
    Some(match free {
        0..NONE => {
            Finding::fail("room", said, "make room on the drive: nothing can be saved when it is full")
        }
        NONE..LITTLE => Finding::warning("room", said, "make room on the drive soon"),
        _ => Finding::ok("room", said),
    })
}

#[cfg(not(unix))]
fn room(_: &Path) -> Option<Finding> {
    None
}

/// A skew that is shown and corrected for.
const SKEW: Span = Span(2_000);

/// Writes a file of its own beside the desk: whether that may be done, and which time the drive gives it.
fn probe(around: &Surroundings, folder: &Path) -> Option<Finding> {
    let probe = match tempfile::Builder::new().prefix(".tierline-doctor-").tempfile_in(folder) {
        Ok(probe) => probe,
        Err(error) => {
            let said = format!("nothing can be written in {}: {error}", folder.display());
            return Some(Finding::fail("writing", said, "ask for the right to write in the desk's folder"));
        }
    };
    if around.clock != Clock::System {
        return Some(Finding::ok("writing", format!("{} can be written", folder.display())));
    }
    let written = probe.as_file().metadata().and_then(|data| data.modified()).ok()?;
    let since = written.duration_since(std::time::UNIX_EPOCH).ok()?;
    let drive = Stamp(i64::try_from(since.as_millis()).ok()?);
    let skew = around.clock.now().since(drive);
    let said = format!("the folder can be written; the drive's clock is {} ms behind this one", skew.0);
    Some(match skew.0.abs() > SKEW.0 {
        true => Finding::warning("writing", said, "set this machine's clock by the network (NTP)"),
        false => Finding::ok("writing", said),
    })
}
