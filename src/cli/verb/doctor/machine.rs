//! The program, who works with it, the terminal, the time zone, the editor.

use std::io::IsTerminal;
use std::path::Path;

use super::finding::Finding;
use crate::desk::settings::{Borders, Settings};
use crate::desk::{Clock, Surroundings};
use crate::store;

pub fn examine(around: &Surroundings, settings: &Settings) -> Vec<Finding> {
    let version = format!(
        "tierline {}, SQLite {}, {} {}",
        env!("CARGO_PKG_VERSION"),
        store::engine(),
        std::env::consts::OS,
        std::env::consts::ARCH
    );
    let user = format!("{}, from {}", settings.user.value, settings.user.origin);
    let desk = format!("{}, from {}", settings.desk.value.display(), settings.desk.origin);
    vec![
        Finding::ok("program", version),
        Finding::ok("user", user),
        Finding::ok("desk", desk),
        config(settings),
        terminal(around, settings),
        clock(around),
        zone(around),
        editor(around, settings),
    ]
}

fn config(settings: &Settings) -> Finding {
    let file = &settings.config_file;
    let state = if file.is_file() { "read" } else { "not there, nothing is wrong with that" };
    Finding::ok("config file", format!("{} ({state})", file.display()))
}

fn terminal(around: &Surroundings, settings: &Settings) -> Finding {
    let term = around.var("TERM").unwrap_or("not set");
    if !std::io::stdout().is_terminal() {
        return Finding::ok("terminal", format!("output goes to a file or pipe (TERM {term})"));
    }
    let size = crossterm::terminal::size();
    let (columns, rows) = size.unwrap_or_default();
    let letters = if settings.appearance.borders == Borders::Ascii { "ASCII" } else { "Unicode" };
    let said = format!("TERM {term}, {columns}x{rows}, {letters} borders");
    match (term, columns, rows) {
        ("dumb", _, _) => {
            Finding::warning("terminal", said, "the console needs a terminal with a cursor; the verbs work")
        }
        (_, 0..60, _) | (_, _, 0..15) => {
            Finding::warning("terminal", said, "the console needs 60x15 at least")
        }
        _ => Finding::ok("terminal", said),
    }
}

fn clock(around: &Surroundings) -> Finding {
    match around.clock {
        Clock::System => Finding::ok("clock", around.zone.long(around.clock.now())),
        Clock::Fixed(at) => Finding::warning(
            "clock",
            format!("stands still at {}", around.zone.long(at)),
            "unset TIERLINE_NOW unless this is a drill",
        ),
        Clock::Paced { pace, .. } => Finding::warning(
            "clock",
            format!("runs {pace} times as fast, now at {}", around.zone.long(around.clock.now())),
            "unset TIERLINE_NOW and TIERLINE_PACE unless this is a drill",
        ),
    }
}

/// Where jiff looks, in its order; beyond these it has a bundled copy.
const ZONES: [&str; 2] = ["/usr/share/zoneinfo", "/etc/zoneinfo"];

fn zone(around: &Surroundings) -> Finding {
    let system = jiff::tz::TimeZone::system();
    let name = system.iana_name().unwrap_or("UTC or without a name").to_owned();
    let told = around.var("TZDIR").into_iter().chain(ZONES).find(|folder| Path::new(folder).is_dir());
    match told {
        Some(folder) => Finding::ok("time zone", format!("{name}, data from {folder}")),
        None => Finding::warning(
            "time zone",
            format!("{name}, data from the copy inside tierline"),
            "install the system's time zone data (tzdata), which is kept up to date",
        ),
    }
}

fn editor(around: &Surroundings, settings: &Settings) -> Finding {
    let said = &settings.editor.value;
    let words = shell_words::split(said).unwrap_or_default();
    let program = words.first().map(String::as_str).unwrap_or_default();
    let paths = std::env::split_paths(around.var("PATH").unwrap_or_default());
    let found = Path::new(program).is_absolute() && Path::new(program).is_file()
        || paths.map(|folder| folder.join(program)).any(|file| file.is_file());
    match found {
        true => Finding::ok("editor", format!("{said}, from {}", settings.editor.origin)),
        false => Finding::warning(
            "editor",
            format!("{said} was not found (from {})", settings.editor.origin),
            "set EDITOR or `editor` in the config file; notes can be written in the console all the same",
        ),
    }
}
