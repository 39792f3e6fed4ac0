use proptest::prelude::*;

use super::*;
use crate::domain::text::is_unsafe;
use crate::matrix::read;

const EXAMPLE: &str = include_str!("../../../escalation.toml");

fn example() -> Matrix {
    read(EXAMPLE, "escalation.toml").expect("the example is read").matrix
}

fn drawn(matrix: &Matrix, width: usize, charset: Charset) -> String {
    plain(&chart(matrix, width, charset))
}

#[test]
fn the_example_at_the_two_usual_widths() {
    insta::assert_snapshot!("example-80", drawn(&example(), 80, Charset::Unicode));
    insta::assert_snapshot!("example-120", drawn(&example(), 120, Charset::Unicode));
}

#[test]
fn the_built_in_matrix_in_ascii() {
    let text = drawn(&Matrix::builtin(), 60, Charset::Ascii);
    assert!(text.is_ascii());
    insta::assert_snapshot!("builtin-ascii", text);
}

#[test]
fn keys_titles_and_what_is_missing_are_toned() {
    let lines = chart(&Matrix::builtin(), 80, Charset::Unicode);
    let toned = |tone: Tone, text: &str| {
        lines.iter().flat_map(|line| &line.spans).any(|span| span.tone == tone && span.text.contains(text))
    };
    assert!(toned(Tone::Title, "Limits per priority"));
    assert!(toned(Tone::Key, "Service Desk"));
    assert!(toned(Tone::Warn, "no contact given"));
    assert!(toned(Tone::Frame, "╭"));
}

fn wide_and_long() -> Matrix {
    let text = EXAMPLE
        .replace("Northwind Service Desk", &"断線 ".repeat(40))
        .replace("\"Network\"", &format!("\"{}\"", "ネットワーク".repeat(6)))
        .replace("-> Network", &format!("-> {}", "ネットワーク".repeat(6)))
        .replace("#net-oncall", &"x".repeat(200));
    read(&text, "m").expect("it is read").matrix
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_line_is_wider_than_asked_or_unsafe(width in 0usize..200, ascii: bool) {
        let charset = if ascii { Charset::Ascii } else { Charset::Unicode };
        for matrix in [example(), Matrix::builtin(), wide_and_long()] {
            for line in chart(&matrix, width, charset) {
                prop_assert!(line.width() <= width.clamp(40, 160), "{}", line.plain());
                prop_assert!(!line.plain().chars().any(is_unsafe));
            }
        }
    }
}
