//! Random queries, scopes and rows from small alphabets, so that matches happen: for the property tests here
//! and in the store. Test code only.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::field::{SORT_KEYS, STATES};
use super::*;
use crate::domain::clock::Clock;
use crate::domain::ids::{Seq, TicketId};
use crate::domain::row::{Outlook, Row, RowGrade, RowPlace, RowTally, RowTimes};

pub const NAMES: [&str; 22] = [
    "",
    "Net",
    "NET",
    "net work",
    "Network",
    "Straße",
    "STRASSE",
    "stras",
    "ΟΔΟΣ",
    "οδος",
    "οδοσα",
    "İz",
    "i̇z",
    "IZ",
    "é",
    "É",
    "e\u{301}",
    "me",
    "none",
    "a*\"b\\",
    "'; DROP--",
    "%_..<2",
];
pub const LEVELS: [&str; 6] = ["P1", "p1", "P2", "P3", "Ōld", "ōLD"];
pub const SAID: [&str; 12] = [
    "",
    "!?",
    "VPN drop",
    "vpn dropped",
    "drop",
    "the VPN",
    "断線 x",
    "Straße",
    "STRASSE",
    "\"vpn\" OR drop",
    "NEAR(a b)*",
    "ō O",
];
const NOW: i64 = 1_000_000_123;
const HOUR: i64 = Span::HOUR.0;
const DAY: i64 = Span::DAY.0;

fn names() -> impl Strategy<Value = String> {
    select(&NAMES[..]).prop_map(str::to_owned)
}

fn levels() -> impl Strategy<Value = String> {
    select(&LEVELS[..]).prop_map(str::to_owned)
}

fn stamps() -> impl Strategy<Value = Stamp> {
    let around = select(vec![0, 1, -1, HOUR, -HOUR, DAY, -DAY, -DAY - 1, -2 * DAY]).prop_map(|by| NOW + by);
    let days = select(vec![11 * DAY, 11 * DAY - 1, 12 * DAY, 10 * DAY, 0, i64::MAX, i64::MAX - 1, i64::MIN]);
    prop_oneof![3 => around, 2 => days].prop_map(Stamp)
}

pub fn scope() -> impl Strategy<Value = Scope> {
    let names = || vec(names(), 0..4);
    let now = prop_oneof![9 => Just(NOW), 1 => select(vec![i64::MAX, i64::MIN])];
    (select(&NAMES[..]), names(), now, vec(levels(), 0..5), vec(levels(), 0..4), names(), names()).prop_map(
        |(me, my_groups, now, levels, tiers, groups, people)| Scope {
            me: me.to_owned(),
            my_groups,
            now: Stamp(now),
            levels,
            tiers,
            groups,
            people,
        },
    )
}

/// A row with this number.
pub fn row(id: i64) -> impl Strategy<Value = Row> {
    let said = || select(&SAID[..]).prop_map(str::to_owned);
    let about = (said(), said(), names(), select(&Channel::ALL[..]), select(&Phase::ALL[..]));
    let grade = (levels(), 0..3u8, names(), names()).prop_map(|(priority, rank, impact, urgency)| RowGrade {
        priority,
        rank,
        impact,
        urgency,
    });
    let place = (names(), levels(), 0..3u8).prop_map(|(group, tier, rank)| RowPlace { group, tier, rank });
    (about, grade, place, names(), times(), outlook(), tally()).prop_map(
        move |(about, grade, place, owner, times, outlook, tally)| {
            let (subject, requester, category, channel, phase) = about;
            Row {
                id: TicketId(id),
                seq: Seq(1),
                phase,
                subject,
                requester,
                category,
                channel,
                grade,
                place,
                owner,
                times,
                outlook,
                tally,
            }
        },
    )
}

fn times() -> impl Strategy<Value = RowTimes> {
    let maybe = || option::of(stamps());
    (stamps(), stamps(), maybe(), maybe()).prop_map(|(opened, updated, resolved, closed)| RowTimes {
        opened,
        updated,
        resolved,
        closed,
    })
}

fn outlook() -> impl Strategy<Value = Outlook> {
    let maybe = || option::of(stamps());
    (option::of(select(&Clock::ALL[..])), maybe(), maybe(), maybe())
        .prop_map(|(clock, due, warn, next)| Outlook { clock, due, warn, next })
}

fn tally() -> impl Strategy<Value = RowTally> {
    (0..3u32, 0..3u32, 0..3u32, 0..3u32).prop_map(|(handoffs, escalations, bounces, reopens)| RowTally {
        handoffs,
        escalations,
        bounces,
        reopens,
    })
}

/// Any query that `parse` could give.
pub fn query() -> impl Strategy<Value = Query> {
    let sense = prop_oneof![3 => Just(Sense::Is), 1 => Just(Sense::Not)];
    let term = (sense, test()).prop_map(|(sense, test)| Term { sense, test });
    (vec(term, 0..3), vec(sort(), 0..3)).prop_map(|(terms, sort)| Query { terms, sort })
}

pub fn sort() -> impl Strategy<Value = Sort> {
    let keys: Vec<SortKey> = SORT_KEYS.iter().map(|(key, _)| *key).collect();
    (select(keys), select(vec![Way::Up, Way::Down])).prop_map(|(key, way)| Sort { key, way })
}

