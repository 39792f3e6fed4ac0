//! A desk for the tests of the console: tickets decided by the rules and folded by the domain, without a file or a
//! thread, and a person who presses keys on it. The clock stands still.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use ratatui::layout::Size;

use super::effect::Effect;
use super::env::{Env, Standing};
use super::input::Input;
use super::key::Key;
use super::keymap::Keymap;
use super::model::Model;
use super::msg::{DeskFacts, Msg, News, Timer};
use super::testing::calendars_of;
use super::update::update;
use crate::desk::clock::Zone;
use crate::desk::describe::{Family, Told};
use crate::desk::settings::Sweeping;
use crate::desk::{Anchor, Count, Counts, Notice, Page, Stands, TicketView};
use crate::domain::event::{Author, Channel, Outcome, Recorded, Requester, WaitOn};
use crate::domain::fold::replay;
use crate::domain::ids::{EventId, Seq, TicketId};
use crate::domain::query::{Query, holds, order, texts_of};
use crate::domain::row::Row;
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::{Body, Label, Line};
use crate::matrix::{self, Matrix};
use crate::rules::command::{AskedBy, Escalate, Open, Prioritise};
use crate::rules::next::next_groups;
use crate::rules::{Command, Context, decide};

/// 2026-11-22 11:01 in Berlin, a Sunday.
pub const NOW: Stamp = Stamp(1_795_341_660_000);

pub const MATRIX: &str = r##"
[desk]
name = "Northwind Service Desk"
timezone = "Europe/Berlin"
[calendars.office]
mon-fri = "08:00-18:00"
[priority]
levels  = ["P1", "P2", "P3", "P4"]
urgency =         ["high", "medium", "low"]
impact.extensive = ["P1", "P2", "P3"]
impact.limited   = ["P2", "P3", "P4"]
[[tiers]]
name = "L1"
[[tiers]]
name = "L2"
[[groups]]
name = "Service Desk"
tier = "L1"
escalates-to = ["Network"]
[[groups]]
name = "Network"
tier = "L2"
contacts = [{ channel = "chat", to = "#net-oncall", respond-within = "15m" }]
[roles.analyst]
may = ["open", "edit", "prioritise", "take", "release", "note", "escalate", "return", "wait", "resolve", "close", "reopen", "link", "route", "assign"]
[[people]]
name = "mia"
role = "analyst"
groups = ["Service Desk", "Network"]
[[people]]
name = "jo"
role = "analyst"
groups = ["Service Desk", "Network"]
[targets.P1]
calendar = "always"
own = "15m"
update = "1h"
resolve = "4h"
tier = { L1 = "30m", L2 = "20m" }
warn-at = ["75%"]
[targets.P2]
calendar = "always"
response = "5m"
own = "30m"
resolve = "8h"
confirm = "2d"
[targets.P4]
calendar = "office"
resolve = "10wd"
[pauses]
vendor = ["tier", "resolve"]
[handoff.default]
require = ["summary", "tried"]
[fields.summary]
label = "Summary"
kind = "text"
[fields.tried]
label = "What was tried"
kind = "text"
"##;

pub fn matrix() -> Matrix {
    matrix::read(MATRIX, "escalation.toml").unwrap().matrix
}

pub fn env() -> Env {
    Env {
        now: NOW,
        zone: Zone::named("Europe/Berlin").unwrap(),
        me: author("mia"),
        matrix: Arc::new(matrix()),
        revision: 1,
        since: Stamp(i64::MIN),
        calendars: calendars_of(&matrix()),
        keys: Arc::new(Keymap::with(Path::new("config.toml"), &BTreeMap::new()).0),
        standing: Standing::Open,
        diagnosis: String::new(),
        sweeping: Sweeping::On,
        jitter: Span(0),
    }
}

fn author(name: &str) -> Author {
    Author { actor: Label::soften(name), host: Label::soften("desk3") }
}

