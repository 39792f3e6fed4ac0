//! Who hears of what on one file: by name, by role, by group; never of their own deeds; and what still stands.

use super::*;
use crate::desk::{Notice, Stands};
use crate::domain::ids::EventId;
use crate::domain::stamp::Span;
use crate::rules::command::{AskedBy, Escalate};

const MATRIX: &str = r#"
[desk]
name = "Team"
[[tiers]]
name = "L1"
[[tiers]]
name = "L2"
[[groups]]
name = "Desk"
tier = "L1"
escalates-to = ["Network"]
[[groups]]
name = "Network"
tier = "L2"
[roles.analyst]
may = ["open", "take", "release", "escalate", "assign"]
[roles.supervisor]
may = ["take"]
[[people]]
name = "mia"
role = "analyst"
groups = ["Desk"]
[[people]]
name = "jo"
role = "analyst"
groups = ["Network"]
[[people]]
name = "sam"
role = "analyst"
groups = ["Network"]
[[people]]
name = "tess"
role = "supervisor"
groups = []
[targets.P3]
tier = { L2 = "1h" }
[targets.P4]
tier = { L2 = "1h" }
[[steps]]
name = "stuck"
clock = "tier"
at = "100%"
do = ["notify:supervisor"]
"#;

fn team(folder: &Path) {
    std::fs::write(folder.join("escalation.toml"), MATRIX).unwrap();
}

/// The desk of somebody who looks at it so much later.
fn later(folder: &Path, user: &str, span: Span) -> Desk {
    let clock = Clock::Fixed(Stamp(1_795_341_660_000).plus(span));
    Desk::open(&settings(folder, user), &Surroundings { clock, ..around(folder) }).unwrap()
}

fn escalate() -> Command {
    Command::Escalate(Box::new(Escalate {
        to: None,
        reason: Line::soften("beyond us"),
        asked_by: AskedBy::Desk,
        fields: Default::default(),
        despite_gaps: None,
    }))
}

fn heard(folder: &Path, user: &str) -> Vec<Notice> {
    later(folder, user, Span::HOUR.times(2)).notices(EventId(0), 50).unwrap().notices
}

fn told(folder: &Path, user: &str) -> Vec<(String, Stands)> {
    heard(folder, user).into_iter().map(|it| (it.told.what, it.stands)).collect()
}

/// A ticket of mia's that has been in Network's queue for two hours, as jo's console noticed.
fn stuck(folder: &Path) -> TicketId {
    team(folder);
    let mut mia = desk(folder, "mia");
    let id = mia.run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    mia.run(Some(id), &escalate(), new_id()).unwrap();
    let swept = later(folder, "jo", Span::HOUR.times(2)).sweep(16).unwrap();
    assert_eq!(swept.fired.len(), 2, "{swept:?}");
    id
}

const MOVED: &str = "escalated it, L1 Desk → L2 Network";

#[test]
fn each_hears_what_concerns_them_and_nobody_of_their_own_deeds() {
    let dir = tempfile::tempdir().unwrap();
    stuck(dir.path());
    let whats = |user| told(dir.path(), user).into_iter().map(|(what, _)| what).collect::<Vec<_>>();
    let breach = whats("sam").first().cloned().unwrap();
    assert!(breach.starts_with("noticed: tier clock over its limit"), "{breach}");
    assert_eq!(whats("sam"), [breach.as_str(), MOVED]);
    assert_eq!(whats("jo"), [breach.as_str(), MOVED], "that her console noticed it is no deed of hers");
    assert_eq!(whats("mia"), [""; 0]);
    let tess = whats("tess");
    assert!(tess.len() == 1 && tess[0].contains("tell supervisor"), "{tess:?}");
    let moved = heard(dir.path(), "jo").pop().unwrap();
    assert_eq!((moved.by.as_ref().map(Label::as_str), moved.subject.as_str()), (Some("mia"), "VPN drops"));
    assert_eq!(heard(dir.path(), "jo")[0].by, None);
}

#[test]
fn what_went_with_the_ticket_is_settled_for_the_others_once_somebody_has_it() {
    let dir = tempfile::tempdir().unwrap();
    let id = stuck(dir.path());
    let stand = |user| told(dir.path(), user).into_iter().map(|(_, stands)| stands).collect::<Vec<_>>();
    assert_eq!(stand("sam"), [Stands::Still; 2]);
    desk(dir.path(), "jo").run(Some(id), &take(), new_id()).unwrap();
    assert_eq!((stand("jo"), stand("sam")), (vec![Stands::Still; 2], vec![Stands::Settled; 2]));
    assert_eq!(stand("tess"), [Stands::Still], "a supervisor is told, not asked to take it");
}

#[test]
fn a_look_brings_what_is_new_and_when_there_is_something_to_do() {
    let dir = tempfile::tempdir().unwrap();
    team(dir.path());
    let mut mia = desk(dir.path(), "mia");
    let mut jo = desk(dir.path(), "jo");
    let ask = |news| Look { news, ..look("is:open", None) };
    assert_eq!(jo.look(&ask(News::Unasked)).unwrap().heard, None);
    let id = mia.run(None, &open("VPN drops"), new_id()).unwrap().ticket.id;
    mia.run(Some(id), &escalate(), new_id()).unwrap();
    let begun = jo.look(&ask(News::FromNowOn)).unwrap();
    let upto = begun.heard.clone().unwrap().upto;
    assert_eq!(begun.heard.unwrap().notices, []);
    let warned = Stamp(1_795_341_660_000).plus(Span::MINUTE.times(45));
    assert_eq!(begun.next, Some(warned));
    let all = jo.look(&ask(News::Since(EventId(0)))).unwrap().heard.unwrap();
    assert_eq!((all.notices.len(), all.upto), (1, upto));
    assert_eq!(jo.look(&ask(News::Since(upto))).unwrap().heard.unwrap().notices, []);
    let mut sam = later(dir.path(), "sam", Span::HOUR.times(3));
    assert_eq!(sam.look(&ask(News::Unasked)).unwrap().next, Some(warned), "past: it waits to be done");
    sam.sweep(16).unwrap();
    assert_eq!(sam.look(&ask(News::Unasked)).unwrap().next, None);
}

#[test]
fn my_own_deeds_do_not_crowd_out_what_others_did() {
    let dir = tempfile::tempdir().unwrap();
    let mut jo = desk(dir.path(), "jo");
    let mut mia = desk(dir.path(), "mia");
    for n in 0..7 {
        let actor = if n == 0 { &mut jo } else { &mut mia };
        let id = actor.run(None, &open(&format!("ticket {n}")), new_id()).unwrap().ticket.id;
        actor.run(Some(id), &escalate(), new_id()).unwrap();
    }
    let heard = mia.notices(EventId(0), 3).unwrap().notices;
    assert_eq!(heard.iter().map(|it| it.ticket).collect::<Vec<_>>(), [TicketId(1)]);
}
