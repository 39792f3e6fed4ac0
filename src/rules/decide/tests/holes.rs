//! Corners of a ticket's life: groups that are gone, names in another case, answers that say nothing, links to
//! oneself, scores that nobody can have given.

use super::*;

/// The team's matrix after `gone` was dissolved.
fn without(gone: &str) -> Matrix {
    let mut matrix = team();
    matrix.groups.retain(|group| group.name != *gone);
    for group in &mut matrix.groups {
        group.escalates_to.retain(|name| *name != *gone);
    }
    matrix
}

fn route(to: &str) -> Command {
    Command::Route { to: label(to), reason: line("theirs") }
}

#[test]
fn a_ticket_in_a_group_that_is_gone_can_still_be_moved_anywhere() {
    let mut play = Play::opened().does("sam", up("Network"));
    play.matrix = without("Network");
    let refusal = play.refuses("jo", up("Platform"));
    assert!(refusal.help.contains("route it"), "{refusal}");
    let play = play.does("jo", route("Platform"));
    assert_eq!(play.now_is().place.queue.group, "Platform");
}

#[test]
fn a_reopened_ticket_goes_where_somebody_is() {
    let mut play = Play::opened().does("sam", resolve()).does("sam", reached(None));
    play.matrix = without("Service Desk");
    play.matrix.desk.default_group = label("Desktop");
    let play = play.does("sam", reopen());
    assert_eq!(play.now_is().place.queue.group, "Desktop");
}

#[test]
fn the_default_group_confirms_where_the_first_is_gone() {
    let mut play = Play::opened().does("sam", up("Network"));
    play.matrix = without("Service Desk");
    play.matrix.desk.default_group = label("Desktop");
    let play = play.does("jo", resolve());
    assert_eq!(play.now_is().place.queue.group, "Desktop");
}

#[test]
fn a_return_says_whether_there_was_no_way_or_it_is_gone() {
    let back = Command::Return { to: None, code: ReturnCode::Done, reason: None };
    let mut play = Play::opened();
    assert!(play.refuses("sam", back.clone()).why.contains("was not escalated"));
    let mut play = play.does("sam", up("Network"));
    play.matrix = without("Service Desk");
    assert!(play.refuses("jo", back).why.contains("came from Service Desk, which"));
}

#[test]
fn names_are_found_in_any_case() {
    let mut play = Play::opened().does("mia", Command::Assign { to: label("SAM"), reason: None });
    assert_eq!(play.now_is().owner_name(), Some("sam"));
    let called = play.act("sam", &Command::CallIn { who: label("Supervisor"), reason: line("big") }).unwrap();
    let Some(Event::CalledIn(called)) = called.first() else { panic!("{called:?}") };
    assert_eq!(called.who, "supervisor");
    let mut wish = escalate("NETWORK");
    wish.fields = [("Tried", "rebooted"), ("ADDRESS", "floor 3")]
        .map(|(name, value)| (label(name), Body::new(value).unwrap()))
        .into();
    let play = play.does("sam", Command::Escalate(Box::new(wish)));
    assert_eq!(play.now_is().place.queue.group, "Network");
    let names: Vec<&str> = play.now_is().about.fields.keys().map(Label::as_str).collect();
    assert_eq!(names, ["address", "tried"], "what the ticket says itself is not kept beside it");
    let to = Some(label("service desk"));
    let play = play.does("jo", Command::Return { to, code: ReturnCode::Done, reason: None });
    assert_eq!(play.now_is().place.queue.group, "Service Desk");
}

#[test]
fn an_answer_under_a_name_that_does_not_exist_is_refused_with_the_nearest() {
    let mut play = Play::opened();
    let fields = BTreeMap::from([(label("adress"), Body::new("floor 3").unwrap())]);
    let edit = Edit { fields: fields.clone(), ..Edit::default() };
    assert_eq!(play.refuses("sam", Command::Edit(Box::new(edit))).help, "did you mean address?");
    let mut bare = Play::with(Matrix::builtin());
    bare.act("sam", &Command::Open(Box::new(Open { fields, ..open() }))).unwrap();
}

