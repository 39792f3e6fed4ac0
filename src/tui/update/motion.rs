//! Moving: the cursor in the queue, the content in the other panes.

use crate::tui::env::Env;
use crate::tui::layout::Pane;
use crate::tui::model::Model;
use crate::tui::view;

/// A way to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Rows, up when negative.
    By(isize),
    /// Screens full.
    Pages(isize),
    Top,
    Bottom,
}

pub fn go(model: &mut Model, way: Move, env: &Env) {
    match model.focus {
        Pane::Queue => in_queue(model, way),
        Pane::Ticket | Pane::Log => in_story(model, way, env),
    }
}

fn in_queue(model: &mut Model, way: Move) {
    let height = model.areas().queue_rows();
    let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
    match way {
        Move::By(rows) => model.queue.step(rows, height),
        Move::Pages(n) => model.queue.step(n * page, height),
        Move::Top => model.queue.go(0, height),
        Move::Bottom => model.queue.go(usize::MAX, height),
    }
}

fn in_story(model: &mut Model, way: Move, env: &Env) {
    let area = model.areas().content(model.focus);
    let height = usize::from(area.height);
    let lines = view::story_height(model, model.focus, area.width, env);
    let most = lines.saturating_sub(height);
    let scroll = match model.focus {
        Pane::Log => &mut model.story.log_scroll,
        Pane::Ticket | Pane::Queue => &mut model.story.ticket_scroll,
    };
    let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
    let now = (*scroll).min(most);
    *scroll = match way {
        Move::By(rows) => now.saturating_add_signed(rows),
        Move::Pages(n) => now.saturating_add_signed(n * page),
        Move::Top => 0,
        Move::Bottom => most,
    }
    .min(most);
}
