//! Bad input of every kind, in every way in: a clear error, an exit status, and nothing changed.

use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use insta::assert_snapshot;

use super::{World, raw};

/// The desk with one ticket.
fn desk() -> World {
    let world = World::with_desk();
    world.must(&["new", "VPN drops", "--for", "Ada Obi"]);
    world
}

/// Each verb with a hole for text.
const HOLES: [&[&str]; 31] = [
    &["new", "%", "--for", "x"],
    &["new", "x", "--for", "%"],
    &["new", "x", "--for", "x", "--contact", "%"],
    &["new", "x", "--for", "x", "-m", "%"],
    &["new", "x", "--for", "x", "--category", "%"],
    &["new", "x", "--for", "x", "--impact", "%"],
    &["new", "x", "--for", "x", "--group", "%"],
    &["new", "x", "--for", "x", "--field", "tried=%"],
    &["new", "x", "--for", "x", "--field", "%=tried"],
    &["note", "1", "-m", "%"],
    &["note", "1", "-m", "x", "--contact", "%"],
    &["take", "%"],
    &["show", "%"],
    &["list", "gruop:%"],
    &["escalate", "1", "--reason", "%"],
    &["escalate", "1", "--reason", "x", "--to", "%"],
    &["escalate", "1", "--reason", "x", "--call-in", "%"],
    &["return", "1", "--code", "%"],
    &["wait", "1", "--on", "vendor", "--until", "%"],
    &["wait", "1", "--on", "vendor", "--reason", "%"],
    &["resolve", "1", "--root-cause", "%", "--resolution", "x"],
    &["resolve", "1", "--root-cause", "x", "--resolution", "%"],
    &["reopen", "1", "--reason", "%"],
    &["assign", "1", "--to", "%"],
    &["prioritise", "1", "--priority", "P1", "--reason", "%"],
    &["edit", "1", "--subject", "%"],
    &["route", "1", "--to", "%", "--reason", "x"],
    &["link", "1", "%"],
    &["take", "1", "--as", "%"],
    &["%"],
    &["list", "--%"],
];

#[test]
fn hostile_text_is_refused_everywhere_and_never_comes_back_raw() {
    let world = desk();
    let log = world.must(&["export"]);
    for hostile in ["a\u{1b}[2Jb", "a\u{202E}b", "a\u{200B}b", "a\u{9b}31mb", "\u{7}"] {
        for hole in HOLES {
            let args: Vec<String> = hole.iter().map(|arg| arg.replace('%', hostile)).collect();
            for extra in [&[][..], &["--json"]] {
                let args: Vec<&str> = args.iter().map(String::as_str).chain(extra.iter().copied()).collect();
                let output = world.run(&args);
                assert!(!output.status.success(), "{args:?}");
                assert!(!raw(&output.stdout) && !raw(&output.stderr), "{args:?}: {output:?}");
                assert!(!output.stderr.is_empty(), "{args:?} says nothing");
            }
        }
    }
    assert_eq!(world.must(&["export"]), log, "something was written");
}

