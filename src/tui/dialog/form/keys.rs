//! Keys in a form: what is written goes into the focused field, the form's own keys come from the action table.

use super::field::{Entry, Visit};
use super::{Banner, Form, Stage, Step};
use crate::tui::action::{ActionId, Context};
use crate::tui::dialog::form::answers::mistake;
use crate::tui::env::Env;
use crate::tui::field::Handled;
use crate::tui::intent::Intent;
use crate::tui::key::{Code, Key, Mods};
use crate::tui::keymap::Pressed;

/// The action of a dialog that a key stands for.
#[must_use]
pub fn action_of(key: Key, env: &Env) -> Option<ActionId> {
    match env.keys.lookup(Context::Dialog, &[key]) {
        Pressed::Run(id) => Some(id),
        Pressed::Pending | Pressed::Unbound => None,
    }
}

impl Form {
    pub fn key(&mut self, key: Key, env: &Env) -> Step {
        match self.stage {
            Stage::Editing => self.edit(key, env),
            Stage::Leaving => self.leave(key),
            Stage::Saving => Step::Stay,
        }
    }

    pub fn paste(&mut self, text: &str, env: &Env) {
        if self.stage == Stage::Editing
            && let Some(field) = self.fields.get_mut(self.focus)
        {
            field.entry.paste(text);
            self.written(env);
        }
    }

    fn edit(&mut self, key: Key, env: &Env) -> Step {
        let action = action_of(key, env);
        match action {
            Some(ActionId::Submit) => return self.submit(env),
            Some(ActionId::Cancel) => return self.cancel(),
            Some(ActionId::FieldInEditor) => return self.compose(),
            _ => {}
        }
        if self.type_in(key) == Handled::Yes {
            self.written(env);
            return Step::Stay;
        }
        match action {
            Some(ActionId::Accept) if self.focus >= self.fields.len() => return self.submit(env),
            Some(ActionId::Accept | ActionId::NextField) => self.go(1, env),
            Some(ActionId::PreviousField) => self.go(-1, env),
            Some(ActionId::FieldPageDown) => self.go(5, env),
            Some(ActionId::FieldPageUp) => self.go(-5, env),
            _ => {}
        }
        Step::Stay
    }

    fn type_in(&mut self, key: Key) -> Handled {
        let Some(field) = self.fields.get_mut(self.focus) else { return Handled::No };
        let before = match &field.entry {
            Entry::Line(line) => Some(line.clone()),
            Entry::Text(_) | Entry::Choice(_) | Entry::Grade(_) => None,
        };
        let handled = field.entry.input(key);
        let at_end = match (&field.entry, before) {
            (Entry::Line(after), Some(before)) => *after == before,
            _ => false,
        };
        let asks = key.mods() == Mods::NONE && matches!(key.code(), Code::Right | Code::End);
        if at_end && asks { field.complete() } else { handled }
    }

    /// A field that was told wrong is told right as soon as it is.
    fn written(&mut self, env: &Env) {
        if let Some(field) = self.fields.get_mut(self.focus)
            && field.state.error.is_some()
        {
            field.state.error = mistake(field, env);
        }
        self.adapt(env);
    }

    /// To another field, round the ends; the one that is left is checked.
    fn go(&mut self, by: isize, env: &Env) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.state.visit = Visit::Left;
            field.state.error = mistake(field, env);
        }
        let (last, at) = (self.fields.len(), self.focus);
        self.focus = match at.checked_add_signed(by) {
            None if at == 0 => last,
            None => 0,
            Some(to) if to > last && at == last => 0,
            Some(to) => to.min(last),
        };
    }

    pub fn compose(&mut self) -> Step {
        match self.fields.get(self.focus).map(|field| &field.entry) {
            Some(Entry::Text(text)) => Step::Submit(Intent::Compose(text.text())),
            Some(Entry::Line(line)) => Step::Submit(Intent::Compose(line.text().to_owned())),
            Some(Entry::Choice(_) | Entry::Grade(_)) | None => {
                self.banner = Some(Banner::Hint(String::from("only text can be written in the editor")));
                Step::Stay
            }
        }
    }

    fn cancel(&mut self) -> Step {
        if self.draft().is_none() {
            return Step::Drop;
        }
        self.stage = Stage::Leaving;
        Step::Stay
    }

    /// `y` leaves it and its text, `k` keeps the text, everything else goes back to it.
    fn leave(&mut self, key: Key) -> Step {
        match (key.typed(), self.draft()) {
            (Some('y'), _) => return Step::Drop,
            (Some('k'), Some(draft)) => return Step::Keep(draft),
            _ => self.stage = Stage::Editing,
        }
        Step::Stay
    }
}
