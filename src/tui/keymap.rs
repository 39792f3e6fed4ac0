//! Which keys do what: the defaults of the action table under the person's key file. A mistake in the file never
//! blocks work: that action keeps its defaults, and the mistake is told with file, key and suggestion.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;

use super::action::{Action, ActionId, Context};
use super::key::{Key, Sequence};

/// Every action with its keys, in the order of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    rows: Vec<(ActionId, Vec<Sequence>)>,
}

/// What the keys pressed so far come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    Run(ActionId),
    /// The beginning of a longer sequence.
    Pending,
    Unbound,
}

impl Default for Keymap {
    fn default() -> Keymap {
        Keymap { rows: Action::all().map(|action| (action.id, defaults(action))).collect() }
    }
}

fn defaults(action: &Action) -> Vec<Sequence> {
    action.keys.iter().filter_map(|name| name.parse().ok()).collect()
}

impl Keymap {
    /// The defaults with the `[keys]` of a config file over them, and what is wrong with those.
    #[must_use]
    pub fn with(file: &Path, keys: &BTreeMap<String, Vec<String>>) -> (Keymap, Vec<String>) {
        let mut keymap = Keymap::default();
        let mut wrong = Vec::new();
        for (name, written) in keys {
            match (Action::named(name), read(written)) {
                (None, _) => wrong.push(unknown(name)),
                (Some(_), Err(why)) => wrong.push(format!("{name}: {why}")),
                (Some(action), Ok(sequences)) => keymap.rebind(action.id, sequences),
            }
        }
        wrong.extend(keymap.settle(keys));
        let told = wrong.into_iter().map(|why| format!("{}, [keys] {why}", file.display())).collect();
        (keymap, told)
    }

    /// What the keys mean to a context.
    #[must_use]
    pub fn lookup(&self, context: Context, pressed: &[Key]) -> Pressed {
        let here = || self.rows.iter().filter(|(id, _)| Action::of(*id).contexts.contains(&context));
        if let Some((id, _)) = here().find(|(_, keys)| keys.iter().any(|keys| keys.keys() == pressed)) {
            return Pressed::Run(*id);
        }
        match here().any(|(_, keys)| keys.iter().any(|keys| keys.begins_with(pressed))) {
            true => Pressed::Pending,
            false => Pressed::Unbound,
        }
    }

    /// The keys of an action, the one to show first.
    #[must_use]
    pub fn keys(&self, id: ActionId) -> &[Sequence] {
        self.rows.iter().find(|(row, _)| *row == id).map_or(&[], |(_, keys)| keys.as_slice())
    }

    /// The key to show for an action; empty where it has none.
    #[must_use]
    pub fn shown(&self, id: ActionId) -> String {
        self.keys(id).first().map_or_else(String::new, ToString::to_string)
    }

    fn rebind(&mut self, id: ActionId, keys: Vec<Sequence>) {
        if let Some(row) = self.rows.iter_mut().find(|(row, _)| *row == id) {
            row.1 = keys;
        }
    }

    /// Takes a default key away where the file gave that key to another action of the same context; where the
    /// file itself gave a key twice, the first keeps it.
    fn settle(&mut self, file: &BTreeMap<String, Vec<String>>) -> Vec<String> {
        let chosen = |id: ActionId| file.contains_key(Action::of(id).name);
        let mut wrong = Vec::new();
        for (winner, loser, keys) in self.clashes() {
            match (chosen(winner), chosen(loser)) {
                (true, true) => wrong.push(format!(
                    "{}: {keys} is given to {} already; choose another key",
                    Action::of(loser).name,
                    Action::of(winner).name,
                )),
                (false, true) => {
                    self.take_away(winner, &keys);
                    continue;
                }
                (_, false) => {}
            }
            self.take_away(loser, &keys);
        }
        wrong
    }

    /// Pairs of actions that meet in a context with the same keys, or keys of which one begins the other.
    fn clashes(&self) -> Vec<(ActionId, ActionId, Sequence)> {
        let mut found = Vec::new();
        for (i, (a, keys)) in self.rows.iter().enumerate() {
            for (b, others) in self.rows.iter().skip(i + 1).filter(|(b, _)| meet(*a, *b)) {
                let hides = |k: &&Sequence| others.iter().any(|o| o == *k || o.begins_with(k.keys()));
                let hidden = |k: &&Sequence| others.iter().any(|o| k.begins_with(o.keys()));
                found.extend(keys.iter().filter(|k| hides(k) || hidden(k)).map(|k| (*a, *b, k.clone())));
            }
        }
        found
    }

    fn take_away(&mut self, id: ActionId, keys: &Sequence) {
        if let Some((_, own)) = self.rows.iter_mut().find(|(row, _)| *row == id) {
            own.retain(|k| k != keys && !k.begins_with(keys.keys()) && !keys.begins_with(k.keys()));
        }
    }
}

fn meet(a: ActionId, b: ActionId) -> bool {
    Action::of(a).contexts.iter().any(|context| Action::of(b).contexts.contains(context))
}

/// `["none"]` or an empty list: no key at all.
fn read(written: &[String]) -> Result<Vec<Sequence>, String> {
    if let [only] = written
        && only.trim() == "none"
    {
        return Ok(Vec::new());
    }
    written.iter().map(|name| name.parse::<Sequence>().map_err(|bad| bad.to_string())).collect()
}

fn unknown(name: &str) -> String {
    let shown = crate::domain::text::neutral(name);
    let scored = Action::all().map(|action| (strsim::jaro_winkler(action.name, name), action.name));
    let near = scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, near)) => format!("{shown}: there is no such action; did you mean {near}?"),
        None => format!("{shown}: there is no such action; `tierline keys` lists them"),
    }
}
