use proptest::prelude::*;

use super::*;
use crate::domain::ids::TicketId;
use crate::domain::row::{Outlook, Row};
use crate::domain::ticket::Ticket;

fn ticket() -> Row {
    let mut row = Row::of(&Ticket::blank(TicketId(1042)), Outlook::default());
    row.subject = "VPN drops every ten minutes".to_owned();
    row.requester = "Ada Obi".to_owned();
    row.category = "Hardware/VPN".to_owned();
    row.grade.priority = "P2".to_owned();
    row.place.group = "Service Desk".to_owned();
    row.place.tier = "L1".to_owned();
    row.times.opened = Stamp(Span::DAY.0 * 10);
    row.outlook.due = Some(Stamp(Span::DAY.0 * 12 + Span::MINUTE.0 * 20));
    row.tally.reopens = 2;
    row
}

fn scope() -> Scope {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Scope {
        me: "mia".to_owned(),
        my_groups: names(&["Service Desk"]),
        now: Stamp(Span::DAY.0 * 12),
        levels: names(&["P1", "P2", "P3"]),
        tiers: names(&["L1", "L2"]),
        groups: names(&["Service Desk", "Network"]),
        people: names(&["mia", "jo"]),
    }
}

fn asked(text: &str) -> bool {
    let texts = vec![crate::domain::words::words("rebooted, cable swapped")];
    holds(&parse(text).unwrap_or_else(|error| panic!("{error}")), &scope(), &ticket(), &texts)
}

#[test]
fn what_holds_of_a_ticket() {
    let yes = [
        "",
        "is:open",
        "IS:Unowned,closed",
        "-is:mine",
        "is:ours",
        "group:mine",
        "group:\"service desk\"",
        "group:serv*",
        "group:network,\"SERVICE DESK\"",
        "owner:none",
        "-owner:me",
        "tier:l1",
        "tier:L1..",
        "tier:..L2",
        "prio:P1..P2",
        "prio:p2..p1",
        "priority:p*",
        "category:hardware/*",
        "category:hardware/vpn",
        "age:>1d",
        "age:>=2d",
        "age:<=2d",
        "age:1d..3d",
        "due:<30m",
        "due:>0",
        "due:10m..30m",
        "due:1970-01-13",
        "opened:1970-01-11",
        "opened:1970-01-10..1970-01-12",
        "opened:>1d",
        "opened:<1970-01-12",
        "-resolved:<9d",
        "closed:none",
        "reopens:>=2",
        "reopens:1..3",
        "reopens:2",
        "bounces:0",
        "#1042",
        "#7,#1042",
        "id:1000..1100",
        "cable",
        "\"cable swapped\"",
        "cab*",
        "text:nothing,cable",
        "subject:vpn",
        "requester:obi",
        "requester:\"ada ob\"*",
        "status:open",
        "channel:phone",
        "-\"swapped cable\"",
    ];
    for text in yes {
        assert!(asked(text), "{text}");
    }
    let no = [
        "-is:open",
        "is:due",
        "is:owned",
        "is:escalated",
        "group:service",
        "owner:me",
        "tier:L2",
        "tier:L2..",
        "tier:L9..",
        "prio:P1",
        "category:hardware",
        "age:>2d",
        "age:<2d",
        "due:<20m",
        "due:<0",
        "due:none",
        "due:>1h",
        "opened:>1970-01-11",
        "opened:<1970-01-11",
        "updated:<9d",
        "closed:<9d",
        "reopens:>2",
        "#1043",
        "\"swapped cable\"",
        "subject:cable",
        "status:waiting",
        "channel:mail",
        "is:open -reopens:2",
    ];
    for text in no {
        assert!(!asked(text), "{text}");
    }
}

#[test]
fn nobody_is_not_the_owner_of_what_nobody_owns() {
    let nobody = Scope { me: String::new(), ..scope() };
    for text in ["is:mine", "owner:me"] {
        assert!(!parse(text).is_ok_and(|query| holds(&query, &nobody, &ticket(), &[])), "{text}");
    }
}

