//! `explain`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Ran;
use crate::cli::given::Tickets;
use crate::cli::output::Format;
use crate::cli::session::Session;
use crate::cli::shape;
use crate::cli::style::Role;
use crate::desk::DeskError;
use crate::desk::explain::{Hand, Tone, page};
use crate::rules::explain::Signs;

/// Explain the clocks of tickets: what was counted, what was not and why, what was promised and when it falls due
#[derive(Debug, Args)]
pub struct Explain {
    #[command(flatten)]
    tickets: Tickets,
    /// Draw with plain ASCII signs
    #[arg(long)]
    ascii: bool,
}

impl Explain {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let ids = self.tickets.ids()?;
        let mut desk = session.desk_to_read()?;
        let calendars = desk.calendars()?;
        let mut told = Vec::new();
        for id in ids {
            let view = desk.ticket(id)?.ok_or(DeskError::NoTicket(id))?;
            told.push((id, desk.explain(&view.log, &calendars)));
        }
        let revision = desk.in_force().revision;
        if session.out.format == Format::Json {
            let tickets: Value =
                told.iter().map(|(id, told)| shape::explained(*id, told, revision)).collect();
            return Ok(session.out.json(&shape::versioned(json!({ "tickets": tickets })))?);
        }
        let (zone, paint) = (session.zone().clone(), session.out.paint);
        let signs = if self.ascii { Signs::Ascii } else { Signs::Blocks };
        for (place, (id, told)) in told.iter().enumerate() {
            if place > 0 {
                session.out.line("")?;
            }
            session.out.line(paint.role(Role::Title, &format!("clocks of {id}")))?;
            for (tone, line) in page(told, Hand { zone: &zone, signs, revision }) {
                session.out.line(paint.role(role(tone), &line))?;
            }
        }
        Ok(())
    }
}

fn role(tone: Tone) -> Role {
    match tone {
        Tone::Title => Role::Title,
        Tone::Plain => Role::Plain,
        Tone::Faint => Role::Faint,
        Tone::Alarm => Role::Alarm,
    }
}
