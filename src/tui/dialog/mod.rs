//! The stack of dialogs: the top one has the keys. Talks to the console in intents and answers only; keeps what
//! was written into forms that were left, and never does anything by itself.

pub mod form;
pub mod forms;
mod frame;
pub mod list;
pub mod prompt;
pub mod question;
pub mod says;
pub mod sheet;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use self::form::draft::Draft;
use self::form::purpose::Purpose;
use self::form::{Form, Stage, Step};
use self::forms::new;
use self::list::{List, lists};
use self::prompt::Prompt;
use self::question::Question;
use self::sheet::{Page, Sheet};
use super::action::{Action, ActionId};
use super::env::Env;
use super::intent::{Answer, Intent, Occasion, Outcome};
use super::key::Key;
use super::theme::Theme;
use crate::desk::{Notice, TicketView};
use crate::rules::Refusal;

/// Filters that are remembered.
const REMEMBERED: usize = 50;

/// A dialog.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialog {
    Form(Box<Form>),
    List(Box<List>),
    Prompt(Box<Prompt>),
    Sheet(Box<Sheet>),
    Question(Box<Question>),
}

/// The dialogs, the top one last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stack {
    open: Vec<Dialog>,
    /// Of forms that are not open.
    kept: Vec<Draft>,
    /// The filters used, the oldest first.
    filters: Vec<String>,
}

impl Stack {
    /// An empty stack that holds the drafts of an earlier run.
    #[must_use]
    pub fn with_drafts(kept: Vec<Draft>) -> Stack {
        Stack { kept, ..Stack::default() }
    }

