//! The model drawn: nothing is changed here, nothing read but model, theme and surroundings. What comes from
//! tickets goes through `text`, which makes it harmless and knows how wide it is.

pub mod age;
mod banner;
mod chrome;
pub mod clocks;
pub mod column;
mod countdown;
mod footer;
mod header;
mod log;
mod queue;
pub mod text;
mod ticket;
mod vacant;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::env::Env;
use super::layout::{Areas, Pane, Shape};
use super::model::Model;
use super::theme::Theme;
pub use ticket::contact;

/// Draws everything; gives the place of the cursor, if one is to be seen.
#[must_use]
pub fn draw(model: &Model, theme: &Theme, env: &Env, buf: &mut Buffer) -> Option<Position> {
    let areas = model.areas();
    if areas.shape == Shape::TooSmall {
        vacant::too_small(buf);
        return None;
    }
    header::draw(model, theme, env, areas.header, buf);
    banner::standing(model, theme, areas.banner, buf);
    banner::notice(model, theme, env, areas.notice, buf);
    queue::draw(model, theme, env, areas.queue, buf);
    story(model, theme, env, &areas, buf);
    footer::draw(model, theme, env, areas.footer, buf);
    banner::toast(model, theme, &areas, buf);
    let over = Rect { height: buf.area.height.saturating_sub(areas.footer.height), ..buf.area };
    model.dialogs.draw(over, theme, env, buf)
}

/// How many lines a pane's content has in so many columns.
#[must_use]
pub fn story_height(model: &Model, pane: Pane, columns: u16, env: &Env) -> usize {
    lines(model, pane, usize::from(columns), &Theme::default(), env).len()
}

fn lines(model: &Model, pane: Pane, columns: usize, theme: &Theme, env: &Env) -> Vec<Line<'static>> {
    let Some(view) = model.story.shown.as_deref() else { return Vec::new() };
    match pane {
        Pane::Queue => Vec::new(),
        Pane::Ticket => ticket::lines(view, columns, theme, env),
        Pane::Log => log::lines(view, model.story.depth, columns, theme, env),
    }
}

fn story(model: &Model, theme: &Theme, env: &Env, areas: &Areas, buf: &mut Buffer) {
    for pane in [Pane::Ticket, Pane::Log] {
        let area = areas.pane(pane);
        if area.height == 0 {
            continue;
        }
        let content = areas.content(pane);
        let lines = lines(model, pane, usize::from(content.width), theme, env);
        let scroll = match pane {
            Pane::Log => model.story.log_scroll,
            Pane::Ticket | Pane::Queue => model.story.ticket_scroll,
        };
        let scroll = scroll.min(lines.len().saturating_sub(usize::from(content.height)));
        chrome::story_title(model, theme, pane, areas, (scroll, lines.len()), buf);
        if lines.is_empty() {
            vacant::no_story(model, theme, env, content, buf);
        }
        for (row, line) in content.rows().zip(lines.into_iter().skip(scroll)) {
            line.render(row, buf);
        }
    }
    chrome::divider(theme, areas, buf);
}
