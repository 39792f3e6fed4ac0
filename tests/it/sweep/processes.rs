//! Eight processes on one desk file while four days go by in seconds: five run `tierline sweep --watch`, three do what
//! people do, and any of them is killed at any moment and started again. What the log says afterwards must be what the
//! matrix says: everything that was due once, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command as Program, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use tierline::desk::sweep::Rest;
use tierline::desk::{
    Clock, Desk, DeskError, Go, Settings, Surroundings, Wishes, clock, new_id, settle, surroundings,
};
use tierline::domain::event::{Channel, Outcome, Reached, Requester, WaitOn};
use tierline::domain::ids::TicketId;
use tierline::domain::stamp::{Span, Stamp};
use tierline::domain::text::{Body, Label, Line};
use tierline::rules::command::{AskedBy, Command, Confirm, Escalate, Open, Prioritise};

use super::oracle::{Oracle, stories};
use crate::store::kit::{folder, spawn, task};

const MATRIX: &str = include_str!("matrix.toml");
const WATCHERS: usize = 5;
const PEOPLE: usize = 3;
const KILLS: usize = 30;
const COMMANDS: usize = 150;
/// A Friday, 08:00 in Chicago.
const BEGIN: Stamp = Stamp(1_795_183_200_000);
/// Until Monday noon: a weekend lies between.
const LENGTH: Span = Span(76 * 3_600_000);
const PACE: u32 = 24_000;
/// However slow the machine: something is wrong after so long.
const LIMIT: Duration = Duration::from_secs(240);

/// Where and when it plays: the folder, and the machine's milliseconds at which it began.
#[derive(Clone)]
struct Scene {
    folder: PathBuf,
    since: Stamp,
}

impl Scene {
    fn clock(&self) -> Clock {
        Clock::Paced { from: BEGIN, since: self.since, pace: PACE }
    }

    fn desk(&self) -> PathBuf {
        self.folder.join("team.db")
    }

    fn around(&self, host: &str, clock: Clock) -> Surroundings {
        let folder = &self.folder;
        let folders =
            surroundings::Folders { config: folder.clone(), data: folder.clone(), state: folder.clone() };
        let zone = clock::Zone::named("UTC").unwrap();
        Surroundings { env: BTreeMap::new(), folder: folder.clone(), folders, host: host.into(), clock, zone }
    }

    fn settings(&self, host: &str) -> Settings {
        let wishes = Wishes { desk: Some(self.desk()), user: Some("mia".into()), ..Wishes::default() };
        settle(&wishes, &self.around(host, self.clock())).unwrap()
    }

    fn open(&self, host: &str, clock: Clock) -> Desk {
        Desk::open(&self.settings(host), &self.around(host, clock)).unwrap()
    }

    fn told(&self) -> String {
        format!("{}\n{}", self.folder.display(), self.since.0)
    }

    fn of(text: &str) -> Scene {
        let (folder, since) = text.split_once('\n').unwrap();
        Scene { folder: folder.into(), since: Stamp(since.parse().unwrap()) }
    }
}

fn line(text: &str) -> Line {
    Line::new(text).unwrap()
}

fn grade(dice: &mut fastrand::Rng) -> Prioritise {
    let label = |names: [&str; 2], dice: &mut fastrand::Rng| Some(Label::soften(names[dice.usize(..2)]));
    let (impact, urgency) = (label(["extensive", "limited"], dice), label(["high", "medium"], dice));
    Prioritise { impact, urgency, against_grid: None }
}

fn opening(dice: &mut fastrand::Rng) -> Command {
    Command::Open(Box::new(Open {
        subject: line("VPN drops"),
        description: None,
        requester: Requester { name: line("Ada Obi"), contact: None },
        category: None,
        channel: Channel::Phone,
        grade: grade(dice),
        group: None,
        fields: BTreeMap::new(),
    }))
}

fn resolve() -> Command {
    let resolution = Body::new("Replaced, and tried with her").unwrap();
    Command::Resolve { root_cause: line("a worn cable"), resolution, outcome: Outcome::Fixed }
}

