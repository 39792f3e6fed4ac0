//! Colour of the plain output, if any. Meaning is always in the words too; this only helps the eye.

use std::fmt;

use clap::ValueEnum;

use crate::desk::Surroundings;

/// `--color`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    #[default]
    Auto,
    Always,
    Never,
}

/// Whether to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paint {
    #[default]
    Plain,
    Ansi,
}

/// What a piece of text is, from which its colour follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Plain,
    Title,
    Faint,
    Alarm,
    Good,
}

/// A text with its role, ready to be written.
pub struct Painted<'a>(Paint, Role, &'a str);

impl Paint {
    /// `--color` before NO_COLOR before the kind of terminal.
    #[must_use]
    pub fn settle(when: When, around: &Surroundings, terminal: bool) -> Paint {
        let quiet = around.var("NO_COLOR").is_some() || around.var("TERM") == Some("dumb");
        match when {
            When::Always => Paint::Ansi,
            When::Auto if terminal && !quiet => Paint::Ansi,
            When::Auto | When::Never => Paint::Plain,
        }
    }

    #[must_use]
    pub fn role(self, role: Role, text: &str) -> Painted<'_> {
        Painted(self, role, text)
    }
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Painted(paint, role, text) = self;
        let code = match role {
            Role::Plain => "",
            Role::Title => "1",
            Role::Faint => "2",
            Role::Alarm => "1;31",
            Role::Good => "32",
        };
        match paint {
            Paint::Ansi if !code.is_empty() => write!(f, "\u{1b}[{code}m{text}\u{1b}[0m"),
            Paint::Ansi | Paint::Plain => f.write_str(text),
        }
    }
}
