//! What dialogs and keys ask for: commands to the desk, another list, another ticket.

use super::act;
use crate::domain::event::{Event, Reached};
use crate::domain::ids::TicketId;
use crate::domain::text::Label;
use crate::domain::ticket::Ticket;
use crate::rules::command::Confirm;
use crate::rules::{Command, decide};
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::intent::{Ask, Intent, Outcome};
use crate::tui::layout::Pane;
use crate::tui::model::queue::List;
use crate::tui::model::writes::From;
use crate::tui::model::{Model, Tone};

/// Does what the top dialog wants.
pub fn outcome(model: &mut Model, outcome: Outcome, env: &Env) -> Vec<Effect> {
    match outcome {
        Outcome::Stay => Vec::new(),
        Outcome::Close => {
            model.dialogs.close();
            Vec::new()
        }
        Outcome::Submit(Intent::Run(ask)) => run(model, ask, From::Dialog, env),
        Outcome::Submit(Intent::Compose(text)) => vec![Effect::Compose(text)],
        Outcome::Submit(intent) => {
            model.dialogs.close();
            follow(model, intent, env)
        }
    }
}

fn follow(model: &mut Model, intent: Intent, env: &Env) -> Vec<Effect> {
    let list = model.queue.list.clone();
    match intent {
        Intent::Filter(filter) => turn(model, List { filter, ..list }),
        Intent::Sort(sort) => turn(model, List { sort, ..list }),
        Intent::View(view) => turn(model, List { view, ..List::default() }),
        Intent::Act(id) => act::act(model, id, env),
        Intent::Select(id) => select(model, id),
        Intent::Copy(text) => {
            model.say(Tone::Done, "copied");
            vec![Effect::Copy(text)]
        }
        // Both keep their dialog open and are met above.
        Intent::Run(_) | Intent::Compose(_) => Vec::new(),
    }
}

fn turn(model: &mut Model, list: List) -> Vec<Effect> {
    model.focus = Pane::Queue;
    if list != model.queue.list {
        model.queue.turn(list);
    }
    Vec::new()
}

/// Goes to a ticket: in this list if it is held, else in the list of everything.
pub fn select(model: &mut Model, id: TicketId) -> Vec<Effect> {
    let height = model.areas().queue_rows();
    let page = &model.queue.page;
    match page.rows.iter().position(|row| row.id == id).map(|n| page.offset + n) {
        Some(place) => model.queue.go(place, height),
        None => model.queue.turn_to(id),
    }
    Vec::new()
}

/// Sends a command to the desk.
pub fn run(model: &mut Model, ask: Ask, from: From, env: &Env) -> Vec<Effect> {
    let view = ask.ticket.and_then(|id| model.story.of(id));
    let went = view.and_then(|view| goes(&view.ticket, &ask.command, env)).unwrap_or_default();
    let job = model.writes.send(&ask, format!("{}{went}", done(&ask.command)), from);
    model.drive.asked.get_or_insert(env.now);
    vec![Effect::Run { job, ask }]
}

/// Where an edit sends it besides, for it is gone from the list then.
fn goes(ticket: &Ticket, command: &Command, env: &Env) -> Option<String> {
    let Command::Edit(_) = command else { return None };
    let events = decide(Some(ticket), command, &env.context()).ok()?;
    events.iter().find_map(|event| match event {
        Event::Escalated(it) => Some(format!(", which escalated it to {} {}", it.to.tier, it.to.group)),
        Event::Routed(it) => Some(format!(", which routed it to {} {}", it.to.tier, it.to.group)),
        _ => None,
    })
}

/// What became of the ticket.
fn done(command: &Command) -> String {
    let plain = match command {
        Command::Escalate(wish) => return moved("escalated", wish.to.as_ref()),
        Command::Route { to, .. } => return moved("routed", Some(to)),
        Command::Assign { to, .. } => return format!("given to {to}"),
        Command::CallIn { who, .. } => return format!("{who} called in"),
        Command::Wait { on, .. } => return format!("waits on {}", on.name()),
        Command::Open(_) => "opened",
        Command::Edit(_) => "edited",
        Command::Prioritise(_) => "has its priority",
        Command::Take { .. } => "taken: it is yours",
        Command::Release { .. } => "released",
        Command::Note { .. } | Command::Contact { .. } => "noted",
        Command::Rate(_) => "has your word on its hand-off",
        Command::Return { .. } => "returned",
        Command::Resume { .. } => "resumed",
        Command::Resolve { .. } => "resolved, to be confirmed with the requester",
        Command::Confirm(Confirm { reached: Reached::Yes, .. }) => "confirmed and closed",
        Command::Confirm(Confirm { reached: Reached::No, .. }) => "not confirmed: the attempt is noted",
        Command::Close { .. } => "closed",
        Command::Reopen { .. } => "reopened",
        Command::Link { .. } => "linked",
        Command::Unlink { .. } => "unlinked",
    };
    plain.to_owned()
}

fn moved(how: &str, to: Option<&Label>) -> String {
    to.map_or_else(|| how.to_owned(), |group| format!("{how} to {group}"))
}
