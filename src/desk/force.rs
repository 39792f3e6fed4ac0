//! Which matrix is in force: the revision that travels with the desk. An `escalation.toml` beside the desk that
//! differs is shown as drift until somebody with the right applies it; one with mistakes makes the desk read-only,
//! with the diagnosis to show.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::DeskError;
use super::settings::MATRIX_FILE;
use crate::matrix::mistake::Mistake;
use crate::matrix::{self, Matrix};
use crate::store::Revision;

/// The matrix that decides, and how the file beside the desk stands to it.
#[derive(Debug, Clone)]
pub struct InForce {
    pub matrix: Arc<Matrix>,
    /// 0: the built-in one, nothing recorded yet.
    pub revision: i64,
    pub beside: Beside,
}

/// The `escalation.toml` in the desk's folder.
#[derive(Debug, Clone, PartialEq)]
pub enum Beside {
    /// None there, or the one in force.
    Same,
    /// Another one, without mistakes.
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

/// Settles which matrix is in force.
///
/// # Errors
/// An `escalation.toml` that is there and can't be read.
pub fn settle(desk: &Path, recorded: Option<(Revision, String)>) -> Result<InForce, DeskError> {
    let file = desk.with_file_name(MATRIX_FILE);
    let beside = read_beside(&file)?;
    let Some((revision, text)) = recorded else {
        let (matrix, state) = without_record(&file, beside);
        return Ok(InForce { matrix: Arc::new(matrix), revision: 0, beside: state });
    };
    let name = format!("matrix revision {}", revision.number);
    let (matrix, broken) = match matrix::read(&text, &name) {
        Ok(reading) => (reading.matrix, None),
        Err(mistakes) => (Matrix::builtin(), Some(Diagnosis { file: PathBuf::from(name), text, mistakes })),
    };
    let state = match (broken, beside) {
        (Some(diagnosis), _) => Beside::Broken(Box::new(diagnosis)),
        (None, Some(text)) if !revision.is(&text) => compare(&file, text),
        (None, _) => Beside::Same,
    };
    Ok(InForce { matrix: Arc::new(matrix), revision: revision.number, beside: state })
}

fn read_beside(file: &Path) -> Result<Option<String>, DeskError> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DeskError::Input {
            what: file.display().to_string(),
            why: error.to_string(),
            help: String::from("make it readable, or move it away to work by the matrix that the desk holds"),
        }),
    }
}

fn without_record(file: &Path, beside: Option<String>) -> (Matrix, Beside) {
    let Some(text) = beside else { return (Matrix::builtin(), Beside::Same) };
    match matrix::read(&text, MATRIX_FILE) {
        Ok(_) => (Matrix::builtin(), Beside::Drift { file: file.to_owned() }),
        Err(mistakes) => (Matrix::builtin(), broken(file, text, mistakes)),
    }
}

fn compare(file: &Path, text: String) -> Beside {
    match matrix::read(&text, MATRIX_FILE) {
        Ok(_) => Beside::Drift { file: file.to_owned() },
        Err(mistakes) => broken(file, text, mistakes),
    }
}

fn broken(file: &Path, text: String, mistakes: Vec<Mistake>) -> Beside {
    Beside::Broken(Box::new(Diagnosis { file: file.to_owned(), text, mistakes }))
}
