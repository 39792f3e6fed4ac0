//! Desks that are swept at moments of our choosing: what is recorded, who wins a race, and what is read for it.

use std::path::Path;

use super::*;
use crate::desk::act::LeftBehind;
use crate::desk::{Clock, Surroundings, Wishes, clock::Zone, new_id, settings, settle, surroundings};
use crate::domain::event::{Channel, Requester, ReturnCode, Trigger};
use crate::domain::ids::TicketId;
use crate::domain::row::Row;
use crate::domain::text::{Body, Label, Line};
use crate::rules::command::{AskedBy, Command, Escalate, Open, Prioritise};
use crate::store::Go;

/// P1 round the clock, P2 in office hours.
const MATRIX: &str = r#"
[desk]
name = "Test"
timezone = "UTC"
[calendars.office]
mon-fri = "08:00-18:00"
[priority]
levels = ["P1", "P2"]
urgency = ["high", "medium"]
impact.extensive = ["P1", "P2"]
[[tiers]]
name = "L1"
[[tiers]]
name = "L2"
[[groups]]
name = "Desk"
tier = "L1"
escalates-to = ["Network"]
[[groups]]
name = "Network"
tier = "L2"
[roles.supervisor]
may = ["all"]
"#;

const TIER: &str = r#"
[targets.P1]
calendar = "always"
resolve = "8h"
tier = { L1 = "1h" }
warn-at = []
[targets.P2]
calendar = "office"
resolve = "8h"
tier = { L1 = "2h" }
warn-at = []
[[steps]]
name = "Stuck"
clock = "tier"
do = ["escalate", "notify:supervisor"]
"#;

/// The week of Monday 2026-11-16.
fn at(text: &str) -> Stamp {
    let (day, time) = text.split_once(' ').unwrap();
    let date = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "mon"].iter().position(|name| *name == day);
    let moment: jiff::Timestamp = format!("2026-11-{}T{time}:00Z", 16 + date.unwrap()).parse().unwrap();
    Stamp(moment.as_millisecond())
}

fn shown(at: Stamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.0).unwrap();
    moment.strftime("%a %H:%M").to_string()
}

struct World(tempfile::TempDir);

impl World {
    /// A desk by the matrix with this behind it.
    fn new(rest: &str) -> World {
        World::of(&format!("{MATRIX}{rest}"))
    }

    fn of(matrix: &str) -> World {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("first.toml");
        std::fs::write(&file, matrix).unwrap();
        let world = World(folder);
        let around = world.around("Mon 08:00");
        Desk::create(&world.settings("vera", &around), &around, Some(&file)).unwrap();
        world
    }

    fn around(&self, now: &str) -> Surroundings {
        let folder = self.0.path().to_owned();
        let folders =
            surroundings::Folders { config: folder.clone(), data: folder.clone(), state: folder.clone() };
        let (clock, zone) = (Clock::Fixed(at(now)), Zone::named("UTC").unwrap());
        Surroundings { env: Default::default(), folder, folders, host: "desk3".into(), clock, zone }
    }

    fn settings(&self, user: &str, around: &Surroundings) -> crate::desk::Settings {
        let wishes = Wishes { desk: Some("team.db".into()), user: Some(user.into()), ..Wishes::default() };
        settle(&wishes, around).unwrap()
    }

    fn desk(&self, user: &str, now: &str) -> Desk {
        let around = self.around(now);
        Desk::open(&self.settings(user, &around), &around).unwrap()
    }

    fn applies(&self, desk: &mut Desk, rest: &str) {
        let text = format!("{MATRIX}{rest}");
        desk.apply_matrix(&text, Path::new("second.toml"), LeftBehind::Refuse).unwrap();
    }
}

impl Desk {
    fn opens(&mut self, urgency: &str) -> TicketId {
        let urgency = Some(Label::soften(urgency));
        let open = Open {
            subject: Line::new("VPN drops").unwrap(),
            description: None,
            requester: Requester { name: Line::new("Ada Obi").unwrap(), contact: None },
            category: None,
            channel: Channel::Phone,
            grade: Prioritise { urgency, ..Prioritise::default() },
            group: None,
            fields: Default::default(),
        };
        self.run(None, &Command::Open(Box::new(open)), new_id()).unwrap().ticket.id
    }

