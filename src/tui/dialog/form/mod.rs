//! A form: ordered fields, one of them focused, and what becomes of what is written there. It closes only when the
//! desk has it or the person leaves it; until then every text stays, whatever goes wrong. No I/O, no clock.

pub mod answers;
pub mod choice;
pub mod draft;
mod draw;
pub mod field;
pub mod grade;
pub mod keys;
pub mod purpose;

use std::collections::BTreeMap;

use self::answers::{Answers, Fault, mistake};
use self::draft::Draft;
use self::field::{Aside, Entry, Field, Need, Visit};
use self::purpose::Purpose;
use super::says::Says;
use crate::desk::TicketView;
use crate::desk::describe::tell;
use crate::domain::ids::TicketId;
use crate::rules::{Reason, Refusal};
use crate::tui::env::Env;
use crate::tui::intent::{Answer, Ask, Intent, Outcome};

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub purpose: Purpose,
    /// The ticket it is about, as it was when the form was opened.
    pub ticket: Option<Box<TicketView>>,
    pub lead: Vec<Says>,
    pub fields: Vec<Field>,
    /// A place in `fields`, or behind them: the button.
    pub focus: usize,
    pub stage: Stage,
    pub banner: Option<Banner>,
    /// Texts of fields that the form does not have now, so that choosing another group loses nothing.
    stash: BTreeMap<String, String>,
}

/// What is going on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    #[default]
    Editing,
    /// Asks whether to leave what was written.
    Leaving,
    /// The desk was asked and has not answered.
    Saving,
}

/// What is said about the form as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Banner {
    Hint(String),
    Trouble { why: String, help: String },
}

/// How a form was left.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Stay,
    /// It goes, and its text with it.
    Drop,
    /// It goes, its text is kept.
    Keep(Draft),
    Submit(Intent),
}

impl From<Step> for Outcome {
    fn from(step: Step) -> Outcome {
        match step {
            Step::Stay => Outcome::Stay,
            Step::Drop | Step::Keep(_) => Outcome::Close,
            Step::Submit(intent) => Outcome::Submit(intent),
        }
    }
}

impl Form {
    /// The form of a purpose, ready to be filled in.
    #[must_use]
    pub fn new(purpose: Purpose, ticket: Option<&TicketView>, env: &Env) -> Form {
        let mut form = Form {
            purpose,
            ticket: ticket.cloned().map(Box::new),
            lead: Vec::new(),
            fields: Vec::new(),
            focus: 0,
            stage: Stage::Editing,
            banner: None,
            stash: BTreeMap::new(),
        };
        form.fields = purpose.fields(env, ticket);
        form.adapt(env);
        form
    }

    /// Whether every choice that must be made can be.
    ///
    /// # Errors
    /// There is nothing to choose from, in the words of the choice.
    pub fn can_be_filled_in(&self) -> Result<(), Refusal> {
        let stuck = |field: &&Field| match &field.entry {
            Entry::Choice(choices) => field.need == Need::Required && choices.is_empty(),
            Entry::Line(_) | Entry::Text(_) | Entry::Grade(_) => false,
        };
        match self.fields.iter().find(stuck) {
            None => Ok(()),
            Some(field) => Err(Refusal::state(field.without.clone(), field.help.clone())),
        }
    }

