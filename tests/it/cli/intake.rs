//! `import` and `report`: history from a foreign file, all of it or nothing.

use insta::assert_snapshot;

use super::World;

/// The example's own map, with a small log in its shape.
fn with_example() -> World {
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/servicenow");
    let world = World::with_matrix(&std::fs::read_to_string(example.join("escalation.toml")).unwrap());
    std::fs::copy(example.join("map.toml"), world.path("map.toml")).unwrap();
    world
}

/// Two incidents in the log's shape: one that goes to another group and is closed, one that is new.
fn small() -> String {
    let head = "number,incident_state,reopen_count,caller_id,opened_by,opened_at,sys_updated_by,sys_updated_at,\
        contact_type,location,category,subcategory,u_symptom,impact,urgency,priority,assignment_group,assigned_to,\
        closed_code,resolved_by,resolved_at,closed_at";
    let row = |number: &str, state: &str, at: &str, group: &str, end: &str| {
        format!(
            "{number},{state},0,Caller 1,Opener 1,1/3/2016 08:00,Updater 1,{at},Phone,Location 1,Category 5,Sub 2,\
             Symptom 3,2 - Medium,2 - Medium,3 - Moderate,{group},?,code 1,?,{end}"
        )
    };
    let rows = [
        row("INC1", "New", "1/3/2016 08:00", "Group 70", "1/3/2016 10:00,2/3/2016 10:00"),
        row("INC1", "Active", "1/3/2016 09:00", "Group 56", "1/3/2016 10:00,2/3/2016 10:00"),
        row("INC1", "Resolved", "1/3/2016 10:00", "Group 56", "1/3/2016 10:00,2/3/2016 10:00"),
        row("INC1", "Closed", "2/3/2016 10:00", "Group 56", "1/3/2016 10:00,2/3/2016 10:00"),
        row("INC2", "New", "1/3/2016 11:00", "Group 70", "?,?"),
    ];
    format!("{head}\n{}\n", rows.join("\n"))
}

