//! Pages that are made from the program stay what the program says. `TIERLINE_WRITE_DOCS=1 cargo test docs` writes
//! them anew.

use std::fs;
use std::path::Path;

use tierline::cli::KeyRow;
use tierline::cli::docs::keys_page;
use tierline::tui::action::{Action, Group};

fn holds(page: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    if std::env::var_os("TIERLINE_WRITE_DOCS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there == text,
        "docs/{page} is not what the program says; TIERLINE_WRITE_DOCS=1 cargo test docs writes it"
    );
}

#[test]
fn the_page_of_the_command_line_is_what_the_help_says() {
    holds("cli.md", &tierline::cli::docs::page());
}

#[test]
fn the_page_of_the_keys_is_what_the_action_table_says() {
    let of = |group: Group| Action::all().filter(move |action| action.group == group);
    let row = |action: &'static Action| KeyRow {
        group: action.group.title(),
        name: action.name,
        keys: action.keys,
        doc: action.doc,
    };
    let rows: Vec<KeyRow> = Group::ALL.into_iter().flat_map(of).map(row).collect();
    holds("keys.md", &keys_page(&rows));
}
