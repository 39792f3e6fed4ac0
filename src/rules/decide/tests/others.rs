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
        "returning #7 is up to Network, in whose queue it is, and sam does not work there; ask mia or jo or tess"
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

/// A route may open a ticket further up: there is no first group to come back to then.
#[test]
fn what_was_opened_further_up_is_confirmed_by_the_first_tier_too() {
    let mut play = Play::with(team());
    let open = Open { group: Some(label("Network")), ..open() };
    play.act("sam", &Command::Open(Box::new(open))).unwrap();
    let mut play = play.does("jo", take()).does("jo", resolve());
    let refusal = play.refuses("raj", reached(None));
    assert_eq!(refusal.reason, Reason::Authority);
    assert!(!refusal.help.contains("raj") && refusal.help.contains("sam"), "{refusal}");
    play.act("sam", &reached(Some(4))).unwrap();
}

#[test]
fn nobody_moves_another_group_s_ticket_by_its_category() {
    let text = format!("{TEAM}\n[[routes]]\nname = \"lan\"\nwhen = \"category:lan/*\"\nto = \"Network\"\n");
    let mut play = Play::with(read(&text, "demo").unwrap().matrix);
    play.act("sam", &Command::Open(Box::new(open()))).unwrap();
    let about = || Command::Edit(Box::new(Edit { category: Some(label("lan/port")), ..Edit::default() }));
    let refusal = play.refuses("raj", about());
    assert_eq!(refusal.reason, Reason::Authority);
    assert!(refusal.why.contains("Network"), "{refusal}");
    assert!(refusal.help.contains("sam") && !refusal.help.contains("jo"), "{refusal}");
    assert_eq!(play.does("sam", about()).now_is().place.queue.group, "Network");
}

#[test]
fn nobody_releases_another_group_s_ticket() {
    let mut play = Play::opened().does("sam", take());
    let text = TEAM.replacen("[roles.engineer]\nmay = [", "[roles.engineer]\nmay = [\"take-over\", ", 1);
    play.matrix = read(&text, "demo").unwrap().matrix;
    assert_eq!(play.refuses("jo", Command::Release { reason: None }).reason, Reason::Authority);
    play.act("mia", &Command::Release { reason: None }).unwrap();
}

/// What the ticket says itself travels as it is then, and is asked of the ticket again the next time.
#[test]
fn what_a_ticket_says_itself_is_not_frozen_by_a_hand_off() {
    let mut play = Play::opened();
    let events = play.act("sam", &up("Network")).unwrap();
    let Some(Event::Escalated(it)) = events.first() else { panic!("{events:?}") };
    assert_eq!(it.handoff.get(&label("summary")).map(Body::as_str), Some("VPN drops"));
    let subject = Edit { subject: Some(line("One site is cut off")), ..Edit::default() };
    let play = play.does("jo", Command::Edit(Box::new(subject)));
    let summary = crate::rules::handoff::known(play.now_is(), "summary");
    assert_eq!(summary.as_ref().map(Body::as_str), Some("One site is cut off"));
    let tried = crate::rules::handoff::known(play.now_is(), "tried");
    assert_eq!(tried.as_ref().map(Body::as_str), Some("rebooted"), "what was found out stays");
}