    fn notes(&mut self, id: TicketId) {
        self.run(Some(id), &Command::Note { text: Body::new("rebooted").unwrap() }, new_id()).unwrap();
    }

    fn clock_at(&mut self, now: &str) -> &mut Desk {
        self.clock = Clock::Fixed(at(now));
        self
    }

    /// What a sweep at a moment records: `#1 tier Stuck due Fri 16:00 noticed Mon 09:30`.
    fn sweeps(&mut self, now: &str) -> Vec<String> {
        let swept = self.clock_at(now).sweep(100).unwrap();
        assert_eq!(swept.rest, Rest::Nothing);
        swept.fired.iter().map(said).collect()
    }

    fn row(&mut self, id: TicketId) -> Row {
        self.store.read(&mut self.patience, |reader| reader.row(id)).unwrap().unwrap()
    }

    fn story(&mut self, id: TicketId) -> Vec<Recorded> {
        self.ticket(id).unwrap().unwrap().log
    }

    /// Reads what a sweep would, without going on.
    fn reads(&mut self, now: &str) -> Vec<Found> {
        self.falling(at(now), None, 100).unwrap().0
    }

    fn is_whole(&mut self) {
        assert_eq!(self.verify(&mut |_| Go::On).unwrap().troubles, vec![]);
    }
}

fn said(fired: &Fired) -> String {
    let first = &fired.events[0];
    let what = match &first.event {
        Event::StepFired(it) => it.step.to_string(),
        Event::Breached(it) => format!("breach {}", it.clock.name()),
        Event::Warned(it) => format!("warn {} {}", it.clock.name(), it.share),
        other => other.kind().to_owned(),
    };
    format!("{} {what} due {} noticed {}", first.ticket, shown(fired.due), shown(first.at))
}

fn escalate() -> Command {
    Command::Escalate(Box::new(Escalate {
        to: None,
        reason: Line::new("beyond me").unwrap(),
        asked_by: AskedBy::Desk,
        fields: Default::default(),
        despite_gaps: None,
    }))
}

#[test]
fn a_weekend_s_backlog_comes_once_and_in_order_with_both_moments() {
    let world = World::new(TIER);
    let mut mia = world.desk("mia", "Fri 15:00");
    let (office, night) = (mia.opens("medium"), mia.opens("high"));
    let late = mia.clock_at("Fri 17:30").opens("medium");
    let lines = mia.sweeps("mon 09:30");
    let of = |id: TicketId| -> Vec<&str> {
        lines.iter().filter_map(|line| line.strip_prefix(&format!("{id} "))).collect()
    };
    let on_time = ["breach tier due Fri 17:00 noticed Mon 09:30", "Stuck due Fri 17:00 noticed Mon 09:30"];
    assert_eq!(of(office), on_time);
    let round_the_clock = [
        "breach tier due Fri 16:00 noticed Mon 09:30",
        "Stuck due Fri 16:00 noticed Mon 09:30",
        "breach resolve due Fri 23:00 noticed Mon 09:30",
    ];
    assert_eq!(of(night), round_the_clock);
    let monday = ["breach tier due Mon 09:30 noticed Mon 09:30", "Stuck due Mon 09:30 noticed Mon 09:30"];
    assert_eq!(of(late), monday, "half an hour was worked on Friday");
    assert_eq!(lines.len(), 7);
    assert_eq!(mia.sweeps("mon 09:30"), Vec::<String>::new());
    assert_eq!(world.desk("jo", "mon 09:30").sweeps("mon 09:31"), Vec::<String>::new());
    mia.is_whole();
}

