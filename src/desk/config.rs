//! The user's `config.toml`. Unknown keys are mistakes with their line; a mistake never goes unnoticed and never
//! changes anything.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::DeskError;
use super::reading;
use super::settings::{Bell, Borders, Colour, Mouse, TerminalNotice, Wishes};
use super::surroundings::Surroundings;

/// What a config file may say.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfigFile {
    pub user: Option<String>,
    /// Relative to the config file's folder.
    pub desk: Option<PathBuf>,
    pub editor: Option<String>,
    pub look: Look,
    pub console: Console,
    pub notify: Notify,
    /// `"ticket.take" = ["t"]`; `[]` takes the key away.
    pub keys: BTreeMap<String, Vec<String>>,
}

/// `[look]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    #[serde(with = "word")]
    pub colour: Option<Colour>,
    #[serde(with = "word")]
    pub borders: Option<Borders>,
    #[serde(with = "word")]
    pub mouse: Option<Mouse>,
}

/// `[console]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Console {
    /// Whether an open console does what the matrix has due.
    pub sweep: Option<bool>,
}

/// `[notify]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Notify {
    #[serde(with = "word")]
    pub bell: Option<Bell>,
    #[serde(with = "word")]
    pub terminal: Option<TerminalNotice>,
}

/// Reads the config file that the flags, the environment or the user's folder name; none is as good as an empty one.
///
/// # Errors
/// A file that was asked for and can't be read, or that has mistakes.
pub fn load(wishes: &Wishes, around: &Surroundings) -> Result<(PathBuf, ConfigFile), DeskError> {
    let asked = wishes.config.clone().or_else(|| around.var("TIERLINE_CONFIG").map(PathBuf::from));
    let path = around.folder.join(asked.as_ref().unwrap_or(&around.folders.config.join("config.toml")));
    match reading::text(&path) {
        Ok(text) => Ok((path.clone(), parse(&path, &text)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && asked.is_none() => {
            Ok((path, ConfigFile::default()))
        }
        Err(error) => Err(DeskError::Input {
            what: format!("the config file {}", path.display()),
            why: error.to_string(),
            help: String::from("name another with --config, or leave it away"),
        }),
    }
}

fn parse(path: &Path, text: &str) -> Result<ConfigFile, DeskError> {
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        DeskError::Input {
            what: format!("the config file {}, line {line}", path.display()),
            why: error.message().to_owned(),
            help: String::from("correct that line; `tierline config` shows what is in force"),
        }
    })
}

/// The words for settings that are a choice.
mod word {
    use serde::{Deserialize, Deserializer, de::Error};

    use super::{Bell, Borders, Colour, Mouse, TerminalNotice};

    pub trait Word: Sized + Copy + 'static {
        const WORDS: &'static [(&'static str, Self)];
    }

    impl Word for Colour {
        const WORDS: &'static [(&'static str, Colour)] =
            &[("terminal", Colour::Terminal), ("none", Colour::None)];
    }

    impl Word for Borders {
        const WORDS: &'static [(&'static str, Borders)] =
            &[("unicode", Borders::Unicode), ("ascii", Borders::Ascii)];
    }

    impl Word for Mouse {
        const WORDS: &'static [(&'static str, Mouse)] = &[("off", Mouse::Off), ("on", Mouse::On)];
    }

    impl Word for Bell {
        const WORDS: &'static [(&'static str, Bell)] = &[("off", Bell::Off), ("on", Bell::On)];
    }

    impl Word for TerminalNotice {
        const WORDS: &'static [(&'static str, TerminalNotice)] = &[
            ("off", TerminalNotice::Off),
            ("osc9", TerminalNotice::Osc9),
            ("osc777", TerminalNotice::Osc777),
        ];
    }

    pub fn deserialize<'de, W: Word, D: Deserializer<'de>>(from: D) -> Result<Option<W>, D::Error> {
        let text = String::deserialize(from)?;
        let found = W::WORDS.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        let words = || W::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" or ");
        found.map(Some).ok_or_else(|| D::Error::custom(format!("{text:?} is not {}", words())))
    }
}
