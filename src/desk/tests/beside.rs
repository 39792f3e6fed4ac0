//! The matrix file beside a desk in every state it can be found in.

use super::*;
use crate::desk::force::Beside;

const GROUP: &str = "Wizards";

fn other_matrix() -> String {
    crate::matrix::BUILTIN.replace("Specialists", GROUP)
}

fn mistakes(mia: &Desk) -> String {
    match &mia.in_force().beside {
        Beside::Broken(diagnosis) => crate::matrix::mistake::compact(&diagnosis.mistakes).join("\n"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_can_not_be_read_opens_the_desk_for_reading_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    drop(desk(dir.path(), "mia"));
    let file = dir.path().join("escalation.toml");
    std::fs::create_dir(&file).unwrap();
    assert!(mistakes(&desk(dir.path(), "mia")).contains("it is no file"));
    std::fs::remove_dir(&file).unwrap();
    std::fs::write(&file, b"[desk]\nname = \"caf\xe9\"\n").unwrap();
    assert!(mistakes(&desk(dir.path(), "mia")).contains("UTF-8"));
    std::fs::File::create(&file).unwrap().set_len(1 << 33).unwrap();
    let mut mia = desk(dir.path(), "mia");
    assert!(mistakes(&mia).contains("larger than 1 MiB"));
    let error = mia.run(None, &open("VPN drops"), new_id()).unwrap_err().to_string();
    assert!(error.contains("has 1 mistake;"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_as_good_as_no_file() {
    let dir = tempfile::tempdir().unwrap();
    drop(desk(dir.path(), "mia"));
    std::os::unix::fs::symlink("nowhere", dir.path().join("escalation.toml")).unwrap();
    assert_eq!(desk(dir.path(), "mia").in_force().beside, Beside::Same);
}

#[test]
fn a_desk_takes_commands_again_as_soon_as_the_matrix_is_mended_and_stops_when_it_breaks() {
    let dir = tempfile::tempdir().unwrap();
    drop(desk(dir.path(), "mia"));
    let file = dir.path().join("escalation.toml");
    std::fs::write(&file, "[desk]\nnmae = \"x\"\n").unwrap();
    let mut mia = desk(dir.path(), "mia");
    assert!(mia.run(None, &open("VPN drops"), new_id()).is_err());
    std::fs::write(&file, other_matrix()).unwrap();
    mia.apply_matrix(&other_matrix(), &file, act::LeftBehind::Leave).unwrap();
    assert_eq!(*mia.writing(), Writing::Allowed);
    mia.run(None, &open("VPN drops"), new_id()).unwrap();
    std::fs::write(&file, "[desk").unwrap();
    mia.reload_matrix().unwrap();
    assert!(matches!(mia.run(None, &open("VPN drops"), new_id()), Err(DeskError::ReadOnly { .. })));
}

#[test]
fn the_matrix_in_force_applied_once_more_is_no_new_revision() {
    let dir = tempfile::tempdir().unwrap();
    let mut mia = desk(dir.path(), "mia");
    let file = dir.path().join("escalation.toml");
    assert_eq!(mia.apply_matrix(&other_matrix(), &file, act::LeftBehind::Leave).unwrap().revision, 2);
    assert_eq!(mia.apply_matrix(&other_matrix(), &file, act::LeftBehind::Leave).unwrap().revision, 2);
    assert_eq!(mia.revisions().unwrap().len(), 2);
}

#[test]
fn nobody_is_refused_by_a_matrix_that_is_no_longer_in_force() {
    let dir = tempfile::tempdir().unwrap();
    let (mut mia, mut jo) = (desk(dir.path(), "mia"), desk(dir.path(), "jo"));
    mia.apply_matrix(&other_matrix(), &dir.path().join("escalation.toml"), act::LeftBehind::Leave).unwrap();
    let Command::Open(mut wish) = open("VPN drops") else { unreachable!() };
    wish.group = Some(Label::soften(GROUP));
    let done = jo.run(None, &Command::Open(wish), new_id()).unwrap();
    assert_eq!(done.ticket.place.queue.group, GROUP);
}
