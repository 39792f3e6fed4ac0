//! `config`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Ran;
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::style::Role;
use crate::cli::table::{self, Cell, Side, firm, soft};
use crate::desk::Settings;
use crate::desk::settings::{Access, Bell, Borders, Colour, Mouse, Origin, Sweeping, TerminalNotice};

/// Show every setting that is in force and where it comes from
#[derive(Debug, Args)]
pub struct Config {}

/// Name, value, origin.
type Shown = (&'static str, String, String);

impl Config {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let shown = shown(&session.settings()?);
        if session.out.format == Format::Json {
            let one =
                |(name, value, origin): &Shown| json!({ "name": name, "value": value, "origin": origin });
            let settings: Value = shown.iter().map(one).collect();
            return Ok(session.out.json(&shape::versioned(json!({ "settings": settings })))?);
        }
        let columns = [firm("setting", Side::Left), soft("value", 20), soft("from", 12)];
        let cells = |(name, value, origin): &Shown| {
            vec![Cell(Role::Title, (*name).to_owned()), value.into(), Cell(Role::Faint, origin.clone())]
        };
        let cells: Vec<Vec<Cell>> = shown.iter().map(cells).collect();
        for line in table::lines(&columns, &cells, session.out.width, session.out.paint) {
            session.out.line(line)?;
        }
        Ok(())
    }
}

fn shown(settings: &Settings) -> Vec<Shown> {
    let look = settings.appearance;
    let config = &settings.config_file;
    let there = if config.is_file() { "read" } else { "not there" };
    let (access, asked) = match settings.access {
        Access::Write => ("write", Origin::BuiltIn),
        Access::ReadOnly => ("read-only", Origin::Flag("--read-only")),
    };
    let mut shown = vec![
        ("desk", settings.desk.value.display().to_string(), settings.desk.origin.to_string()),
        ("user", settings.user.value.to_string(), settings.user.origin.to_string()),
        ("host", settings.host.to_string(), Origin::System.to_string()),
        ("access", access.to_owned(), asked.to_string()),
        ("editor", settings.editor.value.clone(), settings.editor.origin.to_string()),
        ("colour", word(look.colour == Colour::None, "none", "terminal"), String::from("look")),
        ("borders", word(look.borders == Borders::Ascii, "ascii", "unicode"), String::from("look")),
        ("mouse", word(look.mouse == Mouse::On, "on", "off"), String::from("look")),
        ("sweep", word(settings.sweep.value == Sweeping::On, "on", "off"), settings.sweep.origin.to_string()),
        ("bell", word(settings.notify.bell == Bell::On, "on", "off"), String::from("notify")),
        ("terminal", notice(settings.notify.terminal).to_owned(), String::from("notify")),
        ("config file", config.display().to_string(), there.to_owned()),
        ("state folder", settings.state_folder.display().to_string(), Origin::System.to_string()),
    ];
    let keys = settings.keys.iter();
    shown.extend(keys.map(|(action, keys)| {
        ("key", format!("{action} = {}", keys.join(", ")), config.display().to_string())
    }));
    shown
}

fn notice(terminal: TerminalNotice) -> &'static str {
    match terminal {
        TerminalNotice::Off => "off",
        TerminalNotice::Osc9 => "osc9",
        TerminalNotice::Osc777 => "osc777",
    }
}

fn word(holds: bool, yes: &str, no: &str) -> String {
    String::from(if holds { yes } else { no })
}
