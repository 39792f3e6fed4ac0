//! Which desk, who am I, and the rest of what can be set: flags before environment before the config file before
//! what is built in. Every value knows where it came from. Never touches the desk itself.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::config::{self, ConfigFile};
use super::error::DeskError;
use super::surroundings::{Surroundings, read_now};
use crate::domain::text::Label;

/// What the command line's global flags said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    pub desk: Option<PathBuf>,
    pub user: Option<String>,
    pub config: Option<PathBuf>,
    pub access: Access,
    /// None: as the config file says.
    pub sweep: Option<Sweeping>,
}

/// Whether to write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Access {
    #[default]
    Write,
    ReadOnly,
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    pub value: T,
    pub origin: Origin,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Flag(&'static str),
    Environment(&'static str),
    /// The desk in the folder where tierline was started.
    Folder,
    File(PathBuf),
    System,
    BuiltIn,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(name) => write!(f, "the flag {name}"),
            Origin::Environment(name) => write!(f, "the variable {name}"),
            Origin::Folder => write!(f, "this folder, beside escalation.toml"),
            Origin::File(path) => write!(f, "{}", path.display()),
            Origin::System => write!(f, "the system"),
            Origin::BuiltIn => write!(f, "built in"),
        }
    }
}

/// Everything settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub desk: Setting<PathBuf>,
    pub user: Setting<Label>,
    pub host: Label,
    pub config_file: PathBuf,
    /// Drafts, what was heard of, and crash reports.
    pub state_folder: PathBuf,
    /// `[keys]` of the config file: action id to key names, as written.
    pub keys: BTreeMap<String, Vec<String>>,
    pub appearance: Appearance,
    pub editor: Setting<String>,
    pub access: Access,
    pub sweep: Setting<Sweeping>,
    pub notify: Notify,
}

/// Whether an open console does what the matrix has due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sweeping {
    #[default]
    On,
    Off,
}

/// How a console calls its person, beside the banner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Notify {
    pub bell: Bell,
    pub terminal: TerminalNotice,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bell {
    #[default]
    Off,
    On,
}

/// The terminal's own notification, by the sequence it understands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TerminalNotice {
    #[default]
    Off,
    Osc9,
    Osc777,
}

