//! The shape of the project: every file says what it owns, none grows without bound, none is forgotten by its
//! `mod` line, no snapshot waits for a review, and nothing speaks of anything but the project.

use super::source::{Source, files, root};

/// A file's lines without its tests: no file may pass the first, nine in ten keep the second, half the third.
const LONGEST: usize = 500;
const MOST: usize = 300;
const MEDIAN: usize = 150;

/// A room's own words at its top are more than a file's.
const HEAD: std::ops::RangeInclusive<usize> = 1..=8;
const ROOM_HEAD: std::ops::RangeInclusive<usize> = 2..=10;

/// Names that say nothing about what a file owns.
const NAMELESS: [&str; 8] = ["utils", "util", "common", "helpers", "helper", "strings", "misc", "shared"];

/// The lines at its top, drawings not counted.
fn head(source: &Source) -> usize {
    let top = source.text.lines().map_while(|line| line.strip_prefix("//!"));
    let drawing = top.scan(false, |drawing, line| {
        let fence = line.trim().starts_with("```");
        *drawing ^= fence;
        Some(*drawing || fence)
    });
    drawing.filter(|drawing| !drawing).count()
}

fn written() -> Vec<Source> {
    files("src", ".rs").into_iter().filter(|source| !source.is_test()).collect()
}

#[test]
fn every_file_says_what_it_owns() {
    let wanted = |source: &Source| {
        let room = source.path.ends_with("/mod.rs") && source.depth() == 1;
        if room { ROOM_HEAD } else { HEAD }
    };
    let tests = files("tests", ".rs").into_iter().filter(|source| source.path != "tests/it/main.rs");
    let mute: Vec<String> = written()
        .into_iter()
        .chain(tests)
        .filter(|source| !wanted(source).contains(&head(source)))
        .map(|source| {
            format!("{}: {} lines of `//!`, {:?} wanted", source.path, head(&source), wanted(&source))
        })
        .collect();
    assert!(mute.is_empty(), "{}", mute.join("\n"));
}

#[test]
fn files_stay_small() {
    let mut lengths: Vec<(usize, String)> = written().into_iter().map(|s| (s.lines(), s.path)).collect();
    lengths.sort_unstable();
    let at = |share: f64| lengths[((lengths.len() - 1) as f64 * share) as usize].0;
    assert!(at(1.0) <= LONGEST, "over {LONGEST} lines: {:?}", lengths.last());
    assert!(
        at(0.9) <= MOST,
        "one file in ten is over {MOST} lines: {:?}",
        &lengths[lengths.len() * 9 / 10..]
    );
    assert!(at(0.5) <= MEDIAN, "the middle file has {} lines, {MEDIAN} at most", at(0.5));
}

#[test]
fn names_say_what_a_file_owns() {
    let all = files("src", ".rs").into_iter().chain(files("tests", ".rs"));
    let mut vague: Vec<String> = all.map(|source| source.path).collect();
    vague.retain(|path| path.split('/').any(|part| NAMELESS.contains(&part.trim_end_matches(".rs"))));
    assert!(vague.is_empty(), "{vague:?}");
}

/// Whether the text declares a module of that name.
fn declares(text: &str, name: &str) -> bool {
    let wanted = format!("mod {name};");
    let word = |c: char| c.is_alphanumeric() || c == '_';
    text.lines().any(|line| {
        let line = line.trim();
        !line.starts_with("//") && line.strip_suffix(&wanted).is_some_and(|before| !before.ends_with(word))
    })
}

/// Files that no `mod` line of the file above them names: cargo would never say that it doesn't build them.
fn forgotten(all: &[Source]) -> Vec<String> {
    let text =
        |path: String| all.iter().find(|source| source.path == path).map(|source| source.text.as_str());
    let named = |path: &str| {
        let stem = path.strip_suffix("/mod.rs").unwrap_or_else(|| path.trim_end_matches(".rs"));
        let Some((folder, name)) = stem.rsplit_once('/') else { return true };
        let above = ["/mod.rs", "/lib.rs", "/main.rs", ".rs"].into_iter();
        above.filter_map(|file| text(format!("{folder}{file}"))).any(|text| declares(text, name))
    };
    let roots = ["src/lib.rs", "src/main.rs", "tests/it/main.rs"];
    let below = all.iter().map(|source| source.path.clone()).filter(|path| !roots.contains(&path.as_str()));
    below.filter(|path| !named(path)).collect()
}

#[test]
fn no_file_is_left_out() {
    let all: Vec<Source> = files("src", ".rs").into_iter().chain(files("tests", ".rs")).collect();
    assert_eq!(forgotten(&all), Vec::<String>::new());
}

#[test]
fn a_forgotten_file_is_noticed() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let all = [
        source("src/lib.rs", "pub mod a;\npub(crate) mod b;"),
        source("src/a/mod.rs", "mod c;\n// mod lost;\nmod almost_lost;"),
        source("src/a/c.rs", "#[cfg(test)]\nmod tests;"),
        source("src/a/c/tests.rs", ""),
        source("src/a/lost.rs", ""),
        source("src/b.rs", ""),
        source("src/b/deep/mod.rs", ""),
    ];
    assert_eq!(forgotten(&all), ["src/a/lost.rs", "src/b/deep/mod.rs"]);
}

#[test]
fn no_snapshot_waits_for_a_review() {
    let waiting: Vec<String> = ["src", "tests"]
        .into_iter()
        .flat_map(|folder| files(folder, ".snap.new"))
        .map(|file| file.path)
        .collect();
    assert!(waiting.is_empty(), "review these with `cargo insta review`: {waiting:?}");
}

/// Words of a workplace, in two halves so that this file doesn't hold them.
const FOREIGN: [(&str, &str); 5] =
    [("/wo", "rk/"), ("/tmp/", "wt"), ("../shared/", "tools"), ("brief", ".md"), ("sub", "agent")];

#[test]
fn the_project_speaks_of_itself_alone() {
    let folders = ["src", "tests", "docs", "examples", "benches", "assets", ".ci"];
    let mut texts: Vec<Source> = folders
        .into_iter()
        .flat_map(|folder| files(folder, ""))
        .filter(|file| !file.text.contains('\0'))
        .collect();
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "Cargo.toml", "deny.toml"]
    {
        texts.push(Source {
            path: name.to_owned(),
            text: std::fs::read_to_string(root().join(name)).unwrap(),
        });
    }
    let strays = texts.iter().flat_map(|file| {
        let lines = file.text.lines().enumerate();
        lines
            .filter(|(_, line)| FOREIGN.iter().any(|(a, b)| line.contains(&format!("{a}{b}"))))
            .map(|(at, line)| format!("{}:{}: {}", file.path, at + 1, line.trim()))
    });
    let strays: Vec<String> = strays.collect();
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}
