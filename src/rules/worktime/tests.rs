use std::cell::Cell;

use chrono::NaiveDate;
use jiff::civil::date;
use proptest::prelude::*;

use super::oracle;
use super::*;
use crate::domain::text::Label;
use crate::matrix::model::Holiday;

const ZONES: [&str; 7] = [
    "America/Chicago",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "UTC",
    "Pacific/Apia",
];

fn calendar(zone: &str, week: [Vec<(u16, u16)>; 7], holidays: Vec<Holiday>) -> Calendar {
    Calendar { name: Label::soften("test"), timezone: zone.into(), week, holidays, holidays_ics: None }
}

/// Monday to Friday 08:00-12:00 and 13:00-18:00, Saturday 09:00-13:00.
fn office(zone: &str) -> Calendar {
    let mut week: [Vec<(u16, u16)>; 7] = std::array::from_fn(|_| vec![(480, 720), (780, 1080)]);
    week[5] = vec![(540, 780)];
    week[6] = Vec::new();
    calendar(zone, week, Vec::new())
}

fn always(zone: &str) -> Calendar {
    calendar(zone, std::array::from_fn(|_| vec![(0, 1440)]), Vec::new())
}

fn laid(calendar: &Calendar) -> Worktime {
    Worktime::new(calendar, &[]).unwrap()
}

/// `2026-03-08 09:30` in the calendar's zone.
fn at(calendar: &Calendar, text: &str) -> Stamp {
    let time = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M", text).unwrap();
    Stamp(oracle::moment(&oracle::zone(calendar), time))
}

fn shown(calendar: &Calendar, at: Stamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.0).unwrap().to_zoned(oracle::zone(calendar));
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}

fn hours(n: i64) -> Span {
    Span::HOUR.times(n)
}

#[test]
fn adding_lands_at_the_earliest_moment_and_taking_away_at_the_latest() {
    let office = office("Europe/Berlin");
    let work = laid(&office);
    let add = |from: &str, span| shown(&office, work.add(at(&office, from), span));
    assert_eq!(
        add("2026-06-05 16:00", hours(2)),
        "2026-06-05 18:00",
        "the end of Friday, not Saturday's start"
    );
    assert_eq!(add("2026-06-05 16:00", hours(3)), "2026-06-06 10:00");
    assert_eq!(add("2026-06-06 12:00", hours(2)), "2026-06-08 09:00", "over the weekend");
    assert_eq!(add("2026-06-07 12:00", Span(0)), "2026-06-07 12:00", "nothing moves nothing");
    assert_eq!(
        add("2026-06-08 09:00", hours(-1)),
        "2026-06-08 08:00",
        "back to Monday's start, not Saturday's end"
    );
    assert_eq!(add("2026-06-08 09:00", hours(-2)), "2026-06-06 12:00");
}

#[test]
fn a_working_day_later_is_the_same_time_or_when_its_work_was_done() {
    let mut office = office("Europe/Berlin");
    office.holidays = vec![Holiday::Yearly { month: 6, day: 9 }];
    let work = laid(&office);
    let days = |from: &str, n| shown(&office, work.add_days(at(&office, from), n));
    assert_eq!(days("2026-06-03 15:00", 1), "2026-06-04 15:00");
    assert_eq!(days("2026-06-05 15:00", 1), "2026-06-06 13:00", "Saturday ends earlier");
    assert_eq!(days("2026-06-05 15:00", 2), "2026-06-08 15:00", "Sunday is none");
    assert_eq!(days("2026-06-08 15:00", 1), "2026-06-10 15:00", "the holiday is none");
    assert_eq!(days("2026-06-06 20:00", 1), "2026-06-08 18:00", "from the weekend: the whole of Monday");
    assert_eq!(days("2026-06-03 12:30", 1), "2026-06-04 12:00", "from the lunch hour");
    assert_eq!(days("2026-06-08 15:00", 0), "2026-06-08 15:00");
    assert_eq!(work.length(at(&office, "2026-06-08 08:00"), Limit::WorkingDays(2)), hours(18));
}

