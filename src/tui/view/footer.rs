//! The last row: the keys of the focused pane from the action table, those that can be done now first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::rules::Reason;
use crate::tui::action::{Action, ActionId};
use crate::tui::env::Env;
use crate::tui::model::Model;
use crate::tui::theme::{Role, Theme};

pub fn draw(model: &Model, theme: &Theme, env: &Env, area: Rect, buf: &mut Buffer) {
    if !model.dialogs.is_empty() {
        return;
    }
    let help = hint(Action::of(ActionId::Help), env, theme, Role::Text);
    let taken = u16::try_from(help.width() + 1).unwrap_or(u16::MAX).min(area.width);
    let room = Rect { width: area.width - taken, ..area };
    let line =
        if model.pressed.is_empty() { keys(model, env, theme, room.width) } else { rest(model, env, theme) };
    line.render(room, buf);
    help.render(Rect { x: room.right(), width: taken, ..area }, buf);
}

fn keys(model: &Model, env: &Env, theme: &Theme, room: u16) -> Line<'static> {
    let facts = model.facts(env);
    let context = model.focus.context();
    let here = |action: &&Action| action.rank > 0 && action.contexts.contains(&context);
    let mut rows: Vec<(bool, &Action)> = Action::all()
        .filter(here)
        .filter(|action| action.id != ActionId::Help && !env.keys.keys(action.id).is_empty())
        .filter_map(|action| match action.available(&facts) {
            Ok(()) => Some((false, action)),
            // What somebody may never do is not theirs to be offered; help says why.
            Err(refusal) if refusal.reason == Reason::Authority => None,
            Err(_) => Some((true, action)),
        })
        .collect();
    rows.sort_by_key(|(idle, action)| (*idle, action.rank));
    let mut line = Line::default();
    for (idle, action) in rows {
        let hint = hint(action, env, theme, if idle { Role::Disabled } else { Role::Text });
        if line.width() + hint.width() > usize::from(room) {
            break;
        }
        line.spans.extend(hint.spans);
    }
    line
}

/// What can follow the keys pressed so far.
fn rest(model: &Model, env: &Env, theme: &Theme) -> Line<'static> {
    let context = model.focus.context();
    let mut line = Line::default();
    for action in Action::all().filter(|action| action.contexts.contains(&context)) {
        for keys in env.keys.keys(action.id).iter().filter(|keys| keys.begins_with(&model.pressed)) {
            line.spans.push(Span::styled(format!(" {keys}"), theme.style(Role::Key)));
            line.spans.push(Span::styled(format!(" {} ", action.label), theme.style(Role::Text)));
        }
    }
    line
}

fn hint(action: &Action, env: &Env, theme: &Theme, role: Role) -> Line<'static> {
    let key = if role == Role::Disabled { Role::Disabled } else { Role::Key };
    Line::from(vec![
        Span::styled(format!(" {}", env.keys.shown(action.id)), theme.style(key)),
        Span::styled(format!(" {} ", action.label), theme.style(role)),
    ])
}