#[test]
fn invalid_utf8_is_refused() {
    let world = desk();
    let log = world.must(&["export"]);
    for hole in HOLES {
        let fill = |arg: &&str| {
            let bytes: Vec<u8> =
                arg.bytes().flat_map(|b| if b == b'%' { vec![b'a', 0xFF, b'b'] } else { vec![b] }).collect();
            OsString::from_vec(bytes)
        };
        let args: Vec<OsString> = hole.iter().map(fill).collect();
        let output = world.run(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
        assert!(!raw(&output.stderr), "{args:?}: {output:?}");
    }
    let output = world.fed(&["note", "1", "-m", "-"], b"a\xFFb");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(world.must(&["export"]), log, "something was written");
}

#[test]
fn too_much_of_anything_is_refused_with_both_numbers() {
    let world = desk();
    assert_snapshot!(world.transcript_fed("note 1 -m -", "x".repeat(1 << 20).as_bytes()), @r#"
    $ tierline note 1 -m -
    ! tierline: the note from standard input: it has 1048576 bytes, 65536 at most: shorten it, or keep the long part in a file and name that
    [exit status 2]
    "#);
    assert_snapshot!(world.transcript_fed("note 1 -m -", b"  \n"), @r#"
    $ tierline note 1 -m -
    ! tierline: the note from standard input: it is empty: write something
    [exit status 2]
    "#);
    assert_snapshot!(world.transcript_fed("take -", b"1 two"), @r#"
    $ tierline take -
    ! tierline: standard input: "two" is no ticket number: write it like 1042 or #1042
    ! help: pipe numbers into it, such as from `tierline list --ids`
    [exit status 2]
    "#);
    assert_snapshot!(world.transcript_fed("take -", b""), @r#"
    $ tierline take -
    ! tierline: standard input names no ticket
    ! help: pipe numbers into it, such as from `tierline list --ids`
    [exit status 2]
    "#);
    let long = "x".repeat(100_000);
    let output = world.run(&["edit", "1", "--subject", &long]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stderr.len() < 2_000, "{}", output.stderr.len());
}

#[test]
fn a_desk_that_is_none_is_said_to_be_none() {
    let world = World::empty();
    fs::write(world.path("text.db"), "not a desk at all, only some text that somebody wrote").unwrap();
    fs::write(world.path("empty.db"), "").unwrap();
    fs::create_dir(world.path("folder.db")).unwrap();
    assert_snapshot!(world.transcript(&[
        "--desk text.db list",
        "--desk empty.db list",
        "--desk folder.db list",
        "--desk none.db list",
        "--desk none/desk.db list",
        "--desk none/desk.db new x --for y",
    ]), @r#"
    $ tierline --desk text.db list
    ! tierline: ~/text.db: this is no SQLite file, so it is no desk
    ! help: name a desk's file
    [exit status 5]
    $ tierline --desk empty.db list
    ! tierline: ~/empty.db: the file is empty, so it is no desk
    ! help: remove it, then make a desk with `tierline init`
    [exit status 5]
    $ tierline --desk folder.db list
    ! tierline: ~/folder.db: this is a folder, not a desk
    ! help: name the file in it
    [exit status 5]
    $ tierline --desk none.db list
    ! tierline: ~/none.db: there is no such file
    ! help: check the path, or make a desk with `tierline init`
    [exit status 1]
    $ tierline --desk none/desk.db list
    ! tierline: ~/none/desk.db: the folder ~/none is not there
    ! help: check the path, or whether the drive is connected
    [exit status 1]
    $ tierline --desk none/desk.db new x --for y
    ! tierline: ~/none/desk.db: the folder ~/none is not there
    ! help: check the path, or whether the drive is connected
    [exit status 1]
    "#);
    assert!(!world.path("none.db").exists());
    assert_eq!(fs::read(world.path("empty.db")).unwrap(), b"");
}

#[test]
fn a_damaged_desk_is_found_out() {
    let world = desk();
    for n in 0..40 {
        world.must(&["note", "1", "-m", &format!("note {n}: {}", "word ".repeat(200))]);
    }
    let mut bytes = fs::read(world.path("desk.db")).unwrap();
    let half = bytes.len() / 2;
    bytes[half..half + 6_000].fill(0xAA);
    fs::write(world.path("desk.db"), &bytes).unwrap();
    let output = world.run(&["verify"]);
    assert_eq!(output.status.code(), Some(5), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("wrong  ") && said.contains("\ndamaged: "), "{said}");
    let output = world.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(5), "{output:?}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("fail"));
}

#[test]
fn a_desk_too_damaged_to_open_is_made_anew_from_its_log() {
    let world = desk();
    let before = world.must(&["verify"]);
    let raw = rusqlite::Connection::open(world.path("desk.db")).unwrap();
    raw.execute_batch("UPDATE matrix_revision SET actor=CAST(x'ff' AS TEXT);DELETE FROM ticket").unwrap();
    drop(raw);
    assert_eq!(world.run(&["list"]).status.code(), Some(5));
    assert_eq!(world.run(&["verify"]).status.code(), Some(5));
    world.must(&["backup", "--from-log", "new.db"]);
    assert_eq!(world.must(&["verify", "--desk", "new.db"]), before);
}

#[test]
fn doctor_says_what_the_other_verbs_say_and_ends_as_they_do() {
    let world = World::empty();
    fs::write(world.path("empty.db"), "").unwrap();
    let list = world.run(&["--desk", "empty.db", "list"]);
    let doctor = world.run(&["--desk", "empty.db", "doctor"]);
    assert_eq!((list.status.code(), doctor.status.code()), (Some(5), Some(5)));
    let said = String::from_utf8(doctor.stdout).unwrap();
    assert!(said.contains("help: remove it, then make a desk"), "{said}");
    assert!(!said.contains("keep a copy"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_leads_to_no_other_desk() {
    let world = desk();
    fs::rename(world.path("desk.db"), world.path("away.db")).unwrap();
    std::os::unix::fs::symlink(world.path("drive/desk.db"), world.path("desk.db")).unwrap();
    assert_snapshot!(world.transcript(&["new x --for y", "list"]), @r#"
    $ tierline new x --for y
    ! tierline: ~/desk.db: this is a link to a file that is not there
    ! help: see where it leads, and whether the drive is connected
    [exit status 1]
    $ tierline list
    ! tierline: ~/desk.db: this is a link to a file that is not there
    ! help: see where it leads, and whether the drive is connected
    [exit status 1]
    "#);
    assert!(!world.path("home/.local/share/tierline/desk.db").exists());
}

#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_not_waited_for() {
    let world = desk();
    for args in [
        &["--config", "/dev/zero", "list"][..],
        &["matrix", "check", "/dev/zero"],
        &["init", "other", "--matrix", "/dev/zero"],
        &["import", "rows.csv", "--map", "/dev/zero"],
    ] {
        let output = world.run(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains("larger than 4 MiB"), "{args:?}: {said}");
    }
}

#[test]
fn a_text_may_begin_with_a_dash_and_a_forgotten_one_is_noticed() {
    let world = desk();
    assert_snapshot!(world.transcript(&[
        "note 1 -m '- swapped the cable'",
        "release 1 --reason --read-only",
        "note 1 --cntact phone -m x",
        "take 1 --wy x",
        "show 1 -2",
        "list --limit many",
    ]), @r"
    $ tierline note 1 -m '- swapped the cable'
    #1  mia noted
    $ tierline release 1 --reason --read-only
    ! tierline: --reason <WHY>: --read-only looks like a flag, not like a text
    ! help: see `tierline release --help`
    [exit status 2]
    $ tierline note 1 --cntact phone -m x
    ! tierline: there is no flag --cntact here
    ! help: a similar flag exists: '--contact'
    [exit status 2]
    $ tierline take 1 --wy x
    ! tierline: there is no flag --wy here
    ! help: see `tierline take --help`; words that begin with `-` go behind a `--`
    [exit status 2]
    $ tierline show 1 -2
    ! tierline: there is no flag -2 here
    ! help: see `tierline show --help`; words that begin with `-` go behind a `--`
    [exit status 2]
    $ tierline list --limit many
    ! tierline: --limit <N>: many is no number of things: write it like 20
    ! help: see `tierline list --help`
    [exit status 2]
    ");
}

#[test]
fn a_file_that_can_only_be_read_is_only_read() {
    let world = desk();
    if rustix::process::geteuid().is_root() {
        eprintln!("SKIPPED: root may write everything");
        return;
    }
    let mode = |bits| fs::set_permissions(world.path("desk.db"), fs::Permissions::from_mode(bits)).unwrap();
    mode(0o444);
    assert_eq!(world.run(&["list"]).status.code(), Some(0));
    let output = world.run(&["take", "1"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    mode(0o644);
}

#[test]
fn without_a_terminal_the_console_says_what_to_do_instead() {
    let world = World::with_desk();
    assert_snapshot!(world.transcript(&["", "demo"]), @r#"
    $ tierline 
    ! tierline: can't open the console: there is no terminal: standard input or output is a file or a pipe
    ! help: use a verb instead: `tierline list`, `tierline review`, `tierline show 1042`; `tierline --help` lists all
    [exit status 2]
    $ tierline demo
    ! tierline: can't open the console: there is no terminal: standard input or output is a file or a pipe
    ! help: use a verb instead: `tierline list`, `tierline review`, `tierline show 1042`; `tierline --help` lists all
    [exit status 2]
    "#);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let world = desk();
    for _ in 0..200 {
        world.must(&["note", "1", "-m", &"word ".repeat(200)]);
    }
    let mut child = world.command(&["export"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut start = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_config_file_with_a_mistake_names_its_line() {
    let world = World::with_desk();
    fs::write(world.path("mine.toml"), "user = \"mia\"\ncolor = \"none\"\n").unwrap();
    assert_snapshot!(world.transcript(&["list --config mine.toml"]), @r#"
    $ tierline list --config mine.toml
    ! tierline: the config file ~/mine.toml, line 2: unknown field `color`, expected one of `user`, `desk`, `editor`, `look`, `console`, `notify`, `keys`
    ! help: correct that line; `tierline config` shows what is in force
    [exit status 2]
    "#);
}

#[test]
fn a_desk_that_was_removed_is_missed_and_not_replaced() {
    let world = desk();
    fs::remove_file(world.path("desk.db")).unwrap();
    assert_snapshot!(world.transcript(&["new x --for y"]), @r#"
    $ tierline new x --for y
    ! tierline: ~/desk.db: there is no such file
    ! help: check the path, or make a desk with `tierline init`
    [exit status 1]
    "#);
    assert!(!world.path("home").exists() && !world.path("desk.db").exists());
}

#[test]
fn read_only_makes_nothing() {
    let world = World::empty();
    for args in [
        &["--read-only", "init", "here"][..],
        &["--read-only", "list"],
        &["--read-only", "new", "x", "--for", "y"],
    ] {
        assert_ne!(world.run(args).status.code(), Some(0), "{args:?}");
    }
    assert_eq!(fs::read_dir(world.path(".")).unwrap().count(), 0);
}

#[test]
fn a_verb_within_a_verb_is_asked_for() {
    let world = World::empty();
    assert_snapshot!(world.transcript(&["matrix", "matrix chek"]), @r#"
    $ tierline matrix
    ! tierline: missing: <VERB>
    ! help: usage: tierline matrix [OPTIONS] <VERB>
    [exit status 2]
    $ tierline matrix chek
    ! tierline: there is no verb 'chek'
    ! help: a similar verb exists: 'check'
    [exit status 2]
    "#);
}
