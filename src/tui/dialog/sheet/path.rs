//! Where the selected ticket goes from here: what the matrix will do by itself and when, what a person can do, and how
//! each step of the matrix stands. Drawn as a tree; foreseen once, told for the moment at which it is looked at.

use super::super::says::Says;
use super::steps;
use crate::desk::TicketView;
use crate::desk::describe::deeds;
use crate::domain::event::{ActKind, Deed, Event, StepFired, Warned};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::ticket::Phase;
use crate::rules::agenda::Case;
use crate::rules::forecast::{Foreseen, There, forecast};
use crate::rules::next::NextGroup;
use crate::tui::action::{Action, ActionId};
use crate::tui::env::{Env, Facts};
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::view::age;
use crate::tui::view::contact;
use crate::tui::view::text::{width, wrap};

/// A ticket and what is to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    pub view: TicketView,
    pub foreseen: Vec<Foreseen>,
}

/// One way on.
struct Branch {
    when: String,
    role: Role,
    text: String,
}

/// Branches that are drawn; later ones are only counted.
const SHOWN: usize = 12;

impl Path {
    #[must_use]
    pub fn of(view: &TicketView, env: &Env) -> Path {
        let Env { matrix, calendars, now, .. } = env;
        let (ticket, events, since) = (&view.ticket, &view.log, env.since);
        let case = Case { ticket, events, matrix, calendars, since };
        Path { view: view.clone(), foreseen: forecast(&case, *now) }
    }

    #[must_use]
    pub fn lines(&self, columns: usize, theme: &Theme, env: &Env) -> Vec<Says> {
        let mut lines = vec![self.here(env)];
        let branches = self.branches(theme, env);
        let wide = branches.iter().map(|branch| width(&branch.when)).max().unwrap_or(0);
        for (n, branch) in branches.iter().enumerate() {
            lines.extend(drawn(branch, n + 1 == branches.len(), (wide, columns), theme));
        }
        lines.push(Says::default());
        lines.extend(steps::lines(self, columns, theme, env));
        lines
    }

    /// `#1042 now  L2 Network for 19m, nobody's`.
    fn here(&self, env: &Env) -> Says {
        let ticket = &self.view.ticket;
        let (queue, since) = (&ticket.place.queue, age::lasted(env.now.since(ticket.place.since)));
        let owner = ticket.owner_name().map_or_else(|| String::from("nobody's"), |name| format!("{name}'s"));
        let place = format!("{} {}", queue.tier, queue.group);
        Says::new(Role::Title, format!("{} now  ", ticket.id))
            .and(Role::Chosen, place)
            .and(Role::Text, format!(" for {since}, {owner}, {}", ticket.phase().name()))
    }

    fn branches(&self, theme: &Theme, env: &Env) -> Vec<Branch> {
        let coming: Vec<&Foreseen> = self.foreseen.iter().filter(|seen| self.is_first(seen)).collect();
        let mut branches: Vec<Branch> =
            coming.iter().take(SHOWN).map(|seen| self.branch(seen, theme, env)).collect();
        let left = coming.len().saturating_sub(SHOWN);
        if left > 0 {
            let text = format!("{left} more if nobody does anything");
            branches.push(Branch { when: String::from("later"), role: Role::Muted, text });
        }
        if branches.is_empty() {
            let text = String::from("nothing comes by itself");
            branches.push(Branch { when: String::new(), role: Role::Muted, text });
        }
        branches.extend(self.by_hand(theme, env));
        branches
    }

    /// Whether it has a branch of its own: of a clock's warnings, and of a step's turns, only the next in each round,
    /// which tells of the others; and whatever moves the ticket.
    fn is_first(&self, seen: &Foreseen) -> bool {
        let mut before = self.foreseen.iter().take_while(|other| !std::ptr::eq(*other, seen));
        match &seen.event {
            Event::Warned(it) => {
                !before.any(|other| matches!(&other.event, Event::Warned(other) if same_clock(other, it)))
            }
            Event::StepFired(it) => {
                let turn = |other: &Foreseen| matches!(&other.event, Event::StepFired(other) if same_round(other, it));
                seen.to.is_some() || !before.any(turn)
            }
            _ => true,
        }
    }

    fn branch(&self, seen: &Foreseen, theme: &Theme, env: &Env) -> Branch {
        let when = due(&seen.event)
            .filter(|due| *due < env.now)
            .map_or_else(|| when(seen.at, env), |due| ago(due, env));
        let (role, text) = match &seen.event {
            Event::Breached(it) if it.due <= env.now => {
                (Role::Breached, format!("!! {} breached", it.clock.name()))
            }
            Event::Breached(it) => (Role::Text, format!("{} breached", it.clock.name())),
            Event::Warned(it) => {
                (Role::Muted, format!("{} warned, at {}", it.clock.name(), self.shares(it).join(" and ")))
            }
            Event::Resumed(_) => (Role::Waiting, String::from("waiting is over")),
            Event::StepFired(it) => {
                let role = if seen.to.is_some() { Role::Title } else { Role::Text };
                (role, step(it, seen.to.as_ref(), self.repeats(it), theme))
            }
            other => (Role::Text, other.kind().to_owned()),
        };
        Branch { when, role, text }
    }

