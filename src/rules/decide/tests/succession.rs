//! Closing the loop, and reopening within the matrix's window and after it.

use super::*;
use crate::domain::event::{Opened, Reached, Relation};

const LATE: Span = Span(Span::DAY.0 * 15);

fn closed() -> Play {
    let mut play = Play::with(team());
    let open = Open {
        description: Some(Body::new("since nine").unwrap()),
        requester: Requester { name: line("Ada Obi"), contact: Some(line("x42")) },
        category: Some(label("network/wan")),
        channel: Channel::Mail,
        grade: Prioritise {
            impact: Some(label("limited")),
            urgency: Some(label("high")),
            against_grid: None,
        },
        fields: BTreeMap::from([(label("tried"), Body::new("rebooted").unwrap())]),
        ..open()
    };
    play.act("sam", &Command::Open(Box::new(open))).unwrap();
    play.does("sam", resolve()).does("ines", reached(None))
}

fn late(mut play: Play) -> Play {
    play.now = play.now.plus(LATE);
    play
}

fn succeeds(play: &Play, who: &str) -> Result<Succession, Refusal> {
    let author = Author { actor: label(who), host: label("desk3") };
    let ctx = Context { now: play.now, author: &author, matrix: &play.matrix };
    succeed(play.now_is(), &line("it came back"), TicketId(8), &ctx)
}

fn first(events: &[Event]) -> &Opened {
    let Some(Event::Opened(opened)) = events.first() else { panic!("{events:?}") };
    opened
}

#[test]
fn within_the_window_the_ticket_itself_is_open_again() {
    let play = closed().does("sam", reopen());
    assert_eq!(play.now_is().phase(), Phase::Open);
}

#[test]
fn after_the_window_another_ticket_goes_on_with_what_the_old_one_was_about() {
    let it = succeeds(&late(closed()), "sam").unwrap();
    let opened = first(&it.new);
    let about =
        (opened.subject.as_str(), opened.requester.contact.as_ref().map(Line::as_str), opened.channel);
    assert_eq!(about, ("VPN drops", Some("x42"), Channel::Mail));
    assert_eq!(opened.category.as_ref().map(Label::as_str), Some("network/wan"));
    assert_eq!(
        (opened.grade.priority.as_str(), opened.fields.len()),
        ("P2", 0),
        "it is to be found out anew"
    );
    let links: Vec<(TicketId, Relation)> = it
        .new
        .iter()
        .chain(&it.old)
        .filter_map(|event| match event {
            Event::Linked(link) => Some((link.other, link.relation)),
            _ => None,
        })
        .collect();
    assert_eq!(links, [(TicketId(7), Relation::Follows), (TicketId(8), Relation::FollowedBy)]);
    assert!(matches!(it.new.last(), Some(Event::Noted(noted)) if noted.text == *"it came back"));
}

#[test]
fn the_old_one_stays_closed_and_is_succeeded_once() {
    let mut play = late(closed()).does("sam", reopen());
    assert_eq!(play.now_is().phase(), Phase::Closed);
    let refusal = play.refuses("sam", reopen());
    assert_eq!(refusal.reason, Reason::State);
    let note = Command::Note { text: Body::new("asked again").unwrap() };
    play.act("sam", &note).unwrap();
    assert_eq!(play.refuses("sam", take()).reason, Reason::State);
}

#[test]
fn what_the_matrix_knows_no_more_is_left_behind() {
    let mut play = late(closed());
    play.matrix.handoff.fields.retain(|field| field.name != *"tried");
    play.matrix.grid.impacts = vec![label("site"), label("few"), label("one")];
    let it = succeeds(&play, "sam").unwrap();
    assert!(first(&it.new).fields.is_empty());
    assert_eq!(first(&it.new).grade.impact, "one");
}

#[test]
fn it_needs_the_right_to_reopen_and_the_right_to_open() {
    for right in ["\"open\", ", "\"reopen\", "] {
        let roles = TEAM.split("[roles.analyst]").nth(1).unwrap().split("[roles.engineer]").next().unwrap();
        let text = TEAM.replace(roles, &roles.replacen(right, "", 1));
        let mut play = late(closed());
        play.matrix = read(&text, "demo").unwrap().matrix;
        assert_eq!(succeeds(&play, "sam").unwrap_err().reason, Reason::Authority, "{right}");
        assert_eq!(play.refuses("sam", reopen()).reason, Reason::Authority, "{right}");
    }
}

#[test]
fn what_is_resolved_high_up_is_confirmed_at_home() {
    let asked = |reached, satisfaction| {
        Command::Confirm(Confirm { reached, channel: Channel::Phone, satisfaction, comment: None })
    };
    let play = Play::opened().does("sam", up("Network")).does("jo", take()).does("jo", resolve());
    let ticket = play.now_is();
    assert_eq!((ticket.place.queue.group.as_str(), ticket.owner_name()), ("Service Desk", None));
    let mut play = play.does("sam", asked(Reached::No, None)).does("ines", asked(Reached::No, None));
    assert_eq!(play.now_is().tally.attempts, 2);
    assert_eq!(
        play.refuses("jo", asked(Reached::Yes, Some(5))).reason,
        Reason::Authority,
        "no right to close"
    );
    let play = play.does("sam", asked(Reached::Yes, Some(4)));
    assert_eq!((play.now_is().phase(), play.now_is().tally.satisfaction), (Phase::Closed, Some(4)));
}