/// What somebody may do to a ticket at any moment; much of it will be refused.
fn wish(dice: &mut fastrand::Rng, now: Stamp) -> Command {
    let text = || Body::new("The other site is fine").unwrap();
    match dice.u8(..16) {
        0 | 1 => Command::Take { reason: Some(line("mine now")) },
        2 => Command::Release { reason: None },
        3 | 4 => Command::Escalate(Box::new(Escalate {
            to: None,
            reason: line("beyond me"),
            asked_by: AskedBy::Desk,
            fields: BTreeMap::new(),
            despite_gaps: None,
        })),
        5 | 6 => {
            let until = dice.bool().then(|| now.plus(Span::MINUTE.times(dice.i64(20..900))));
            let on = if dice.bool() { WaitOn::Requester } else { WaitOn::Vendor };
            Command::Wait { on, until, reason: None }
        }
        7 | 8 => Command::Resume { reason: None },
        9 => {
            Command::Resolve { root_cause: line("a worn cable"), resolution: text(), outcome: Outcome::Fixed }
        }
        10 | 11 => Command::Reopen { reason: line("again") },
        12 | 13 => Command::Prioritise(grade(dice)),
        14 => Command::Contact { text: text(), channel: Channel::Phone },
        _ if dice.u8(..4) == 0 => Command::Confirm(Confirm {
            reached: Reached::Yes,
            channel: Channel::Phone,
            satisfaction: None,
            comment: None,
        }),
        _ => Command::Note { text: text() },
    }
}

