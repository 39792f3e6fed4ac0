use std::collections::BTreeMap;
use std::sync::mpsc::Receiver;

use tempfile::TempDir;

use super::*;
use crate::desk::surroundings::Folders;
use crate::desk::{Anchor, Clock, Wishes, clock::Zone, new_id, settle};
use crate::domain::ids::EventId;
use crate::domain::query::parse;
use crate::domain::stamp::{Span, Stamp};
use crate::rules::Command;
use crate::tui::model::Weight;
use crate::tui::msg::NotDone;
use crate::tui::sample::{NOW, note, open};

/// A real desk in a folder of its own, and a console's end of the line.
struct Line {
    folder: TempDir,
    orders: Sender<Order>,
    news: Receiver<Msg>,
}

fn around(folder: &TempDir) -> Surroundings {
    let path = folder.path().to_owned();
    Surroundings {
        env: BTreeMap::new(),
        folder: path.clone(),
        folders: Folders { config: path.clone(), data: path.clone(), state: path },
        host: String::from("desk3"),
        clock: Clock::Fixed(NOW),
        zone: Zone::system(),
    }
}

fn settings(folder: &TempDir) -> Settings {
    let user = Some(String::from("mia"));
    settle(&Wishes { desk: Some(folder.path().join("desk.db")), user, ..Wishes::default() }, &around(folder))
        .unwrap()
}

fn line() -> Line {
    let folder = tempfile::tempdir().unwrap();
    Desk::create(&settings(&folder), &around(&folder), None).unwrap();
    start_in(folder)
}

fn start_in(folder: TempDir) -> Line {
    start_as(folder, Clock::Fixed(NOW), None)
}

fn start_as(folder: TempDir, clock: Clock, seen: Option<Unseen>) -> Line {
    let (to, news) = channel();
    let around = Surroundings { clock, ..around(&folder) };
    let query = || parse("is:open").unwrap();
    let first = First { rows: 50, ours: query(), all: query() };
    let orders = start(settings(&folder), around, seen, first, to).unwrap();
    Line { folder, orders, news }
}

impl Line {
    /// The next news of which something can be made; health is passed over.
    fn hear<T>(&self, mut pick: impl FnMut(News) -> Option<T>) -> T {
        loop {
            let Msg::News(news) = self.news.recv_timeout(Duration::from_secs(20)).unwrap() else { continue };
            if let Some(found) = pick(news) {
                return found;
            }
        }
    }

    fn run(&self, job: u64, ticket: Option<TicketId>, command: Command) {
        let ask = Ask { ticket, command: Box::new(command) };
        self.orders.send(Order::Run { job: Job(job), id: new_id(), ask }).unwrap();
    }

    fn ran(&self) -> (u64, Result<TicketId, NotDone>) {
        self.hear(|news| if let News::Ran { job, result } = news { Some((job.0, result)) } else { None })
    }

    fn look(&self, generation: u64, query: &str) {
        let query = parse(query).unwrap();
        let wish = PageWish { generation: Generation(generation), query, anchor: Anchor::Top, rows: 50 };
        self.orders.send(Order::Page(wish)).unwrap();
    }

    fn page(&self) -> (u64, Vec<String>) {
        self.hear(|news| match news {
            News::Page { generation, page, .. } => {
                Some((generation.0, page.rows.into_iter().map(|row| row.subject).collect()))
            }
            _ => None,
        })
    }
}

fn new(subject: &str) -> Command {
    match open(subject, "Ada Obi", "single", "low") {
        Command::Open(mut it) => {
            (it.grade.impact, it.grade.urgency) = (None, None);
            Command::Open(it)
        }
        other => other,
    }
}

#[test]
fn a_desk_introduces_itself_and_shows_what_is_done_to_it() {
    let line = line();
    let standing = line.hear(|news| if let News::Desk(facts) = news { Some(facts.standing) } else { None });
    assert_eq!(standing, Standing::Open);
    line.look(1, "is:open");
    assert_eq!(line.page(), (1, vec![]));
    line.run(1, None, new("VPN drops"));
    let (job, result) = line.ran();
    assert!(job == 1 && result.is_ok(), "{result:?}");
    assert_eq!(line.page(), (1, vec![String::from("VPN drops")]), "without being asked again");
}

#[test]
fn commands_are_carried_out_in_order_and_none_is_dropped() {
    let line = line();
    for n in 1..=20 {
        line.run(n, None, new(&format!("ticket {n}")));
        line.look(n, "is:open sort:id");
    }
    for n in 1..=20 {
        assert_eq!(line.ran(), (n, Ok(TicketId(i64::try_from(n).unwrap()))));
    }
}

#[test]
fn of_several_looks_the_latest_wins() {
    let line = line();
    for n in 1..=30 {
        line.look(n, "is:open");
    }
    let mut answers = 1;
    while line.page().0 < 30 {
        answers += 1;
    }
    assert!(answers <= 30);
    line.run(1, None, new("one"));
    assert_eq!(line.page(), (30, vec![String::from("one")]));
}

