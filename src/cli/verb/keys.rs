//! `keys`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Ran;
use crate::cli::keys::KeyRow;
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::style::Role;
use crate::cli::table::{self, Cell, Side, firm, soft};
use crate::desk::Settings;

/// Print the console's actions and their keys, as they are by default and as `[keys]` of the config file has them
#[derive(Debug, Args)]
pub struct Keys {}

impl Keys {
    pub fn run(self, session: &mut Session<'_>, rows: &[KeyRow]) -> Ran {
        let settings = session.settings()?;
        if session.out.format == Format::Json {
            let value = |row: &KeyRow| json!({ "group": row.group, "action": row.name, "keys": in_force(&settings, row), "what": row.doc });
            return Ok(session
                .out
                .json(&shape::versioned(json!({ "keys": rows.iter().map(value).collect::<Value>() })))?);
        }
        let columns = [firm("keys", Side::Left), soft("what it does", 20), firm("action", Side::Left)];
        let cells = |row: &KeyRow| {
            vec![
                Cell(Role::Title, in_force(&settings, row).join(", ")),
                row.doc.into(),
                Cell(Role::Faint, row.name.to_owned()),
            ]
        };
        let cells: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
        for line in table::lines(&columns, &cells, session.out.width, session.out.paint) {
            session.out.line(line)?;
        }
        Ok(())
    }
}

/// What the config file says of an action, else its default keys.
fn in_force(settings: &Settings, row: &KeyRow) -> Vec<String> {
    let own = settings.keys.get(row.name).cloned();
    own.unwrap_or_else(|| row.keys.iter().map(|key| (*key).to_owned()).collect())
}
