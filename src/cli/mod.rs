//! The command line: one file per verb, arguments and one function. Never uses the console: what the console is to
//! be opened on goes back to the caller as data.

pub mod act;
pub mod args;
pub mod docs;
pub mod error;
pub mod given;
pub mod keys;
pub mod mistake;
pub mod output;
pub mod session;
pub mod shape;
pub mod status;
pub mod style;
pub mod table;
pub mod verb;

use std::ffi::OsString;
use std::io::Write;

use clap::Parser;

pub use args::{Cli, Global};
pub use error::{Failure, Ran};
pub use keys::KeyRow;
pub use session::{Launch, Session};
pub use status::Status;

use crate::desk::Surroundings;
use output::Format;

/// What a run of the binary comes to.
pub enum Outcome {
    Ended(Status),
    /// The console is wanted.
    Console(Box<Launch>),
}

/// Reads the arguments and does what they say. `keys` is what the verb `keys` prints.
#[must_use]
pub fn run(args: Vec<OsString>, around: &Surroundings, keys: &[KeyRow]) -> Outcome {
    let format = asked_format(&args);
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return Outcome::Ended(mistake::explain(&error, &args, format)),
    };
    match attempt(cli, around, keys) {
        Ok(outcome) => outcome,
        Err(failure) => Outcome::Ended(tell(&failure, format)),
    }
}

fn attempt(cli: Cli, around: &Surroundings, keys: &[KeyRow]) -> Ran<Outcome> {
    let mut session = Session::new(&cli, around);
    let ran = match cli.verb {
        None => return session.console().map(Box::new).map(Outcome::Console),
        Some(args::Verb::Demo(demo)) => return demo.run(&mut session),
        Some(args::Verb::Keys(verb)) => verb.run(&mut session, keys),
        Some(verb) => verb.run(&mut session),
    };
    let flushed = session.out.flush().map_err(Failure::from);
    ran.and(flushed).map(|()| Outcome::Ended(Status::Done))
}

/// A mistake in the arguments keeps clap from saying whether JSON was asked for.
fn asked_format(args: &[OsString]) -> Format {
    let options = args.iter().take_while(|arg| *arg != "--");
    if options.into_iter().any(|arg| arg == "--json") { Format::Json } else { Format::Text }
}

/// Says what went wrong on standard error and gives the exit status. A standard error that is closed changes neither.
pub fn tell(failure: &Failure, format: Format) -> Status {
    let text = match format {
        _ if failure.message.is_empty() => String::new(),
        Format::Text => failure.lines(),
        Format::Json => format!("{}\n", output::harmless(&failure.json())),
    };
    let _ = std::io::stderr().write_all(text.as_bytes());
    failure.status
}