#[test]
fn an_examination_sees_an_outlook_that_another_matrix_gave() {
    let world = World::new(TIER);
    let mut mia = world.desk("mia", "Mon 10:00");
    let id = mia.opens("high");
    let settings = world.settings("mia", &world.around("Mon 10:00"));
    assert!(Desk::examine(&settings, &mut |_| Go::On).unwrap().is_clean());
    let other = World::new(&TIER.replace("L1 = \"1h\"", "L1 = \"3h\""));
    mia.store.foresee(other.desk("vera", "Mon 10:00").sight.clone());
    mia.notes(id);
    let report = Desk::examine(&settings, &mut |_| Go::On).unwrap();
    assert_eq!(report.troubles.len(), 1, "{report:?}");
    assert_eq!(report.troubles[0].ticket, Some(id));
}

#[test]
fn who_looks_on_time_notices_on_time() {
    let world = World::new(TIER);
    let mut mia = world.desk("mia", "Mon 10:00");
    mia.opens("high");
    assert_eq!(mia.sweeps("Mon 10:59"), Vec::<String>::new());
    let swept = mia.clock_at("Mon 10:59").sweep(100).unwrap();
    assert_eq!(swept.next, Some(at("Mon 11:00")));
    let lines =
        ["#1 breach tier due Mon 11:00 noticed Mon 11:00", "#1 Stuck due Mon 11:00 noticed Mon 11:00"];
    assert_eq!(mia.sweeps("Mon 11:00"), lines);
}

#[test]
fn a_person_who_escalates_while_the_sweep_looks_wins_and_the_step_sees_it() {
    let world = World::new(TIER);
    let (mut mia, mut jo) = (world.desk("mia", "Mon 10:00"), world.desk("jo", "Mon 11:00"));
    let id = mia.opens("high");
    let found = jo.reads("Mon 11:00");
    assert_eq!(jo.due(&found[0], at("Mon 11:00")).len(), 2);
    mia.run(Some(id), &escalate(), new_id()).unwrap();
    assert_eq!(jo.record(&found, at("Mon 11:00")).unwrap(), None, "somebody was faster");
    assert_eq!(jo.sweeps("Mon 11:00"), Vec::<String>::new(), "the round is over");
    let moves = jo.story(id).into_iter().filter(|told| matches!(told.event, Event::Escalated(_)));
    assert_eq!(moves.count(), 1);
    jo.is_whole();
}

#[test]
fn a_step_that_was_faster_is_seen_by_the_person_who_escalates() {
    let world = World::new(TIER);
    let (mut mia, mut jo) = (world.desk("mia", "Mon 10:00"), world.desk("jo", "Mon 11:00"));
    let id = mia.opens("high");
    assert_eq!(jo.sweeps("Mon 11:00").len(), 2);
    let error = mia.run(Some(id), &escalate(), new_id()).unwrap_err();
    assert!(matches!(&error, DeskError::Refused(_)), "{error}");
    let story = mia.story(id);
    let Event::Escalated(moved) = &story[3].event else { panic!("{story:?}") };
    assert_eq!(moved.trigger, Trigger::Step(Line::new("Stuck").unwrap()));
}

#[test]
fn two_sweeps_of_one_moment_do_it_once() {
    let world = World::new(TIER);
    let (mut mia, mut jo) = (world.desk("mia", "Mon 10:00"), world.desk("jo", "Mon 11:00"));
    let id = mia.opens("high");
    let found = jo.reads("Mon 11:00");
    assert_eq!(mia.sweeps("Mon 11:00").len(), 2);
    assert_eq!(jo.record(&found, at("Mon 11:00")).unwrap(), None);
    assert_eq!(jo.sweeps("Mon 11:00"), Vec::<String>::new());
    assert_eq!(jo.story(id).len(), 4);
}

/// The first of two firings is in the log when they come: the second was decided on a ticket that nobody has.
#[test]
fn what_was_decided_on_a_firing_of_somebody_else_is_decided_anew() {
    let world = World::new(TIER);
    let (mut mia, mut jo) = (world.desk("mia", "Mon 10:00"), world.desk("jo", "Mon 10:00"));
    let id = mia.opens("high");
    let found = jo.reads("Mon 11:00");
    let both = jo.due(&found[0], at("Mon 11:00"));
    let first = [both[0].1.clone()];
    mia.store.append_all(&first, &mut mia.patience).unwrap();
    assert_eq!(jo.record(&found, at("Mon 12:00")).unwrap(), None);
    assert_eq!(jo.sweeps("Mon 12:00"), ["#1 Stuck due Mon 11:00 noticed Mon 12:00"]);
    assert_eq!(jo.story(id).len(), 4);
    jo.is_whole();
}