#[test]
fn punctuation_is_no_reason() {
    let dots = || line("...");
    let mut play = Play::opened();
    let against = Prioritise { against_grid: Some((label("P1"), dots())), ..Prioritise::default() };
    let silent = [
        Command::Escalate(Box::new(Escalate { reason: dots(), ..escalate("Network") })),
        Command::CallIn { who: label("mia"), reason: dots() },
        Command::Prioritise(against),
        Command::Release { reason: Some(dots()) },
    ];
    for command in silent {
        play = Play { now: play.now, ..Play::opened().does("sam", take()) };
        let refusal = play.refuses("mia", command.clone());
        assert!(matches!(refusal.reason, Reason::Missing(_)), "{command:?}: {refusal}");
    }
    assert_eq!(
        play.refuses("mia", Command::Reopen { reason: dots() }).reason,
        Reason::State,
        "first things first"
    );
    let wish = Escalate { fields: BTreeMap::new(), despite_gaps: Some(dots()), ..escalate("Network") };
    assert!(matches!(play.refuses("mia", Command::Escalate(Box::new(wish))).reason, Reason::Missing(_)));
}

#[test]
fn a_score_comes_from_somebody_who_was_reached_and_not_from_who_did_the_work() {
    let score = |reached| {
        Command::Confirm(Confirm { reached, channel: Channel::Phone, satisfaction: Some(5), comment: None })
    };
    let mut play = Play::opened().does("sam", take()).does("mia", resolve());
    assert!(matches!(play.refuses("ines", score(Reached::No)).reason, Reason::Missing(_)));
    assert_eq!(play.refuses("sam", score(Reached::Yes)).reason, Reason::Authority, "sam owned it");
    assert_eq!(play.refuses("mia", score(Reached::Yes)).reason, Reason::Authority, "mia resolved it");
    play.act("ines", &score(Reached::Yes)).unwrap();
}

#[test]
fn nothing_waits_for_ten_years_and_no_ticket_is_linked_to_itself() {
    let mut play = Play::opened();
    let until = Some(play.now.plus(Span::DAY.times(4_000)));
    let wait = Command::Wait { on: WaitOn::Vendor, until, reason: None };
    assert!(matches!(play.refuses("sam", wait).reason, Reason::Missing(_)));
    let own = Command::Link { other: TicketId(7), relation: Relation::RelatesTo };
    assert_eq!(play.refuses("sam", own).reason, Reason::State);
}

#[test]
fn a_bounded_right_to_open_holds_for_what_is_opened() {
    let text = TEAM.replace(
        "[roles.analyst]\nmay = [\"open\", ",
        "[roles.analyst]\nmay-open = \"category:hr/*\"\nmay = [",
    );
    let mut play = Play::with(read(&text, "demo").unwrap().matrix);
    let refusal = play.refuses("sam", Command::Open(Box::new(open())));
    assert!(refusal.why.contains("category:hr/*, and this one is not"), "{refusal}");
    let hr = Open { category: Some(label("hr/pay")), ..open() };
    play.act("sam", &Command::Open(Box::new(hr))).unwrap();
}

#[test]
fn no_number_is_not_a_number() {
    let text = TEAM.replace("help = \"Each step, and what it showed\"\nkind = \"text\"", "kind = \"number\"");
    let mut play = Play::with(read(&text, "demo").unwrap().matrix);
    play.act("sam", &Command::Open(Box::new(open()))).unwrap();
    for (answer, fits) in [("NaN", false), ("inf", false), ("12 steps", false), ("-12.5", true)] {
        let mut wish = escalate("Network");
        wish.fields.insert(label("tried"), Body::new(answer).unwrap());
        let mut copy = Play { matrix: play.matrix.clone(), now: play.now, ticket: play.ticket.clone() };
        assert_eq!(copy.act("sam", &Command::Escalate(Box::new(wish))).is_ok(), fits, "{answer}");
    }
}