#[test]
fn a_day_with_a_change_of_the_clock_is_as_long_as_it_is() {
    for (zone, day, length) in [
        ("America/Chicago", "2026-03-08", 23 * 60),
        ("America/Chicago", "2026-11-01", 25 * 60),
        ("Australia/Lord_Howe", "2026-04-05", 24 * 60 + 30),
        ("Australia/Lord_Howe", "2026-10-04", 24 * 60 - 30),
    ] {
        let all = always(zone);
        let start = at(&all, &format!("{day} 00:00"));
        let next = jiff::civil::Date::strptime("%Y-%m-%d", day).unwrap().tomorrow().unwrap();
        let end = at(&all, &format!("{next} 00:00"));
        assert_eq!(laid(&all).measure(start, end), Span::MINUTE.times(length), "{zone} {day}");
    }
}

#[test]
fn a_window_that_begins_in_a_gap_or_an_overlap_begins_once() {
    let nights = calendar("Europe/Berlin", std::array::from_fn(|_| vec![(150, 240)]), Vec::new());
    let work = laid(&nights);
    let night = |day: &str| {
        let (from, to) = (at(&nights, &format!("{day} 00:00")), at(&nights, &format!("{day} 12:00")));
        (shown(&nights, work.next(from)), work.measure(from, to))
    };
    let minutes = |n| Span::MINUTE.times(n);
    assert_eq!(night("2026-03-28"), ("2026-03-28 02:30".into(), minutes(90)));
    assert_eq!(
        night("2026-03-29"),
        ("2026-03-29 03:00".into(), minutes(60)),
        "02:30 never was: from 03:00 on"
    );
    let back = night("2026-10-25");
    assert_eq!(
        back,
        ("2026-10-25 02:30".into(), minutes(150)),
        "from the first 02:30 on, through the second"
    );
    let first = at(&nights, "2026-10-25 02:30");
    assert_eq!(work.next(first), first);
    assert_eq!(
        work.add(first, hours(2)),
        Stamp(first.0 + hours(2).0),
        "no break while the clock is set back"
    );
}

#[test]
fn a_day_that_never_was_is_no_working_day() {
    let apia = always("Pacific/Apia");
    let work = laid(&apia);
    let (before, after) = (at(&apia, "2011-12-29 12:00"), at(&apia, "2011-12-31 12:00"));
    assert_eq!(work.measure(before, after), hours(24));
    assert_eq!(work.add_days(before, 1), after);
}

#[test]
fn in_the_hour_that_comes_twice_a_day_later_is_when_that_hour_is_over() {
    let berlin = always("Europe/Berlin");
    let first = at(&berlin, "2026-10-25 02:30");
    let work = laid(&berlin);
    assert_eq!(shown(&berlin, work.add_days(first, 1)), "2026-10-26 02:30");
    assert_eq!(shown(&berlin, work.add_days(first.plus(hours(1)), 1)), "2026-10-26 03:00");
}

#[test]
fn the_next_change_joins_windows_that_touch_at_midnight() {
    let all = always("Europe/Berlin");
    let (from, until) = (at(&all, "2026-10-20 12:00"), at(&all, "2026-10-30 12:00"));
    assert_eq!(laid(&all).change(from, until), until);
    let office = office("Europe/Berlin");
    let work = laid(&office);
    let change = |text: &str| shown(&office, work.change(at(&office, text), at(&office, "2026-12-01 00:00")));
    assert_eq!(change("2026-06-05 09:00"), "2026-06-05 12:00");
    assert_eq!(change("2026-06-05 12:00"), "2026-06-05 13:00");
    assert_eq!(change("2026-06-06 13:00"), "2026-06-08 08:00");
    assert_eq!(shown(&office, work.previous(at(&office, "2026-06-07 13:00"))), "2026-06-06 13:00");
}

#[test]
fn a_calendar_that_can_not_be_reckoned_with_is_refused() {
    let empty = calendar("UTC", Default::default(), Vec::new());
    assert_eq!(Worktime::new(&empty, &[]), Err(Unusable::NoTime("test".into())));
    let nowhere = office("Mars/Olympus");
    assert_eq!(Worktime::new(&nowhere, &[]), Err(Unusable::Zone("Mars/Olympus".into())));
}

