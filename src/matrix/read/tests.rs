use super::*;
use crate::matrix::mistake::{Colour, render};

const EXAMPLE: &str = include_str!("../../../escalation.toml");

fn report(text: &str) -> String {
    let found = match read(text, "escalation.toml") {
        Ok(reading) => reading.warnings,
        Err(mistakes) => mistakes,
    };
    render(&found, text, Colour::Plain)
}

#[test]
fn the_example_and_the_built_in_matrix_hold_no_mistake_and_no_warning() {
    for text in [EXAMPLE, BUILTIN] {
        assert_eq!(report(text), "");
    }
}

#[test]
fn tryout() {
    let t = std::fs::read_to_string("/tmp/bad.toml").unwrap();
    println!("{}", report(&t));
}
