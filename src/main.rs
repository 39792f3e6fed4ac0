//! The binary: parse, run, map the kind of an error to an exit status. The only place that knows both the command
//! line and the console.

use std::process::ExitCode;

use tierline::cli::{self, Failure, KeyRow, Launch, Outcome, Status};
use tierline::desk::Surroundings;
use tierline::tui::action::{Action, Group};
use tierline::tui::{ConsoleError, Ending, run as open_console};

fn main() -> ExitCode {
    let around = Surroundings::real();
    match cli::run(std::env::args_os().collect(), &around, &keys()) {
        Outcome::Ended(status) => status.into(),
        Outcome::Console(launch) => console(&launch, &around),
    }
}

fn console(launch: &Launch, around: &Surroundings) -> ExitCode {
    let failure = match open_console(&launch.settings, around) {
        Ok(Ending::Left) => return Status::Done.into(),
        Ok(Ending::Signalled(status)) => return ExitCode::from(status),
        Ok(Ending::Abandoned(unsaved)) => Failure::new(
            Status::Failed,
            format!("left with {unsaved} {} unsaved", if unsaved == 1 { "change" } else { "changes" }),
            "their texts are kept as drafts; open the console again",
        ),
        Ok(Ending::Died(why)) => Failure::new(Status::Failed, why, ""),
        Err(error @ ConsoleError::NoTerminal(_)) => Failure::usage(error.to_string(), ""),
        Err(error) => Failure::new(Status::Failed, error.to_string(), ""),
    };
    cli::tell(&failure, cli::output::Format::Text).into()
}

/// The action table as the verb `keys` prints it.
fn keys() -> Vec<KeyRow> {
    let of = |group: Group| Action::all().filter(move |action| action.group == group);
    Group::ALL.into_iter().flat_map(of).map(row).collect()
}

fn row(action: &'static Action) -> KeyRow {
    KeyRow { group: action.group.title(), name: action.name, keys: action.keys, doc: action.doc }
}