/// A ticket's life: minutes ago, who, what; the first opens it.
pub fn life(id: i64, steps: Vec<(i64, &str, Command)>) -> TicketView {
    let matrix = matrix();
    let mut log: Vec<Recorded> = Vec::new();
    for (ago, who, command) in steps {
        let (at, author) = (NOW.plus(Span::MINUTE.times(-ago)), author(who));
        let ctx = Context { now: at, author: &author, matrix: &matrix };
        let before = replay(TicketId(id), &log);
        let events = decide((!log.is_empty()).then_some(&before), &command, &ctx).unwrap();
        for event in events {
            let n = i64::try_from(log.len()).unwrap() + 1;
            let (ticket, author) = (TicketId(id), author.clone());
            let (id, seq) = (EventId(id * 100 + n), Seq(n));
            log.push(Recorded { id, ticket, seq, at, author, event, matrix: 1, command: None });
        }
    }
    let ticket = replay(TicketId(id), &log);
    let me = author("mia");
    let next = next_groups(&Context { now: NOW, author: &me, matrix: &matrix }, &ticket);
    let calendars = crate::rules::worktime::Calendars::new(&matrix, &BTreeMap::new()).unwrap();
    let outlook = crate::rules::outlook::outlook(&crate::rules::agenda::Case {
        ticket: &ticket,
        events: &log,
        matrix: &matrix,
        calendars: &calendars,
        since: Stamp(i64::MIN),
    });
    TicketView { ticket, outlook, log, next }
}

pub fn open(subject: &str, requester: &str, impact: &str, urgency: &str) -> Command {
    Command::Open(Box::new(Open {
        subject: Line::soften(subject),
        description: None,
        requester: Requester { name: Line::soften(requester), contact: None },
        category: Some(Label::soften("network/vpn")),
        channel: Channel::Phone,
        grade: Prioritise {
            impact: Some(Label::soften(impact)),
            urgency: Some(Label::soften(urgency)),
            against_grid: None,
        },
        group: None,
        fields: BTreeMap::new(),
    }))
}

pub fn note(text: &str) -> Command {
    Command::Note { text: Body::soften(text) }
}

pub fn escalate() -> Command {
    let fields = BTreeMap::from([(Label::soften("tried"), Body::soften("rebooted, cable swapped"))]);
    let reason = Line::soften("beyond us");
    Command::Escalate(Box::new(Escalate {
        to: None,
        reason,
        asked_by: AskedBy::Desk,
        fields,
        despite_gaps: None,
    }))
}

fn stories() -> Vec<TicketView> {
    let until = Some(NOW.plus(Span::DAY.times(2)));
    let wait = Command::Wait { on: WaitOn::Vendor, until, reason: Some(Line::soften("parts ordered")) };
    let resolve = Command::Resolve {
        root_cause: Line::soften("worn cable"),
        resolution: Body::soften("replaced it"),
        outcome: Outcome::Fixed,
    };
    let take = || Command::Take { reason: None };
    vec![
        life(
            1042,
            vec![
                (42, "jo", open("VPN drops every ten minutes", "Ada Obi", "extensive", "high")),
                (40, "jo", take()),
                (35, "jo", note("Rebooted, cable swapped.\nOther site is fine.")),
                (19, "jo", escalate()),
            ],
        ),
        life(
            1048,
            vec![
                (4, "mia", open("日本語のチケット: 断線する", "Chen Wei 陈伟", "limited", "high")),
                (3, "mia", take()),
            ],
        ),
        life(
            1051,
            vec![
                (
                    2880,
                    "jo",
                    open(
                        "New laptop for the Berlin office, with a subject that goes on and on until it is cut",
                        "Kim Ahn",
                        "limited",
                        "low",
                    ),
                ),
                (2800, "jo", take()),
                (60, "jo", wait),
            ],
        ),
        life(
            1030,
            vec![
                (9000, "jo", open("Printer prints blanks", "Payroll", "limited", "medium")),
                (8000, "jo", take()),
                (300, "jo", resolve),
            ],
        ),
    ]
}

/// How the person's desk answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    AtOnce,
    NotYet,
}

/// A console with its person.
pub struct Play {
    pub model: Model,
    pub env: Env,
    pub views: Vec<TicketView>,
    pub answering: Answering,
    /// Effects since the last look.
    pub effects: Vec<Effect>,
}

