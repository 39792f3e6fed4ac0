//! The yardstick of `cargo bench`: the barest ratatui and rusqlite program that shows the first forty rows of a desk.
//! It reads the file without the store on purpose, to measure what the store, the log and the console add.
//!
//! `cargo run --release --example floor DESK`; j and k move, q quits.

use std::error::Error;

use ratatui::crossterm::event::{Event, KeyCode, read};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;
use rusqlite::{Connection, OpenFlags};

/// In the order of the covering index, as the console's first view.
const PAGE: &str = "SELECT id,priority,subject,requester,tier,grp,owner,phase,opened FROM ticket
    WHERE live=1 ORDER BY prio_rank,due,opened,id LIMIT 40";

fn rows(desk: &str) -> rusqlite::Result<Vec<String>> {
    let conn = Connection::open_with_flags(desk, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut query = conn.prepare(PAGE)?;
    let rows = query.query_map([], |row| {
        let text = |at: usize| row.get::<_, String>(at);
        Ok(format!(
            "{:>7} {:<3} {:<42.42} {:<14.14} {:<3} {:<13.13} {:<6.6} {:>2} {:>14}",
            row.get::<_, i64>(0)?,
            text(1)?,
            text(2)?,
            text(3)?,
            text(4)?,
            text(5)?,
            text(6)?,
            row.get::<_, i64>(7)?,
            row.get::<_, i64>(8)?,
        ))
    })?;
    rows.collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let desk = std::env::args().nth(1).ok_or("which desk? give its file")?;
    let rows = rows(&desk)?;
    let mut terminal = ratatui::init();
    let mut selected: usize = 0;
    loop {
        terminal.draw(|frame| {
            let shown = rows.iter().take(frame.area().height.into()).enumerate();
            let lines = shown.map(|(at, row)| match at == selected {
                true => Line::styled(row.as_str(), Style::new().add_modifier(Modifier::REVERSED)),
                false => Line::raw(row.as_str()),
            });
            frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), frame.area());
        })?;
        let Event::Key(key) = read()? else { continue };
        match key.code {
            KeyCode::Char('j') => selected = (selected + 1).min(rows.len().saturating_sub(1)),
            KeyCode::Char('k') => selected = selected.saturating_sub(1),
            KeyCode::Char('q') => break,
            _ => {}
        }
    }
    ratatui::restore();
    Ok(())
}
