//! File calls, counted by strace: exact, and the same on every machine. A call counts if it names anything in the
//! desk's folder, or uses a descriptor of it. Looking whether the file changed is told apart: it comes with the time.

use std::path::PathBuf;
use std::process::Command;

use portable_pty::CommandBuilder;

use super::stage::Stage;

/// Whether there is an strace that may trace.
pub fn can_count() -> bool {
    Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success())
}

/// A growing trace of a program.
pub struct Trace {
    file: PathBuf,
    folder: String,
}

/// What was called so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calls {
    /// One `statx` each: has the file changed?
    pub looks: usize,
    pub others: usize,
}

impl std::ops::Sub for Calls {
    type Output = Calls;

    fn sub(self, before: Calls) -> Calls {
        Calls { looks: self.looks - before.looks, others: self.others - before.others }
    }
}

impl Trace {
    /// The stage's program under strace. `-y` names descriptors, `-f` follows threads.
    pub fn of(stage: &Stage) -> (Trace, CommandBuilder) {
        let file = stage.home().join("trace");
        let mut command = CommandBuilder::new("strace");
        command.args(["-f", "-y", "-qq", "-o"]);
        command.arg(&file);
        command.arg(stage.program());
        (Trace { file, folder: stage.desk_folder().display().to_string() }, stage.dress(command))
    }

    /// As [`Trace::of`], without a terminal.
    pub fn under(stage: &Stage) -> (Trace, Command) {
        let file = stage.home().join("trace");
        let mut command = Command::new("strace");
        command.args(["-f", "-y", "-qq", "-o"]).arg(&file).arg(stage.program());
        command.env_clear().envs(stage.environment()).current_dir(stage.home());
        (Trace { file, folder: stage.desk_folder().display().to_string() }, command)
    }

    /// The lines of the calls so far.
    pub fn lines(&self) -> Vec<String> {
        let text = std::fs::read(&self.file).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        text.lines().filter(|line| self.counts(line)).map(str::to_owned).collect()
    }

    pub fn calls(&self) -> Calls {
        let lines = self.lines();
        let looks = lines.iter().filter(|line| line.contains("AT_STATX_FORCE_SYNC")).count();
        Calls { looks, others: lines.len() - looks }
    }

    fn counts(&self, line: &str) -> bool {
        line.contains(&self.folder) && !ONLY_HERE.iter().any(|call| line.contains(call))
    }
}

/// Starting it; what root and a debug build do besides; and the second line of a call that was interrupted.
const ONLY_HERE: [&str; 4] = ["execve(", "fchown(", "F_GETFD", "resumed>"];
