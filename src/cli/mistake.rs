//! Arguments that clap does not accept, in the shape of every other error; and the help and the version, which clap
//! gives as errors too. What was typed is shown again only neutralised and cut.

use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::error::Failure;
use super::output::Format;
use super::status::Status;
use super::table::fit;
use super::tell;
use crate::domain::text::neutral_lines;

/// Longest line that an argument is shown in again.
const SHOWN: usize = 400;

/// Prints the help, the version, or what is wrong; gives the exit status.
pub fn explain(error: &clap::Error, format: Format) -> Status {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader who closes the pipe has read enough.
            let _ = write!(std::io::stdout(), "{}", error.render());
            Status::Done
        }
        _ => tell(&failure(error), format),
    }
}

fn failure(error: &clap::Error) -> Failure {
    let help = help(error);
    match (error.kind(), named(error, ContextKind::InvalidArg)) {
        (ErrorKind::ValueValidation, Some(argument)) => {
            let why = std::error::Error::source(error)
                .map_or_else(|| String::from("it is not fit"), ToString::to_string);
            Failure::usage(format!("{argument}: {}", cut(&why)), help)
        }
        (ErrorKind::MissingRequiredArgument, Some(missing)) => {
            Failure::usage(format!("missing: {}", cut(&missing)), help)
        }
        _ => Failure::usage(first_paragraph(error), help),
    }
}

fn named(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(one) => Some(one.clone()),
        ContextValue::Strings(all) => Some(all.join(", ")),
        _ => None,
    }
}

/// What clap says first, without its own `error:`.
fn first_paragraph(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let text = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ").trim_end();
    let text = text.replace("unrecognized subcommand", "there is no verb");
    text.lines().map(cut).collect::<Vec<_>>().join("\n")
}

fn help(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let tip = text.lines().find_map(|line| line.trim_start().strip_prefix("tip: "));
    let usage = text.lines().find_map(|line| line.strip_prefix("Usage: "));
    let usage = usage.map(|usage| format!("usage: {usage}"));
    match (tip.map(cut), usage) {
        (Some(tip), _) => tip.replace("subcommand", "verb"),
        (None, Some(usage)) => cut(&usage),
        (None, None) => String::from("see `tierline --help`"),
    }
}

fn cut(text: &str) -> String {
    fit(&neutral_lines(text), SHOWN)
}