fn test() -> impl Strategy<Value = Test> {
    let states: Vec<State> = STATES.iter().map(|(state, _, _)| *state).collect();
    prop_oneof![
        vec(select(states), 1..3).prop_map(Test::Is),
        vec(select(&Phase::ALL[..]), 1..3).prop_map(Test::Status),
        vec(select(&Channel::ALL[..]), 1..3).prop_map(Test::Channel),
        name_test(),
        level_test(),
        time_test(),
        count_test(),
        said_test(),
    ]
}

fn name_test() -> impl Strategy<Value = Test> {
    use NameField::{Category, Group, Impact, Owner, Urgency};
    let name = || names().prop_filter("a pattern is not empty", |name| !name.is_empty());
    let field = select(vec![Group, Owner, Category, Impact, Urgency]);
    let pattern = prop_oneof![
        4 => name().prop_map(Pattern::Whole),
        3 => name().prop_map(|name| Pattern::Start(name.chars().take(2).collect())),
        1 => Just(Pattern::Me),
        1 => Just(Pattern::Nothing),
    ];
    (field, vec(pattern, 1..4)).prop_map(|(field, mut patterns)| {
        if !matches!(field, Group | Owner) {
            patterns.iter_mut().filter(|one| **one == Pattern::Me).for_each(|one| *one = Pattern::Nothing);
        }
        Test::Name(field, patterns)
    })
}

fn level_test() -> impl Strategy<Value = Test> {
    let range = prop_oneof![
        levels().prop_map(LevelRange::One),
        levels().prop_map(|level| LevelRange::Start(level.chars().take(1).collect())),
        (levels(), option::of(levels())).prop_map(|(from, to)| LevelRange::Range(Some(from), to)),
        levels().prop_map(|to| LevelRange::Range(None, Some(to))),
    ];
    let field = select(vec![LevelField::Priority, LevelField::Tier]);
    (field, vec(range, 1..3)).prop_map(|(field, ranges)| Test::Level(field, ranges))
}

fn time_test() -> impl Strategy<Value = Test> {
    use TimeField::{Age, Closed, Due, Opened, Resolved, Updated};
    let field = select(vec![Age, Due, Opened, Updated, Resolved, Closed]);
    field.prop_flat_map(|field| {
        let least = if field == Due { -2 } else { 0 };
        let span = move || (least..3i64).prop_map(|hours| Point::Span(Span::HOUR.times(hours * 12)));
        let date = || {
            prop_oneof![
                (9..13i32).prop_map(Point::Day),
                (0..3i64).prop_map(|h| Point::Moment(Stamp(NOW - h * HOUR)))
            ]
        };
        let edge = || select(vec![Edge::Within, Edge::Beyond]);
        let point = move || if field == Age { span().boxed() } else { prop_oneof![span(), date()].boxed() };
        let single = (edge(), point(), any::<bool>()).prop_map(|(edge, point, below)| {
            let end = Some(End { edge, point });
            if below { TimeRange::Between(None, end) } else { TimeRange::Between(end, None) }
        });
        let pair = (point(), point()).prop_filter_map("two of a kind", |(a, b)| two_of_a_kind(a, b));
        let none = if matches!(field, Due | Resolved | Closed) { 1 } else { 0 };
        vec(prop_oneof![4 => single, 2 => pair, none => Just(TimeRange::Nothing)], 1..3)
            .prop_map(move |ranges| Test::Time(field, ranges))
    })
}

fn two_of_a_kind(a: Point, b: Point) -> Option<TimeRange> {
    let alike = matches!((a, b), (Point::Span(_), Point::Span(_)))
        || !matches!(a, Point::Span(_)) && !matches!(b, Point::Span(_));
    let (from, to) = if a.first_moment() > b.first_moment() { (b, a) } else { (a, b) };
    let end = |point| Some(End { edge: Edge::Within, point });
    alike.then_some(TimeRange::Between(end(from), end(to)))
}

fn count_test() -> impl Strategy<Value = Test> {
    use CountField::{Bounces, Escalations, Handoffs, Id, Reopens};
    let range = (option::of(0..4i64), option::of(0..4i64)).prop_filter_map("an end", |(a, b)| match (a, b) {
        (None, None) => None,
        (Some(a), Some(b)) => Some(CountRange { from: Some(a.min(b)), to: Some(a.max(b)) }),
        (from, to) => Some(CountRange { from, to }),
    });
    let field = select(vec![Id, Reopens, Bounces, Handoffs, Escalations]);
    (field, vec(range, 1..3)).prop_map(|(field, ranges)| Test::Count(field, ranges))
}

fn said_test() -> impl Strategy<Value = Test> {
    let reach = select(vec![Reach::Word, Reach::Start]);
    let phrase = (select(&SAID[..]), reach, 0..3usize).prop_filter_map("a word", |(text, reach, cut)| {
        let kept = text.chars().count().saturating_sub(cut);
        Phrase::new(&text.chars().take(kept).collect::<String>(), reach)
    });
    let field = select(vec![SaidField::Text, SaidField::Subject, SaidField::Requester]);
    (field, vec(phrase, 1..3)).prop_map(|(field, phrases)| Test::Said(field, phrases))
}
