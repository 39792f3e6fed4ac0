//! The matrix drawn for a person: tiers from top to bottom with their groups and contacts, limits, hand-offs,
//! steps and calendars in words. Lines of toned text are data: the command line prints them plain, the
//! console styles them. Never wider than asked, never an unsafe character.

mod canvas;
mod limits;
mod tiers;
mod words;

#[cfg(test)]
mod tests;

use unicode_width::UnicodeWidthStr;

use self::canvas::Canvas;
use super::model::Matrix;

/// Which characters frames and arrows are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    Unicode,
    Ascii,
}

/// What a stretch of text is, for the console to style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Title,
    /// A name: a tier, a group, a priority, a column.
    Key,
    Value,
    Muted,
    Frame,
    /// Something that is missing and should be there.
    Warn,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartSpan {
    pub tone: Tone,
    pub text: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartLine {
    pub spans: Vec<ChartSpan>,
}

impl ChartLine {
    /// In columns of the terminal.
    #[must_use]
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| span.text.width()).sum()
    }

    #[must_use]
    pub fn plain(&self) -> String {
        let text: String = self.spans.iter().map(|span| span.text.as_str()).collect();
        text.trim_end().to_owned()
    }
}

/// Draws the whole matrix, `width` columns wide (between 40 and 160).
#[must_use]
pub fn chart(matrix: &Matrix, width: usize, charset: Charset) -> Vec<ChartLine> {
    let mut canvas = Canvas::new(width.clamp(40, 160), charset);
    canvas.ends(
        (Tone::Title, matrix.desk.name.as_str()),
        (Tone::Muted, &format!("new tickets: {}  {}", matrix.desk.default_group, matrix.desk.timezone)),
    );
    tiers::draw(&mut canvas, matrix);
    limits::draw(&mut canvas, matrix);
    limits::grid(&mut canvas, matrix);
    words::handoff(&mut canvas, matrix);
    words::steps(&mut canvas, matrix);
    words::routes(&mut canvas, matrix);
    words::calendars(&mut canvas, matrix);
    words::team(&mut canvas, matrix);
    words::closing(&mut canvas, matrix);
    canvas.lines
}

/// The chart as text, a line end after each line.
#[must_use]
pub fn plain(lines: &[ChartLine]) -> String {
    lines.iter().map(|line| line.plain() + "\n").collect()
}
