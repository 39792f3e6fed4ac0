use super::*;
use proptest::prelude::*;

fn file(rows: &[(&str, &[&str])]) -> (Keymap, Vec<String>) {
    let own = |keys: &[&str]| keys.iter().map(ToString::to_string).collect();
    let keys = rows.iter().map(|(name, keys)| (name.to_string(), own(keys))).collect();
    Keymap::with(Path::new("config.toml"), &keys)
}

fn press(keymap: &Keymap, keys: &str) -> Pressed {
    let keys: Sequence = keys.parse().unwrap();
    keymap.lookup(Context::Queue, keys.keys())
}

#[test]
fn defaults_run_and_a_prefix_waits() {
    let keymap = Keymap::default();
    assert_eq!(press(&keymap, "t"), Pressed::Run(ActionId::Take));
    assert_eq!(press(&keymap, "g"), Pressed::Pending);
    assert_eq!(press(&keymap, "g g"), Pressed::Run(ActionId::Top));
    assert_eq!(press(&keymap, "g x"), Pressed::Unbound);
    assert_eq!(press(&keymap, "z"), Pressed::Unbound);
    assert_eq!(keymap.lookup(Context::Dialog, &[Key::char('t')]), Pressed::Unbound);
}

#[test]
fn a_key_given_away_leaves_its_old_action() {
    let (keymap, wrong) = file(&[("ticket.resolve", &["t"]), ("ticket.note", &["none"])]);
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(press(&keymap, "t"), Pressed::Run(ActionId::Resolve));
    assert_eq!(press(&keymap, "r"), Pressed::Unbound);
    assert_eq!(press(&keymap, "a"), Pressed::Unbound);
    assert_eq!(keymap.shown(ActionId::Take), "");
}

#[test]
fn a_prefix_of_anothers_keys_takes_those_away() {
    let (keymap, wrong) = file(&[("ticket.take", &["g"])]);
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(press(&keymap, "g"), Pressed::Run(ActionId::Take));
    assert_eq!(keymap.shown(ActionId::Top), "home");
}

#[test]
fn mistakes_name_file_key_and_a_suggestion_and_block_nothing() {
    let (keymap, wrong) = file(&[
        ("ticket.tkae", &["x"]),
        ("ticket.note", &["etner"]),
        ("ticket.wait", &["x"]),
        ("ticket.resume", &["x"]),
    ]);
    assert_eq!(
        wrong,
        [
            "config.toml, [keys] ticket.note: `etner` is not a key; did you mean `enter`?",
            "config.toml, [keys] ticket.tkae: there is no such action; did you mean ticket.take?",
            "config.toml, [keys] ticket.resume: x is given to ticket.wait already; choose another key",
        ]
    );
    assert_eq!(press(&keymap, "a"), Pressed::Run(ActionId::Note));
    assert_eq!(press(&keymap, "x"), Pressed::Run(ActionId::Wait));
}

proptest! {
    #[test]
    fn no_key_file_leaves_a_key_with_two_meanings(
        rows in prop::collection::btree_map(
            prop::sample::select(Action::all().map(|a| a.name.to_owned()).collect::<Vec<_>>()),
            prop::collection::vec(prop::sample::select(vec!["g", "g g", "t", "x", "g x y", "none", "enter", "??"]), 0..3),
            0..6,
        )
    ) {
        let keys = rows.into_iter().map(|(k, v)| (k, v.into_iter().map(String::from).collect())).collect();
        let (keymap, _) = Keymap::with(Path::new("c"), &keys);
        prop_assert_eq!(keymap.clashes(), vec![]);
    }
}