#[test]
fn a_refusal_comes_back_in_its_own_words() {
    let line = line();
    line.run(1, Some(TicketId(99)), note("x"));
    assert!(matches!(line.ran(), (1, Err(_))));
    line.run(2, None, new("VPN drops"));
    let id = line.ran().1.unwrap();
    line.run(3, Some(id), Command::Resume { reason: None });
    let (_, Err(NotDone::Refused(refusal))) = line.ran() else { panic!("it was not refused") };
    assert!(refusal.why.contains("not waiting"), "{refusal}");
}

#[test]
fn another_consoles_change_appears_by_itself() {
    let line = line();
    line.look(1, "is:open");
    assert_eq!(line.page().1.len(), 0);
    let mut other = Desk::open(&settings(&line.folder), &around(&line.folder)).unwrap();
    other.run(None, &new("from elsewhere"), new_id()).unwrap();
    assert_eq!(line.page(), (1, vec![String::from("from elsewhere")]));
}

#[test]
fn a_desk_that_can_t_be_opened_says_why_and_is_tried_again_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    std::fs::write(&path, "not a desk at all, but long enough to be looked at as one").unwrap();
    let line = start_in(folder);
    let standing =
        || line.hear(|news| if let News::Desk(facts) = news { Some(facts.standing) } else { None });
    assert!(matches!(standing(), Standing::Shut { .. }));
    std::fs::remove_file(&path).unwrap();
    Desk::create(&settings(&line.folder), &around(&line.folder), None).unwrap();
    line.orders.send(Order::Refresh).unwrap();
    assert_eq!(standing(), Standing::Open);
}

#[test]
fn a_broken_matrix_opens_for_reading_with_its_diagnosis() {
    let folder = tempfile::tempdir().unwrap();
    Desk::create(&settings(&folder), &around(&folder), None).unwrap();
    std::fs::write(folder.path().join("escalation.toml"), "[desk]\nnmae = \"x\"\n").unwrap();
    let line = start_in(folder);
    let facts = line.hear(|news| if let News::Desk(facts) = news { Some(facts) } else { None });
    assert!(matches!(facts.standing, Standing::ReadOnly { .. }));
    assert!(facts.diagnosis.contains("nmae"), "{}", facts.diagnosis);
    assert!(facts.banners.iter().any(|banner| banner.text.contains("reading only")), "{:?}", facts.banners);
    line.run(1, None, new("VPN drops"));
    assert!(matches!(line.ran(), (1, Err(NotDone::Failed(_) | NotDone::Refused(_)))));
}

#[test]
fn a_matrix_file_that_differs_is_an_alarm_to_who_may_apply_it_only() {
    let heard = |rights: &str| {
        let folder = tempfile::tempdir().unwrap();
        let people = format!("\n[roles.one]\nmay = [{rights}]\n[[people]]\nname = \"mia\"\nrole = \"one\"\n");
        let file = folder.path().join("escalation.toml");
        let matrix = include_str!("../../../assets/minimal.toml").to_owned() + &people;
        std::fs::write(&file, &matrix).unwrap();
        Desk::create(&settings(&folder), &around(&folder), None).unwrap();
        std::fs::write(&file, matrix + "\n# changed\n").unwrap();
        let line = start_in(folder);
        line.hear(|news| if let News::Desk(facts) = news { Some(facts.banners) } else { None })
    };
    let (mine, others) = (heard("\"open\", \"apply-matrix\""), heard("\"open\""));
    assert_eq!(mine.first().map(|banner| banner.weight), Some(Weight::Theirs), "{mine:?}");
    assert!(
        mine.iter().any(|banner| banner.text.contains("matrix apply") && banner.text.len() < 79),
        "{mine:?}"
    );
    assert_eq!(others.first().map(|banner| banner.weight), Some(Weight::Others), "{others:?}");
    assert!(others.iter().all(|banner| !banner.text.contains("matrix apply")), "{others:?}");
}

#[test]
fn an_outage_is_told_and_when_it_is_over_everything_comes_again() {
    let line = line();
    line.look(1, "is:open");
    assert_eq!(line.page().1.len(), 0);
    let (here, away) = (line.folder.path().join("desk.db"), line.folder.path().join("away.db"));
    std::fs::rename(&here, &away).unwrap();
    let why = line.hear(|news| if let News::Unread(why) = news { Some(why) } else { None });
    assert!(!why.is_empty());
    std::fs::rename(&away, &here).unwrap();
    assert_eq!(line.page(), (1, vec![]));
}

