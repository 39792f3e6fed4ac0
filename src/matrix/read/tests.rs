use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::matrix::mistake::{Colour, compact, render};
use crate::matrix::model::{Act, At, Clock, Holiday, Limit, Right};

const EXAMPLE: &str = include_str!("../../../escalation.toml");

macro_rules! corpus {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("corpus/", $name, ".toml")))),*]
    };
}

/// Broken matrices, a file per section.
const CORPUS: &[(&str, &str)] = corpus![
    "calendars",
    "closing",
    "conditions",
    "desk",
    "desk-types",
    "empty",
    "handoff",
    "hostile",
    "ladder",
    "order",
    "priority",
    "priority-half",
    "routes",
    "steps",
    "syntax",
    "syntax-lost",
    "targets",
    "team",
    "tiers",
    "tiers-form",
    "tiers-reach",
    "warnings",
];

fn found(text: &str) -> Vec<Mistake> {
    match read(text, "escalation.toml") {
        Ok(reading) => reading.warnings,
        Err(mistakes) => mistakes,
    }
}

fn example() -> Matrix {
    read(EXAMPLE, "escalation.toml").expect("the example is read").matrix
}

#[test]
fn the_example_and_the_built_in_matrix_hold_no_mistake_and_no_warning() {
    for text in [EXAMPLE, BUILTIN] {
        assert_eq!(render(&found(text), text, Colour::Plain), "");
    }
    assert_eq!(read(BUILTIN, "built-in").expect("it is read").matrix, Matrix::builtin());
}

#[test]
fn each_broken_matrix_is_told_all_its_mistakes() {
    for (name, text) in CORPUS {
        insta::assert_snapshot!(format!("corpus-{name}"), render(&found(text), text, Colour::Plain));
    }
}

/// Parts of every message the reader has: whoever adds one adds a case to the corpus.
const KINDS: [&str; 63] = [
    "is given twice",
    "unknown key",
    "must be a text",
    "must be a whole number",
    "must be a list of texts",
    "must be a list of tables",
    "must be a table",
    "is out of range",
    "can't be used: it holds the character",
    "can't be used: it has",
    "without `name`",
    "the matrix has no [desk]",
    "the matrix has no tiers",
    "the matrix has no groups",
    "unknown time zone",
    "has calendars but no `timezone`",
    "unknown group",
    "unknown tier",
    "unknown calendar",
    "unknown priority",
    "unknown role",
    "unknown person or role",
    "unknown tier or group",
    "unknown right",
    "unknown clock",
    "unknown act",
    "unknown kind of field",
    "is defined twice",
    "can't be called",
    "has no way up",
    "tickets would go round",
    "which is not in a higher tier",
    "stands here twice",
    "has no group",
    "no ticket ever reaches",
    "has no working time",
    "overlaps",
    "ends before it begins",
    "no time between",
    "no span of time",
    "no such day",
    "no file name of a calendar",
    "levels for ",
    "[priority] without",
    "is a person and a role",
    "everywhere, ",
    "nobody may change the matrix",
    "no target for",
    "is no length of time",
    "is no number of working days",
    "longer than nothing",
    "longer than ten years",
    "is no share of the limit",
    "a target without any limit",
    "longer than 4h of P2",
    "is longer than its `resolve`",
    "is never reached",
    "a step with neither clock nor condition",
    "a step that does nothing",
    "notify whom?",
    "takes no name",
    "more often than every minute",
    "`repeat` without `times`",
];

const MORE_KINDS: [&str; 10] = [
    "`at` without a clock",
    "`at` is no point of a clock",
    "escalates from the last tier",
    "this step never acts",
    "is no hand-off",
    "nobody escalates from",
    "is required but not defined",
    "at least two `choices`",
    "`choices` belong to the kind",
    "mean nobody here",
];

#[test]
fn every_kind_of_mistake_has_a_case_in_the_corpus() {
    let told: String = CORPUS.iter().flat_map(|(_, text)| compact(&found(text))).collect();
    let missing: Vec<_> = KINDS.iter().chain(&MORE_KINDS).filter(|kind| !told.contains(**kind)).collect();
    assert_eq!(missing, Vec::<&&str>::new());
}