#[test]
fn a_host_whose_clock_lags_records_nothing_before_what_it_rests_on() {
    let world = World::new(TIER);
    let (mut mia, mut jo) = (world.desk("mia", "Mon 10:00"), world.desk("jo", "Mon 11:05"));
    let id = mia.opens("high");
    jo.notes(id);
    assert_eq!(mia.sweeps("Mon 11:04"), Vec::<String>::new());
    assert_eq!(mia.sweeps("Mon 11:05")[1], "#1 Stuck due Mon 11:00 noticed Mon 11:05");
}

#[test]
fn a_desk_that_is_only_read_records_nothing() {
    let world = World::new(TIER);
    world.desk("mia", "Mon 10:00").opens("high");
    let around = world.around("Mon 12:00");
    let mut settings = world.settings("mia", &around);
    settings.access = settings::Access::ReadOnly;
    let mut mia = Desk::open(&settings, &around).unwrap();
    assert!(matches!(mia.sweep(100), Err(DeskError::ReadOnly { .. })));
    assert_eq!(mia.story(TicketId(1)).len(), 1);
}

#[test]
fn a_stranger_s_console_sweeps_too_and_signs_for_it() {
    const PEOPLE: &str = "[[people]]\nname = \"vera\"\nrole = \"supervisor\"\ngroups = [\"Desk\"]\n";
    let world = World::new(&format!("{TIER}{PEOPLE}"));
    world.desk("vera", "Mon 10:00").opens("high");
    let mut zoe = world.desk("zoe", "Mon 12:00");
    assert!(matches!(zoe.run(Some(TicketId(1)), &escalate(), new_id()), Err(DeskError::Refused(_))));
    assert_eq!(zoe.sweeps("Mon 12:00").len(), 2);
    assert!(zoe.story(TicketId(1))[1..].iter().all(|told| told.author.actor.as_str() == "zoe"));
}

#[test]
fn a_step_that_has_to_wait_for_the_morning_is_read_once_a_night() {
    let world = World::new(TIER);
    let mut mia = world.desk("mia", "Fri 15:00");
    (0..5).for_each(|_| {
        mia.opens("medium");
    });
    assert_eq!(mia.reads("Fri 20:00").len(), 5);
    let breaches = mia.sweeps("Fri 20:00");
    assert_eq!(breaches.len(), 5, "a breach does not wait: {breaches:?}");
    assert_eq!(mia.row(TicketId(1)).outlook.next, Some(at("mon 08:00")));
    assert_eq!(mia.reads("Fri 20:01").len(), 0);
    assert_eq!(mia.sweeps("mon 07:59"), Vec::<String>::new());
    assert_eq!(mia.sweeps("mon 08:00").len(), 5);
}

#[test]
fn what_was_looked_at_in_vain_is_not_read_again_before_it_can_happen() {
    const SILENT: &str = "[targets.P2]\ncalendar = \"office\"\nresolve = \"8h\"\nwarn-at = []\n[[steps]]\nname = \"Half\"\n\
                          clock = \"resolve\"\nat = \"50%\"\ndo = [\"notify:supervisor\"]\n";
    let world = World::new(SILENT);
    let mut mia = world.desk("mia", "Fri 12:00");
    (0..40).for_each(|_| {
        mia.opens("medium");
    });
    assert_eq!(mia.row(TicketId(1)).outlook.next, Some(at("Fri 16:00")));
    assert_eq!(mia.reads("Fri 20:00").len(), 40, "due on Friday, and nobody looked");
    let swept = mia.clock_at("Fri 20:00").sweep(100).unwrap();
    assert_eq!((swept.fired.len(), swept.next), (0, Some(at("mon 08:00"))));
    assert_eq!(mia.reads("Sat 12:00").len(), 0);
    mia.clock_at("Fri 20:30").notes(TicketId(7));
    assert_eq!(mia.row(TicketId(7)).outlook.next, Some(at("mon 08:00")), "a new event knows better");
    let lines = mia.sweeps("mon 08:00");
    assert_eq!(lines.len(), 40);
    assert!(lines.iter().all(|line| line.ends_with("Half due Fri 16:00 noticed Mon 08:00")), "{lines:?}");
}

