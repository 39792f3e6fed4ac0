//! The outside world as data: environment, folders, host, clock. The one place that reads it; everything else is
//! handed a `Surroundings`, so a test brings its own.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;

use super::clock::{Clock, Zone};
use crate::domain::stamp::Stamp;

/// What tierline knows of the machine it runs on.
#[derive(Debug, Clone)]
pub struct Surroundings {
    pub env: BTreeMap<String, String>,
    /// Where it was started.
    pub folder: PathBuf,
    pub folders: Folders,
    pub host: String,
    pub clock: Clock,
    pub zone: Zone,
}

/// The user's own folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    pub config: PathBuf,
    pub data: PathBuf,
    /// Drafts and crash reports.
    pub state: PathBuf,
}

impl Surroundings {
    /// The real ones. `TIERLINE_NOW` (RFC 3339 or UTC milliseconds) and `TIERLINE_HOST` stand in for clock and host;
    /// with `TIERLINE_PACE` (`600@1795341660000`) that was the time at this UTC millisecond, and it runs so much faster.
    #[must_use]
    pub fn real() -> Surroundings {
        let env: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let folder = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        let host = env.get("TIERLINE_HOST").cloned().unwrap_or_else(host_name);
        let clock = clock(&env);
        Surroundings { folders: folders(&folder), env, folder, host, clock, zone: Zone::system() }
    }

    /// A variable that is set and not empty.
    #[must_use]
    pub fn var(&self, name: &str) -> Option<&str> {
        self.env.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

fn clock(env: &BTreeMap<String, String>) -> Clock {
    let Some(from) = env.get("TIERLINE_NOW").and_then(|text| read_now(text)) else { return Clock::System };
    let pace = env.get("TIERLINE_PACE").and_then(|text| text.split_once('@'));
    let paced = pace.and_then(|(pace, since)| Some((pace.parse().ok()?, Stamp(since.parse().ok()?))));
    paced.map_or(Clock::Fixed(from), |(pace, since)| Clock::Paced { from, since, pace })
}

/// A moment as `TIERLINE_NOW` has it.
pub(super) fn read_now(text: &str) -> Option<Stamp> {
    let ms = || text.parse::<i64>().ok().map(Stamp);
    let rfc = || text.parse::<Timestamp>().ok().map(|at| Stamp(at.as_millisecond()));
    ms().or_else(rfc)
}

fn folders(fallback: &std::path::Path) -> Folders {
    match directories::ProjectDirs::from("", "", "tierline") {
        Some(dirs) => Folders {
            config: dirs.config_dir().to_owned(),
            data: dirs.data_dir().to_owned(),
            state: dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned(),
        },
        None => Folders {
            config: fallback.join(".tierline"),
            data: fallback.join(".tierline"),
            state: fallback.join(".tierline"),
        },
    }
}

#[cfg(unix)]
fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host_name() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_else(|_| String::from("localhost"))
}
