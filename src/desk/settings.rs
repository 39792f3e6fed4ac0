//! Which desk, who am I, and the rest of what can be set: flags before environment before the config file before
//! what is built in. Every value knows where it came from. Reads the outside only through `Surroundings`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::clock::Clock;

/// The outside world, handed in.
#[derive(Debug, Clone)]
pub struct Surroundings {
    pub env: BTreeMap<String, String>,
    pub folder: PathBuf,
    pub clock: Clock,
    pub host: String,
}

/// What the command line's global flags said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    pub desk: Option<PathBuf>,
    pub user: Option<String>,
    pub config: Option<PathBuf>,
    pub access: Access,
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

/// Everything settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub desk: Setting<PathBuf>,
    pub user: Setting<String>,
    pub host: String,
    pub config_file: PathBuf,
    /// `[keys]` of the config file: action id to key names, as written.
    pub keys: BTreeMap<String, Vec<String>>,
    pub look: Appearance,
    pub editor: Setting<String>,
    pub access: Access,
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