/// Does one thing for each number on standard input, and says what came of it.
#[test]
#[ignore = "a child of the test here"]
fn person() {
    let Some(task) = task() else { return };
    let scene = Scene::of(&task);
    let mut desk = scene.open(&format!("desk{}", std::process::id()), scene.clock());
    println!("\nhere");
    for order in std::io::stdin().lines() {
        let mut dice = fastrand::Rng::with_seed(order.unwrap().parse().unwrap());
        if dice.u8(..4) == 0 {
            desk.sweep(8).unwrap();
        }
        let (ticket, id) = (TicketId(dice.i64(1..30)), new_id());
        let done = match dice.u8(..12) {
            0 => desk.run(None, &opening(&mut dice), id),
            _ => desk.run(Some(ticket), &wish(&mut dice, scene.clock().now()), id),
        };
        match done {
            Ok(_) => println!("done {id}"),
            Err(DeskError::Refused(_) | DeskError::NoTicket(_) | DeskError::Contended { .. }) => {
                println!("no")
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// A line of a process, or its end.
enum News {
    Said(usize, String),
    Ended(usize, u32),
}

struct Seat {
    child: Child,
    orders: Option<ChildStdin>,
    /// Orders without an answer yet.
    open: usize,
    said: usize,
}

/// The processes, and what they said.
struct Crew {
    scene: Scene,
    seats: Vec<Seat>,
    news: Receiver<News>,
    to: Sender<News>,
    accepted: Vec<String>,
    kills: usize,
    dice: fastrand::Rng,
}

impl Crew {
    fn new(scene: &Scene) -> Crew {
        let (to, news) = channel();
        let (accepted, dice) = (Vec::new(), fastrand::Rng::new());
        let mut crew = Crew { scene: scene.clone(), seats: Vec::new(), news, to, accepted, kills: 0, dice };
        for place in 0..WATCHERS + PEOPLE {
            let seat = crew.started(place);
            crew.seats.push(seat);
        }
        crew
    }

    fn started(&self, place: usize) -> Seat {
        let mut child = if place < WATCHERS { self.watcher(place) } else { self.person() };
        let (process, output, to) = (child.id(), child.stdout.take().unwrap(), self.to.clone());
        std::thread::spawn(move || {
            for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
                let _ = to.send(News::Said(place, String::from_utf8_lossy(&line).into_owned()));
            }
            let _ = to.send(News::Ended(place, process));
        });
        let orders = child.stdin.take();
        Seat { child, orders, open: 0, said: 0 }
    }

    fn watcher(&self, place: usize) -> Child {
        let mut program = Program::new(env!("CARGO_BIN_EXE_tierline"));
        program.env_clear().env("HOME", &self.scene.folder).env("TZ", "UTC").current_dir(&self.scene.folder);
        program.env("TIERLINE_NOW", BEGIN.0.to_string()).env("TIERLINE_HOST", format!("watch{place}"));
        program.env("TIERLINE_PACE", format!("{PACE}@{}", self.scene.since.0)).env("TIERLINE_USER", "mia");
        program.arg("--desk").arg(self.scene.desk()).args(["sweep", "--watch", "--json"]);
        program.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
    }

    fn person(&self) -> Child {
        let mut program = Program::new(std::env::current_exe().unwrap());
        program.stdin(Stdio::piped());
        spawn(program, "sweep::processes::person", &self.scene.told())
    }

    /// Takes in what comes next, for a moment at most.
    fn listen(&mut self) {
        match self.news.recv_timeout(Duration::from_millis(20)) {
            Ok(News::Said(place, text)) => self.hear(place, &text),
            Ok(News::Ended(place, process)) => {
                let seat = &mut self.seats[place];
                assert_ne!(seat.child.id(), process, "{place} ended by itself: {:?}", seat.child.wait());
            }
            Err(_) => {}
        }
    }

    fn hear(&mut self, place: usize, text: &str) {
        self.seats[place].said += 1;
        if matches!(text, "no") || text.starts_with("done ") {
            self.seats[place].open = self.seats[place].open.saturating_sub(1);
        }
        // A line that death cut short names no command.
        self.accepted.extend(text.strip_prefix("done ").filter(|id| id.len() == 32).map(str::to_owned));
    }

    /// Something for somebody to do.
    fn order(&mut self) {
        let seat = &mut self.seats[WATCHERS + self.dice.usize(..PEOPLE)];
        if seat.open < 3
            && let Some(orders) = &mut seat.orders
        {
            let _ = writeln!(orders, "{}", self.dice.u64(..));
            seat.open += 1;
        }
    }

    /// SIGKILL, wherever it is in its work, and another one in its place.
    fn kill(&mut self) {
        let place = self.dice.usize(..self.seats.len());
        self.end(place);
        let said = self.seats[place].said;
        self.seats[place] = Seat { said, ..self.started(place) };
        self.kills += 1;
    }

    fn end(&mut self, place: usize) {
        let child = &mut self.seats[place].child;
        child.kill().unwrap();
        child.wait().unwrap();
    }

    fn is_done(&self) -> bool {
        let all_spoke = self.seats.iter().all(|seat| seat.said > 0);
        let played = self.scene.clock().now().since(BEGIN) > LENGTH;
        played && all_spoke && self.kills >= KILLS && self.accepted.len() >= COMMANDS
    }

    /// Kills all, and gives the commands that somebody was told to be done.
    fn dismiss(mut self) -> Vec<String> {
        (0..self.seats.len()).for_each(|place| self.end(place));
        drop(self.to);
        self.to = channel().0;
        while let Ok(News::Said(place, text)) = self.news.recv() {
            self.hear(place, &text);
        }
        std::mem::take(&mut self.accepted)
    }
}

fn play(scene: &Scene) -> Vec<String> {
    let mut crew = Crew::new(scene);
    let begun = Instant::now();
    while !crew.is_done() {
        assert!(begun.elapsed() < LIMIT, "{} kills, {} commands", crew.kills, crew.accepted.len());
        crew.listen();
        match crew.dice.u8(..24) {
            0 => crew.kill(),
            1..=8 => crew.order(),
            _ => {}
        }
    }
    crew.dismiss()
}

/// A desk with a score of tickets, by the matrix of these tests; some have come back twice.
fn scene(folder: &Path) -> Scene {
    std::fs::write(folder.join("escalation.toml"), MATRIX).unwrap();
    let scene = Scene { folder: folder.to_owned(), since: Clock::System.now() };
    Desk::create(&scene.settings("desk0"), &scene.around("desk0", Clock::Fixed(BEGIN)), None).unwrap();
    let mut desk = scene.open("desk0", Clock::Fixed(BEGIN));
    let mut dice = fastrand::Rng::new();
    for _ in 0..20 {
        desk.run(None, &opening(&mut dice), new_id()).unwrap();
    }
    for (ticket, _) in (1..=3).map(TicketId).flat_map(|id| [(id, 1), (id, 2)]) {
        desk.run(Some(ticket), &resolve(), new_id()).unwrap();
        desk.run(Some(ticket), &Command::Reopen { reason: line("again") }, new_id()).unwrap();
    }
    Scene { since: Clock::System.now(), ..scene }
}

#[test]
fn eight_processes_killed_at_random_do_each_thing_that_was_due_once() {
    let folder = folder();
    let scene = scene(folder.path());
    let accepted = play(&scene);
    let end = scene.clock().now();
    let mut desk = scene.open("desk9", Clock::Fixed(end));
    while desk.sweep(64).unwrap().rest == Rest::Some {}
    let (matrix, calendars) = (desk.matrix(), desk.laid_out());
    let oracle = Oracle { matrix: &matrix, calendars: &calendars };
    let log = desk.log(Default::default(), usize::MAX).unwrap();
    let commands: Vec<String> = log.iter().filter_map(|told| Some(told.command?.to_string())).collect();
    assert_eq!(
        commands.iter().collect::<BTreeSet<_>>().len(),
        commands.len(),
        "a command is in the log once"
    );
    let lost: Vec<&String> = accepted.iter().filter(|id| !commands.contains(id)).collect();
    assert_eq!(lost, Vec::<&String>::new(), "somebody was told that they are done");
    let mut came = 0;
    for (ticket, events) in stories(log) {
        came += oracle.judge(&events);
        assert_eq!(oracle.due(&events, end), BTreeSet::new(), "left undone on {ticket}");
    }
    assert!(came > 100, "only {came} things came by themselves");
    assert_eq!(desk.verify(&mut |_| Go::On).unwrap().troubles, vec![]);
}
