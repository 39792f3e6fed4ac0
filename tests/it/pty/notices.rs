//! What falls due while consoles are open: one of them notices it, the log has it once, and everybody concerned is told,
//! once each, however often they come back.

use std::time::{SystemTime, UNIX_EPOCH};

use super::said;
use crate::kit::desk::NOW;
use crate::kit::stage::{SMALL, Stage, WIDE};
use crate::kit::tty::Tty;

const MATRIX: &str = r#"
[desk]
name = "Team"
[[tiers]]
name = "L1"
[[groups]]
name = "Desk"
tier = "L1"
[targets]
P1 = { resolve = "1h", warn-at = [] }
P2 = { resolve = "1h", warn-at = [] }
P3 = { resolve = "1h", warn-at = [] }
P4 = { resolve = "1h", warn-at = [] }
"#;

/// A team of mia and jo, each of whom has been here before, and a ticket that nobody has.
fn team() -> Stage {
    let stage = Stage::new(env!("CARGO_BIN_EXE_tierline"));
    std::fs::write(stage.desk_folder().join("escalation.toml"), MATRIX).unwrap();
    said(&stage, &["init"]);
    said(&stage, &["new", "VPN drops", "--for", "Ada", "--no-input"]);
    for who in ["mia", "jo"] {
        leave(&mut console(&stage, who, &NOW.to_string(), None));
    }
    stage
}

fn console(stage: &Stage, who: &str, now: &str, pace: Option<&str>) -> Tty {
    let mut command = stage.console();
    command.env("TIERLINE_USER", who);
    command.env("TIERLINE_NOW", now);
    if let Some(pace) = pace {
        command.env("TIERLINE_PACE", pace);
    }
    let tty = Tty::start(command, WIDE);
    tty.until("the first full frame", super::full);
    tty
}

fn leave(tty: &mut Tty) {
    tty.press("q");
    assert!(tty.ends().success());
}

const OVER: &str = "#1 resolve clock over its limit";

#[test]
fn a_breach_is_noticed_once_and_told_to_everybody_it_concerns() {
    let stage = team();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    // An hour takes six seconds.
    let pace = format!("600@{now}");
    let mut consoles = ["mia", "jo"].map(|who| console(&stage, who, &NOW.to_string(), Some(&pace)));
    for console in &mut consoles {
        console.shows(OVER).shows("b go there");
        console.resize(SMALL).shows(OVER).resize(WIDE).shows(OVER);
    }
    let [mia, jo] = &mut consoles;
    mia.press("B").hides(OVER);
    jo.press("b").hides(OVER);
    mia.press("I").shows("Notices, the latest first").shows("over its limit");
    mia.press("\x1b").hides("Notices, the latest first");
    consoles.iter_mut().for_each(leave);
    let log = said(&stage, &["log", "--json"]);
    assert_eq!(log.matches("\"ticket.breached\"").count(), 1, "{log}");
    said(&stage, &["verify"]);
}

/// A day later, by a clock that stands still.
fn later() -> String {
    (NOW + 86_400_000).to_string()
}

#[test]
fn what_was_dismissed_does_not_come_again_and_what_was_not_does() {
    let stage = team();
    let mut mia = console(&stage, "mia", &later(), None);
    mia.shows(OVER);
    leave(&mut mia);
    let mut mia = console(&stage, "mia", &later(), None);
    mia.shows(OVER).press("B").hides(OVER);
    leave(&mut mia);
    let mut mia = console(&stage, "mia", &later(), None);
    mia.rests();
    assert!(!mia.seen().has(OVER), "{}", mia.seen().text());
    mia.press("B").shows("no notice waits to be seen");
    leave(&mut mia);
    let mut jo = console(&stage, "jo", &later(), None);
    jo.shows(OVER);
    leave(&mut jo);
}

#[test]
fn a_console_that_does_not_sweep_leaves_it_to_others() {
    let stage = team();
    let mut command = stage.console();
    command.arg("--no-sweep");
    command.env("TIERLINE_NOW", later());
    let mut quiet = Tty::start(command, WIDE);
    quiet.until("the first full frame", super::full);
    quiet.quiet_for(std::time::Duration::from_secs(4));
    assert!(!said(&stage, &["log", "--json"]).contains("\"ticket.breached\""));
    let mut jo = console(&stage, "jo", &later(), None);
    jo.shows(OVER);
    quiet.shows(OVER);
    leave(&mut jo);
    leave(&mut quiet);
}

#[test]
fn the_bell_and_the_terminals_own_notification_are_off_until_they_are_switched_on() {
    let stage = team();
    let mut plain = console(&stage, "mia", &later(), None);
    plain.shows(OVER).rests();
    assert!(!plain.seen().raw.contains(&7), "a bell");
    leave(&mut plain);
    let config = stage.home().join("config/tierline");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "[notify]\nbell = \"on\"\nterminal = \"osc9\"\n").unwrap();
    let mut loud = console(&stage, "jo", &later(), None);
    loud.shows(OVER).rests();
    let raw = String::from_utf8_lossy(&loud.seen().raw).into_owned();
    assert!(raw.contains("\u{1b}]9;tierline: #1 resolve clock over its limit"), "{raw:?}");
    assert!(raw.contains('\u{7}'));
    leave(&mut loud);
    let shown = said(&stage, &["--no-sweep", "config"]);
    assert!(shown.contains("osc9") && shown.contains("--no-sweep"), "{shown}");
}
