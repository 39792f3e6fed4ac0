//! A list on the screen: what is typed above, the entries under their headings, the reason of a barred one below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{List, Pick, State};
use crate::tui::action::ActionId;
use crate::tui::dialog::frame;
use crate::tui::dialog::says::{Says, draw_all};
use crate::tui::env::Env;
use crate::tui::field::Focused;
use crate::tui::theme::{Glyph, Role, Theme};
use crate::tui::view::text::{pad, width};

/// What stands in a row.
enum Row<'a> {
    Heading(&'static str),
    Pick { pick: &'a Pick, here: Here },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    Yes,
    No,
}

impl List {
    pub fn draw(&self, screen: Rect, theme: &Theme, env: &Env, buf: &mut Buffer) -> Option<Position> {
        let screen = screen.intersection(buf.area);
        if screen.is_empty() {
            return None;
        }
        let rows = self.rows();
        let high = u16::try_from(self.all_rows() + 2).unwrap_or(u16::MAX);
        let outer = frame::place(screen, high.max(6));
        let hints = frame::hints(env, &[ActionId::Accept, ActionId::Cancel]);
        let inner = frame::draw(outer, self.title, &hints, theme, buf);
        if inner.is_empty() {
            return None;
        }
        Says::new(Role::Key, "> ").draw(inner, theme, buf);
        let typed = Rect { x: inner.x + 2.min(inner.width), width: inner.width.saturating_sub(2), ..inner };
        let cursor = self.typed.render(typed, buf, theme, Focused::Yes);
        let mut note = self.note(usize::from(inner.width));
        note.truncate(usize::from(inner.height / 3).max(1));
        let below = u16::try_from(note.len()).unwrap_or(1).min(inner.height.saturating_sub(1));
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1 + below), ..inner };
        self.draw_rows(&rows, body, theme, buf);
        draw_all(&note, Rect { y: inner.bottom() - below, height: below, ..inner }, theme, buf);
        cursor
    }

    /// As many rows as the whole list takes, so that the box does not jump while it is narrowed.
    fn all_rows(&self) -> usize {
        let mut groups: Vec<&str> = self.picks.iter().map(|pick| pick.group).collect();
        groups.dedup();
        self.picks.len() + groups.iter().filter(|group| !group.is_empty()).count()
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let (mut rows, mut group) = (Vec::new(), "");
        let sorted = !self.typed.text().trim().is_empty() && self.search == super::Search::Fuzzy;
        for (n, pick) in self.found.iter().filter_map(|at| self.picks.get(*at)).enumerate() {
            if pick.group != group && !sorted {
                group = pick.group;
                rows.push(Row::Heading(group));
            }
            rows.push(Row::Pick { pick, here: if n == self.at { Here::Yes } else { Here::No } });
        }
        rows
    }

    fn draw_rows(&self, rows: &[Row], body: Rect, theme: &Theme, buf: &mut Buffer) {
        let chosen =
            rows.iter().position(|row| matches!(row, Row::Pick { here: Here::Yes, .. })).unwrap_or(0);
        let height = usize::from(body.height);
        let top = chosen.saturating_sub(height / 2).min(rows.len().saturating_sub(height));
        let keys = self.picks.iter().map(|pick| width(&pick.keys)).max().unwrap_or(0).min(14);
        let label = self.picks.iter().map(|pick| width(&pick.label)).max().unwrap_or(0).min(28);
        for (row, y) in rows.iter().skip(top).zip(body.top()..body.bottom()) {
            let says = match row {
                Row::Heading(text) => Says::new(Role::Heading, *text),
                Row::Pick { pick, here } => entry(pick, *here, (keys, label), theme),
            };
            says.draw(Rect { y, height: 1, ..body }, theme, buf);
        }
        if rows.is_empty() {
            Says::new(Role::Muted, "nothing is called that; delete a letter").draw(body, theme, buf);
        }
    }

    /// What is to be said about the chosen one.
    fn note(&self, columns: usize) -> Vec<Says> {
        let why = match self.chosen().map(|pick| &pick.state) {
            Some(State::Barred(why)) => why,
            Some(State::Ready | State::Current) | None => {
                return vec![Says::new(Role::Muted, format!("{} of {}", self.found.len(), self.picks.len()))];
            }
        };
        let lines = Says::wrapped(Role::Error, why, columns.saturating_sub(2));
        let head = |n| match n {
            0 => Says::default().sign(Role::Error, Glyph::Cross),
            _ => Says::new(Role::Error, " "),
        };
        lines.into_iter().enumerate().map(|(n, line)| head(n).and(Role::Error, " ").then(line)).collect()
    }
}

fn entry(pick: &Pick, here: Here, (keys, label): (usize, usize), theme: &Theme) -> Says {
    let says = match here {
        Here::Yes => Says::default().sign(Role::Mark, Glyph::Mark),
        Here::No => Says::new(Role::Text, " "),
    };
    let (name, rest) = match (&pick.state, here) {
        (State::Barred(_), Here::No) => (Role::Disabled, Role::Disabled),
        (State::Barred(_), Here::Yes) => (Role::Muted, Role::Disabled),
        (_, Here::Yes) => (Role::Chosen, Role::Text),
        (_, Here::No) => (Role::Text, Role::Muted),
    };
    let says = match &pick.state {
        State::Barred(_) => says.sign(Role::Disabled, Glyph::Cross),
        State::Current => says.sign(Role::Success, Glyph::Check),
        State::Ready => says.and(Role::Text, " "),
    };
    let says = says.and(Role::Text, " ").and(Role::Key, pad(&pick.keys, keys, theme));
    let says = if keys > 0 { says.and(Role::Text, "  ") } else { says };
    says.and(name, pad(&pick.label, label, theme)).and(rest, format!("  {}", pick.detail))
}