    /// Of a clock's limit, at which it is warned in the same round.
    fn shares(&self, it: &Warned) -> Vec<String> {
        let warned = self.foreseen.iter().filter_map(|seen| match &seen.event {
            Event::Warned(other) if same_clock(other, it) => Some(format!("{}%", other.share)),
            _ => None,
        });
        warned.collect()
    }

    /// How often a step comes again in the same round.
    fn repeats(&self, it: &StepFired) -> usize {
        let again = |seen: &&Foreseen| match &seen.event {
            Event::StepFired(other) => same_round(other, it) && other.turn > it.turn,
            _ => false,
        };
        self.foreseen.iter().filter(again).count()
    }

    /// What a person can do: where an open ticket can be sent, how another one ends or comes back.
    fn by_hand(&self, theme: &Theme, env: &Env) -> Vec<Branch> {
        let ticket = &self.view.ticket;
        let facts = Facts { env, ticket: Some(ticket) };
        let ways: &[ActionId] = match ticket.phase() {
            Phase::Open | Phase::Waiting => &[ActionId::Escalate],
            Phase::Resolved => &[ActionId::Confirm, ActionId::Close, ActionId::Reopen],
            Phase::Closed => &[ActionId::Reopen],
        };
        let can =
            |id: &&ActionId| !env.keys.keys(**id).is_empty() && Action::of(**id).available(&facts).is_ok();
        ways.iter().filter(can).flat_map(|id| self.by_key(*id, theme, env)).collect()
    }

    fn by_key(&self, id: ActionId, theme: &Theme, env: &Env) -> Vec<Branch> {
        let way =
            |text: String| Branch { when: format!("key {}", env.keys.shown(id)), role: Role::Text, text };
        let there = |next: &NextGroup| There { queue: next.queue.clone(), contacts: next.contacts.clone() };
        match id {
            ActionId::Escalate => {
                self.view.next.iter().map(|next| way(reached(&there(next), theme))).collect()
            }
            _ => vec![way(Action::of(id).doc.to_owned())],
        }
    }
}

fn same_clock(one: &Warned, other: &Warned) -> bool {
    (one.clock, one.round) == (other.clock, other.round)
}

fn same_round(one: &StepFired, other: &StepFired) -> bool {
    (&one.step, one.round) == (&other.step, other.round)
}

/// Since when it is overdue, where it is.
fn due(event: &Event) -> Option<Stamp> {
    match event {
        Event::Warned(it) => Some(it.due),
        Event::Breached(it) => Some(it.due),
        Event::StepFired(it) => Some(it.due),
        Event::Resumed(it) => it.due,
        _ => None,
    }
}

/// `12m ago`; `now` within a minute.
fn ago(due: Stamp, env: &Env) -> String {
    let past = env.now.since(due);
    if past < Span::MINUTE { String::from("now") } else { format!("{past} ago") }
}

/// `now`, `in 12m`, `Tue 09:41`.
pub(super) fn when(at: Stamp, env: &Env) -> String {
    match at.since(env.now) {
        Span(..=0) => String::from("now"),
        left if left < Span::MINUTE => String::from("in 1m"),
        left if left < Span::DAY => format!("in {left}"),
        _ => env.zone.short(at, env.now),
    }
}

fn step(it: &StepFired, to: Option<&There>, repeats: usize, theme: &Theme) -> String {
    let moved = |deed: &&Deed| to.is_some() && deed.act == ActKind::Escalate && deed.skipped.is_none();
    let (_, others): (Vec<&Deed>, Vec<&Deed>) = it.did.iter().partition(moved);
    let others = StepFired { did: others.into_iter().cloned().collect(), ..it.clone() };
    let to = to.map(|there| format!("{} {}", theme.glyph(Glyph::Arrow), reached(there, theme)));
    let rest = Some(deeds(&others)).filter(|text| !text.is_empty());
    let again = if repeats > 0 {
        format!(", and {repeats}{} again", theme.glyph(Glyph::Times))
    } else {
        String::new()
    };
    let parts: Vec<String> = to.into_iter().chain(rest).collect();
    format!("{}{again}  (step \"{}\")", parts.join("; "), it.step)
}

/// `L2 Network · chat #net-oncall, answers within 15m`.
fn reached(there: &There, theme: &Theme) -> String {
    let dot = format!(" {} ", theme.glyph(Glyph::Dot));
    let place = format!("{} {}", there.queue.tier, there.queue.group);
    std::iter::once(place).chain(there.contacts.iter().map(contact)).collect::<Vec<_>>().join(&dot)
}

fn drawn(branch: &Branch, last: bool, (wide, columns): (usize, usize), theme: &Theme) -> Vec<Says> {
    let twig = theme.glyph(if last { Glyph::Corner } else { Glyph::Branch });
    let stem = if last { " " } else { theme.glyph(Glyph::Stem) };
    let rule = theme.border().horizontal_top;
    let indent = 3 + wide + 2;
    let text = wrap(&branch.text, columns.saturating_sub(indent));
    let line = |(n, text): (usize, String)| {
        let (frame, when) =
            if n == 0 { (format!("{twig}{rule} "), branch.when.as_str()) } else { (format!("{stem}  "), "") };
        Says::new(Role::Border, frame).and(Role::Heading, format!("{when:wide$}  ")).and(branch.role, text)
    };
    text.into_iter().enumerate().map(line).collect()
}
