//! What stands where there is nothing to show: why, and what to press.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::text::wrap;
use crate::tui::action::{Action, ActionId};
use crate::tui::env::{Env, Standing};
use crate::tui::layout::LEAST;
use crate::tui::model::{Held, Model};
use crate::tui::theme::{Glyph, Role, Theme};

/// One plain sentence.
pub fn too_small(buf: &mut Buffer) {
    let area = buf.area;
    let text = format!(
        "tierline needs a window of {}x{} at least; this one has {}x{}. Make it larger, or leave with q.",
        LEAST.0, LEAST.1, area.width, area.height
    );
    for (row, line) in area.rows().zip(wrap(&text, usize::from(area.width))) {
        Line::raw(line).render(row, buf);
    }
}

/// The queue without rows.
pub fn queue(model: &Model, theme: &Theme, env: &Env, area: Rect, buf: &mut Buffer) {
    let (sentence, keys) = queue_says(model, theme, env);
    let columns = usize::from(area.width.saturating_sub(4));
    let role = match (&env.standing, &model.queue.state) {
        (Standing::Shut { .. }, _) | (_, Held::Failed(_)) => Role::Error,
        _ => Role::Text,
    };
    let said = sentence.lines().flat_map(|line| wrap(line, columns)).collect::<Vec<_>>();
    let said = said.into_iter().map(|line| Line::styled(format!("  {line}"), theme.style(role)));
    let facts = model.facts(env);
    let can = |id: &&ActionId| !env.keys.keys(**id).is_empty() && Action::of(**id).available(&facts).is_ok();
    let keys = keys.iter().filter(can).map(|id| key(*id, theme, env));
    let lines = std::iter::once(Line::default()).chain(said).chain([Line::default()]).chain(keys);
    for (row, line) in area.rows().zip(lines) {
        line.render(row, buf);
    }
}

fn queue_says(model: &Model, theme: &Theme, env: &Env) -> (String, &'static [ActionId]) {
    use ActionId as A;
    let dots = theme.glyph(Glyph::Ellipsis);
    let (view, query) = (model.queue.list.view().name, model.queue.list.view().query);
    let filter = &model.queue.list.filter;
    let nothing_at_all = model.queue.counts.is_some_and(|c| c.live == 0 && c.resolved == 0);
    match (&env.standing, &model.queue.state) {
        (Standing::Shut { why }, _) => (format!("The desk can't be used.\n{why}"), &[A::Quit, A::Help]),
        (Standing::Opening, _) => (format!("Opening the desk {dots}"), &[]),
        (_, Held::Nothing) => (format!("Reading the queue {dots}"), &[]),
        (_, Held::Failed(why)) => {
            (format!("The desk can't be read.\n{why}"), &[A::Refresh, A::Help, A::Quit])
        }
        (_, Held::Rows) if !filter.is_empty() => (
            format!("No ticket of the view \"{view}\" matches {filter}\nThe view shows {query}"),
            &[A::ClearFilter, A::Filter, A::Views, A::New],
        ),
        (_, Held::Rows) if nothing_at_all => (
            String::from("Nothing is to be done: this desk has no open ticket. Welcome!"),
            &[A::New, A::Views, A::Matrix, A::Palette, A::Help, A::Quit],
        ),
        (_, Held::Rows) => (
            format!("Nothing in the view \"{view}\": {query}{}", to_confirm(model, env)),
            &[A::Views, A::New, A::Filter, A::Help],
        ),
    }
}

/// What else there is to do, which no view of open tickets shows; and how to get there.
fn to_confirm(model: &Model, env: &Env) -> String {
    let (count, keys) =
        (model.queue.counts.map_or(0, |counts| counts.resolved), env.keys.shown(ActionId::Views));
    let tickets = match count {
        0 => return String::new(),
        1 => String::from("1 ticket is"),
        count => format!("{count} tickets are"),
    };
    format!(
        "\n{tickets} resolved and to be confirmed with the requester: {keys}, then the view \"to confirm\"."
    )
}

fn key(id: ActionId, theme: &Theme, env: &Env) -> Line<'static> {
    Line::from(vec![
        Span::styled(format!("  {:>5}", env.keys.shown(id)), theme.style(Role::Key)),
        Span::styled(format!("  {}", Action::of(id).doc), theme.style(Role::Text)),
    ])
}

/// Ticket and log without a ticket; with a broken matrix, its mistakes.
pub fn no_story(model: &Model, theme: &Theme, env: &Env, area: Rect, buf: &mut Buffer) {
    if !env.diagnosis.is_empty() {
        let lines = env.diagnosis.lines().flat_map(|line| wrap(line, usize::from(area.width)));
        for (row, line) in area.rows().zip(lines) {
            Line::raw(line).render(row, buf);
        }
        return;
    }
    let text = match model.queue.cursor.id {
        Some(id) => format!("Reading {id} {}", theme.glyph(Glyph::Ellipsis)),
        None => String::from("No ticket is selected."),
    };
    Line::styled(text, theme.style(Role::Muted)).render(area, buf);
}
