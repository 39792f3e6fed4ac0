//! What the documents promise: their links lead somewhere, and the README's first matrix is one.

use super::kit::stage::Stage;
use super::source::root;

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// Where the links and pictures of a text lead within the project.
fn links(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://")).collect()
}

#[test]
fn links_lead_somewhere() {
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = read(name);
        let dead: Vec<_> = links(&text).into_iter().filter(|target| !root().join(target).exists()).collect();
        assert!(dead.is_empty(), "{name} leads to {dead:?}");
    }
    assert!(links(&read("README.md")).len() > 8);
    assert!(read("ARCHITECTURE.md").lines().count() <= 200);
}

#[test]
fn the_first_matrix_of_the_readme_makes_a_desk() {
    let text = read("README.md");
    let matrix = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let stage = Stage::new(env!("CARGO_BIN_EXE_tierline"));
    let file = stage.desk_folder().join("escalation.toml");
    std::fs::write(&file, matrix).unwrap();
    let shown = file.display().to_string();
    for args in [&["matrix", "check", &shown][..], &["init"], &["new", "It hums", "--for", "Ada"]] {
        let output = stage.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
