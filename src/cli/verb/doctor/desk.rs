//! The desk itself: whether it opens, holds together, takes commands, and by which matrix it works.

use super::finding::Finding;
use crate::cli::error::Failure;
use crate::cli::output::many;
use crate::cli::status::Status;
use crate::desk::force::Beside;
use crate::desk::settings::{Access, Settings};
use crate::desk::{Desk, Surroundings, Writing};
use crate::matrix::mistake;
use crate::store::Go;

pub fn examine(around: &Surroundings, settings: &Settings) -> Vec<Finding> {
    let path = &settings.desk.value;
    if !path.exists() {
        let help = "`tierline init` makes one; your own is made when it is first used";
        return vec![Finding::warning("file", format!("{} is not there", path.display()), help)];
    }
    let mut settings = settings.clone();
    let asked = settings.access;
    settings.access = Access::ReadOnly;
    let mut desk = match Desk::open(&settings, around) {
        Ok(desk) => desk,
        Err(error) => return vec![Finding::failure("file", error.into())],
    };
    let mut found = vec![whole(&mut desk), matrix(&desk)];
    if asked == Access::Write {
        settings.access = Access::Write;
        found.push(writing(&settings, around));
    }
    found
}

fn whole(desk: &mut Desk) -> Finding {
    match desk.verify(&mut |_| Go::On) {
        Ok(report) if report.is_clean() => Finding::ok(
            "file",
            format!(
                "whole: {}, {}, head {}",
                many(report.tickets, "ticket"),
                many(report.events, "event"),
                report.head.hash
            ),
        ),
        Ok(report) => {
            let first = report.troubles.first().map(|trouble| trouble.what.clone()).unwrap_or_default();
            let many = report.troubles.len() as u64 + report.more;
            let said = format!("{many} troubles, the first: {first}");
            Finding::failure("file", Failure::new(Status::Unsafe, said, "`tierline verify` lists them all"))
        }
        Err(error) => Finding::failure("file", error.into()),
    }
}

fn matrix(desk: &Desk) -> Finding {
    let force = desk.in_force();
    let said = format!("revision {} of {}", force.revision, force.matrix.desk.name);
    match &force.beside {
        Beside::Same => Finding::ok("matrix", said),
        Beside::Drift { file } => Finding::warning(
            "matrix",
            format!("{said}; {} differs from it", file.display()),
            "`tierline matrix diff` shows how, `tierline matrix apply` puts it into force",
        ),
        Beside::Broken(diagnosis) => Finding::fail(
            "matrix",
            format!("{} has {}", diagnosis.file.display(), mistake::count(&diagnosis.mistakes)),
            "`tierline matrix check` shows each with its line",
        ),
    }
}

fn writing(settings: &Settings, around: &Surroundings) -> Finding {
    match Desk::open(settings, around).map(|desk| desk.writing().clone()) {
        Ok(Writing::Allowed) => Finding::ok("commands", "the desk takes commands"),
        Ok(Writing::Refused { why, help }) => {
            Finding::fail("commands", format!("the desk can only be read: {why}"), help)
        }
        Err(error) => Finding::failure("commands", error.into()),
    }
}
