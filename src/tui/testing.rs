//! What tests of the screen share: a buffer as text with its styles, and an analyst at the example desk. Only in
//! tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::Style;

use crate::desk::TicketView;
use crate::desk::clock::Zone;
use crate::desk::settings::Sweeping;
use crate::domain::event::{Author, Event, Recorded};
use crate::domain::fold::replay;
use crate::domain::ids::{EventId, Seq, TicketId};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::Label;
use crate::matrix::{self, Matrix};
use crate::rules::next::next_groups;
use crate::rules::worktime::Calendars;
use crate::rules::{Command, decide};
use crate::tui::env::{Env, Standing};
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;

/// 2026-11-22 10:01 UTC, a Sunday.
pub const NOW: Stamp = Stamp(1_795_341_660_000);

/// The text of a buffer, and beside each row its styles: a letter per look, a point where there is none, and what
/// the letters mean below.
pub fn picture(buf: &Buffer) -> String {
    let mut looks: Vec<String> = Vec::new();
    let mut out = String::new();
    for y in buf.area.top()..buf.area.bottom() {
        let (mut text, mut styles, mut x) = (String::new(), String::new(), buf.area.left());
        while x < buf.area.right() {
            let cell = &buf[(x, y)];
            let wide = cell.symbol().cell_width().max(1);
            text.push_str(cell.symbol());
            styles.extend(std::iter::repeat_n(letter(cell.style(), &mut looks), wide.into()));
            x += wide;
        }
        out += text.trim_end();
        out += "\n";
        let styles = styles.trim_end_matches('.');
        if !styles.is_empty() {
            out += &format!("~{styles}\n");
        }
    }
    for (n, look) in looks.iter().enumerate() {
        out += &format!("{} = {look}\n", alphabet(n));
    }
    out
}

fn letter(style: Style, looks: &mut Vec<String>) -> char {
    let colour = style.fg.filter(|fg| *fg != ratatui::style::Color::Reset);
    let modifier = style.add_modifier;
    if colour.is_none() && modifier.is_empty() {
        return '.';
    }
    let colour = colour.map_or_else(String::new, |fg| format!("{fg} "));
    let look = format!("{colour}{modifier:?}").replace("NONE", "").trim().to_owned();
    let at = looks.iter().position(|known| *known == look).unwrap_or_else(|| {
        looks.push(look);
        looks.len() - 1
    });
    alphabet(at)
}

fn alphabet(n: usize) -> char {
    char::from(b'a' + u8::try_from(n % 26).unwrap())
}

pub fn example() -> Matrix {
    matrix::read(include_str!("../../escalation.toml"), "escalation.toml").unwrap().matrix
}

/// A matrix's calendars, without the days off of any file.
pub fn calendars_of(matrix: &Matrix) -> Arc<Calendars> {
    Arc::new(Calendars::new(matrix, &BTreeMap::new()).unwrap())
}

/// Somebody of the example desk, who can do what their role may.
pub fn env_of(actor: &str) -> Env {
    env_with(actor, example())
}

pub fn env_with(actor: &str, matrix: Matrix) -> Env {
    let calendars = calendars_of(&matrix);
    Env {
        now: NOW,
        zone: Zone::named("Europe/Berlin").unwrap(),
        me: Author { actor: Label::new(actor).unwrap(), host: Label::new("desk3").unwrap() },
        matrix: Arc::new(matrix),
        revision: 1,
        since: Stamp(i64::MIN),
        calendars,
        keys: Arc::new(Keymap::default()),
        standing: Standing::Open,
        diagnosis: String::new(),
        sweeping: Sweeping::On,
        jitter: Span(0),
    }
}

/// A ticket that went through these commands by these people, each accepted by the rules, a minute apart.
pub fn ticket(id: i64, env: &Env, commands: &[(&str, Command)]) -> TicketView {
    let mut log: Vec<Recorded> = Vec::new();
    let start = NOW.0 - 60_000 * i64::try_from(commands.len() + 1).unwrap();
    for (n, (actor, command)) in commands.iter().enumerate() {
        let before = (n > 0).then(|| replay(TicketId(id), &log));
        let mut by = env_with(actor, env.matrix.as_ref().clone());
        by.now = Stamp(start + 60_000 * i64::try_from(n).unwrap());
        let events = decide(before.as_ref(), command, &by.context()).unwrap();
        for event in events {
            log.push(recorded(id, log.len(), &by, event));
        }
    }
    let ticket = replay(TicketId(id), &log);
    let next = next_groups(&env.context(), &ticket);
    let calendars =
        crate::rules::worktime::Calendars::new(&env.matrix, &std::collections::BTreeMap::new()).unwrap();
    let outlook = crate::rules::outlook::outlook(&crate::rules::agenda::Case {
        ticket: &ticket,
        events: &log,
        matrix: &env.matrix,
        calendars: &calendars,
        since: Stamp(i64::MIN),
    });
    TicketView { ticket, outlook, log, next }
}

fn recorded(ticket: i64, before: usize, by: &Env, event: Event) -> Recorded {
    let n = i64::try_from(before + 1).unwrap();
    Recorded {
        id: EventId(n),
        ticket: TicketId(ticket),
        seq: Seq(n),
        at: by.now,
        author: by.me.clone(),
        event,
        matrix: 1,
        command: None,
    }
}

/// Keys by their names; a word in quotes is typed, `_` in it is a blank.
pub fn script(keys: &str) -> Vec<Key> {
    let word = |word: &str| match word.strip_prefix('"') {
        Some(text) => text.chars().map(|c| Key::char(if c == '_' { ' ' } else { c })).collect(),
        None => vec![word.parse::<Key>().unwrap()],
    };
    keys.split_whitespace().flat_map(word).collect()
}
