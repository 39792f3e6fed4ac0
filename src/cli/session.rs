//! What every verb is handed: the outside world, the global flags, the output. Opens the desk when a verb wants it,
//! so that `completions` and `config` work where there is none.

use std::io::{IsTerminal, Write};

use tempfile::TempDir;

use super::args::Cli;
use super::error::{Failure, Ran};
use super::output::{Format, Output};
use super::style::When;
use crate::desk::clock::Zone;
use crate::desk::force::Beside;
use crate::desk::opened::Desk;
use crate::desk::settings::{Access, Colour};
use crate::desk::{Settings, Surroundings, Wishes, settle};
use crate::domain::stamp::Stamp;

/// One run of one verb.
pub struct Session<'a> {
    pub around: &'a Surroundings,
    pub out: Output,
    wishes: Wishes,
    colour: When,
}

/// What the console is to be opened on.
pub struct Launch {
    pub settings: Settings,
    /// The folder of a throw-away desk: gone when this is dropped.
    pub keep: Option<TempDir>,
}

impl<'a> Session<'a> {
    #[must_use]
    pub fn new(cli: &Cli, around: &'a Surroundings) -> Session<'a> {
        let global = &cli.global;
        let format = if global.json { Format::Json } else { Format::Text };
        Session {
            around,
            out: Output::standard(format, global.color, around),
            wishes: cli.wishes(),
            colour: global.color,
        }
    }

    /// Which desk, who, and the rest.
    ///
    /// # Errors
    /// A config file with mistakes; a user name that is none.
    pub fn settings(&self) -> Ran<Settings> {
        let mut settings = settle(&self.wishes, self.around)?;
        match self.colour {
            When::Never => settings.appearance.colour = Colour::None,
            When::Always => settings.appearance.colour = Colour::Terminal,
            When::Auto => {}
        }
        Ok(settings)
    }

    /// The desk of the settings, for reading and writing unless `--read-only` was given.
    ///
    /// # Errors
    /// Whatever keeps it from being opened.
    pub fn desk(&self) -> Ran<Desk> {
        let desk = self.desk_as_it_is()?;
        self.remark_on_matrix(&desk);
        Ok(desk)
    }

    /// As [`Session::desk`], for verbs that are about the matrix and need no word about it.
    ///
    /// # Errors
    /// Whatever keeps it from being opened.
    pub fn desk_as_it_is(&self) -> Ran<Desk> {
        Ok(Desk::open(&self.settings()?, self.around)?)
    }

    /// The desk, only to be read, whatever the flags say.
    ///
    /// # Errors
    /// Whatever keeps it from being opened.
    pub fn desk_to_read(&self) -> Ran<Desk> {
        let mut settings = self.settings()?;
        if settings.desk.value.exists() {
            settings.access = Access::ReadOnly;
        }
        let desk = Desk::open(&settings, self.around)?;
        self.remark_on_matrix(&desk);
        Ok(desk)
    }

    fn remark_on_matrix(&self, desk: &Desk) {
        match &desk.in_force().beside {
            Beside::Same => {}
            Beside::Drift { file } => self.remark(&format!(
                "{} differs from the matrix in force (revision {}); `tierline matrix diff` shows how, `tierline matrix apply` puts it into force",
                file.display(),
                desk.in_force().revision
            )),
            Beside::Broken(diagnosis) => self.remark(&format!(
                "{} has mistakes, so this desk takes no commands but goes on by its matrix; `tierline matrix check` shows them",
                diagnosis.file.display()
            )),
        }
    }

    /// A line beside the data, on standard error; scripts that asked for JSON are spared it.
    pub fn remark(&self, text: &str) {
        if self.out.format == Format::Text {
            let _ = writeln!(std::io::stderr(), "note: {}", crate::domain::text::neutral(text));
        }
    }

    #[must_use]
    pub fn now(&self) -> Stamp {
        self.around.clock.now()
    }

    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.around.zone
    }

    /// The console on the desk of the settings.
    ///
    /// # Errors
    /// No terminal to draw on.
    pub fn console(&self) -> Ran<Launch> {
        self.terminal()?;
        Ok(Launch { settings: self.settings()?, keep: None })
    }

    /// Refuses where the console can't be drawn.
    ///
    /// # Errors
    /// No terminal, or one without a cursor.
    pub fn terminal(&self) -> Ran {
        let dumb = self.around.var("TERM") == Some("dumb");
        let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        match (terminal, dumb) {
            (true, false) => Ok(()),
            (true, true) => Err(no_console("the terminal is \"dumb\" (TERM) and has no cursor to move")),
            (false, _) => {
                Err(no_console("there is no terminal: standard input or output is a file or a pipe"))
            }
        }
    }
}

fn no_console(why: &str) -> Failure {
    Failure::usage(
        format!("can't open the console: {why}"),
        "use a verb instead: `tierline list`, `tierline review`, `tierline show 1042`; `tierline --help` lists all",
    )
}
