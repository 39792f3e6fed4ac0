//! The reference pages, made from the same declarations as the help and the keys: `docs/cli.md`, `docs/keys.md`. A
//! test holds the pages in the repository to them.

use std::fmt::Write;

use clap::{Command, CommandFactory};

use super::args::Cli;
use super::keys::KeyRow;

/// The page.
#[must_use]
pub fn page() -> String {
    let mut root = Cli::command().term_width(100);
    root.build();
    let mut out = String::from(HEAD);
    let verbs: Vec<&Command> = root.get_subcommands().filter(|verb| verb.get_name() != "help").collect();
    for verb in &verbs {
        let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "| [`{0}`](#tierline-{0}) | {about} |", verb.get_name());
    }
    chapter(&mut out, &root, "tierline", 2);
    for verb in verbs {
        chapter(&mut out, verb, &format!("tierline {}", verb.get_name()), 2);
        for inner in verb.get_subcommands().filter(|inner| inner.get_name() != "help") {
            chapter(&mut out, inner, &format!("tierline {} {}", verb.get_name(), inner.get_name()), 3);
        }
    }
    out
}

const HEAD: &str = "\
# The command line

Made from the program by `TIERLINE_WRITE_DOCS=1 cargo test docs`; don't edit it by hand.

| verb | |
| --- | --- |
";

fn chapter(out: &mut String, command: &Command, name: &str, depth: usize) {
    let help = command.clone().bin_name(name).render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    let _ = write!(out, "\n{} {name}\n\n```text\n{}\n```\n", "#".repeat(depth), lines.join("\n").trim_end());
}

/// The reference page of the console's keys: `docs/keys.md`.
#[must_use]
pub fn keys_page(rows: &[KeyRow]) -> String {
    let mut out = String::from(KEYS_HEAD);
    let mut group = "";
    for row in rows {
        if row.group != group {
            group = row.group;
            let _ = write!(out, "\n## {group}\n\n| keys | | action |\n| --- | --- | --- |\n");
        }
        let keys: Vec<String> = row.keys.iter().map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
        let _ = writeln!(out, "| {} | {} | `{}` |", keys.join(", "), row.doc, row.name);
    }
    out
}

const KEYS_HEAD: &str = "\
# The keys of the console

Made from the program by `TIERLINE_WRITE_DOCS=1 cargo test docs`; don't edit it by hand. Every action is in the
palette too. `[keys]` in the config file changes a key, `\"ticket.take\" = [\"x\"]`, or takes it away, `[]`;
`tierline keys` shows what is in force.
";