#[test]
fn what_can_never_happen_any_more_wakes_nobody() {
    let world = World::new(
        "[[steps]]\nname = \"Young\"\nwhen = \"age:1h..2h is:unowned\"\ndo = [\"notify:supervisor\"]\n",
    );
    let mut mia = world.desk("mia", "Mon 10:00");
    mia.opens("high");
    assert_eq!(mia.clock_at("Mon 15:00").sweep(100).unwrap(), Swept::default());
    assert_eq!(mia.reads("Tue 15:00").len(), 0);
    mia.opens("high");
    assert_eq!(mia.sweeps("Mon 16:00"), ["#2 Young due Mon 16:00 noticed Mon 16:00"]);
}

#[test]
fn a_sweep_of_few_goes_on_with_the_rest_the_earliest_first() {
    let world = World::new(TIER);
    let mut mia = world.desk("mia", "Mon 10:00");
    (0..40).for_each(|_| {
        mia.opens("high");
    });
    mia.clock_at("Mon 09:00").opens("high");
    mia.clock_at("Mon 12:00");
    let first = mia.sweep(3).unwrap();
    assert_eq!((first.fired.len(), first.rest), (6, Rest::Some));
    assert_eq!(first.fired[0].events[0].ticket, TicketId(41));
    let rest = mia.sweep(100).unwrap();
    assert_eq!((rest.fired.len(), rest.rest), (38 * 2, Rest::Nothing));
}

#[test]
fn a_matrix_that_came_meanwhile_decides_anew() {
    let world = World::new(TIER);
    let (mut mia, mut vera) = (world.desk("mia", "Mon 10:00"), world.desk("vera", "Mon 10:30"));
    let id = mia.opens("high");
    let found = mia.reads("Mon 11:00");
    world.applies(&mut vera, &TIER.replace("Stuck", "Too long").replace("L1 = \"1h\"", "L1 = \"45m\""));
    assert_eq!(mia.record(&found, at("Mon 11:00")).unwrap(), None);
    let lines =
        ["#1 breach tier due Mon 10:45 noticed Mon 11:00", "#1 Too long due Mon 10:45 noticed Mon 11:00"];
    assert_eq!(mia.sweeps("Mon 11:00"), lines);
    assert!(mia.story(id)[1..].iter().all(|told| told.matrix == 2));
}

#[test]
fn the_rows_of_another_revision_are_made_anew_with_it() {
    let world = World::new(TIER);
    let (mut mia, mut vera) = (world.desk("mia", "Mon 10:00"), world.desk("vera", "Mon 10:30"));
    let id = mia.opens("high");
    assert_eq!(mia.row(id).outlook.next, Some(at("Mon 11:00")));
    world.applies(&mut vera, &TIER.replace("L1 = \"1h\"", "L1 = \"3h\""));
    assert_eq!(mia.row(id).outlook.next, Some(at("Mon 13:00")));
    assert_eq!(mia.row(id).outlook.due, Some(at("Mon 13:00")));
    assert_eq!(mia.sweeps("Mon 12:00"), Vec::<String>::new());
    mia.is_whole();
}

/// Three tiers: whoever escalates twice by mistake lands at the top.
fn three_tiers() -> World {
    let text = MATRIX.replace(
        "tier = \"L2\"\n",
        "tier = \"L2\"\nescalates-to = [\"Vendor\"]\n[[groups]]\nname = \"Vendor\"\ntier = \"L3\"\n",
    );
    World::of(&format!("{}{TIER}", text.replacen("[[groups]]", "[[tiers]]\nname = \"L3\"\n[[groups]]", 1)))
}

