//! The mouse, where it is switched on: a press focuses a pane and selects a ticket, the wheel scrolls what is
//! under it. Everything it does has a key.

use crate::tui::effect::Effect;
use crate::tui::input::{Button, Mouse, MouseAct};
use crate::tui::layout::{Pane, rows_of};
use crate::tui::model::Model;

/// Rows for one notch of the wheel.
const NOTCH: isize = 3;

pub fn used(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let areas = model.areas();
    let Some(pane) = areas.pane_at(mouse.x, mouse.y).filter(|_| model.dialogs.is_empty()) else {
        return Vec::new();
    };
    match mouse.act {
        MouseAct::Press(Button::Left) => press(model, pane, mouse),
        MouseAct::WheelUp => wheel(model, pane, -NOTCH),
        MouseAct::WheelDown => wheel(model, pane, NOTCH),
        MouseAct::Press(_) | MouseAct::Drag(_) | MouseAct::Release(_) => {}
    }
    Vec::new()
}

fn press(model: &mut Model, pane: Pane, mouse: Mouse) {
    model.focus = pane;
    let rows = rows_of(model.areas().queue);
    if pane == Pane::Queue && rows.contains((mouse.x, mouse.y).into()) {
        let place = model.queue.top + usize::from(mouse.y - rows.y);
        if place < model.queue.page.total {
            model.queue.go(place, usize::from(rows.height));
        }
    }
}

fn wheel(model: &mut Model, pane: Pane, by: isize) {
    let height = model.areas().queue_rows();
    match pane {
        Pane::Queue => model.queue.step(by, height),
        Pane::Ticket => model.story.ticket_scroll = model.story.ticket_scroll.saturating_add_signed(by),
        Pane::Log => model.story.log_scroll = model.story.log_scroll.saturating_add_signed(by),
    }
}
