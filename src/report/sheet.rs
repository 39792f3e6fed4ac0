//! Figures as a table for a person, CSV for a spreadsheet, JSON for a program. Names come from tickets: no control
//! character goes out, and no cell of CSV begins like a formula.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use crate::domain::text::neutral;

/// The version of the JSON's shape.
const VERSION: u8 = 1;

/// A table with a title.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub title: &'static str,
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Count(u64),
    Decimal(f64),
}

impl Section {
    pub(super) fn new(
        title: &'static str,
        head: &[&'static str],
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) -> Section {
        Section { title, head: head.to_vec(), rows: rows.into_iter().collect() }
    }
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Cell::Text(text) => neutral(text).into_owned(),
            Cell::Count(n) => n.to_string(),
            Cell::Decimal(n) => format!("{n:.1}"),
        }
    }

    fn value(&self) -> Value {
        match self {
            Cell::Text(text) => Value::from(neutral(text).into_owned()),
            Cell::Count(n) => Value::from(*n),
            Cell::Decimal(n) => Value::from((n * 10_000.0).round() / 10_000.0),
        }
    }
}

/// Tables for a person: names to the left, figures to the right.
#[must_use]
pub fn text(sections: &[Section]) -> String {
    sections.iter().map(table).collect::<Vec<_>>().join("\n")
}

fn table(section: &Section) -> String {
    let head: Vec<String> = section.head.iter().map(|name| (*name).to_owned()).collect();
    let rows: Vec<Vec<String>> =
        section.rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect();
    let lines: Vec<&Vec<String>> = [&head].into_iter().chain(&rows).collect();
    let width =
        |n: usize| lines.iter().filter_map(|line| line.get(n)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut out = format!("{}\n", section.title);
    for line in lines {
        let mut drawn = String::new();
        for (n, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let room = " ".repeat(width.saturating_sub(cell.width()));
            let _ = if n == 0 { write!(drawn, "  {cell}{room}") } else { write!(drawn, "  {room}{cell}") };
        }
        out.push_str(drawn.trim_end());
        out.push('\n');
    }
    out
}

/// One CSV table: the section's title in the first column, its columns as they come.
#[must_use]
pub fn csv(sections: &[Section]) -> String {
    let mut out = String::from("section,name,figure,value\n");
    for section in sections {
        for row in &section.rows {
            let Some((name, figures)) = row.split_first() else { continue };
            for (figure, cell) in section.head.iter().skip(1).zip(figures) {
                let cells = [section.title.to_owned(), name.text(), (*figure).to_owned(), cell.text()];
                out.push_str(&cells.map(|cell| csv_cell(&cell)).join(","));
                out.push('\n');
            }
        }
    }
    out
}

/// A cell of CSV. A text that a spreadsheet would run as a formula gets a quote before it, unless it is a number.
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let text = neutral(text);
    let formula =
        text.trim_start().starts_with(['=', '+', '-', '@', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']);
    let guard = if formula && text.parse::<f64>().is_err() { "'" } else { "" };
    match text.contains([',', '"', ';', '\'']) || !guard.is_empty() {
        true => format!("\"{guard}{}\"", text.replace('"', "\"\"")),
        false => text.into_owned(),
    }
}

/// `{"v":1,"sections":[{"title":…,"rows":[{"name":…}]}]}`
#[must_use]
pub fn json(sections: &[Section]) -> Value {
    let sections: Vec<Value> = sections
        .iter()
        .map(|section| {
            let rows: Vec<Value> = section.rows.iter().map(|row| object(&section.head, row)).collect();
            json!({ "title": section.title, "rows": rows })
        })
        .collect();
    json!({ "v": VERSION, "sections": sections })
}

fn object(head: &[&'static str], row: &[Cell]) -> Value {
    let pairs = head.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), cell.value()));
    Value::Object(pairs.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hostile() -> Vec<Section> {
        let names =
            ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2+3", "a\"b,c", "日本\u{1b}[2J", "-12.5", "\t=1+1"];
        let rows = names.map(|name| vec![Cell::Text(name.into()), Cell::Count(3), Cell::Decimal(0.25)]);
        vec![Section::new("Group", &["group", "tickets", "%"], rows)]
    }

    #[test]
    fn no_cell_of_csv_begins_like_a_formula() {
        let written = csv(&hostile());
        let mut reader = csv::ReaderBuilder::new().from_reader(written.as_bytes());
        let names: Vec<String> = reader.records().map(|record| record.unwrap()[1].to_owned()).collect();
        assert_eq!(names.len(), 16);
        for name in names {
            let begins = name.trim_start().starts_with(['=', '+', '-', '@']);
            assert!(!begins || name.parse::<f64>().is_ok(), "{name:?}");
        }
        assert!(!written.contains('\u{1b}'));
    }

    #[test]
    fn columns_stand_under_each_other_whatever_the_names_hold() {
        let drawn = text(&hostile());
        let ends: Vec<usize> = drawn.lines().skip(1).map(|line| line.width()).collect();
        assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{drawn}");
        assert!(!drawn.contains('\u{1b}'));
    }

    #[test]
    fn json_keeps_numbers() {
        let json = json(&hostile());
        assert_eq!(json["sections"][0]["rows"][1], json!({"group": "+1", "tickets": 3, "%": 0.25}));
    }
}