#[test]
fn history_is_imported_once_and_whole() {
    let world = with_example();
    std::fs::write(world.path("log.csv"), small()).unwrap();
    std::fs::write(world.path("broken.csv"), small().replace("1/3/2016 11:00", "1/13/2016 11:00")).unwrap();
    assert_snapshot!(world.transcript(&[
        "import broken.csv --map map.toml",
        "import log.csv --map map.toml --dry-run",
        "list id:1..",
        "import broken.csv --map map.toml --skip-broken",
        "import log.csv --map map.toml",
        "import log.csv --map map.toml",
        "list id:1..",
        "log 1",
    ]), @r#"
    $ tierline import broken.csv --map map.toml
    ! tierline: 1 row can't be read
    !   line 6, ticket INC2, column sys_updated_at: "1/13/2016 11:00" is no time as the map has them
    ! help: correct them, or leave their tickets out with --skip-broken; nothing was imported
    [exit status 1]
    $ tierline import log.csv --map map.toml --dry-run
    5 rows: 2 tickets, 5 events
    nothing was written, as you asked
    $ tierline list id:1..
    ! note: no ticket matches
    $ tierline import broken.csv --map map.toml --skip-broken
    5 rows: 1 ticket, 4 events
    left out: line 6, ticket INC2, column sys_updated_at: "1/13/2016 11:00" is no time as the map has them
    imported 4 events: 1 ticket new, 0 grown, 0 unchanged
    $ tierline import log.csv --map map.toml
    5 rows: 2 tickets, 5 events
    imported 1 event: 1 ticket new, 0 grown, 1 unchanged
    $ tierline import log.csv --map map.toml
    5 rows: 2 tickets, 5 events
    imported 0 events: 0 tickets new, 0 grown, 2 unchanged
    $ tierline list id:1..
    #  prio  status  tier  group     owner  clock              age  requester  subject
    2  P3    open    L1    Group 70  -      resolve -94009h  3918d  Caller 1   Category 5 / Sub 2 Symptom 3
    1  P3    closed  L2    Group 56  -      -                3918d  Caller 1   Category 5 / Sub 2 Symptom 3
    $ tierline log 1
    2016-03-01 09:00 CET  Opener 1 opened it by phone for Caller 1 as P3 in L1 Group 70
    2016-03-01 10:00 CET  Updater 1 escalated it, L1 Group 70 → L2 Group 56
        not recorded in the source
    2016-03-01 11:00 CET  Updater 1 resolved it (other)
        root cause: not recorded in the source
        code 1
    2016-03-02 11:00 CET  Updater 1 closed it (as history has it)
    "#);
    assert_snapshot!(world.transcript_fed("import - --map map.toml", small().as_bytes()), @r#"
    $ tierline import - --map map.toml
    5 rows: 2 tickets, 5 events
    imported 0 events: 0 tickets new, 0 grown, 2 unchanged
    "#);
    world.must(&["verify"]);
}

#[test]
fn what_keeps_an_import_from_being_read_is_said() {
    let world = with_example();
    std::fs::write(world.path("empty.csv"), "").unwrap();
    std::fs::write(world.path("other.csv"), "a,b\n1,2\n").unwrap();
    std::fs::write(world.path("bad.toml"), "[source]\nrows = \"changes\"\nkeyy = \"number\"\n").unwrap();
    assert_snapshot!(world.transcript(&[
        "import none.csv --map map.toml",
        "import empty.csv --map map.toml",
        "import other.csv --map map.toml",
        "import other.csv --map none.toml",
        "import other.csv",
    ]), @r#"
    $ tierline import none.csv --map map.toml
    ! tierline: can't open ~/none.csv: No such file or directory (os error 2)
    ! help: nothing was imported
    [exit status 1]
    $ tierline import empty.csv --map map.toml
    ! tierline: the file has no row below its header: nothing to import
    ! help: nothing was imported
    [exit status 1]
    $ tierline import other.csv --map map.toml
    ! tierline: the header does not fit the map: the column "assigned_to" is not there (known: a, b); the column "assignment_group" is not there (known: a, b); the column "caller_id" is not there (known: a, b); the column "category" is not there (known: a, b); the column "closed_at" is not there (known: a, b); the column "closed_code" is not there (known: a, b); the column "contact_type" is not there (known: a, b); the column "impact" is not there (known: a, b); the column "incident_state" is not there (known: a, b); the column "location" is not there (known: a, b); the column "number" is not there (known: a, b); the column "opened_at" is not there (known: a, b); the column "opened_by" is not there (known: a, b); the column "priority" is not there (known: a, b); the column "reopen_count" is not there (known: a, b); the column "resolved_at" is not there (known: a, b); the column "resolved_by" is not there (known: a, b); the column "subcategory" is not there (known: a, b); the column "sys_updated_at" is not there (known: a, b); the column "sys_updated_by" is not there (known: a, b); the column "u_symptom" is not there (known: a, b); the column "urgency" is not there (known: a, b)
    ! help: nothing was imported
    [exit status 1]
    $ tierline import other.csv --map none.toml
    ! tierline: can't read ~/none.toml: No such file or directory (os error 2)
    ! help: check the path and the rights
    [exit status 1]
    $ tierline import other.csv
    ! tierline: missing: --map <FILE>
    ! help: usage: tierline import --map <FILE> <FILE>
    [exit status 2]
    "#);
    let output = world.run(&["import", "other.csv", "--map", "bad.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("keyy"));
    assert_eq!(world.json(&["list", "id:1.."])["total"], 0);
}

#[test]
fn figures_come_as_tables_for_people_spreadsheets_and_programs() {
    let world = World::empty();
    world.must(&["demo", "--create", "demo.db"]);
    let text = world.must(&["--desk", "demo.db", "report"]);
    let csv = world.must(&["--desk", "demo.db", "report", "--csv"]);
    let json = world.json(&["--desk", "demo.db", "report"]);
    assert!(text.lines().count() > 20, "{text}");
    assert!(csv.lines().all(|line| line.contains(',')), "{csv}");
    assert_eq!(json["v"], 1);
    assert!(world.must(&["--desk", "demo.db", "report", "prio:P1"]).len() < text.len());
}