#[test]
fn who_escalates_to_the_usual_group_while_a_step_does_the_same_moves_it_no_further() {
    let world = three_tiers();
    let (mut mia, mut jo) = (world.desk("mia", "Mon 10:00"), world.desk("jo", "Mon 11:00"));
    let id = mia.opens("high");
    assert_eq!(jo.sweeps("Mon 11:00").len(), 2);
    let error = mia.run(Some(id), &escalate(), new_id()).unwrap_err().to_string();
    assert!(error.contains("#1 is in the queue of Network already"), "{error}");
    assert_eq!(mia.row(id).place.group, "Network");
    assert_eq!(mia.run(Some(id), &escalate(), new_id()).unwrap().ticket.place.queue.group, "Vendor");
}

#[test]
fn who_returns_what_somebody_else_returned_meanwhile_sends_it_back_no_further() {
    let world = three_tiers();
    let (mut mia, mut jo) = (world.desk("mia", "Mon 10:00"), world.desk("jo", "Mon 10:00"));
    let id = mia.opens("high");
    for _ in 0..2 {
        mia.run(Some(id), &escalate(), new_id()).unwrap();
    }
    let back = Command::Return { to: None, code: ReturnCode::WrongGroup, reason: None };
    jo.run(Some(id), &back, new_id()).unwrap();
    assert!(matches!(mia.run(Some(id), &back, new_id()), Err(DeskError::Refused(_))));
    assert_eq!(mia.row(id).place.group, "Network");
}

#[test]
fn what_falls_due_while_a_matrix_is_applied_is_not_lost() {
    let world = World::new(TIER);
    let mut mia = world.desk("mia", "Mon 10:00");
    let ids: Vec<TicketId> =
        (0..60).map(|minute| mia.clock_at(&format!("Mon 10:{minute:02}")).opens("high")).collect();
    let since = Clock::System.now();
    mia.clock = Clock::Paced { from: at("Mon 11:00"), since, pace: 60_000 };
    world.applies(&mut mia, &TIER.replace("resolve = \"8h\"", "resolve = \"7h\""));
    let swept = mia.clock_at("Tue 10:00").sweep(1_000).unwrap();
    assert_eq!(swept.rest, Rest::Nothing);
    for id in ids {
        assert_eq!(stuck(&mut mia, id), 1, "{id}");
    }
}

fn stuck(desk: &mut Desk, id: TicketId) -> usize {
    let fired = |told: &Recorded| matches!(&told.event, Event::StepFired(it) if it.step == "Stuck");
    desk.story(id).iter().filter(|told| fired(told)).count()
}

/// Due in the afternoon and unseen, it has to wait for the morning, and so does the matrix that comes in the night.
#[test]
fn what_waits_for_the_morning_is_not_lost_to_a_matrix_that_is_applied_at_night() {
    let world = World::new(TIER);
    let mut mia = world.desk("mia", "Fri 15:50");
    let id = mia.opens("medium");
    world.applies(mia.clock_at("Fri 18:30"), &TIER.replace("resolve = \"8h\"", "resolve = \"7h\""));
    assert_eq!((mia.sweeps("Sat 03:00").len(), stuck(&mut mia, id)), (0, 0), "no night shift");
    mia.sweeps("mon 09:00");
    assert_eq!(stuck(&mut mia, id), 1);
    mia.is_whole();
}

#[test]
fn a_limit_that_is_shortened_below_what_has_gone_by_is_kept_from_then_on() {
    let world = World::new(TIER);
    let mut mia = world.desk("mia", "Mon 10:00");
    let id = mia.opens("high");
    world.applies(mia.clock_at("Mon 10:40"), &TIER.replace("L1 = \"1h\"", "L1 = \"30m\""));
    assert_eq!(stuck(&mut mia, id), 0);
    mia.sweeps("Mon 10:45");
    let due = mia.story(id).iter().find_map(|told| match &told.event {
        Event::StepFired(it) => Some(it.due),
        _ => None,
    });
    assert_eq!((due, stuck(&mut mia, id)), (Some(at("Mon 10:40")), 1), "neither limit would have acted");
    mia.is_whole();
}
