//! Makes the pictures of the README: the real program on the demo's desk in a pseudo-terminal, each cell with its
//! style written as SVG into `assets/screens`. The same program gives the same bytes.
//!
//! `cargo run --example screens`

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // A tool of the project: it may fall like a test.

#[path = "../tests/it/kit/mod.rs"]
mod kit;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use kit::cost::full;
use kit::stage::{SMALL, Stage, WIDE};
use kit::tty::{Seen, Size, Tty};
use vt100::{Cell, Color};

/// A picture: its name, the screen's size, the keys that lead to it, and what is then to be seen.
const PICTURES: [(&str, Size, &str, &str); 4] = [
    ("console", WIDE, "", "Escalation log"),
    ("escalate", WIDE, "e", "Escalate #"),
    ("matrix", WIDE, "m", "Escalation matrix"),
    ("small", SMALL, "", "Queue"),
];

const WIDTH: f64 = 8.43;
const HEIGHT: f64 = 18.0;
const INK: &str = "#d4d7dd";
const PAPER: &str = "#16181d";
/// The sixteen colours of a terminal, dark ones first.
const SIXTEEN: [&str; 16] = [
    "#3b4048", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#abb2bf", "#6b7280",
    "#ff7b86", "#b5e890", "#ffd68a", "#82c4ff", "#dd9bf0", "#7fdbe6", "#ffffff",
];

/// What a run of cells looks like.
#[derive(Debug, Clone, PartialEq)]
struct Look {
    ink: String,
    paper: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
}

fn colour(color: Color) -> Option<String> {
    match color {
        Color::Default => None,
        Color::Idx(n) => Some(SIXTEEN.get(usize::from(n)).map_or_else(|| cube(n), |&name| name.to_owned())),
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
    }
}

/// The 6x6x6 cube and the greys behind it.
fn cube(n: u8) -> String {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    let (r, g, b) = match n {
        232.. => [8 + 10 * (n - 232); 3].into(),
        _ => (level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6)),
    };
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn look(cell: &Cell) -> Look {
    let (mut ink, mut paper) = (colour(cell.fgcolor()), colour(cell.bgcolor()));
    if cell.inverse() {
        (ink, paper) = (paper.or(Some(PAPER.into())), ink.or(Some(INK.into())));
    }
    Look {
        ink: ink.unwrap_or_else(|| INK.to_owned()),
        paper,
        bold: cell.bold(),
        dim: cell.dim(),
        italic: cell.italic(),
        underline: cell.underline(),
    }
}

/// Neighbouring cells of one look: column, columns, text.
fn runs(seen: &Seen, row: u16) -> Vec<(u16, u16, Look, String)> {
    let mut found: Vec<(u16, u16, Look, String)> = Vec::new();
    for col in 0..seen.screen().size().1.get() {
        let Some(cell) = seen.screen().cell(row, col) else { continue };
        if cell.is_wide_continuation() {
            found.last_mut().unwrap().1 += 1;
            continue;
        }
        let (style, text) = (look(cell), if cell.has_contents() { cell.contents() } else { " " });
        match found.last_mut() {
            // A wide glyph stands alone, so that it can't push its neighbours.
            Some(last) if last.2 == style && !cell.is_wide() && last.1 == last.3.chars().count() as u16 => {
                last.1 += 1;
                last.3.push_str(text);
            }
            _ => found.push((col, 1, style, text.to_owned())),
        }
    }
    found
}

fn svg(seen: &Seen) -> String {
    let (rows, cols) = seen.screen().size();
    let (width, height) = (f64::from(cols.get()) * WIDTH + 24.0, f64::from(rows.get()) * HEIGHT + 24.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" font-family=\"'DejaVu Sans \
         Mono','Cascadia Mono',Menlo,Consolas,monospace\" font-size=\"14\" xml:space=\"preserve\">\n<rect \
         width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for row in 0..rows.get() {
        for (col, wide, look, text) in runs(seen, row) {
            draw(&mut out, (row, col, wide), &look, &text);
        }
    }
    out.push_str("</svg>\n");
    out
}

fn draw(out: &mut String, (row, col, wide): (u16, u16, u16), look: &Look, text: &str) {
    let (x, y) = (12.0 + f64::from(col) * WIDTH, 12.0 + f64::from(row) * HEIGHT);
    let width = f64::from(wide) * WIDTH;
    if let Some(paper) = &look.paper {
        writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{HEIGHT}\" fill=\"{paper}\"/>"
        )
        .unwrap();
    }
    if text.trim().is_empty() && !look.underline {
        return;
    }
    let mut style = format!("fill=\"{}\"", look.ink);
    for (on, word) in [
        (look.bold, " font-weight=\"bold\""),
        (look.dim, " opacity=\"0.6\""),
        (look.italic, " font-style=\"italic\""),
        (look.underline, " text-decoration=\"underline\""),
    ] {
        style.push_str(if on { word } else { "" });
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let baseline = y + HEIGHT * 0.76;
    writeln!(out, "<text x=\"{x:.1}\" y=\"{baseline:.1}\" textLength=\"{width:.1}\" {style}>{text}</text>")
        .unwrap();
}

/// The program, built and as new as this example.
fn program() -> PathBuf {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| String::from("cargo"));
    let root = env!("CARGO_MANIFEST_DIR");
    assert!(
        Command::new(cargo)
            .args(["build", "--bin", "tierline"])
            .current_dir(root)
            .status()
            .unwrap()
            .success()
    );
    let example = std::env::current_exe().unwrap();
    example.parent().and_then(Path::parent).unwrap().join("tierline")
}

fn main() {
    let program = program();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screens");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, size, keys, wanted) in PICTURES {
        let stage = Stage::new(&program);
        let made = stage.run(&["demo", "--create", &stage.desk().display().to_string()]);
        assert!(made.status.success());
        let mut tty: Tty = stage.start(size);
        if size == WIDE {
            tty.until("the first full frame", full);
        }
        tty.press(keys).shows(wanted).rests();
        std::fs::write(folder.join(format!("{name}.svg")), svg(&tty.seen())).unwrap();
        tty.press(if keys.is_empty() { "q" } else { "\x1b" });
    }
}
