//! The real binary in a world of its own: empty environment, injected home, user, host, zone and clock. A transcript
//! holds what was typed, what came out on either stream, and the exit status; paths and random ids are normalised.

mod applying;
mod authority;
mod bad;
mod explain;
mod files;
mod handoffs;
mod intake;
mod json;
mod life;
mod refusals;
mod routing;
mod sweep;
mod waits;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A Sunday morning in Berlin.
const NOW: &str = "2026-11-22T09:12:00Z";

/// A folder with a home, and a time that stands still until it is moved.
pub struct World {
    folder: TempDir,
    now: i64,
    user: String,
}

impl World {
    /// An empty folder.
    pub fn empty() -> World {
        let now: jiff::Timestamp = NOW.parse().unwrap();
        World { folder: tempfile::tempdir().unwrap(), now: now.as_millisecond(), user: "mia".into() }
    }

    /// A folder with a desk by the built-in matrix.
    pub fn with_desk() -> World {
        let world = World::empty();
        world.must(&["init"]);
        world
    }

    /// A folder with a desk by this matrix.
    pub fn with_matrix(text: &str) -> World {
        let world = World::empty();
        std::fs::write(world.path("escalation.toml"), text).unwrap();
        world.must(&["init"]);
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Moves the clock.
    pub fn later(&mut self, minutes: i64) {
        self.now += minutes * 60_000;
    }

    /// Whoever types from now on.
    pub fn user(&mut self, name: &str) {
        self.user = name.to_owned();
    }

    /// The binary, ready to run here.
    pub fn command<S: AsRef<std::ffi::OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tierline"));
        command.args(args).current_dir(self.root()).env_clear().stdin(Stdio::null());
        command.env("HOME", self.path("home")).env("USER", &self.user).env("TZ", "Europe/Berlin");
        command.env("TIERLINE_HOST", "desk3").env("TIERLINE_NOW", self.now.to_string());
        command
    }

    /// What it gives.
    pub fn run<S: AsRef<std::ffi::OsStr>>(&self, args: &[S]) -> Output {
        self.command(args).output().unwrap()
    }

    /// As [`World::run`], with something on standard input.
    pub fn fed<S: AsRef<std::ffi::OsStr>>(&self, args: &[S], input: &[u8]) -> Output {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Whoever refuses its arguments reads nothing.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }

    /// Standard output of a run that has to succeed.
    pub fn must(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The JSON of a run, whatever its exit status.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        let output = self.run(&[args, &["--json"]].concat());
        let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
        serde_json::from_slice(&text)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&text)))
    }

    /// Runs the lines one after the other, each as a shell would split it, and writes down what came of it.
    pub fn transcript(&self, lines: &[&str]) -> String {
        lines.iter().map(|line| self.told(line, &self.run(&shell_words::split(line).unwrap()))).collect()
    }

    /// A transcript of one line with standard input.
    pub fn transcript_fed(&self, line: &str, input: &[u8]) -> String {
        self.told(line, &self.fed(&shell_words::split(line).unwrap(), input))
    }

    fn told(&self, line: &str, output: &Output) -> String {
        let mut out = format!("$ tierline {line}\n");
        out.push_str(&self.normal(&output.stdout));
        for line in self.normal(&output.stderr).lines() {
            let _ = writeln!(out, "! {line}");
        }
        match output.status.code() {
            Some(0) => {}
            Some(code) => out.push_str(&format!("[exit status {code}]\n")),
            None => out.push_str("[ended by a signal]\n"),
        }
        out
    }

    fn normal(&self, text: &[u8]) -> String {
        let text = String::from_utf8(text.to_vec()).unwrap();
        let real = self.root().canonicalize().unwrap();
        let text = text.replace(real.to_str().unwrap(), "~").replace(self.root().to_str().unwrap(), "~");
        // The width of a column follows the path that was in it.
        if text.contains('~') { text.lines().map(|line| squeezed(line) + "\n").collect() } else { text }
    }
}

fn squeezed(line: &str) -> String {
    let start = line.len() - line.trim_start().len();
    let (indent, rest) = line.split_at(start);
    let words: Vec<&str> = rest.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
    format!("{indent}{}", words.join("  "))
}

/// What no output may hold, whatever was typed or stored.
pub fn raw(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    text.chars().any(|c| c != '\n' && tierline::domain::text::is_unsafe(c))
}

/// A desk with tiers, people, roles and a hand-off, small enough to keep in mind.
pub const TEAM: &str = r##"
[desk]
name = "Northwind Service Desk"
timezone = "Europe/Berlin"

[priority]
levels = ["P1", "P2", "P3", "P4"]
urgency = ["high", "medium", "low"]
impact.extensive = ["P1", "P2", "P3"]
impact.limited = ["P2", "P3", "P4"]

[[tiers]]
name = "L1"
[[tiers]]
name = "L2"

[[groups]]
name = "Service Desk"
tier = "L1"
escalates-to = ["Network", "Desktop"]
[[groups]]
name = "Network"
tier = "L2"
contacts = [{ channel = "chat", to = "#net-oncall", respond-within = "15m" }]
[[groups]]
name = "Desktop"
tier = "L2"

[roles.analyst]
may = ["open", "edit", "prioritise", "route", "take", "release", "note", "escalate", "return", "wait", "resolve", "close", "reopen", "link"]
[roles.lead]
may = ["open", "edit", "prioritise", "override-priority", "route", "take", "take-over", "release", "assign", "note", "escalate", "override-handoff", "return", "wait", "resolve", "close", "reopen", "link", "apply-matrix"]

[[people]]
name = "mia"
role = "analyst"
groups = ["Service Desk"]
[[people]]
name = "jo"
role = "analyst"
groups = ["Network"]
[[people]]
name = "tess"
role = "lead"
groups = ["Service Desk", "Network", "Desktop"]

[handoff]
default = { require = ["tried"] }
[fields.tried]
label = "What was tried"
kind = "text"
"##;
