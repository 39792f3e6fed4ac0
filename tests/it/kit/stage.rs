//! A place of its own for one console or more: empty folders instead of the user's, no environment but what is set
//! here, a clock that stands still. Nothing outside of it is read or written.

use std::path::{Path, PathBuf};

use portable_pty::CommandBuilder;

use super::desk::NOW;
use super::tty::{Size, Tty};

/// The screen of DESIGN's budgets and pictures.
pub const WIDE: Size = (120, 40);
pub const SMALL: Size = (80, 24);

/// Two folders: the user's home, and the desk's own, so that every call on the desk can be told by its path.
pub struct Stage {
    folder: tempfile::TempDir,
    program: PathBuf,
}

impl Stage {
    pub fn new(program: impl Into<PathBuf>) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        for inner in ["home", "desk"] {
            std::fs::create_dir(folder.path().join(inner)).unwrap();
        }
        Stage { folder, program: program.into() }
    }

    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub fn desk_folder(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    pub fn desk(&self) -> PathBuf {
        self.desk_folder().join("desk.db")
    }

    pub fn program(&self) -> &Path {
        &self.program
    }

    /// The environment of a user called mia.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let home = self.home().display().to_string();
        vec![
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("XDG_CONFIG_HOME", format!("{home}/config")),
            ("XDG_DATA_HOME", format!("{home}/data")),
            ("XDG_STATE_HOME", format!("{home}/state")),
            ("TMPDIR", home.clone()),
            ("HOME", home),
            ("TERM", String::from("xterm-256color")),
            ("LANG", String::from("C.UTF-8")),
            ("TZ", String::from("UTC")),
            ("TIERLINE_DESK", self.desk().display().to_string()),
            ("TIERLINE_USER", String::from("mia")),
            ("TIERLINE_HOST", String::from("desk3")),
            ("TIERLINE_NOW", NOW.to_string()),
        ]
    }

    /// Makes a command hermetic.
    pub fn dress(&self, mut command: CommandBuilder) -> CommandBuilder {
        command.env_clear();
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        command.cwd(self.home());
        command
    }

    /// The program itself, hermetic, to be changed before it is started.
    pub fn console(&self) -> CommandBuilder {
        self.dress(CommandBuilder::new(&self.program))
    }

    pub fn start(&self, size: Size) -> Tty {
        Tty::start(self.console(), size)
    }

    /// Runs the program with arguments, and gives what it printed.
    pub fn run(&self, args: &[&str]) -> std::process::Output {
        let mut command = std::process::Command::new(&self.program);
        command.env_clear().envs(self.environment()).current_dir(self.home()).args(args);
        command.stdin(std::process::Stdio::null()).output().unwrap()
    }
}
