//! File calls, counted by strace: exact, and the same on every machine. A call counts if it names the desk's file, its
//! journal or its lock, or uses a descriptor of one of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use portable_pty::CommandBuilder;

/// Whether there is an strace that may trace.
pub fn can_count() -> bool {
    Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success())
}

/// A growing trace of a program.
pub struct Trace {
    file: PathBuf,
    desk: String,
}

impl Trace {
    /// The command that runs `program` under strace. `-y` names descriptors, `-f` follows its threads.
    pub fn of(program: &Path, desk: &Path, file: PathBuf) -> (Trace, CommandBuilder) {
        let mut command = CommandBuilder::new("strace");
        command.args(["-f", "-y", "-qq", "-o"]);
        command.arg(&file);
        command.arg(program);
        (Trace { file, desk: desk.to_string_lossy().into_owned() }, command)
    }

    /// The calls so far, a line each.
    pub fn calls(&self) -> Vec<String> {
        let text = std::fs::read(&self.file).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        text.lines().filter(|line| self.counts(line)).map(str::to_owned).collect()
    }

    fn counts(&self, line: &str) -> bool {
        line.contains(&self.desk) && !ONLY_HERE.iter().any(|call| line.contains(call))
    }
}

/// Starting it; what root and a debug build do besides; and the second line of a call that was interrupted.
const ONLY_HERE: [&str; 4] = ["execve(", "fchown(", "F_GETFD", "resumed>"];
