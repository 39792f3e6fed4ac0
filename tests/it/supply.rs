//! What the binary and its tests are built from, held to `deny.toml`: licences, versions, bans, sources, and a
//! reason for every direct dependency. Asks cargo alone, so that it costs a second and needs no network.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use super::source::root;

/// Crates in one build, tests included: each is somebody's code that runs here.
const MOST: usize = 210;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Built {
    name: String,
    version: String,
    licence: String,
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap()
}

fn table(file: &str) -> toml::Table {
    read(file).parse().unwrap()
}

/// Every crate that cargo builds on this machine.
fn built() -> BTreeSet<Built> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--locked", "--offline", "--edges", "normal,build,dev", "--prefix", "none"]);
    let output = cargo.args(["--format", "{p}|{l}"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let crates = text.lines().filter_map(|line| {
        let (package, licence) = line.trim_end_matches(" (*)").split_once('|')?;
        let (name, rest) = package.split_once(" v")?;
        let version = rest.split(' ').next()?.to_owned();
        Some(Built { name: name.to_owned(), version, licence: licence.to_owned() })
    });
    crates.filter(|one| one.name != "tierline").collect()
}

/// The strings of a list, or the `name` of each of its tables.
fn list(value: Option<&toml::Value>) -> Vec<String> {
    let entries = value.and_then(toml::Value::as_array).into_iter().flatten();
    let text =
        |entry: &toml::Value| entry.as_str().or_else(|| entry.get("name")?.as_str()).map(str::to_owned);
    entries.filter_map(text).collect()
}

/// Whether an SPDX expression can be met with what is allowed. An `or` asks for one side, an `and` for both.
fn met(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let words = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = words.split_whitespace().collect();
    either(&mut words.as_slice(), allowed)
}

fn either(words: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut result = both(words, allowed);
    while next_is(words, "OR") {
        result |= both(words, allowed);
    }
    result
}

fn both(words: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut result = one(words, allowed);
    while next_is(words, "AND") {
        result &= one(words, allowed);
    }
    result
}

fn one(words: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> bool {
    if next_is(words, "(") {
        let result = either(words, allowed);
        return next_is(words, ")") && result;
    }
    let Some((first, rest)) = words.split_first() else { return false };
    *words = rest;
    let mut licence = (*first).to_owned();
    if next_is(words, "WITH") {
        licence = format!("{licence} WITH {}", words[0]);
        *words = &words[1..];
    }
    allowed(&licence)
}

fn next_is(words: &mut &[&str], word: &str) -> bool {
    let found = words.first() == Some(&word);
    if found {
        *words = &words[1..];
    }
    found
}

#[test]
fn licences_are_read_as_spdx_has_them() {
    let allowed = |licence: &str| ["MIT", "Zlib", "A WITH e"].contains(&licence);
    let cases = [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("MIT AND Zlib", true),
        ("(MIT OR GPL-3.0) AND Zlib", true),
        ("(MIT OR Zlib) AND GPL-3.0", false),
        ("GPL-3.0 OR MIT AND GPL-2.0", false),
        ("A WITH e OR GPL-3.0", true),
        ("A", false),
        ("", false),
    ];
    for (expression, expected) in cases {
        assert_eq!(met(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn every_licence_is_allowed() {
    let deny = table("deny.toml");
    let allow = list(deny["licenses"].get("allow"));
    let exceptions = deny["licenses"].get("exceptions").and_then(toml::Value::as_array).unwrap();
    let excepted = |name: &str, licence: &str| {
        let of = exceptions.iter().filter(|entry| entry["name"].as_str() == Some(name));
        of.flat_map(|entry| list(entry.get("allow"))).any(|allowed| allowed == licence)
    };
    let refused: Vec<Built> = built()
        .into_iter()
        .filter(|b| {
            !met(&b.licence, &|licence| allow.iter().any(|a| a == licence) || excepted(&b.name, licence))
        })
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn no_crate_is_built_twice_or_banned() {
    let deny = table("deny.toml");
    let (skip, banned) = (list(deny["bans"].get("skip")), list(deny["bans"].get("deny")));
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let all = built();
    assert!((100..=MOST).contains(&all.len()), "{} crates in the build, {MOST} at most", all.len());
    for one in all {
        assert!(!banned.contains(&one.name), "{} is banned", one.name);
        versions.entry(one.name).or_default().insert(one.version);
    }
    versions.retain(|name, versions| versions.len() > 1 && !skip.contains(name));
    assert!(versions.is_empty(), "built in several versions: {versions:?}");
}

#[test]
fn everything_comes_from_the_one_registry() {
    let allowed = list(table("deny.toml")["sources"].get("allow-registry"));
    let lock = table("Cargo.lock");
    let packages = lock["package"].as_array().unwrap();
    for package in packages.iter().filter(|package| package["name"].as_str() != Some("tierline")) {
        let source = package.get("source").and_then(toml::Value::as_str).unwrap_or("a path");
        let known = source.strip_prefix("registry+").is_some_and(|url| allowed.iter().any(|a| a == url));
        assert!(known, "{} comes from {source}", package["name"]);
        assert!(package.get("checksum").is_some(), "{} has no checksum", package["name"]);
    }
}

#[test]
fn every_direct_dependency_has_a_reason() {
    let (cargo, text) = (table("Cargo.toml"), read("deny.toml"));
    let names = |value: &toml::Value| value.as_table().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut direct = [names(&cargo["dependencies"]), names(&cargo["dev-dependencies"])].concat();
    for target in cargo["target"].as_table().unwrap().values() {
        direct.extend(target.get("dependencies").map(names).unwrap_or_default());
    }
    let reasons = text.lines().filter_map(|line| line.strip_prefix("# ")?.split_once(' '));
    let reasons: BTreeSet<String> =
        reasons.filter(|(_, why)| !why.trim().is_empty()).map(|(name, _)| name.to_owned()).collect();
    direct.retain(|name| !reasons.contains(name));
    assert!(direct.is_empty(), "no reason in deny.toml for {direct:?}");
}
