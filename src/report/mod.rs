//! Figures over a desk: counts, shares and times, computed from the rows of its tickets and what the log says of
//! hand-offs, scores and breaches. Pure: never reads a file, never writes. [`Figures::of`] counts, [`Figures::sections`] lays out, [`sheet`] puts it into words for a person,
//! a spreadsheet or a program.

mod figures;
mod outcomes;
pub mod sheet;
mod verdicts;

pub use figures::{Figures, Hours, Moves, Share};
pub use outcomes::Outcomes;
pub use sheet::{Section, csv, json, text};
pub use verdicts::Verdicts;
