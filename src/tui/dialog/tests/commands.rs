//! Keys in, the exact command out.

use super::*;
use crate::domain::event::{Reached, Relation, ReturnCode, WaitOn};
use crate::domain::ids::TicketId;
use crate::domain::stamp::Span;
use crate::rules::command::{AskedBy, Confirm, Edit, Escalate};
use crate::tui::testing::NOW;

#[test]
fn a_note_is_written_over_several_lines() {
    let note = made(ActionId::Note, "mia", "\"tried_again enter \"no_luck ctrl-s");
    assert_eq!(note, Command::Note { text: body("tried again\nno luck") });
}

#[test]
fn a_contact_carries_its_channel() {
    let contact = made(ActionId::Contact, "mia", "right tab \"will_call_back ctrl-s");
    assert_eq!(contact, Command::Contact { text: body("will call back"), channel: Channel::Mail });
}

#[test]
fn a_new_ticket_is_written_field_by_field() {
    let keys = "\"Printer_is_dead enter \"Kim_Ahn enter \"x2 enter enter \"hardware/printer enter \
                \"No_light. tab up up right tab \"power_cycled ctrl-s";
    let expected = Open {
        subject: line("Printer is dead"),
        description: Some(body("No light.")),
        requester: Requester { name: line("Kim Ahn"), contact: Some(line("x2")) },
        category: Some(label("hardware/printer")),
        channel: Channel::Phone,
        grade: Prioritise {
            impact: Some(label("extensive")),
            urgency: Some(label("low")),
            against_grid: None,
        },
        group: None,
        fields: BTreeMap::from([(label("tried"), body("power cycled"))]),
    };
    assert_eq!(made(ActionId::New, "mia", keys), Command::Open(Box::new(expected)));
}

#[test]
fn an_escalation_carries_what_was_missing_and_nothing_that_is_known() {
    // Desktop stands before Network in the matrix.
    let keys = "right tab right tab \"all_of_floor_3 ctrl-s";
    let env = env_of("mia");
    let mut stack = opened(ActionId::Escalate, &env);
    assert_eq!(press(&mut stack, "right tab tab \"floor_3_is_cut_off", &env), Outcome::Stay);
    assert_eq!(text(&stack, "to"), "Network");
    assert_eq!(text(&stack, "handoff:tried"), "rebooted, cable swapped", "known is filled in");
    let places: Vec<_> =
        form(&stack).fields.iter().map(|field| (field.id.clone(), field.aside.mark)).collect();
    let missing = |id: &str| places.contains(&(id.to_owned(), form::field::Mark::Missing));
    assert!(
        missing("handoff:address") && missing("handoff:site-down") && !missing("handoff:tried"),
        "{places:?}"
    );
    let at = |id: &str| places.iter().position(|(field, _)| field == id).unwrap();
    let tabs = "tab ".repeat(at("handoff:address") - at("reason"));
    let outcome = press(&mut stack, &format!("{tabs} \"10.20.3.7 tab"), &env);
    assert_eq!(outcome, Outcome::Stay);
    let yes = if at("handoff:site-down") > at("handoff:address") { "\"y" } else { "shift-tab shift-tab \"y" };
    let escalate = command(press(&mut stack, &format!("{yes} ctrl-s"), &env));
    let fields = [("address", "10.20.3.7"), ("site-down", "yes")].map(|(k, v)| (label(k), body(v))).into();
    let expected = Escalate {
        to: Some(label("Network")),
        reason: line("floor 3 is cut off"),
        asked_by: AskedBy::Desk,
        fields,
        despite_gaps: None,
    };
    assert_eq!(escalate, Command::Escalate(Box::new(expected)));
    let asked = made(ActionId::Escalate, "mia", keys);
    assert!(matches!(asked, Command::Escalate(wish) if wish.asked_by == AskedBy::Requester));
}

#[test]
fn only_who_may_is_offered_to_go_despite_gaps() {
    let has = |actor: &str| {
        let env = env_of(actor);
        form(&opened(ActionId::Escalate, &env)).fields.iter().any(|field| field.id == "despite")
    };
    assert!(has("vera"));
    assert!(!has("mia"));
}