#[test]
fn a_new_ticket_is_as_old_as_it_is_where_a_route_asks() {
    let routes = "[[routes]]\nwhen = \"age:>1h\"\nto = \"Network\"\n[[routes]]\nwhen = \"age:<1m\"\nto = \"Applications\"\n[[steps]]\nname";
    let text = TEAM.replacen("[[steps]]\nname", routes, 1);
    let mut play = Play::with(read(&text, "demo").unwrap().matrix);
    play.now = Stamp(1_795_341_660_000);
    play.act("sam", &Command::Open(Box::new(open()))).unwrap();
    assert_eq!(play.now_is().place.queue.group, "Applications");
}

#[test]
fn a_right_to_open_that_is_bound_to_a_group_holds_for_where_the_ticket_goes() {
    let text = TEAM.replace(
        "[roles.analyst]\nmay = [\"open\", ",
        "[roles.analyst]\nmay-open = \"group:\\\"Service Desk\\\"\"\nmay = [",
    );
    let matrix = read(&text, "demo").unwrap().matrix;
    let mut play = Play::with(matrix.clone());
    play.act("sam", &Command::Open(Box::new(open()))).unwrap();
    let elsewhere = Open { group: Some(label("Network")), ..open() };
    let refusal = Play::with(matrix).refuses("sam", Command::Open(Box::new(elsewhere)));
    assert_eq!(refusal.reason, Reason::Authority, "{refusal}");
}

#[test]
fn a_bounded_right_to_override_holds_when_a_ticket_is_opened_too() {
    let text = TEAM.replace(
        "[roles.analyst]\nmay = [\"open\", ",
        "[roles.analyst]\nmay-override-priority = \"category:hr/*\"\nmay = [\"open\", ",
    );
    let mut play = Play::with(read(&text, "demo").unwrap().matrix);
    let grade =
        Prioritise { against_grid: Some((label("P1"), line("the boss called"))), ..Prioritise::default() };
    let refusal = play.refuses("sam", Command::Open(Box::new(Open { grade: grade.clone(), ..open() })));
    assert_eq!(refusal.reason, Reason::Authority, "{refusal}");
    let hr = Open { category: Some(label("hr/pay")), grade, ..open() };
    play.act("sam", &Command::Open(Box::new(hr))).unwrap();
    assert_eq!(play.now_is().grade.priority, "P1");
}

#[test]
fn a_listed_choice_is_an_answer_whatever_it_looks_like() {
    let text = TEAM.replace(
        "help = \"Each step, and what it showed\"\nkind = \"text\"",
        "kind = \"choice\"\nchoices = [\"+\", \"-\", \"Ab\", \"AB\"]",
    );
    let mut play = Play::with(read(&text, "demo").unwrap().matrix);
    play.act("sam", &Command::Open(Box::new(open()))).unwrap();
    for (answer, kept) in
        [("+", Some("+")), ("-", Some("-")), ("?", None), ("AB", Some("AB")), ("Ab", Some("Ab"))]
    {
        let mut wish = escalate("Network");
        wish.fields.insert(label("tried"), Body::new(answer).unwrap());
        let mut copy = Play { matrix: play.matrix.clone(), now: play.now, ticket: play.ticket.clone() };
        let went = copy.act("sam", &Command::Escalate(Box::new(wish))).is_ok();
        assert_eq!(went, kept.is_some(), "{answer}");
        let stored = went
            .then(|| copy.now_is().about.fields.get(&label("tried")).map(|kept| kept.as_str().to_owned()));
        assert_eq!(stored.flatten().as_deref(), kept, "{answer}");
    }
}

/// Before there were people in the matrix, a name was kept as it was typed.
#[test]
fn whoever_did_the_work_under_their_name_in_another_case_scores_it_no_more() {
    let without = TEAM.split("[[people]]").next().unwrap().to_owned();
    let mut play =
        Play::with(read(&without, "demo").unwrap().matrix).does("Sam", Command::Open(Box::new(open())));
    play = play.does("Sam", take()).does("Sam", resolve());
    play.matrix = team();
    let refusal = play.refuses("sam", reached(Some(5)));
    assert!(refusal.why.contains("sam worked on #7"), "{refusal}");
}
