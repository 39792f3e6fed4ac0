//! `completions`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::args::Cli;
use crate::cli::error::Ran;
use crate::cli::session::Session;

/// Print a completion script for a shell
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        // clap_complete panics on a closed pipe, so the script is made in memory.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "tierline", &mut script);
        Ok(session.out.raw().write_all(&script)?)
    }
}
