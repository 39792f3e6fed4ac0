use std::io::ErrorKind;

use super::*;

fn calendar(days: &[&str]) -> String {
    let event = |day: &&str| format!("BEGIN:VEVENT\nDTSTART;VALUE=DATE:{day}\nEND:VEVENT\n");
    format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", days.iter().map(event).collect::<String>())
}

fn files(days: &[&str]) -> Files {
    Files::from([(String::from("off.ics"), calendar(days))])
}

fn matrix() -> Matrix {
    let text = crate::rules::clocks::script::MATRIX
        .replace("holidays = [\"12-25\", \"2026-11-26\"]", "holidays-ics = \"off.ics\"");
    crate::rules::clocks::script::reads(&text)
}

#[test]
fn days_off_of_a_calendar_file_are_read_beside_the_desk() {
    let matrix = matrix();
    let file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260602\nEND:VEVENT\nEND:VCALENDAR\n";
    let beside =
        |name: &str| if name == "off.ics" { Ok(file.to_owned()) } else { Err(ErrorKind::NotFound.into()) };
    assert_eq!(days_off(&matrix, beside).unwrap().len(), 1);
    let missing = days_off(&matrix, |_| Err(ErrorKind::NotFound.into())).unwrap_err().to_string();
    assert_eq!(
        missing,
        "off.ics, the days off of the calendar office: entity not found; put it beside the desk"
    );
    let broken = days_off(&matrix, |_| Ok("x".into())).unwrap_err().to_string();
    assert!(broken.contains("this is no iCalendar file"), "{broken}");
}

#[test]
fn what_came_with_the_revision_counts_and_else_what_lies_beside_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let (matrix, desk) = (matrix(), folder.path().join("desk.db"));
    assert!(laid_out(&matrix, &Files::new(), &desk).is_err(), "nothing is there");
    let travelled = laid_out(&matrix, &files(&["20260602"]), &desk).unwrap();
    std::fs::write(folder.path().join("off.ics"), calendar(&["20260602"])).unwrap();
    assert_eq!(laid_out(&matrix, &Files::new(), &desk).unwrap(), travelled);
    std::fs::write(folder.path().join("off.ics"), calendar(&["20260603"])).unwrap();
    assert_eq!(laid_out(&matrix, &files(&["20260602"]), &desk).unwrap(), travelled);
    assert_ne!(laid_out(&matrix, &Files::new(), &desk).unwrap(), travelled);
}

#[test]
fn another_file_in_the_folder_is_drift_but_a_missing_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (matrix, held) = (matrix(), files(&["20260602"]));
    assert_eq!(drifted(&matrix, &held, folder.path()), None);
    std::fs::write(folder.path().join("off.ics"), calendar(&["20260602"])).unwrap();
    assert_eq!(drifted(&matrix, &held, folder.path()), None);
    std::fs::write(folder.path().join("off.ics"), calendar(&["20260603"])).unwrap();
    assert_eq!(drifted(&matrix, &held, folder.path()), Some("off.ics"));
    assert_eq!(drifted(&matrix, &Files::new(), folder.path()), None, "of an old revision nothing is known");
    std::fs::write(folder.path().join("off.ics"), b"\xff").unwrap();
    assert_eq!(drifted(&matrix, &held, folder.path()), Some("off.ics"));
}

#[test]
fn differences_are_counted_in_days() {
    let (old, new) = (files(&["20260602", "20260603"]), files(&["20260603", "20260604", "20260605"]));
    assert_eq!(differences(&old, &new), ["off.ics: 2 days off more, 1 fewer"]);
    assert_eq!(differences(&Files::new(), &new), ["off.ics comes with the matrix: 3 days off"]);
    assert_eq!(differences(&old, &Files::new()), ["off.ics goes: 2 days off"]);
    assert_eq!(differences(&old, &old), Vec::<String>::new());
}