#[test]
fn a_year_of_days_off_and_the_ends_of_time_do_no_harm() {
    let mut none = office("Europe/Berlin");
    none.holidays =
        (1..=12).flat_map(|month| (1..=31).map(move |day| Holiday::Yearly { month, day })).collect();
    let work = laid(&none);
    let now = at(&none, "2026-06-05 09:00");
    assert_eq!(work.measure(now, now.plus(Span::DAY.times(3_650))), Span(0));
    assert!(work.add(now, hours(1)) > now);
    for end in [Stamp(i64::MIN), Stamp(i64::MAX)] {
        assert_eq!(work.measure(end, end), Span(0));
        for span in [Span(i64::MIN), Span(-1), Span(1), Span(i64::MAX)] {
            let _ = (work.add(end, span), work.change(end, now), work.add_days(end, u16::MAX));
        }
    }
}

#[test]
fn days_off_come_from_the_matrix_and_from_a_calendar_file() {
    let mut office = office("America/Chicago");
    office.holidays = vec![
        Holiday::Yearly { month: 12, day: 25 },
        Holiday::Date(NaiveDate::from_ymd_opt(2026, 12, 24).unwrap()),
    ];
    let dates =
        ics::days_off("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261223\nEND:VEVENT\nEND:VCALENDAR").unwrap();
    let work = Worktime::new(&office, &dates).unwrap();
    let (from, to) = (at(&office, "2026-12-22 18:00"), at(&office, "2026-12-26 09:00"));
    assert_eq!(work.measure(from, to), Span(0));
    assert_eq!(work.next(from), to);
}

thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Counts a look into a table.
pub(crate) fn step() {
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

/// How many looks into tables an act takes.
pub(crate) fn looks<T>(act: impl FnOnce() -> T) -> usize {
    STEPS.with(|steps| steps.set(0));
    let _ = act();
    STEPS.with(Cell::get)
}

#[test]
fn ten_years_cost_what_an_hour_costs() {
    let mut office = office("America/Chicago");
    office.holidays = (1..=12).map(|month| Holiday::Yearly { month, day: 3 }).collect();
    let work = laid(&office);
    let start = at(&office, "2026-06-05 09:00");
    let cost = |length: Span| {
        let end = start.plus(length);
        let (one, other) = (looks(|| work.measure(start, end)), looks(|| work.add(start, length)));
        (one, other)
    };
    let (hour, decade) = (cost(hours(1)), cost(Span::DAY.times(3_652)));
    assert!(hour.0 > 0 && hour.1 > 0, "nothing was counted");
    assert!(
        decade.0 <= hour.0 + 4 && decade.1 <= hour.1 + 4,
        "{hour:?} for an hour, {decade:?} for ten years"
    );
    assert!(decade.0 <= 100 && decade.1 <= 100, "{decade:?}");
}

/// A calendar with at least some work, and days off near the interesting days.
fn any_calendar() -> impl Strategy<Value = Calendar> {
    let minute = prop_oneof![
        (0u16..=1440),
        (0u16..=48).prop_map(|half| half * 30),
        Just(0),
        Just(1440),
        (90u16..=210),
    ];
    let day = prop::collection::btree_set(minute, 0..=6).prop_map(|edges| {
        let edges: Vec<u16> = edges.into_iter().collect();
        edges.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    });
    let holiday = prop_oneof![
        (1u8..=12, 1u8..=31).prop_map(|(month, day)| Holiday::Yearly { month, day }),
        (1990i32..2060, 1u32..=366)
            .prop_filter_map("a day", |(year, day)| NaiveDate::from_yo_opt(year, day).map(Holiday::Date)),
    ];
    let week =
        prop::array::uniform7(day).prop_filter("some work", |week| week.iter().any(|day| !day.is_empty()));
    (prop::sample::select(&ZONES[..]), week, prop::collection::vec(holiday, 0..8))
        .prop_map(|(zone, week, holidays)| calendar(zone, week, holidays))
}

/// Moments of four decades, many of them near a change of some clock.
fn any_moment() -> impl Strategy<Value = Stamp> {
    let day = date(1985, 1, 1).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_millisecond();
    let changes = ZONES.iter().flat_map(|zone| {
        let tz = jiff::tz::TimeZone::get(zone).unwrap();
        let from = jiff::Timestamp::from_millisecond(day).unwrap();
        tz.following(from).take(130).map(|change| change.timestamp().as_millisecond()).collect::<Vec<_>>()
    });
    let changes: Vec<i64> = changes.filter(|at| *at < 2_900_000_000_000).collect();
    prop_oneof![
        (day..2_600_000_000_000i64).prop_map(Stamp),
        (prop::sample::select(changes), -10_800_000i64..10_800_000).prop_map(|(at, off)| Stamp(at + off)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn measuring_agrees_with_the_slow_way(calendar in any_calendar(), a in any_moment(), days in -40i64..40, ms in 0i64..86_400_000) {
        let b = Stamp(a.0 + days * 86_400_000 + ms);
        let windows = oracle::around(&calendar, a, b);
        let work = laid(&calendar);
        prop_assert_eq!(work.measure(a, b), Span(oracle::measure(&windows, a, b)));
        prop_assert_eq!(work.measure(b, a), Span(-work.measure(a, b).0));
        prop_assert_eq!(work.is_working(a), oracle::works(&windows, a));
    }

    #[test]
    fn adding_agrees_with_the_slow_way(calendar in any_calendar(), a in any_moment(), ms in 1i64..60_000_000) {
        let windows = oracle::around(&calendar, a, a);
        let work = laid(&calendar);
        if let Some(there) = oracle::after(&windows, a, ms) {
            prop_assert_eq!(work.add(a, Span(ms)), there);
            prop_assert_eq!(work.measure(a, there), Span(ms));
        }
        if let Some(there) = oracle::before(&windows, a, ms) {
            prop_assert_eq!(work.add(a, Span(-ms)), there);
        }
    }

    #[test]
    fn adding_and_measuring_are_inverse_over_years(calendar in any_calendar(), a in any_moment(), ms in -200_000_000_000i64..200_000_000_000) {
        let work = laid(&calendar);
        let there = work.add(a, Span(ms));
        prop_assert_eq!(work.measure(a, there), Span(ms));
        let b = Stamp(a.0 + ms);
        let span = work.measure(a, b);
        let back = work.add(a, span);
        prop_assert_eq!(work.measure(back, b), Span(0));
        let earliest_or_latest = match span.0 {
            0 => back == a,
            1.. => back <= b,
            _ => back >= b,
        };
        prop_assert!(earliest_or_latest);
    }

    #[test]
    fn the_next_moment_works_and_the_change_is_where_it_changes(calendar in any_calendar(), a in any_moment()) {
        let work = laid(&calendar);
        let next = work.next(a);
        prop_assert!(next >= a && work.is_working(next));
        prop_assert_eq!(work.measure(a, next), Span(0));
        let (previous, until) = (work.previous(a), a.plus(Span::DAY.times(30)));
        prop_assert!(previous <= a);
        prop_assert_eq!(work.measure(previous, a), Span(0));
        let change = work.change(a, until);
        prop_assert!(change > a);
        if change < until {
            prop_assert_ne!(work.is_working(a), work.is_working(change));
        }
        let expected = if work.is_working(a) { change.since(a) } else { Span(0) };
        prop_assert_eq!(work.measure(a, change), expected);
    }

    #[test]
    fn working_days_are_days_with_work(calendar in any_calendar(), a in any_moment(), n in 1u16..15) {
        let work = laid(&calendar);
        let start = work.next(a);
        let windows = oracle::around(&calendar, start, start);
        let tz = oracle::zone(&calendar);
        let day = |at: i64| jiff::Timestamp::from_millisecond(at).unwrap().to_zoned(tz.clone()).date();
        let mut days: Vec<_> = windows.iter().map(|(from, _)| day(*from)).filter(|d| *d > day(start.0)).collect();
        days.dedup();
        if let Some(wanted) = days.get(usize::from(n) - 1) {
            let shown = jiff::Timestamp::from_millisecond(start.0).unwrap().to_zoned(tz.clone()).datetime();
            prop_assume!(!tz.to_ambiguous_timestamp(shown).is_ambiguous());
            let time = shown.time();
            let there = Stamp(oracle::moment(&tz, wanted.to_datetime(time)));
            let expected = oracle::measure(&windows, a, there);
            prop_assert_eq!(work.measure(a, work.add_days(a, n)), Span(expected));
        }
    }
}