#[test]
fn a_ticket_asked_for_together_with_a_page_is_told_too() {
    let first = line();
    first.run(1, None, new("VPN drops"));
    let id = first.ran().1.unwrap();
    let Line { folder, orders, .. } = first;
    drop(orders);
    // Both orders are there before the desk is open, and are taken together.
    let line = start_in(folder);
    line.orders.send(Order::Ticket { generation: Generation(1), id }).unwrap();
    line.look(1, "is:open");
    let told = line.hear(|news| if let News::Ticket { view, .. } = news { view } else { None });
    assert_eq!(told.ticket.id, id);
}

/// A day later: everything on this desk is over its limits.
const LATER: Clock = Clock::Fixed(Stamp(NOW.0 + 20 * 86_400_000));

/// So many tickets that nobody looked after, as another console opened them.
fn backlog(tickets: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    Desk::create(&settings(&folder), &around(&folder), None).unwrap();
    let mut other = Desk::open(&settings(&folder), &around(&folder)).unwrap();
    for n in 0..tickets {
        other.run(None, &new(&format!("ticket {n}")), new_id()).unwrap();
    }
    folder
}

fn due(news: News) -> Option<Option<Stamp>> {
    if let News::Due(next) = news { Some(next) } else { None }
}

fn breaches(folder: &TempDir) -> usize {
    let mut desk = Desk::open(&settings(folder), &around(folder)).unwrap();
    let log = desk.log(crate::domain::ids::EventId(0), 10_000).unwrap();
    log.iter().filter(|event| event.event.kind() == "ticket.breached").count()
}

#[test]
fn nothing_is_swept_unless_it_is_ordered() {
    let line = start_as(backlog(1), LATER, None);
    line.look(1, "is:open");
    assert!(line.hear(due).is_some_and(|next| next < NOW.plus(Span::DAY)), "it is overdue");
    line.orders.send(Order::Refresh).unwrap();
    line.look(2, "is:open sort:id");
    while line.page().0 < 2 {}
    assert_eq!(breaches(&line.folder), 0);
}

#[test]
fn a_backlog_is_worked_off_and_a_command_goes_in_between() {
    let line = start_as(backlog(60), LATER, None);
    line.look(1, "is:open");
    line.hear(due);
    line.orders.send(Order::Sweep).unwrap();
    line.run(1, None, new("while it sweeps"));
    let mut over = false;
    let order = line.hear(|news| match news {
        News::Due(_) => {
            over = true;
            None
        }
        News::Ran { .. } => Some(over),
        _ => None,
    });
    assert!(!order, "the command did not wait for the round");
    let next = line.hear(due);
    assert!(next.is_none_or(|next| next > NOW.plus(Span::DAY)), "{next:?}");
    assert!(breaches(&line.folder) >= 60);
}

#[test]
fn a_draft_with_mistakes_beside_it_does_not_keep_a_desk_from_being_swept() {
    let folder = backlog(1);
    std::fs::write(folder.path().join("escalation.toml"), "nonsense").unwrap();
    let line = start_as(folder, LATER, None);
    line.look(1, "is:open");
    let next = line.hear(due);
    assert!(next.is_some_and(|next| next <= NOW.plus(Span::DAY)), "{next:?}");
    line.orders.send(Order::Sweep).unwrap();
    line.hear(due);
    assert_eq!(breaches(&line.folder), 2);
}

fn heard(news: News) -> Option<(Vec<EventId>, EventId)> {
    match news {
        News::Heard { notices, upto } => Some((notices.iter().map(|it| it.event).collect(), upto)),
        _ => None,
    }
}

#[test]
fn who_comes_for_the_first_time_hears_of_what_comes_and_later_of_what_was_missed() {
    let line = start_as(backlog(2), LATER, None);
    line.look(1, "is:open");
    assert_eq!(line.hear(heard), (vec![], EventId(0)));
    line.orders.send(Order::Sweep).unwrap();
    let (events, upto) = line.hear(heard);
    assert!(events.len() >= 2 && events.is_sorted() && events.last() == Some(&upto), "{events:?} {upto:?}");
    line.orders.send(Order::Notices).unwrap();
    let recent = line.hear(|news| if let News::Recent(all) = news { Some(all) } else { None });
    assert_eq!(recent.iter().rev().map(|it| it.event).collect::<Vec<_>>(), events);
    let Line { folder, orders, .. } = line;
    drop(orders);
    // One was dismissed.
    let left = events[1..].to_vec();
    let line = start_as(folder, LATER, Some(Unseen { upto, waiting: left.clone() }));
    line.look(1, "is:open");
    assert_eq!(line.hear(heard), (left, upto));
    let Line { folder, orders, .. } = line;
    drop(orders);
    // Another desk lies here now than the one that was seen.
    let line = start_as(folder, LATER, Some(Unseen { upto: EventId(9_999), waiting: vec![] }));
    line.look(1, "is:open");
    line.run(1, None, new("x"));
    let first = line.hear(|news| match news {
        News::Heard { .. } => Some(true),
        News::Ran { .. } => Some(false),
        _ => None,
    });
    assert!(!first);
}