impl Play {
    /// The sample's tickets and this many plain ones.
    pub fn with(plain: i64, size: (u16, u16)) -> Play {
        let mut views = stories();
        let plain = (1..=plain).map(|n| {
            let subject = format!("Ticket number {n}");
            life(n, vec![(10_000 - n, "jo", open(&subject, "Somebody", "limited", "low"))])
        });
        views.extend(plain);
        Play::of(views, size)
    }

    pub fn of(views: Vec<TicketView>, (width, height): (u16, u16)) -> Play {
        let model = Model::new(Size { width, height });
        Play { model, env: env(), views, answering: Answering::AtOnce, effects: Vec::new() }
    }

    /// The desk has been opened.
    pub fn opened(mut self) -> Play {
        let (matrix, standing) = (Arc::clone(&self.env.matrix), self.env.standing.clone());
        let calendars = Arc::clone(&self.env.calendars);
        let (banners, diagnosis) = (Vec::new(), String::new());
        let facts = DeskFacts {
            matrix,
            revision: 1,
            since: Stamp(i64::MIN),
            calendars,
            standing,
            banners,
            diagnosis,
        };
        self.hear(News::Desk(Box::new(facts)));
        self
    }

    pub fn press(&mut self, keys: &str) -> &mut Play {
        for name in keys.split_whitespace() {
            self.tell(Msg::Input(Input::Key(name.parse::<Key>().unwrap())));
        }
        self
    }

    pub fn rest(&mut self) -> &mut Play {
        self.tell(Msg::Timer(Timer::Rest));
        self
    }

    pub fn hear(&mut self, news: News) -> &mut Play {
        self.tell(Msg::News(news));
        self
    }

    pub fn tell(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg, &self.env);
        for effect in effects {
            self.effects.push(effect.clone());
            if let Some(news) = self.answer(&effect) {
                self.hear(news);
            }
        }
    }

    /// The effects since the last time this was asked.
    pub fn done(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub fn selected(&self) -> Option<i64> {
        self.model.queue.cursor.id.map(|id| id.0)
    }

    pub fn toast(&self) -> &str {
        self.model.notices.toast.as_ref().map_or("", |toast| toast.text.as_str())
    }

    fn answer(&self, effect: &Effect) -> Option<News> {
        match effect {
            _ if self.answering == Answering::NotYet => None,
            Effect::Page(wish) => Some(News::Page {
                generation: wish.generation,
                page: self.page(&wish.query, wish.anchor, wish.rows),
                counts: Counts {
                    live: 3,
                    breached: Count::Exactly(1),
                    soon: Count::Exactly(1),
                    unowned: 1,
                    mine: 1,
                    waiting: 1,
                    resolved: 1,
                },
            }),
            Effect::Ticket { generation, id } => {
                let view = self.views.iter().find(|view| view.ticket.id == *id);
                Some(News::Ticket { generation: *generation, id: *id, view: view.cloned().map(Box::new) })
            }
            _ => None,
        }
    }

    /// What the desk's list would be, in memory.
    pub fn page(&self, query: &Query, anchor: Anchor, rows: usize) -> Page {
        let scope = self.env.scope();
        let found =
            self.views.iter().map(|view| (Row::of(&view.ticket, view.outlook), texts_of(&view.ticket)));
        let mut all: Vec<Row> =
            found.filter(|(row, t)| holds(query, &scope, row, t)).map(|(row, _)| row).collect();
        all.sort_by(|a, b| order(&query.sort, a, b));
        let around =
            |id| all.iter().position(|row| row.id == id).unwrap_or_default().saturating_sub(rows / 2);
        let offset = match anchor {
            Anchor::Top => 0,
            Anchor::Offset(offset) => offset.min(all.len()),
            Anchor::Around(id) => around(id),
        };
        let total = all.len();
        Page { offset, total, rows: all.into_iter().skip(offset).take(rows).collect() }
    }
}

/// That the person must hear of something, ten minutes ago.
pub fn notice(event: i64, ticket: i64, what: &str) -> Notice {
    Notice {
        event: EventId(event),
        ticket: TicketId(ticket),
        subject: String::from("VPN drops every ten minutes"),
        at: NOW.plus(Span::MINUTE.times(-10)),
        by: None,
        told: Told { family: Family::Watch, what: what.to_owned(), said: None },
        stands: Stands::Still,
    }
}