#[test]
fn what_was_written_for_one_group_is_there_again_when_it_is_chosen_again() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Escalate, &env);
    press(&mut stack, "right", &env);
    let at = form(&stack).fields.iter().position(|field| field.id == "handoff:address").unwrap();
    press(&mut stack, &format!("{} \"10.1.1.1", "tab ".repeat(at)), &env);
    press(&mut stack, &"shift-tab ".repeat(at), &env);
    press(&mut stack, "left", &env);
    assert!(form(&stack).fields.iter().all(|field| field.id != "handoff:address"));
    press(&mut stack, "right", &env);
    assert_eq!(text(&stack, "handoff:address"), "10.1.1.1");
}

#[test]
fn the_edit_form_says_where_another_category_would_send_it() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Edit, &env);
    let goes = |stack: &Stack| {
        let category = form(stack).fields.iter().find(|field| field.id == "category").unwrap();
        format!("{:?}", category.aside.below)
    };
    assert_eq!(goes(&stack), "[]");
    press(&mut stack, "tab tab tab ctrl-u \"network/lan", &env);
    assert!(
        goes(&stack).contains("L2 Network")
            && goes(&stack).contains("straight to its engineers")
            && goes(&stack).contains("without"),
        "{}",
        goes(&stack)
    );
}

#[test]
fn the_reopen_form_says_when_it_means_another_ticket() {
    let mut env = env_of("vera");
    let (reached, channel) = (Reached::Yes, Channel::Phone);
    let confirm = Command::Confirm(Confirm { reached, channel, satisfaction: None, comment: None });
    let view = ticket(1042, &env, &[("mia", opening()), ("vera", resolving()), ("vera", confirm)]);
    let lead = |env: &Env| format!("{:?}", form(&opened_on(ActionId::Reopen, Some(&view), env)).lead);
    assert_eq!(lead(&env), "[]");
    env.now = env.now.plus(Span::DAY.times(40));
    assert!(lead(&env).contains("this opens a new ticket that follows #1042"), "{}", lead(&env));
}

#[test]
fn the_categories_in_use_are_offered_first() {
    let env = env_of("mia");
    let mut row = crate::domain::row::Row::of(&about(ActionId::Edit, &env).ticket, Default::default());
    let mut rows = vec![row.clone()];
    row.category = String::from("remote/access");
    rows.extend([row.clone(), row]);
    let mut stack = Stack::default();
    let on = Occasion { action: ActionId::New, ticket: None, list: &queue::List::default(), rows: &rows };
    stack.open(on, &env).unwrap();
    let field = form(&stack).fields.iter().find(|field| field.id == "category").unwrap();
    assert_eq!(field.suggestions[..2], ["remote/access", "remote/vpn"]);
    assert!(field.suggestions.len() > 2, "those of the routes come after");
}

#[test]
fn returning_routing_and_calling_in() {
    let back = made(ActionId::Return, "noor", "tab \"i tab \"no_address ctrl-s");
    let expected = Command::Return {
        to: Some(label("Service Desk")),
        code: ReturnCode::Incomplete,
        reason: Some(line("no address")),
    };
    assert_eq!(back, expected);
    let moved = made(ActionId::Route, "vera", "right tab \"not_ours ctrl-s");
    assert_eq!(moved, Command::Route { to: label("Desktop"), reason: line("not ours") });
    let called = made(ActionId::CallIn, "mia", "tab \"decide ctrl-s");
    assert_eq!(called, Command::CallIn { who: label("supervisor"), reason: line("decide") });
}

#[test]
fn waiting_until_a_moment_as_people_write_it() {
    let wait = made(ActionId::Wait, "mia", "\"v enter \"2d enter \"part_ordered ctrl-s");
    let until = Some(NOW.plus(Span::DAY.times(2)));
    assert_eq!(wait, Command::Wait { on: WaitOn::Vendor, until, reason: Some(line("part ordered")) });
    assert_eq!(made(ActionId::Resume, "mia", "ctrl-s"), Command::Resume { reason: None });
    let Command::Wait { until: Some(days), .. } = made(ActionId::Wait, "mia", "enter \"2wd ctrl-s") else {
        panic!("no moment")
    };
    assert!(days > NOW.plus(Span::HOUR.times(12)) && days < NOW.plus(Span::DAY.times(7)), "{days:?}");
}