#[test]
fn the_report_never_lets_an_unsafe_character_through() {
    for (_, text) in CORPUS {
        let report = render(&found(text), text, Colour::Plain);
        let unsafe_one =
            report.chars().find(|c| *c != '\n' && *c != '\u{FFFD}' && crate::domain::text::is_unsafe(*c));
        assert_eq!(unsafe_one, None);
    }
}

#[test]
fn names_that_broken_syntax_may_have_swallowed_are_not_reported_unknown() {
    let text = BUILTIN.replace("name = \"Specialists\"", "name = \"Specialists");
    let messages: Vec<String> = found(&text).iter().map(|mistake| mistake.message.clone()).collect();
    assert_eq!(messages.len(), 1, "{messages:?}");
}

#[test]
fn the_example_is_read_as_written() {
    let matrix = example();
    assert_eq!(matrix.tier_names(), ["L1", "L2", "L3"]);
    let p3 = matrix.target("P3").expect("P3 has a target");
    assert_eq!((p3.resolve, p3.calendar.as_str()), (Some(Limit::WorkingDays(3)), "office"));
    assert_eq!(p3.warn_at, [75]);
    let office = matrix.calendars.iter().find(|calendar| calendar.name == *"office").expect("it is there");
    assert_eq!((office.week[0].as_slice(), office.week[6].len()), (&[(480, 720), (780, 1080)][..], 0));
    assert_eq!(office.holidays[0], Holiday::Yearly { month: 1, day: 1 });
    let step = matrix.steps.iter().find(|step| step.name == *"Promise about to break").expect("it is there");
    assert_eq!(step.clock, Some((Clock::Resolve, At::Offset(crate::domain::stamp::Span::HOUR.times(-1)))));
    let stuck =
        matrix.steps.iter().find(|step| step.name == *"P1 stuck at the help desk").expect("it is there");
    assert_eq!((stuck.clock, &stuck.acts[0]), (Some((Clock::Tier, At::Share(100))), &Act::Escalate(None)));
    let supervisor = matrix.role("supervisor").expect("it is there");
    assert_eq!(supervisor.may.len(), Right::ALL.len());
    assert_eq!(matrix.role("analyst").expect("it is there").within[&Right::Resolve].text, "prio:P3..P4");
    assert_eq!(matrix.pauses["requester"], [Clock::Own, Clock::Tier, Clock::Resolve]);
}

#[test]
fn what_is_left_out_has_a_sensible_default() {
    let text = "[desk]\nname = \"D\"\n[[tiers]]\nname = \"L1\"\n[[groups]]\nname = \"G\"\ntier = \"L1\"\n";
    let reading = read(text, "m").expect("six lines are a desk");
    let matrix = reading.matrix;
    assert_eq!(reading.warnings, []);
    assert_eq!((matrix.desk.default_group.as_str(), matrix.desk.timezone.as_str()), ("G", "UTC"));
    assert_eq!(matrix.levels(), ["P1", "P2", "P3", "P4"]);
    assert_eq!(matrix.grid.cells, [[0, 1, 2], [1, 2, 3], [2, 3, 3]]);
    assert_eq!(matrix.calendars[0].week, [const { &[(0u16, 1440u16)] }; 7].map(|day| day.to_vec()));
    assert_eq!((matrix.closing.attempts, matrix.closing.reopen_within), (3, None));
    assert_eq!(matrix.pauses["vendor"], [Clock::Tier]);
}

#[test]
fn touching_spans_join_and_days_may_be_lists_and_ranges() {
    let calendar = "[calendars.c]\nfri-mon = \"12:00-18:00, 8:00-12:00\"\n\"tue, thu\" = \"00:00-24:00\"\n";
    let text = BUILTIN.replace("[[tiers]]\nname = \"L1\"", &format!("{calendar}[[tiers]]\nname = \"L1\""));
    let text = text.replace("name = \"Help Desk\"", "name = \"D\"\ntimezone = \"europe/berlin\"");
    let text = text.replace("= { resp", "= { calendar = \"c\", resp");
    let matrix = read(&text, "m").expect("it is read").matrix;
    let lengths = matrix.calendars[0].week.clone().map(|day| day.first().map_or(0, |span| span.1 - span.0));
    assert_eq!(lengths, [600, 1440, 0, 1440, 600, 600, 600]);
    assert_eq!(matrix.desk.timezone, "Europe/Berlin");
}

