use std::fs;

use super::*;
use crate::desk::clock::{Clock, Zone};
use crate::desk::surroundings::Folders;
use crate::domain::stamp::Stamp;

fn around(folder: &Path, env: &[(&str, &str)]) -> Surroundings {
    Surroundings {
        env: env.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        folder: folder.to_owned(),
        folders: Folders {
            config: folder.join("config"),
            data: folder.join("data"),
            state: folder.join("state"),
        },
        host: "desk3".into(),
        clock: Clock::Fixed(Stamp(0)),
        zone: Zone::named("UTC").unwrap(),
    }
}

fn config(folder: &Path, text: &str) {
    fs::create_dir_all(folder.join("config")).unwrap();
    fs::write(folder.join("config/config.toml"), text).unwrap();
}

#[test]
fn the_desk_is_the_flags_then_the_variables_then_this_folders_then_the_config_files_then_the_users() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    let settled = |wishes: &Wishes, env: &[(&str, &str)]| settle(wishes, &around(folder, env)).unwrap().desk;
    let plain = Wishes::default();
    assert_eq!(settled(&plain, &[]), Setting { value: folder.join("data/desk.db"), origin: Origin::BuiltIn });
    config(folder, "desk = \"team.db\"\n");
    assert_eq!(settled(&plain, &[]).value, folder.join("config/team.db"));
    fs::write(folder.join("escalation.toml"), "").unwrap();
    assert_eq!(settled(&plain, &[]).value, folder.join("config/team.db"), "a matrix alone makes no desk");
    fs::write(folder.join("desk.db"), "").unwrap();
    assert_eq!(settled(&plain, &[]).origin, Origin::Folder);
    fs::remove_file(folder.join("desk.db")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.join("away/desk.db"), folder.join("desk.db")).unwrap();
        assert_eq!(
            settled(&plain, &[]).origin,
            Origin::Folder,
            "a drive that is away leads to no other desk"
        );
    }
    fs::remove_file(folder.join("desk.db")).unwrap();
    fs::write(folder.join("desk.db-journal"), "").unwrap();
    assert_eq!(settled(&plain, &[]).origin, Origin::Folder, "a desk that was removed is missed");
    let env = [("TIERLINE_DESK", "/srv/desk.db")];
    assert_eq!(settled(&plain, &env).value, Path::new("/srv/desk.db"));
    let wishes = Wishes { desk: Some("x.db".into()), ..Wishes::default() };
    assert_eq!(
        settled(&wishes, &env),
        Setting { value: folder.join("x.db"), origin: Origin::Flag("--desk") }
    );
}

#[test]
fn the_user_is_settled_in_the_same_order_and_must_be_a_name() {
    let dir = tempfile::tempdir().unwrap();
    let env = [("USER", "mia"), ("TIERLINE_USER", "jo")];
    let settled = |wishes: &Wishes, env: &[(&str, &str)]| settle(wishes, &around(dir.path(), env));
    assert_eq!(settled(&Wishes::default(), &env[..1]).unwrap().user.value, "mia");
    assert_eq!(settled(&Wishes::default(), &env).unwrap().user.origin, Origin::Environment("TIERLINE_USER"));
    let wishes = Wishes { user: Some("a\u{1b}b".into()), ..Wishes::default() };
    assert!(settled(&wishes, &env).unwrap_err().to_string().contains("U+001B"));
}

#[test]
fn a_config_file_with_mistakes_names_the_file_and_the_line() {
    let dir = tempfile::tempdir().unwrap();
    config(dir.path(), "user = \"mia\"\ncolor = \"none\"\n");
    let error = settle(&Wishes::default(), &around(dir.path(), &[])).unwrap_err().to_string();
    assert!(error.contains("config.toml") && error.contains("line 2") && error.contains("color"), "{error}");
    let wishes = Wishes { config: Some("nowhere.toml".into()), ..Wishes::default() };
    let error = settle(&wishes, &around(dir.path(), &[])).unwrap_err().to_string();
    assert!(error.contains("nowhere.toml"), "{error}");
}

#[test]
fn no_color_and_the_locale_choose_the_look() {
    let dir = tempfile::tempdir().unwrap();
    let look =
        |env: &[(&str, &str)]| settle(&Wishes::default(), &around(dir.path(), env)).unwrap().appearance;
    assert_eq!(look(&[("NO_COLOR", "1")]).colour, Colour::None);
    assert_eq!(look(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]).borders, Borders::Ascii);
    assert_eq!(look(&[("LANG", "de_DE.UTF-8")]).borders, Borders::Unicode);
}

#[test]
fn sweeping_and_calling_are_settled_by_flag_and_file() {
    let dir = tempfile::tempdir().unwrap();
    let settled = |wishes: &Wishes| settle(wishes, &around(dir.path(), &[]));
    let plain = settled(&Wishes::default()).unwrap();
    assert_eq!((plain.sweep.value, plain.notify), (Sweeping::On, Notify::default()));
    config(dir.path(), "[console]\nsweep = false\n[notify]\nbell = \"on\"\nterminal = \"osc9\"\n");
    let read = settled(&Wishes::default()).unwrap();
    assert_eq!(read.sweep.value, Sweeping::Off);
    assert_eq!(read.notify, Notify { bell: Bell::On, terminal: TerminalNotice::Osc9 });
    config(dir.path(), "[console]\nsweep = true\n");
    let off = Wishes { sweep: Some(Sweeping::Off), ..Wishes::default() };
    assert_eq!(settled(&off).unwrap().sweep.origin, Origin::Flag("--no-sweep"));
    config(dir.path(), "[notify]\nterminal = \"loud\"\n");
    let error = settled(&Wishes::default()).unwrap_err().to_string();
    assert!(error.contains("is not off or osc9 or osc777"), "{error}");
}

#[test]
fn a_mistyped_clock_is_refused() {
    let around = around(Path::new("/nowhere"), &[("TIERLINE_NOW", "2026-11-03 9:41")]);
    let error = settle(&Wishes::default(), &around).unwrap_err().to_string();
    assert!(error.contains("TIERLINE_NOW") && error.contains("2026-11-03T09:41:00Z"), "{error}");
}
