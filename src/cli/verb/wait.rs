//! `wait`

use clap::Args;

use crate::cli::act;
use crate::cli::error::{Failure, Ran};
use crate::cli::given::{Tickets, line, word};
use crate::cli::session::Session;
use crate::desk::Desk;
use crate::desk::working_days::working_days;
use crate::domain::event::WaitOn;
use crate::domain::stamp::Stamp;
use crate::domain::text::{Line, neutral};
use crate::rules::Command;

/// Wait for the requester, a vendor or a change
#[derive(Debug, Args)]
pub struct Wait {
    #[command(flatten)]
    tickets: Tickets,
    /// On whom or what
    #[arg(long, value_name = "WHAT", required = true, value_parser = word(&WaitOn::ALL, WaitOn::name))]
    on: WaitOn,
    /// When to look again: 2d, 2wd (working days of the ticket's target), 17:00, 2026-12-01, "2026-12-01 09:00"
    #[arg(long, value_name = "WHEN")]
    until: Option<String>,
    /// Why
    #[arg(long, value_name = "WHY", allow_hyphen_values = true, value_parser = line)]
    reason: Option<Line>,
}

impl Wait {
    pub fn run(self, session: &mut Session<'_>) -> Ran {
        let Wait { tickets, on, until, reason } = self;
        let wait = |until| Command::Wait { on, until, reason: reason.clone() };
        let until = until.as_deref();
        if let Some(days) = until.and_then(working_days) {
            let its_own = |desk: &mut Desk, id| Ok(wait(Some(desk.working_days_on(id, days)?)));
            return act::on_each_its_own(session, &tickets, its_own);
        }
        let until = until.map(|text| moment(session, text)).transpose()?;
        act::on_each(session, &tickets, &wait(until))
    }
}

fn moment(session: &Session<'_>, text: &str) -> Ran<Stamp> {
    session.zone().read(text, session.now()).ok_or_else(|| {
        let shown: String = neutral(text).chars().take(40).collect();
        Failure::usage(
            format!("--until: {shown:?} is no moment"),
            "write it like 2d, 2wd (working days), 17:00, 2026-12-01 or \"2026-12-01 09:00\"",
        )
    })
}