/// How the console draws.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Appearance {
    pub colour: Colour,
    pub borders: Borders,
    pub mouse: Mouse,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colour {
    #[default]
    Terminal,
    None,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Borders {
    #[default]
    Unicode,
    Ascii,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mouse {
    #[default]
    Off,
    On,
}

/// The name of a desk's file in its folder, and of the matrix beside it.
pub const DESK_FILE: &str = "desk.db";
pub const MATRIX_FILE: &str = "escalation.toml";

/// What SQLite lays beside [`DESK_FILE`] and leaves there.
const JOURNAL_FILE: &str = "desk.db-journal";

/// Settles everything.
///
/// # Errors
/// A config file that can't be read or has mistakes; a user name or a `TIERLINE_NOW` that can't be one.
pub fn settle(wishes: &Wishes, around: &Surroundings) -> Result<Settings, DeskError> {
    sound_now(around)?;
    let (config_file, file) = config::load(wishes, around)?;
    Ok(Settings {
        desk: desk(wishes, around, &config_file, &file),
        user: user(wishes, around, &config_file, &file)?,
        host: Label::soften(&around.host),
        state_folder: around.folders.state.clone(),
        appearance: appearance(around, &file),
        editor: editor(around, &config_file, &file),
        access: wishes.access,
        sweep: sweep(wishes, &config_file, &file),
        notify: Notify {
            bell: file.notify.bell.unwrap_or_default(),
            terminal: file.notify.terminal.unwrap_or_default(),
        },
        keys: file.keys,
        config_file,
    })
}

/// A drill whose clock was mistyped must not write at the real time.
fn sound_now(around: &Surroundings) -> Result<(), DeskError> {
    match around.var("TIERLINE_NOW") {
        Some(text) if read_now(text).is_none() => Err(DeskError::Input {
            what: String::from("the variable TIERLINE_NOW"),
            why: format!("{text:?} is no moment"),
            help: String::from("write it like 2026-11-03T09:41:00Z, or unset it"),
        }),
        _ => Ok(()),
    }
}

fn desk(wishes: &Wishes, around: &Surroundings, config: &Path, file: &ConfigFile) -> Setting<PathBuf> {
    let here = around.folder.join(DESK_FILE);
    // A link to a drive that is away, or anything else of that name, must not send the work to another desk.
    let there = |path: &Path| path.symlink_metadata().is_ok();
    // The journal outlives its desk: where it lies alone the desk was removed, and is missed rather than replaced.
    let was = || there(&around.folder.join(JOURNAL_FILE));
    let beside = || (there(&here) || was()) && there(&around.folder.join(MATRIX_FILE));
    let (path, origin) = if let Some(path) = &wishes.desk {
        (path.clone(), Origin::Flag("--desk"))
    } else if let Some(path) = around.var("TIERLINE_DESK") {
        (PathBuf::from(path), Origin::Environment("TIERLINE_DESK"))
    } else if beside() {
        (here, Origin::Folder)
    } else if let Some(path) = &file.desk {
        (config.parent().unwrap_or(Path::new("")).join(path), Origin::File(config.to_owned()))
    } else {
        (around.folders.data.join(DESK_FILE), Origin::BuiltIn)
    };
    // Without the `.` of `./desk.db`, which only clutters what is said of it.
    Setting { value: around.folder.join(path).components().collect(), origin }
}

fn user(
    wishes: &Wishes,
    around: &Surroundings,
    config: &Path,
    file: &ConfigFile,
) -> Result<Setting<Label>, DeskError> {
    let system = || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| around.var(name));
    let (name, origin) = if let Some(name) = &wishes.user {
        (name.as_str(), Origin::Flag("--as"))
    } else if let Some(name) = around.var("TIERLINE_USER") {
        (name, Origin::Environment("TIERLINE_USER"))
    } else if let Some(name) = &file.user {
        (name.as_str(), Origin::File(config.to_owned()))
    } else {
        (system().unwrap_or("somebody"), Origin::System)
    };
    let value = Label::new(name).map_err(|why| DeskError::Input {
        what: format!("the user name from {origin}"),
        why: why.to_string(),
        help: String::from("give your name with --as NAME"),
    })?;
    Ok(Setting { value, origin })
}

fn appearance(around: &Surroundings, file: &ConfigFile) -> Appearance {
    let colourless = around.var("NO_COLOR").is_some();
    let colour = if colourless { Colour::None } else { file.look.colour.unwrap_or_default() };
    let borders = file.look.borders.unwrap_or_else(|| match speaks_unicode(around) {
        true => Borders::Unicode,
        false => Borders::Ascii,
    });
    Appearance { colour, borders, mouse: file.look.mouse.unwrap_or_default() }
}

fn sweep(wishes: &Wishes, config: &Path, file: &ConfigFile) -> Setting<Sweeping> {
    let said = |on: bool| if on { Sweeping::On } else { Sweeping::Off };
    match (wishes.sweep, file.console.sweep) {
        (Some(value), _) => Setting { value, origin: Origin::Flag("--no-sweep") },
        (None, Some(on)) => Setting { value: said(on), origin: Origin::File(config.to_owned()) },
        (None, None) => Setting { value: Sweeping::On, origin: Origin::BuiltIn },
    }
}

fn speaks_unicode(around: &Surroundings) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| around.var(name));
    let named = locale.is_none_or(|locale| {
        let locale = locale.to_ascii_uppercase();
        locale.contains("UTF-8") || locale.contains("UTF8")
    });
    named && around.var("TERM") != Some("linux")
}

fn editor(around: &Surroundings, config: &Path, file: &ConfigFile) -> Setting<String> {
    if let Some(value) = &file.editor {
        return Setting { value: value.clone(), origin: Origin::File(config.to_owned()) };
    }
    let named =
        ["TIERLINE_EDITOR", "VISUAL", "EDITOR"].into_iter().find_map(|name| Some((name, around.var(name)?)));
    match named {
        Some((name, value)) => Setting { value: value.to_owned(), origin: Origin::Environment(name) },
        None => Setting { value: String::from("vi"), origin: Origin::BuiltIn },
    }
}

#[cfg(test)]
mod tests;
