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
    ]), @"");
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
