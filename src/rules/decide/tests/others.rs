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

/// What pauses, ends or moves a group's ticket is that group's to do; what tells something of it is anybody's.
#[test]
fn only_the_group_that_has_it_pauses_resolves_or_moves_a_ticket() {
    let wait = || Command::Wait { on: WaitOn::Requester, until: None, reason: None };
    let route = || Command::Route { to: label("Desktop"), reason: line("theirs") };
    let mut play = Play::opened().does("sam", up("Network"));
    for command in [wait(), resolve(), up("Platform"), route()] {
        let refusal = play.refuses("sam", command.clone());
        assert_eq!(refusal.reason, Reason::Authority, "{command:?}");
        assert!(refusal.help.contains("jo"), "{refusal}");
    }
    let told = Command::Contact { text: Body::new("she called again").unwrap(), channel: Channel::Phone };
    let mut play = play.does("sam", told).does("jo", wait());
    assert_eq!(play.refuses("sam", Command::Resume { reason: None }).reason, Reason::Authority);
    let mut play = play.does("mia", Command::Resume { reason: None }).does("jo", resolve());
    assert_eq!(
        play.refuses("jo", reached(None)).reason,
        Reason::Authority,
        "confirming is the first group's"
    );
    play.act("sam", &reached(Some(5))).unwrap();
}

#[test]
fn a_contact_that_says_nothing_stops_no_clock() {
    let contact = |text: &str| Command::Contact { text: Body::new(text).unwrap(), channel: Channel::Phone };
    let mut play = Play::opened();
    for text in [".", " ... ", "—"] {
        assert!(matches!(play.refuses("sam", contact(text)).reason, Reason::Missing(_)), "{text}");
    }
    play.act("sam", &contact("ok")).unwrap();
}

#[test]
fn a_vendor_s_ticket_is_looked_after_by_whoever_has_the_right() {
    let text = TEAM
        .replace("groups = [\"Platform\"]", "groups = [\"Desktop\"]")
        .replace("\"Desktop\", \"Platform\"]", "\"Desktop\"]");
    let mut play = Play::with(read(&text, "demo").unwrap().matrix);
    assert!(crate::rules::authority::members(&play.matrix, "Platform").is_empty());
    play.act("sam", &Command::Open(Box::new(open()))).unwrap();
    let play = play.does("sam", up("Network")).does("jo", up("Platform"));
    let wait = Command::Wait { on: WaitOn::Vendor, until: None, reason: None };
    play.does("jo", wait).does("jo", Command::Resume { reason: None }).does("jo", resolve());
}
