//! The whole command line as a type: the global flags and the verbs in the order of the help. What each verb takes
//! stands in its own file, and its doc comments are the help text.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::error::Ran;
use super::session::Session;
use super::style::When;
use super::verb;
use crate::desk::Wishes;
use crate::desk::settings::{Access, Sweeping};

const AFTER: &str = "\
Exit status: 0 done, 1 failed, 2 wrong usage or missing information, 3 refused by the matrix,
4 conflict or lock not had, 5 the desk is unsafe or damaged.

Environment: TIERLINE_DESK, TIERLINE_USER, TIERLINE_CONFIG, NO_COLOR, COLUMNS.
`tierline config` shows what is in force and where it comes from.";

/// A help desk in one binary and one file
///
/// Without a verb tierline opens the console. Every verb does what the console does, under the same rules and in
/// the same words.
#[derive(Debug, Parser)]
#[command(name = "tierline", version, after_help = AFTER, max_term_width = 100)]
#[command(subcommand_value_name = "VERB", subcommand_help_heading = "Verbs")]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    /// The console only shows, and leaves it to others to do what the matrix has due
    #[arg(long)]
    pub no_sweep: bool,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// Flags that every verb takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The desk's file
    #[arg(long, global = true, value_name = "FILE")]
    pub desk: Option<PathBuf>,
    /// Who you are
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub user: Option<String>,
    /// The config file
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Change nothing
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Print JSON, one versioned object; errors too
    #[arg(long, global = true)]
    pub json: bool,
    /// Whether to colour the output; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub color: When,
    /// Never ask: what is missing is an error, as it is without this flag today
    #[arg(long, global = true)]
    pub no_input: bool,
}

impl Global {
    /// What the settings are to be settled with.
    #[must_use]
    pub fn wishes(&self) -> Wishes {
        let access = if self.read_only { Access::ReadOnly } else { Access::Write };
        let (desk, user, config) = (self.desk.clone(), self.user.clone(), self.config.clone());
        Wishes { desk, user, config, access, sweep: None }
    }
}

impl Cli {
    /// What the settings are to be settled with.
    #[must_use]
    pub fn wishes(&self) -> Wishes {
        let sweep = self.no_sweep.then_some(Sweeping::Off);
        Wishes { sweep, ..self.global.wishes() }
    }
}

macro_rules! verbs {
    ($($name:ident($verb:ty)),+ $(,)?) => {
        /// What to do.
        #[derive(Debug, Subcommand)]
        pub enum Verb {
            $($name($verb),)+
            Keys(verb::Keys),
            Demo(verb::Demo),
        }

        impl Verb {
            /// Does it.
            ///
            /// # Errors
            /// Why it could not be done.
            pub fn run(self, session: &mut Session<'_>) -> Ran {
                match self {
                    $(Verb::$name(verb) => verb.run(session),)+
                    Verb::Keys(verb) => verb.run(session, &[]),
                    Verb::Demo(verb) => verb.run(session).map(|_| ()),
                }
            }
        }
    };
}

verbs! {
    Init(verb::Init),
    New(verb::New),
    List(verb::List),
    Show(verb::Show),
    Take(verb::Take),
    Release(verb::Release),
    Note(verb::Note),
    Escalate(verb::Escalate),
    Rate(verb::Rate),
    Return(verb::Return),
    Wait(verb::Wait),
    Resume(verb::Resume),
    Resolve(verb::Resolve),
    Confirm(verb::Confirm),
    Close(verb::Close),
    Reopen(verb::Reopen),
    Assign(verb::Assign),
    Prioritise(verb::Prioritise),
    Edit(verb::Edit),
    Route(verb::Route),
    Link(verb::Link),
    Explain(verb::Explain),
    Log(verb::Log),
    Review(verb::Review),
    Matrix(verb::Matrix),
    Sweep(verb::Sweep),
    Report(verb::Report),
    Import(verb::Import),
    Export(verb::Export),
    Verify(verb::Verify),
    Backup(verb::Backup),
    Doctor(verb::Doctor),
    Config(verb::Config),
    Completions(verb::Completions),
}