    /// Offers more texts for a field, before those it knows; nothing where it has no such field.
    pub fn suggest(&mut self, id: &str, texts: &[String]) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.id == id) {
            field.suggestions.splice(0..0, texts.iter().cloned());
        }
    }

    #[must_use]
    pub fn ticket_id(&self) -> Option<TicketId> {
        self.ticket.as_ref().map(|view| view.ticket.id)
    }

    #[must_use]
    pub fn answers<'a>(&'a self, env: &'a Env) -> Answers<'a> {
        Answers { fields: &self.fields, env, ticket: self.ticket.as_deref() }
    }

    /// Puts other fields behind the first `kept`. One that was there before stays as it is; what was written into
    /// one that goes is put aside.
    pub fn replace_tail(&mut self, kept: usize, tail: Vec<Field>) {
        let focused = self.fields.get(self.focus).map(|field| field.id.clone());
        let mut old = self.fields.split_off(kept.min(self.fields.len()));
        for new in tail {
            let before = old.iter().position(|field| field.id == new.id);
            let same = before.map(|at| Field { aside: Aside::default(), ..old.swap_remove(at) });
            self.fields.push(same.unwrap_or(new));
        }
        let gone = old.into_iter().filter(Field::changed);
        self.stash.extend(gone.map(|field| (field.id.clone(), field.entry.text())));
        self.unstash();
        let place = |id: String| self.fields.iter().position(|field| field.id == id);
        self.focus = focused.and_then(place).unwrap_or(self.focus).min(self.fields.len());
    }

    /// Brings everything that follows from the answers up to date.
    fn adapt(&mut self, env: &Env) {
        self.purpose.adapt(self, env);
    }

    /// What is wrong with the fields, in their order.
    fn check(&mut self, env: &Env) -> Vec<Fault> {
        let mut faults = Vec::new();
        for field in &mut self.fields {
            field.state.visit = Visit::Left;
            field.state.error = mistake(field, env);
            let why = field.state.error.clone();
            faults.extend(why.map(|why| Fault { field: field.id.clone(), why }));
        }
        faults
    }

    /// Sends it, or goes to the first mistake.
    fn submit(&mut self, env: &Env) -> Step {
        if self.stage == Stage::Saving {
            return Step::Stay;
        }
        self.banner = None;
        let mut faults = self.check(env);
        if !faults.is_empty() {
            // All in one round: who mends one thing should not then be told of the next.
            let told = |gap: &Fault| faults.iter().any(|fault| purpose::same_field(&fault.field, &gap.field));
            let more: Vec<Fault> =
                self.purpose.gaps(self, env).into_iter().filter(|gap| !told(gap)).collect();
            faults.extend(more);
            self.point(&faults);
            return Step::Stay;
        }
        match self.purpose.command(&self.answers(env)) {
            Ok(command) => {
                self.stage = Stage::Saving;
                Step::Submit(Intent::Run(Ask { ticket: self.ticket_id(), command: Box::new(command) }))
            }
            Err(fault) => {
                self.point(&[fault]);
                Step::Stay
            }
        }
    }

    /// Shows mistakes at their fields and goes to the first; those without a field are said above.
    fn point(&mut self, faults: &[Fault]) {
        let mut first = None;
        let mut homeless = Vec::new();
        for fault in faults {
            let place = self.fields.iter().position(|field| purpose::same_field(&field.id, &fault.field));
            match place.and_then(|at| self.fields.get_mut(at)) {
                Some(field) => {
                    field.state.visit = Visit::Left;
                    field.state.error = Some(fault.why.clone());
                }
                None => homeless.push(fault.why.as_str()),
            }
            first = first.into_iter().chain(place).min();
        }
        self.focus = first.unwrap_or(self.focus);
        if !homeless.is_empty() {
            self.banner = Some(Banner::Trouble { why: homeless.join(", "), help: String::new() });
        }
    }

    /// Goes on with the ticket as it is now, and says what somebody else did to it.
    pub fn meanwhile(&mut self, view: &TicketView, env: &Env) {
        let Some(before) = &self.ticket else { return };
        let seen = before.log.len();
        if before.ticket.id != view.ticket.id || view.log.len() <= seen || self.stage == Stage::Saving {
            return;
        }
        let anothers = view.log.iter().skip(seen).rfind(|it| it.author.actor != env.me.actor);
        if let (Some(it), None | Some(Banner::Hint(_))) = (anothers, &self.banner) {
            let what = tell(it, env.teller()).what;
            self.banner = Some(Banner::Hint(format!("meanwhile {} {what}", it.author.actor)));
        }
        self.ticket = Some(Box::new(view.clone()));
        self.adapt(env);
    }

    /// What became of what it asked for.
    pub fn answer(&mut self, answer: Answer, env: &Env) -> Step {
        match answer {
            Answer::Done => return Step::Drop,
            Answer::Refused(refusal) => self.refused(&refusal),
            Answer::Failed(why) => {
                let help = String::from("what you wrote is still here; try again, or leave it as a draft");
                self.stage = Stage::Editing;
                self.banner = Some(Banner::Trouble { why, help });
            }
            Answer::Composed(None) => {}
            Answer::Composed(Some(text)) => {
                if let Some(field) = self.fields.get_mut(self.focus) {
                    field.entry.set_text(&text);
                }
                self.adapt(env);
            }
        }
        Step::Stay
    }

    fn refused(&mut self, refusal: &Refusal) {
        self.stage = Stage::Editing;
        let (why, help) = (refusal.why.clone(), refusal.help.clone());
        self.banner = Some(Banner::Trouble { why, help });
        if let Reason::Missing(gaps) = &refusal.reason {
            let fault = |gap: &crate::rules::refusal::Gap| Fault::new(gap.field.as_str(), gap.why.clone());
            let faults: Vec<Fault> = gaps.iter().map(fault).collect();
            let told =
                |fault: &Fault| self.fields.iter().any(|field| purpose::same_field(&field.id, &fault.field));
            if faults.iter().all(told) {
                self.banner = Some(Banner::Hint(refusal.help.clone()));
            }
            let (told, _): (Vec<Fault>, Vec<Fault>) = faults.into_iter().partition(told);
            self.point(&told);
        }
    }
}
