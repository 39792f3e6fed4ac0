//! Figures over a desk: counts, shares and times, computed from the rows of its tickets and what
//! was said of hand-offs. Pure: never reads a file,
//! never writes. [`Figures::of`] counts, [`Figures::sections`] lays out, [`sheet`] puts it into words for a person,
//! a spreadsheet or a program.

mod figures;
pub mod sheet;
mod verdicts;

pub use figures::{Figures, Hours, Moves, Share};
pub use sheet::{Section, csv, json, text};
pub use verdicts::Verdicts;
