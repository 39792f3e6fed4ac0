//! What belongs to somebody else: another group's ticket, another person's.

use super::*;

fn back() -> Command {
    Command::Return { to: None, code: ReturnCode::Avoidable, reason: None }
}

#[test]
fn only_the_group_that_has_it_or_who_may_assign_returns_a_ticket() {
    let mut play = Play::opened().does("sam", up("Network"));
    let refusal = play.refuses("sam", back());
    assert_eq!(refusal.reason, Reason::Authority);
    assert_eq!(
        refusal.to_string(),
        "returning #7 is Network's to do, in whose queue it is, and sam does not work there; ask jo or tess"
    );
    for who in ["jo", "tess", "mia"] {
        let copy = Play { matrix: play.matrix.clone(), now: play.now, ticket: play.ticket.clone() };
        assert_eq!(copy.does(who, back()).now_is().place.queue.group, "Service Desk", "{who}");
    }
}

#[test]
fn releasing_for_somebody_else_needs_the_right_to_take_it_over() {
    let text = TEAM.replacen("\"take-over\", ", "", 1);
    let mut play = Play::with(read(&text, "demo").unwrap().matrix);
    play.act("sam", &Command::Open(Box::new(open()))).unwrap();
    play.act("mia", &take()).unwrap();
    let release = || Command::Release { reason: None };
    let refusal = play.refuses("sam", release());
    assert_eq!(refusal.reason, Reason::Authority);
    assert!(refusal.why.contains("may not take-over"), "{refusal}");
    play.act("mia", &release()).unwrap();
    play.act("sam", &take()).unwrap();
    assert_eq!(play.does("sam", release()).now_is().owner_name(), None, "one's own is always released");
}
