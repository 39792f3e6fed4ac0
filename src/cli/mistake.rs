//! Arguments that clap does not accept, in the shape of every other error; and the help and the version, which clap
//! gives as errors too. What was typed is shown again only neutralised and cut.

use std::ffi::OsString;
use std::io::Write;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::Cli;
use super::error::Failure;
use super::output::Format;
use super::status::Status;
use super::table::fit;
use super::tell;
use crate::domain::query::parse;
use crate::domain::text::{Label, neutral_lines};
use crate::rules::refusal::Gap;

/// Longest line that an argument is shown in again.
const SHOWN: usize = 400;

/// Prints the help, the version, or what is wrong with `args`; gives the exit status.
pub fn explain(error: &clap::Error, args: &[OsString], format: Format) -> Status {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader who closes the pipe has read enough.
            let _ = write!(std::io::stdout(), "{}", error.render());
            Status::Done
        }
        _ => tell(&failure(error, args), format),
    }
}

fn failure(error: &clap::Error, args: &[OsString]) -> Failure {
    let help = help(error, args);
    match (error.kind(), named(error, ContextKind::InvalidArg)) {
        (ErrorKind::ValueValidation, Some(argument)) => {
            let why = std::error::Error::source(error)
                .map_or_else(|| String::from("it is not fit"), ToString::to_string);
            Failure::usage(format!("{argument}: {}", cut(&why)), help)
        }
        (ErrorKind::MissingRequiredArgument, Some(missing)) => missing_arguments(&missing, help),
        (ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, _) => missing_arguments("<VERB>", help),
        (ErrorKind::InvalidUtf8, _) => Failure::usage(not_utf8(args), help),
        (ErrorKind::UnknownArgument, Some(flag)) => negated(args)
            .unwrap_or_else(|| Failure::usage(format!("there is no flag {} here", cut(&flag)), help)),
        _ => Failure::usage(first_paragraph(error), help),
    }
}

fn missing_arguments(missing: &str, help: String) -> Failure {
    let message = format!("missing: {}", cut(missing));
    let flag = |argument: &str| Label::soften(argument.split(" <").next().unwrap_or(argument));
    let gaps = missing.split(", ").map(|argument| Gap { field: flag(argument), why: message.clone() });
    Failure { missing: gaps.collect(), ..Failure::usage(message.clone(), help) }
}

fn not_utf8(args: &[OsString]) -> String {
    let bad = args.iter().find(|arg| arg.to_str().is_none());
    format!(
        "an argument is not UTF-8: {}",
        cut(&bad.map_or(String::new(), |arg| arg.to_string_lossy().into()))
    )
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

fn help(error: &clap::Error, args: &[OsString]) -> String {
    let text = error.render().to_string();
    let tip = text.lines().find_map(|line| line.trim_start().strip_prefix("tip: "));
    let usage = text.lines().find_map(|line| line.strip_prefix("Usage: "));
    let usage = usage.map(|usage| cut(&format!("usage: {usage}")));
    let manual = format!("see `tierline{} --help`", verb(args));
    match (tip, usage) {
        (Some(tip), _) if tip.contains("as a value") => {
            format!("{manual}; words that begin with `-` go behind a `--`")
        }
        (Some(tip), _) => cut(tip).replace("subcommand", "verb").replace("argument", "flag"),
        (None, usage) => usage.unwrap_or(manual),
    }
}

/// The verbs that take a query.
const ASKS: [&str; 3] = [" list", " report", " export"];

/// A term that is turned round by `-` where a query is expected, and so was taken for a flag.
fn negated(args: &[OsString]) -> Option<Failure> {
    let turned = |arg: &str| arg.starts_with('-') && !arg.starts_with("--") && arg.contains(':');
    let mut given = args.iter().skip(1).filter_map(|arg| arg.to_str());
    let verb = Some(verb(args)).filter(|verb| ASKS.contains(&verb.as_str()))?;
    let term = cut(given.find(|arg| turned(arg) && parse(arg).is_ok())?);
    Some(Failure::usage(
        format!("{term} reads like a flag, for it begins with `-`"),
        format!("put `--` before the query: `tierline{verb} -- {term}`"),
    ))
}

/// The verb among the arguments, with a blank before it.
fn verb(args: &[OsString]) -> String {
    let command = Cli::command();
    let verbs = args.iter().skip(1).filter_map(|arg| command.find_subcommand(arg));
    verbs.take(1).map(|verb| format!(" {}", verb.get_name())).collect()
}

fn cut(text: &str) -> String {
    fit(&neutral_lines(text), SHOWN)
}
