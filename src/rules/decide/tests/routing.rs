//! A changed category and where it sends a ticket that is somewhere already.

use super::*;
use crate::domain::event::{Quality, Trigger};
use crate::rules::command::Rate;

const ROUTES: &str = r#"
[[routes]]
name = "apps"
when = "category:apps/*"
to = "Applications"
[[routes]]
when = "category:network/*"
to = "Network"
[[routes]]
name = "walk-in"
when = "category:desk/*"
to = "Service Desk"
[[steps]]
name"#;

fn routed_team() -> Matrix {
    let text = TEAM.replacen("[[steps]]\nname", ROUTES, 1);
    read(&text, "demo").unwrap().matrix
}

fn opened(category: Option<&str>) -> Play {
    let mut play = Play::with(routed_team());
    let open = Open { category: category.map(label), ..open() };
    play.act("sam", &Command::Open(Box::new(open))).unwrap();
    play
}

fn about(category: &str) -> Command {
    Command::Edit(Box::new(Edit { category: Some(label(category)), ..Edit::default() }))
}

fn place(play: &Play) -> (&str, Option<&str>) {
    (play.now_is().place.queue.group.as_str(), play.now_is().owner_name())
}

#[test]
fn a_new_category_sends_the_ticket_on_in_the_same_command_and_names_the_route() {
    let mut play = opened(None).does("sam", take());
    let events = play.act("sam", &about("apps/erp")).unwrap();
    let [Event::Edited(_), Event::Escalated(up)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(up.trigger, Trigger::Route(line("apps")));
    let missing = up.gap.as_ref().map(|gap| gap.missing.as_slice());
    assert_eq!(missing, Some([label("tried")].as_slice()), "what the hand-off lacks is told");
    assert_eq!(place(&play), ("Applications", None), "a move leaves the owner behind");
    let rated = Rate { quality: Some(Quality::Poor), ..Rate::default() };
    assert_eq!(play.refuses("sam", Command::Rate(rated.clone())).reason, Reason::Authority, "the sender");
    play.act("raj", &Command::Rate(rated)).unwrap();
    let events = play.act("raj", &about("network/wan")).unwrap();
    let Some(Event::Routed(routed)) = events.last() else { panic!("{events:?}") };
    assert_eq!(
        routed.route.as_ref().map(Line::as_str),
        Some("category:network/*"),
        "a nameless one by its query"
    );
}

/// The log has the tiers as they were; up is what is up by the matrix in force.
#[test]
fn a_tier_that_came_in_below_makes_no_escalation_of_a_move_beside() {
    let mut play = opened(None).does("sam", up("Network")).does("jo", take());
    let text = TEAM.replacen("[[tiers]]", "[[tiers]]\nname = \"L0\"\n[[tiers]]", 1);
    let text = text.replacen(
        "[[groups]]",
        "[[groups]]\nname = \"Machines\"\ntier = \"L0\"\nescalates-to = [\"Service Desk\"]\n[[groups]]",
        1,
    );
    play.matrix = read(&text.replacen("[[steps]]\nname", ROUTES, 1), "demo").unwrap().matrix;
    let events = play.act("jo", &about("apps/erp")).unwrap();
    assert!(matches!(events.last(), Some(Event::Routed(_))), "{events:?}");
}

#[test]
fn who_finds_it_routed_wrongly_upwards_can_return_it() {
    let back = Command::Return { to: None, code: ReturnCode::WrongGroup, reason: None };
    let play = opened(None).does("sam", about("apps/erp")).does("raj", back);
    assert_eq!(place(&play), ("Service Desk", None));
}

#[test]
fn a_category_without_a_route_leaves_the_ticket_where_it_is() {
    let play = opened(Some("apps/erp")).does("raj", take()).does("sam", about("hr/pay"));
    assert_eq!(place(&play), ("Applications", Some("raj")));
}

#[test]
fn a_route_never_takes_a_ticket_down_a_tier() {
    let play = opened(None).does("sam", up("Network")).does("jo", take()).does("jo", about("desk/password"));
    assert_eq!(place(&play), ("Network", Some("jo")));
    let play = play.does("jo", up("Platform")).does("lena", about("apps/erp"));
    assert_eq!(place(&play), ("Platform", None));
}

#[test]
fn on_its_own_height_an_escalated_ticket_goes_sideways_and_can_still_return() {
    let play = opened(None).does("sam", up("Network")).does("jo", about("apps/erp"));
    assert_eq!(place(&play), ("Applications", None));
    assert!(play.now_is().came_through("Service Desk"));
}

#[test]
fn where_the_old_category_led_there_too_a_person_had_decided_otherwise() {
    let aside = Command::Route { to: label("Applications"), reason: line("it is their proxy") };
    let play = opened(Some("network/wan")).does("jo", aside).does("raj", about("network/proxy"));
    assert_eq!(place(&play), ("Applications", None));
}

#[test]
fn what_is_resolved_stays_and_so_does_what_keeps_its_category() {
    let play = opened(None).does("sam", resolve()).does("sam", about("apps/erp"));
    assert_eq!(place(&play), ("Service Desk", None));
    let mut play = opened(Some("apps/erp"));
    let aside = Command::Route { to: label("Network"), reason: line("theirs") };
    play = play.does("raj", aside);
    let subject = Edit { subject: Some(line("other")), category: Some(label("apps/erp")), ..Edit::default() };
    let play = play.does("jo", Command::Edit(Box::new(subject)));
    assert_eq!(place(&play), ("Network", None));
}
