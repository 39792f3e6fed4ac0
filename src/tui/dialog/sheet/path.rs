//! Where the selected ticket goes from here: what the matrix will do by itself and when, what a person can do, and how
//! each step of the matrix stands. Drawn as a tree; foreseen once, told for the moment at which it is looked at.

use super::super::says::Says;
use super::steps;
use crate::desk::TicketView;
use crate::desk::describe::deeds;
use crate::domain::event::{ActKind, Deed, Event, StepFired};
use crate::domain::stamp::{Span, Stamp};
use crate::rules::agenda::Case;
use crate::rules::forecast::{Foreseen, There, forecast};
use crate::tui::action::ActionId;
use crate::tui::env::Env;
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
const SHOWN: usize = 10;

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
        let worth = |seen: &&Foreseen| match &seen.event {
            Event::Warned(_) => false,
            Event::StepFired(it) => it.turn == 1 || seen.to.is_some(),
            _ => true,
        };
        let coming: Vec<&Foreseen> = self.foreseen.iter().filter(worth).collect();
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

    fn branch(&self, seen: &Foreseen, theme: &Theme, env: &Env) -> Branch {
        let when = due(&seen.event)
            .filter(|due| *due < env.now)
            .map_or_else(|| when(seen.at, env), |due| ago(due, env));
        let (role, text) = match &seen.event {
            Event::Breached(it) if it.due <= env.now => {
                (Role::Breached, format!("!! {} breached", it.clock.name()))
            }
            Event::Breached(it) => (Role::Text, format!("{} breached", it.clock.name())),
            Event::Resumed(_) => (Role::Waiting, String::from("waiting is over")),
            Event::StepFired(it) => {
                let role = if seen.to.is_some() { Role::Title } else { Role::Text };
                (role, step(it, seen.to.as_ref(), self.repeats(it), theme))
            }
            other => (Role::Text, other.kind().to_owned()),
        };
        Branch { when, role, text }
    }

    /// How often a step comes again in the same round.
    fn repeats(&self, it: &StepFired) -> usize {
        let again = |seen: &&Foreseen| match &seen.event {
            Event::StepFired(other) => {
                (&other.step, other.round) == (&it.step, it.round) && other.turn > it.turn
            }
            _ => false,
        };
        self.foreseen.iter().filter(again).count()
    }

    /// Where a person can send it.
    fn by_hand(&self, theme: &Theme, env: &Env) -> Vec<Branch> {
        let key = env.keys.shown(ActionId::Escalate);
        if !self.view.ticket.phase().is_live() || key.is_empty() {
            return Vec::new();
        }
        let way = |next: &crate::rules::next::NextGroup| {
            let there = There { queue: next.queue.clone(), contacts: next.contacts.clone() };
            Branch { when: format!("key {key}"), role: Role::Text, text: reached(&there, theme) }
        };
        self.view.next.iter().map(way).collect()
    }
}

/// Since when it is overdue, where it is.
fn due(event: &Event) -> Option<Stamp> {
    match event {
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