#[test]
fn a_huge_or_deep_or_foreign_file_is_refused_in_good_time() {
    let started = std::time::Instant::now();
    let deep = format!("a = {}{}", "[".repeat(200_000), "]".repeat(200_000));
    let dotted = format!("{} = 1", vec!["a"; 100_000].join("."));
    let groups: String =
        (0..15_000).map(|n| format!("[[groups]]\nname = \"g{n}\"\ntier = \"L{n}\"\n")).collect();
    let ways: Vec<String> = (0..40_000).map(|n| format!("\"g{n}\"")).collect();
    let ways = format!("[[groups]]\nname = \"g0\"\ntier = \"L1\"\nescalates-to = [{}]", ways.join(","));
    let line = format!("x = \"{}\"", "é\u{301}".repeat(200_000));
    for text in [deep, dotted, groups, ways, line, "x".repeat(2 << 20), "\u{0}\u{1}PNG".repeat(1000)] {
        let found = found(&text);
        assert!(!found.is_empty() && found.len() <= 200);
        assert!(render(&found, &text, Colour::Styled).len() < 400_000);
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn bytes_that_are_no_text_are_told_where_they_begin() {
    assert_eq!(decode(b"[desk]".to_vec(), "m"), Ok("[desk]".to_owned()));
    let (mistake, _) = decode(b"[desk]\nname = \"\xff\"".to_vec(), "m").expect_err("it is no UTF-8");
    assert_eq!((mistake.place.line, mistake.place.column), (2, 9));
}

#[test]
fn the_report_in_colour_holds_the_same_text() {
    let text = CORPUS[0].1;
    let coloured = render(&found(text), text, Colour::Styled);
    let mut plain = String::new();
    let mut escaped = false;
    for c in coloured.chars() {
        match (escaped, c) {
            (false, '\u{1b}') => escaped = true,
            (true, 'm') => escaped = false,
            (false, c) => plain.push(c),
            _ => {}
        }
    }
    let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert_eq!(trimmed(&plain), trimmed(&render(&found(text), text, Colour::Plain)));
}

fn every_place_is_inside(text: &str) -> Result<(), TestCaseError> {
    for mistake in found(text) {
        let places = [Some(&mistake.place), mistake.also.as_ref().map(|also| &also.place)];
        for place in places.into_iter().flatten() {
            prop_assert!(text.get(place.span.clone()).is_some(), "{mistake:?}");
            let line = text.split('\n').nth(place.line - 1);
            prop_assert!(line.is_some_and(|line| place.column <= line.chars().count() + 1), "{mistake:?}");
        }
    }
    let _ = render(&found(text), text, Colour::Plain);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_whatever_makes_the_reader_fall(text in "(?s:.{0,300})|[\\[\\]{}=\"'\\\\,.#a-zé\n ]{0,200}") {
        every_place_is_inside(&text)?;
    }

    /// Characters and whole lines of good and bad matrices deleted, doubled and exchanged.
    #[test]
    fn no_mutation_of_a_matrix_makes_the_reader_fall(
        which in 0..CORPUS.len() + 1,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..5u8), 1..8),
    ) {
        let mut text = CORPUS.get(which).map_or(EXAMPLE, |(_, text)| text).to_owned();
        for (at, other, kind) in edits {
            text = mutated(&text, at, other, kind);
        }
        every_place_is_inside(&text)?;
    }
}

