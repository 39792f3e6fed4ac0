//! What the receivers say of the hand-off that brought them a ticket.

use super::reason;
use crate::desk::TicketView;
use crate::domain::event::{Need, Quality};
use crate::rules::{Command, command};
use crate::tui::dialog::form::Form;
use crate::tui::dialog::form::answers::{Answers, Fault};
use crate::tui::dialog::form::choice::Choices;
use crate::tui::dialog::form::field::Field;
use crate::tui::dialog::says::Says;
use crate::tui::env::Env;
use crate::tui::theme::Role;

pub fn fields(_: &Env, ticket: Option<&TicketView>) -> Vec<Field> {
    let received = ticket.and_then(|view| view.ticket.place.handoff.as_ref());
    let verdict = received.and_then(|received| received.verdict.as_ref());
    let quality = Choices::of(Quality::CHOICES.map(Quality::name)).or_none("not said");
    let need = Choices::of(Need::CHOICES.map(Need::name)).or_none("not said");
    let said = verdict.and_then(|it| it.reason.as_ref()).map_or("", |reason| reason.as_str());
    vec![
        Field::choice("quality", "Hand-off", quality)
            .help("whether it told what you needed")
            .holding(verdict.and_then(|it| it.quality).map_or("", Quality::name)),
        Field::choice("need", "Escalation", need)
            .help("avoidable: the tier below could have solved it")
            .holding(verdict.and_then(|it| it.need).map_or("", Need::name)),
        reason("what was missing, or what would have spared it").holding(said),
    ]
}

/// Whose hand-off it is.
pub fn adapt(form: &mut Form, _: &Env) {
    let Some(received) = form.ticket.as_deref().and_then(|view| view.ticket.place.handoff.as_ref()) else {
        return;
    };
    let by = received.by.as_ref().map_or("a step of the matrix", |by| by.as_str());
    let from = format!("escalated from {} {} by {by}", received.from.tier, received.from.group);
    form.lead = vec![Says::new(Role::Muted, from)];
}

pub fn command(answers: &Answers) -> Result<Command, Fault> {
    let (quality, need) = (answers.text("quality"), answers.text("need"));
    Ok(Command::Rate(command::Rate {
        quality: Quality::CHOICES.into_iter().find(|one| one.name() == quality),
        need: Need::CHOICES.into_iter().find(|one| one.name() == need),
        reason: answers.line("reason")?,
    }))
}