    /// What was written and not sent, in words; none when there is nothing.
    #[must_use]
    pub fn kept_words(&self) -> Option<String> {
        let one = |draft: &Draft| {
            let what = Action::named(&draft.form).map_or(draft.form.as_str(), |action| action.label);
            draft.ticket.map_or_else(|| format!("{what} ticket"), |id| format!("{what} {id}"))
        };
        let all: Vec<String> = self.kept.iter().map(one).collect();
        (!all.is_empty()).then(|| {
            format!("kept from last time: {}; the same action there goes on with it", all.join(", "))
        })
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Everything written that the desk does not have: what must survive a crash.
    #[must_use]
    pub fn drafts(&self) -> Vec<Draft> {
        let open = self.forms().filter_map(|form| form.draft());
        self.kept.iter().cloned().chain(open).collect()
    }

    /// Opens the dialog of an action; a form that was left with a draft goes on where it was.
    ///
    /// # Errors
    /// A form that has nothing to choose from.
    pub fn open(&mut self, on: Occasion<'_>, env: &Env) -> Result<(), Refusal> {
        let ticket = on.ticket.map(|view| &view.ticket);
        let dialog = match on.action {
            ActionId::Palette => Dialog::List(Box::new(lists::palette(ticket, env))),
            ActionId::Help => Dialog::List(Box::new(lists::help(ticket, env))),
            ActionId::Views => Dialog::List(Box::new(lists::views(on.list.view))),
            ActionId::Sort => Dialog::List(Box::new(lists::sorts(&on.list.sort))),
            ActionId::Filter => Dialog::Prompt(Box::new(Prompt::new(&on.list.filter, self.filters.clone()))),
            ActionId::Matrix => Dialog::Sheet(Box::new(Sheet::new(Page::matrix(on.ticket, env)))),
            ActionId::Explain => match on.ticket {
                Some(view) => Dialog::Sheet(Box::new(Sheet::new(Page::clocks(view)))),
                None => return Ok(()),
            },
            action => match Purpose::of(action) {
                Some(purpose) => Dialog::Form(Box::new(self.form(purpose, &on, env)?)),
                None => return Ok(()),
            },
        };
        self.open.push(dialog);
        Ok(())
    }

    fn form(&mut self, purpose: Purpose, on: &Occasion<'_>, env: &Env) -> Result<Form, Refusal> {
        let ticket = on.ticket.filter(|_| purpose.action() != ActionId::New);
        let mut form = Form::new(purpose, ticket, env);
        form.suggest("category", &new::in_use(on.rows));
        form.can_be_filled_in()?;
        let mine = self.kept.iter().position(|draft| draft.is_of(purpose.name(), form.ticket_id()));
        if let Some(at) = mine {
            form.restore(&self.kept.remove(at), env);
        }
        Ok(form)
    }

    /// Lists what its person had to hear of.
    pub fn list_notices(&mut self, notices: &[Notice], env: &Env) {
        self.open.push(Dialog::List(Box::new(lists::notices(notices, env))));
    }

    /// Says something that must be read.
    pub fn say(&mut self, title: &str, text: &str) {
        self.open.push(Dialog::Question(Box::new(Question::message(title, text))));
    }

    /// Asks, and wants `yes` only if that is said.
    pub fn ask(&mut self, title: &str, text: &str, yes: Intent) {
        self.open.push(Dialog::Question(Box::new(Question::ask(title, text, yes))));
    }

    /// Has the field with the focus written in the person's editor.
    pub fn compose(&mut self) -> Outcome {
        match self.open.last_mut() {
            Some(Dialog::Form(form)) => form.compose().into(),
            Some(Dialog::List(_) | Dialog::Prompt(_) | Dialog::Sheet(_) | Dialog::Question(_)) | None => {
                Outcome::Stay
            }
        }
    }

    /// The screen that the next key is pressed on: where a page ends depends on it.
    pub fn fit(&mut self, screen: Size) {
        if let Some(Dialog::Sheet(sheet)) = self.open.last_mut() {
            sheet.fit(screen);
        }
    }

    /// Closes the top dialog.
    pub fn close(&mut self) {
        self.open.pop();
    }

    pub fn key(&mut self, key: Key, env: &Env) -> Outcome {
        let outcome = match self.open.last_mut() {
            None => Outcome::Stay,
            Some(Dialog::Form(form)) => {
                let step = form.key(key, env);
                self.left(step)
            }
            Some(Dialog::List(list)) => list.key(key, env),
            Some(Dialog::Prompt(prompt)) => prompt.key(key, env),
            Some(Dialog::Sheet(sheet)) => sheet.key(key, env),
            Some(Dialog::Question(question)) => question.key(key, env),
        };
        if let Outcome::Submit(Intent::Filter(filter)) = &outcome {
            self.remember(filter);
        }
        outcome
    }

    pub fn paste(&mut self, text: &str, env: &Env) -> Outcome {
        match self.open.last_mut() {
            Some(Dialog::Form(form)) => form.paste(text, env),
            Some(Dialog::List(list)) => list.paste(text),
            Some(Dialog::Prompt(prompt)) => prompt.paste(text),
            Some(Dialog::Sheet(_) | Dialog::Question(_)) | None => {}
        }
        Outcome::Stay
    }

    /// Tells dialogs about this ticket that others did something to it since they were opened.
    pub fn meanwhile(&mut self, view: &TicketView, env: &Env) {
        for dialog in &mut self.open {
            match dialog {
                Dialog::Form(form) => form.meanwhile(view, env),
                Dialog::Sheet(sheet) => sheet.meanwhile(view, env),
                Dialog::List(_) | Dialog::Prompt(_) | Dialog::Question(_) => {}
            }
        }
    }

    /// Tells the form that asked what became of it, wherever it is in the stack.
    pub fn answer(&mut self, answer: Answer, env: &Env) -> Outcome {
        let waits = |dialog: &Dialog| match (dialog, &answer) {
            (Dialog::Form(form), Answer::Composed(_)) => form.stage != Stage::Saving,
            (Dialog::Form(form), _) => form.stage == Stage::Saving,
            _ => false,
        };
        let Some(at) = self.open.iter().rposition(waits) else { return Outcome::Stay };
        let top = at + 1 == self.open.len();
        let Some(Dialog::Form(form)) = self.open.get_mut(at) else { return Outcome::Stay };
        match form.answer(answer, env) {
            Step::Drop if !top => {
                self.open.remove(at);
                Outcome::Stay
            }
            step => self.left(step),
        }
    }

    fn left(&mut self, step: Step) -> Outcome {
        if let Step::Keep(draft) = &step {
            self.kept.push(draft.clone());
        }
        step.into()
    }

    fn remember(&mut self, filter: &str) {
        self.filters.retain(|old| old != filter);
        if !filter.is_empty() {
            self.filters.push(filter.to_owned());
        }
        let over = self.filters.len().saturating_sub(REMEMBERED);
        self.filters.drain(..over);
    }

    fn forms(&self) -> impl Iterator<Item = &Form> {
        self.open.iter().filter_map(|dialog| match dialog {
            Dialog::Form(form) => Some(form.as_ref()),
            _ => None,
        })
    }

    /// Draws all of them over the panes; gives the cursor of the top one.
    pub fn draw(&self, area: Rect, theme: &Theme, env: &Env, buf: &mut Buffer) -> Option<Position> {
        self.open.iter().fold(None, |_, dialog| match dialog {
            Dialog::Form(form) => form.draw(area, theme, env, buf),
            Dialog::List(list) => list.draw(area, theme, env, buf),
            Dialog::Prompt(prompt) => prompt.draw(area, theme, env, buf),
            Dialog::Sheet(sheet) => sheet.draw(area, theme, env, buf),
            Dialog::Question(question) => question.draw(area, theme, env, buf),
        })
    }
}