fn mutated(text: &str, at: prop::sample::Index, other: prop::sample::Index, kind: u8) -> String {
    const ODD: [char; 8] = ['"', '\\', '[', '\u{202E}', '=', '\n', 'é', '%'];
    let mut chars: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.split('\n').collect();
    if chars.is_empty() {
        return "[".to_owned();
    }
    match kind {
        0 => chars[at.index(text.chars().count())] = ODD[other.index(ODD.len())],
        1 => drop(chars.remove(at.index(text.chars().count()))),
        2 => chars.insert(at.index(text.chars().count()), ODD[other.index(ODD.len())]),
        _ => {
            let (one, two) = (at.index(lines.len()), other.index(lines.len()));
            if kind == 3 {
                lines.swap(one, two)
            } else {
                lines.insert(one, lines[two])
            }
            return lines.join("\n");
        }
    }
    chars.into_iter().collect()
}

#[test]
fn every_corpus_file_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/matrix/read/corpus");
    let files = std::fs::read_dir(folder).expect("the corpus is there").flatten();
    let files: BTreeSet<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(files, CORPUS.iter().map(|(name, _)| format!("{name}.toml")).collect());
}

#[test]
fn steps_that_act_at_once_or_lead_down_are_warned_of() {
    let demo = include_str!("../../../assets/demo/escalation.toml");
    let warnings = |text: &str| -> Vec<String> {
        let reading = read(text, "demo").unwrap();
        reading.warnings.iter().map(|mistake| mistake.message.clone()).collect()
    };
    assert_eq!(warnings(demo), Vec::<String>::new());
    let own = |at: &str| demo.replacen("clock = \"own\"\n", &format!("clock = \"own\"\nat = \"{at}\"\n"), 1);
    assert_eq!(warnings(&own("-20m")), Vec::<String>::new(), "the own clock of P2 has 30m");
    assert_eq!(warnings(&own("-10h")), ["this step acts at once: every limit of the own clock is shorter"]);
    let down = demo.replacen("do = [\"escalate\", ", "do = [\"escalate:Service Desk\", ", 1);
    assert_eq!(warnings(&down), ["Service Desk is in the lowest tier (L1), to which nothing escalates"]);
}

/// A route is asked of a ticket that has no clocks yet, a contact and a right of a ticket without its log.
#[test]
fn clocks_that_only_a_step_can_ask_for_are_warned_of_elsewhere() {
    let demo = include_str!("../../../assets/demo/escalation.toml");
    let warned = |from: &str, to: &str| {
        let text = demo.replacen(from, to, 1);
        assert_ne!(text, demo);
        let reading = read(&text, "escalation.toml").expect("only warned of");
        reading.warnings.iter().filter(|warning| warning.message.contains("only steps know")).count()
    };
    assert_eq!(warned("when = \"prio:P1\"", "when = \"is:breached\""), 1, "a contact");
    assert_eq!(warned("category:network/* impact:extensive", "category:network/* due:<1h"), 1, "a route");
    let bound = "may-assign = \"is:warned\"\nmay = [\"open\", ";
    assert_eq!(warned("may = [\"open\", ", bound), 1, "a right");
    assert_eq!(warned("when = \"prio:P1 tier:L1\"", "when = \"prio:P1 is:breached\""), 0, "a step");
}

#[test]
fn a_role_that_nobody_has_is_told_nothing() {
    let demo = include_str!("../../../assets/demo/escalation.toml");
    let text =
        demo.replacen("[roles.engineer]", "[roles.duty-manager]\nmay = [\"take\"]\n[roles.engineer]", 1);
    let step =
        "[[steps]]\nname = \"S\"\nwhen = \"bounces:>=4\"\ndo = [\"notify:duty-manager\", \"notify:mia\"]\n";
    let reading = read(&format!("{text}{step}"), "escalation.toml").expect("only warned of");
    let told: Vec<&str> = reading.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(told, ["this tells nobody: no person has the role duty-manager"]);
}

/// `confirm` is another word for `close`: the looser of two bounds must not win unseen.
#[test]
fn a_right_is_bound_once_whatever_word_it_goes_by() {
    let demo = include_str!("../../../assets/demo/escalation.toml");
    let twice = "[roles.clerk]\nmay-close = \"prio:P4\"\nmay-confirm = \"prio:P1..P4\"\n[roles.engineer]";
    let mistakes =
        read(&demo.replacen("[roles.engineer]", twice, 1), "escalation.toml").expect_err("ambiguous");
    let told: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
    assert_eq!(told, ["the bounds of close are given twice"]);
}
