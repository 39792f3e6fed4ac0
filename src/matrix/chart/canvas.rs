//! Lines under construction: frames, keys with wrapped text, tables. Measures in columns of the terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Charset, ChartLine, ChartSpan, Tone};
use crate::domain::text::neutral;

pub(super) struct Canvas {
    pub width: usize,
    pub lines: Vec<ChartLine>,
    charset: Charset,
}

/// The characters of frames and arrows.
pub(super) struct Marks {
    pub top: [&'static str; 2],
    pub bottom: [&'static str; 2],
    pub side: &'static str,
    pub flat: &'static str,
    pub stem: &'static str,
    pub down: &'static str,
    pub right: &'static str,
    pub cut: &'static str,
    pub dot: &'static str,
}

const UNICODE: Marks = Marks {
    top: ["╭", "╮"],
    bottom: ["╰", "╯"],
    side: "│",
    flat: "─",
    stem: "┬",
    down: "▼",
    right: "→",
    cut: "…",
    dot: "·",
};

const ASCII: Marks = Marks {
    top: ["+", "+"],
    bottom: ["+", "+"],
    side: "|",
    flat: "-",
    stem: "+",
    down: "v",
    right: "->",
    cut: "~",
    dot: "-",
};

pub(super) fn span(tone: Tone, text: impl AsRef<str>) -> ChartSpan {
    ChartSpan { tone, text: neutral(text.as_ref()).into_owned() }
}

impl Canvas {
    pub fn new(width: usize, charset: Charset) -> Canvas {
        Canvas { width, lines: Vec::new(), charset }
    }

    pub fn marks(&self) -> &'static Marks {
        match self.charset {
            Charset::Unicode => &UNICODE,
            Charset::Ascii => &ASCII,
        }
    }

    /// A line, cut where the canvas ends.
    pub fn line(&mut self, spans: Vec<ChartSpan>) {
        let mut room = self.width;
        let mut line = ChartLine::default();
        for ChartSpan { tone, text } in spans {
            let text = self.fit(&text, room);
            room -= text.width();
            line.spans.push(ChartSpan { tone, text });
        }
        self.lines.push(line);
    }

    /// A text at either end.
    pub fn ends(&mut self, left: (Tone, &str), right: (Tone, &str)) {
        let spans = self.apart(self.width, vec![span(left.0, left.1)], vec![span(right.0, right.1)]);
        self.line(spans);
    }

    /// Left and right spans, pushed apart to `width`; the left gives way.
    pub fn apart(&self, width: usize, left: Vec<ChartSpan>, right: Vec<ChartSpan>) -> Vec<ChartSpan> {
        let right_width: usize = right.iter().map(|span| span.text.width()).sum();
        let mut room = width.saturating_sub(right_width + usize::from(!right.is_empty()));
        let mut spans = Vec::new();
        for ChartSpan { tone, text } in left {
            let text = self.fit(&text, room);
            room -= text.width();
            spans.push(ChartSpan { tone, text });
        }
        let gap = room + usize::from(!right.is_empty());
        spans.push(span(Tone::Muted, " ".repeat(gap)));
        spans.extend(right);
        spans
    }

    /// A heading with a blank line above.
    pub fn heading(&mut self, text: &str) {
        self.lines.push(ChartLine::default());
        self.line(vec![span(Tone::Title, text)]);
    }

    /// A key, and a text that wraps beside it.
    pub fn entry(&mut self, key: (&str, usize), tone: Tone, text: &str) {
        let indent = 2 + key.1 + 2;
        let key_cell = self.cell(key.0, key.1);
        let wrapped = wrap(text, self.width.saturating_sub(indent).max(10));
        for (place, part) in wrapped.into_iter().enumerate() {
            let lead = match place {
                0 => span(Tone::Key, format!("  {key_cell}  ")),
                _ => span(Tone::Muted, " ".repeat(indent)),
            };
            self.line(vec![lead, span(tone, part)]);
        }
    }

    /// Rows of cells under a row of heads; the first column holds keys. Nothing where no row is.
    pub fn table(&mut self, heads: &[String], rows: &[Vec<String>]) {
        let widths = widths(heads, rows);
        let head =
            heads.iter().zip(&widths).map(|(head, width)| span(Tone::Muted, self.cell(head, *width) + "  "));
        let head = std::iter::once(span(Tone::Muted, "  ")).chain(head).collect();
        self.line(head);
        for row in rows {
            let cells = row.iter().zip(&widths).enumerate().map(|(place, (text, width))| {
                let tone = if place == 0 { Tone::Key } else { Tone::Value };
                span(tone, self.cell(text, *width) + "  ")
            });
            let line = std::iter::once(span(Tone::Muted, "  ")).chain(cells).collect();
            self.line(line);
        }
    }

    /// A text in exactly `width` columns.
    pub fn cell(&self, text: &str, width: usize) -> String {
        let text = self.fit(text, width);
        let gap = width.saturating_sub(text.width());
        text + &" ".repeat(gap)
    }

    /// A text in at most `width` columns, a mark where it was cut.
    pub fn fit(&self, text: &str, width: usize) -> String {
        let text = neutral(text);
        if text.width() <= width {
            return text.into_owned();
        }
        let mut out = String::new();
        let mut room = width.saturating_sub(1);
        for c in text.chars() {
            let columns = c.width().unwrap_or(0);
            if columns > room {
                break;
            }
            room -= columns;
            out.push(c);
        }
        if width > 0 {
            out.push_str(self.marks().cut);
        }
        out
    }
}

/// Columns a table needs, its margin included.
pub(super) fn table_width(heads: &[String], rows: &[Vec<String>]) -> usize {
    widths(heads, rows).iter().map(|width| width + 2).sum()
}

fn widths(heads: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let mut widths: Vec<usize> = heads.iter().map(|head| head.width()).collect();
    for row in rows {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = (*width).max(text.width());
        }
    }
    widths
}

/// Breaks at blanks; a word longer than a line is broken anywhere.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in neutral(text).split(' ') {
        let used = lines.last().map_or(0, |line| line.width());
        if used > 0 && used + 1 + word.width() > width {
            lines.push(String::new());
        } else if used > 0 {
            push(&mut lines, ' ', width);
        }
        word.chars().for_each(|c| push(&mut lines, c, width));
    }
    lines
}

fn push(lines: &mut Vec<String>, c: char, width: usize) {
    let full = lines.last().is_none_or(|line| line.width() + c.width().unwrap_or(0) > width);
    if full {
        lines.push(String::new());
    }
    if let Some(line) = lines.last_mut() {
        line.push(c);
    }
}

/// The widest of some texts, bounded, for a column of keys.
pub(super) fn widest<'a>(texts: impl Iterator<Item = &'a str>, most: usize) -> usize {
    texts.map(UnicodeWidthStr::width).max().unwrap_or(0).min(most)
}