#[test]
fn a_query_is_written_in_one_form() {
    let table = [
        ("  PRIORITY:P1   sort:-age  is:unassigned ", "prio:P1 is:unowned sort:-age"),
        ("group:\"Net\",\"a b\",MINE,\"mine\",x*", "group:Net,\"a b\",mine,\"mine\",x*"),
        ("id:5 #5,#6 id:5..6 reopens:>1", "#5 #5,#6 id:5..6 reopens:>=2"),
        (
            "age:>36h due:-10m..1h opened:2026-11-05..2026-11-01",
            "age:>1d12h due:-10m..1h opened:2026-11-01..2026-11-05",
        ),
        ("VPN-Drop* text:a,b subject:\"c\"", "\"vpn drop\"* a,b subject:c"),
        ("prio:\"a..b\"..\"x\\\"y\" sort:due,-prio sort:id", "prio:\"a..b\"..\"x\\\"y\" sort:due,-prio,id"),
        ("opened:2026-11-01T08:30", "opened:2026-11-01T08:30:00.000"),
    ];
    for (text, canonical) in table {
        assert_eq!(parse(text).map(|query| query.to_string()), Ok(canonical.to_owned()), "{text}");
    }
}

#[test]
fn what_is_no_query_says_so() {
    let bad = [
        "x:1",
        "is:",
        "is:opne",
        "tier:L1,",
        "tier: L1",
        ",",
        "-",
        "!!",
        "\"",
        "\"abc",
        "*",
        "owner:*",
        "owner:\"\"",
        "group:a\"b\"",
        "a*b",
        "prio:..",
        "prio:<P2",
        "prio:P*..P2",
        "age:2d",
        "age:>x",
        "age:>-2d",
        "age:<2026-11-01",
        "due:1h..2026-11-01",
        "opened:2026-02-30",
        "opened:none",
        "reopens:two",
        "reopens:<0",
        "reopens:>9223372036854775807",
        "reopens:-1",
        "#99999999999999999999",
        "sort:colour",
        "-sort:age",
    ];
    for text in bad {
        let error = parse(text).err().unwrap_or_else(|| panic!("{text}"));
        assert!(error.help.is_some(), "{text}");
    }
    assert!(parse(&"a ".repeat(parse::MAX_TERMS + 1)).is_err());
    assert!(parse(&"1,".repeat(parse::MAX_VALUES + 1)).is_err());
    assert!(parse(&"x".repeat(parse::MAX_TEXT + 1)).is_err());
}

#[test]
fn every_field_reads_its_own_example_and_choices() {
    for field in field::all() {
        assert!(parse(field.example).is_ok(), "{}", field.example);
        for (word, choice) in
            field.words().flat_map(|word| field.choices().into_iter().map(move |c| (word, c)))
        {
            assert!(parse(&format!("{word}:{choice}")).is_ok(), "{word}:{choice}");
        }
    }
}

#[test]
fn a_query_tells_the_names_it_speaks_of() {
    let query = parse("prio:P1,P8.. tier:L* group:Net,me owner:jo").unwrap_or_default();
    let levels: Vec<_> = query.levels().map(|(_, name)| name).collect();
    let names: Vec<_> = query.names().collect();
    assert_eq!(levels, ["P1", "P8"]);
    assert_eq!(names, [(NameField::Group, "Net"), (NameField::Owner, "jo")]);
    assert!(!query.asks_text() && parse("vpn").is_ok_and(|query| query.asks_text()));
}

proptest! {
    #[test]
    fn a_query_written_and_read_is_the_same(query in sample::query()) {
        let text = query.to_string();
        prop_assert_eq!(parse(&text), Ok(query), "{}", text);
    }

    #[test]
    fn what_any_text_means_can_be_written(text in "(?s:.{0,40})|([-a-z:\",.<>=*# 0-9\\\\]|is:|prio:|group:|age:|opened:|#){0,20}") {
        if let Ok(query) = parse(&text) {
            prop_assert_eq!(parse(&query.to_string()), Ok(query));
        }
    }
}
