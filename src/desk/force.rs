//! Which matrix is in force: the revision that travels with the desk. An `escalation.toml` beside the desk that
//! differs is shown as drift until somebody with the right applies it; one with mistakes makes the desk read-only,
//! with the diagnosis to show.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::days::{self, Files};
use super::settings::MATRIX_FILE;
use crate::domain::event::MatrixApplied;
use crate::domain::stamp::Stamp;
use crate::matrix::mistake::{Mistake, Place, Severity};
use crate::matrix::{self, Matrix};
use crate::store::{Outlooks, Revision};

/// A larger file is no matrix, and is not read into memory to find that out.
const LARGEST: u64 = 1 << 20;

/// The matrix that decides, and how the file beside the desk stands to it.
#[derive(Debug, Clone)]
pub struct InForce {
    pub matrix: Arc<Matrix>,
    /// 0: the built-in one, nothing recorded yet.
    pub revision: i64,
    /// When it came into force.
    pub since: Stamp,
    /// The calendar files that came with it.
    pub files: Arc<Files>,
    pub beside: Beside,
    pub outlooks: Seers,
}

/// Who can say what lies ahead of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seers {
    /// This desk, by the matrix in force; whether the rows were written by it.
    Desk(Outlooks),
    /// The recorded matrix has mistakes for this version.
    Nobody,
}

/// The `escalation.toml` in the desk's folder.
#[derive(Debug, Clone, PartialEq)]
pub enum Beside {
    /// None there, or the one in force.
    Same,
    /// Another one, without mistakes; or the same with another calendar file, which is then named.
    Drift { file: PathBuf },
    /// One with mistakes; or the recorded one has mistakes for this version.
    Broken(Box<Diagnosis>),
}

/// A matrix with mistakes.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    pub file: PathBuf,
    pub text: String,
    pub mistakes: Vec<Mistake>,
}

/// Settles which matrix is in force. A file beside the desk that can't be read is as good as one with mistakes: the
/// desk opens for reading and says so.
#[must_use]
pub fn settle(desk: &Path, recorded: Option<(Revision, MatrixApplied)>) -> InForce {
    let file = desk.with_file_name(MATRIX_FILE);
    let Some((revision, MatrixApplied { text, files, .. })) = recorded else {
        let beside = read_beside(&file).map(|text| text.map(|text| judge(&file, text)));
        let (matrix, beside) = (Arc::new(Matrix::builtin()), standing(beside));
        let (files, outlooks) = (Arc::default(), Seers::Desk(Outlooks::Current));
        let since = Stamp(i64::MIN);
        return InForce { matrix, revision: 0, since, files, beside, outlooks };
    };
    let (number, since) = (revision.number, revision.at);
    let name = format!("matrix revision {number}");
    let (matrix, beside) = match matrix::read(&text, &name) {
        Ok(reading) => {
            let beside = read_beside(&file).map(|text| match text {
                Some(text) if revision.is(&text) => other_days(&reading.matrix, &files, &file),
                text => text.map(|text| judge(&file, text)),
            });
            (reading.matrix, standing(beside))
        }
        Err(mistakes) => {
            let beside = broken(Path::new(&name), text, mistakes);
            let (matrix, outlooks) = (Arc::new(Matrix::builtin()), Seers::Nobody);
            let files = files.into();
            return InForce { matrix, revision: number, since, files, beside, outlooks };
        }
    };
    let outlooks = Seers::Desk(revision.outlooks);
    let (matrix, files) = (Arc::new(matrix), Arc::new(files));
    InForce { matrix, revision: number, since, files, beside, outlooks }
}

/// Days off that were changed without the matrix.
fn other_days(matrix: &Matrix, files: &Files, file: &Path) -> Option<Beside> {
    let folder = file.parent()?;
    days::drifted(matrix, files, folder).map(|name| Beside::Drift { file: folder.join(name) })
}

fn standing(beside: Result<Option<Beside>, Diagnosis>) -> Beside {
    match beside {
        Ok(beside) => beside.unwrap_or(Beside::Same),
        Err(diagnosis) => Beside::Broken(Box::new(diagnosis)),
    }
}

fn read_beside(file: &Path) -> Result<Option<String>, Diagnosis> {
    let unreadable = |why: &str| Diagnosis::unreadable(file, why);
    match fs::metadata(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error.to_string())),
        Ok(found) if !found.is_file() => return Err(unreadable("it is no file")),
        Ok(found) if found.len() > LARGEST => return Err(unreadable("it is larger than 1 MiB")),
        Ok(_) => {}
    }
    let bytes = fs::read(file).map_err(|error| unreadable(&error.to_string()))?;
    let diagnosis = |(mistake, text): (Box<Mistake>, String)| Diagnosis {
        file: file.to_owned(),
        text,
        mistakes: vec![*mistake],
    };
    matrix::decode(bytes, MATRIX_FILE).map(Some).map_err(diagnosis)
}

impl Diagnosis {
    fn unreadable(file: &Path, why: &str) -> Diagnosis {
        let mistake = Mistake {
            severity: Severity::Mistake,
            file: String::from(MATRIX_FILE),
            place: Place { span: 0..0, line: 1, column: 1 },
            message: format!("it can't be read: {why}"),
            help: Some("make it readable, or move it away to work by the matrix that the desk holds".into()),
            also: None,
        };
        Diagnosis { file: file.to_owned(), text: String::new(), mistakes: vec![mistake] }
    }
}

fn judge(file: &Path, text: String) -> Beside {
    match matrix::read(&text, MATRIX_FILE) {
        Ok(_) => Beside::Drift { file: file.to_owned() },
        Err(mistakes) => broken(file, text, mistakes),
    }
}

fn broken(file: &Path, text: String, mistakes: Vec<Mistake>) -> Beside {
    Beside::Broken(Box::new(Diagnosis { file: file.to_owned(), text, mistakes }))
}