#[test]
fn the_end_of_a_ticket() {
    let resolve = made(ActionId::Resolve, "vera", "\"old_firmware tab \"updated_it tab \"w ctrl-s");
    let expected = Command::Resolve {
        root_cause: line("old firmware"),
        resolution: body("updated it"),
        outcome: Came::Workaround,
    };
    assert_eq!(resolve, expected);
    let confirm = made(ActionId::Confirm, "mia", "tab tab \"4 tab \"thanks ctrl-s");
    let expected = Confirm {
        reached: Reached::Yes,
        channel: Channel::Phone,
        satisfaction: Some(4),
        comment: Some(body("thanks")),
    };
    assert_eq!(confirm, Command::Confirm(expected));
    let close = made(ActionId::Close, "mia", "\"moved_away ctrl-s");
    assert_eq!(close, Command::Close { reason: Some(line("moved away")) });
    let reopen = made(ActionId::Reopen, "mia", "\"again ctrl-s");
    assert_eq!(reopen, Command::Reopen { reason: line("again") });
}

#[test]
fn whose_it_is() {
    let assign = made(ActionId::Assign, "vera", "right tab \"yours ctrl-s");
    assert_eq!(assign, Command::Assign { to: label("tom"), reason: Some(line("yours")) });
    let take = made(ActionId::Take, "vera", "\"mia_is_ill enter enter");
    assert_eq!(take, Command::Take { reason: Some(line("mia is ill")) });
    assert_eq!(made(ActionId::Release, "mia", "enter enter"), Command::Release { reason: None });
}

#[test]
fn the_priority_is_picked_from_the_grid_or_against_it() {
    let grid =
        Prioritise { impact: Some(label("limited")), urgency: Some(label("medium")), against_grid: None };
    assert_eq!(made(ActionId::Priority, "mia", "down right ctrl-s"), Command::Prioritise(grid.clone()));
    let against = made(ActionId::Priority, "vera", "down right tab \"p \"p tab \"the_director ctrl-s");
    let against_grid = Some((label("P2"), line("the director")));
    assert_eq!(against, Command::Prioritise(Prioritise { against_grid, ..grid }));
    let env = env_of("mia");
    assert_eq!(form(&opened(ActionId::Priority, &env)).fields.len(), 1, "an analyst may not");
}

#[test]
fn editing_sends_only_what_is_different() {
    let env = env_of("mia");
    let mut stack = opened(ActionId::Edit, &env);
    let edit = command(press(&mut stack, "ctrl-u \"VPN_drops ctrl-s", &env));
    let expected = Edit { subject: Some(line("VPN drops")), ..Edit::default() };
    assert_eq!(edit, Command::Edit(Box::new(expected)));
    let mut stack = opened(ActionId::Edit, &env);
    let at = form(&stack).fields.iter().position(|field| field.id == "handoff:tried").unwrap();
    let edit = command(press(&mut stack, &format!("{} ctrl-u ctrl-s", "tab ".repeat(at)), &env));
    let expected = Edit { cleared: vec![label("tried")], ..Edit::default() };
    assert_eq!(edit, Command::Edit(Box::new(expected)));
}

#[test]
fn links() {
    let link = made(ActionId::Link, "mia", "\"d tab \"#7 ctrl-s");
    assert_eq!(link, Command::Link { other: TicketId(7), relation: Relation::DuplicateOf });
    assert_eq!(made(ActionId::Unlink, "mia", "ctrl-s"), Command::Unlink { other: TicketId(7) });
}

#[test]
fn every_form_starts_and_asks_for_the_ticket_it_is_about() {
    for purpose in form::purpose::Purpose::all() {
        let env = env_of("vera");
        let stack = opened(purpose.action(), &env);
        let expected = (purpose.action() != ActionId::New).then_some(TicketId(1042));
        assert_eq!(form(&stack).ticket_id(), expected, "{}", purpose.name());
        assert!(form(&stack).draft().is_none(), "{} is unchanged at first", purpose.name());
    }
}
