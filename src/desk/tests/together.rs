//! A look that rides on another transaction shows what a look of its own would.

use super::*;
use crate::desk::{Desk, Look, Seen};
use crate::matrix::BUILTIN;

fn run_looking(
    desk: &mut Desk,
    ticket: Option<TicketId>,
    command: &Command,
    look: &Look,
) -> (TicketId, Option<Seen>) {
    let mut told = Vec::new();
    let (done, seen) =
        desk.run_looking((ticket, command, new_id()), look, |ticket| told.push(ticket)).unwrap();
    assert_eq!(told, [done.ticket.id]);
    (done.ticket.id, seen)
}

#[test]
fn a_command_is_told_once_and_its_look_shows_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut mia = desk(dir.path(), "mia");
    let mut jo = desk(dir.path(), "jo");
    let all = look("", None);
    let (id, seen) = run_looking(&mut mia, None, &open("VPN drops"), &all);
    assert_eq!(seen.unwrap(), mia.look(&all).unwrap());
    let wanted = look("is:mine", Some(id));
    let (_, seen) = run_looking(&mut mia, Some(id), &take(), &wanted);
    assert_eq!(seen.unwrap(), mia.look(&wanted).unwrap());
    // Decided on what mia last saw, which is no more: it is tried again, and told once.
    jo.run(Some(id), &Command::Note { text: Body::new("rebooted").unwrap() }, new_id()).unwrap();
    let (_, seen) = run_looking(&mut mia, Some(id), &Command::Release { reason: None }, &wanted);
    let seen = seen.unwrap();
    assert_eq!((seen.page.total, seen.ticket.as_ref().unwrap().log.len()), (0, 4));
    assert_eq!(seen, mia.look(&wanted).unwrap());
}

#[test]
fn a_refusal_is_told_by_its_error_alone_and_another_matrix_gives_no_look() {
    let dir = tempfile::tempdir().unwrap();
    let (mut mia, mut jo) = (desk(dir.path(), "mia"), desk(dir.path(), "jo"));
    let id = mia.run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    let never = |ticket| panic!("{ticket} was told of");
    let resume = (Some(id), &Command::Resume { reason: None }, new_id());
    mia.run_looking(resume, &look("", None), never).unwrap_err();
    let other = format!("{BUILTIN}\n# another\n");
    jo.apply_matrix(&other, &dir.path().join("x.toml"), act::LeftBehind::Refuse).unwrap();
    let (_, seen) = run_looking(&mut mia, Some(id), &take(), &look("", None));
    assert_eq!((seen, mia.in_force().revision), (None, 2));
}

#[test]
fn the_first_look_of_a_desk_is_what_it_would_see_next() {
    let dir = tempfile::tempdir().unwrap();
    let id = desk(dir.path(), "mia").run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    let wanted = look("is:open", Some(id));
    let (settings, around) = (settings(dir.path(), "mia"), around(dir.path()));
    let first = |_: &crate::domain::query::Scope| wanted.clone();
    let (mut mia, seen) = Desk::open_looking(&settings, &around, Patience::default(), Some(&first)).unwrap();
    let (asked, seen) = seen.unwrap();
    assert_eq!((asked, mia.changed().unwrap()), (wanted.clone(), Noticed::Nothing));
    assert_eq!(seen, mia.look(&wanted).unwrap());
}
