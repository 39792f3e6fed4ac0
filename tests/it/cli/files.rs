//! Verbs that read and write files besides the desk: export, backup, matrix, config, completions.

use insta::assert_snapshot;

use super::{TEAM, World};

#[test]
fn the_log_is_exported_whole_and_the_tickets_as_cells_no_spreadsheet_runs() {
    let world = World::with_desk();
    world.must(&["new", "=cmd|' /C calc'!A0", "--for", "@Ada, \"O\" Obi"]);
    world.must(&["take", "1"]);
    let log = world.must(&["export"]);
    let kinds: Vec<String> = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["kind"].to_string())
        .collect();
    assert_eq!(
        kinds,
        [r#""desk.created""#, r#""matrix.applied""#, r#""ticket.opened""#, r#""ticket.taken""#]
    );
    assert_snapshot!(world.transcript(&["export --format csv", "export --format csv is:closed", "export is:open"]), @r#"
    $ tierline export --format csv
    id,status,subject,requester,category,channel,priority,impact,urgency,tier,group,owner,opened,updated,clock,due,resolved,closed,handoffs,escalations,bounces,reopens,events
    1,open,'=cmd|' /C calc'!A0,"'@Ada, ""O"" Obi",,phone,P4,individual,medium,L1,Service Desk,mia,2026-11-22T09:12:00Z,2026-11-22T09:12:00Z,response,2026-11-22T17:12:00Z,,,0,0,0,0,2
    $ tierline export --format csv is:closed
    id,status,subject,requester,category,channel,priority,impact,urgency,tier,group,owner,opened,updated,clock,due,resolved,closed,handoffs,escalations,bounces,reopens,events
    $ tierline export is:open
    ! tierline: the log is exported whole; a query is only for --format csv
    ! help: leave the query out, or add --format csv
    [exit status 2]
    "#);
}

#[test]
fn a_backup_is_a_desk_and_overwrites_nothing() {
    let world = World::with_desk();
    world.must(&["new", "VPN drops", "--for", "Ada Obi"]);
    world.must(&["backup", "copy.db"]);
    assert_snapshot!(world.transcript(&["--desk copy.db list", "backup copy.db", "backup nowhere/copy.db"]), @r#"
    $ tierline --desk copy.db list
    #  prio  status  tier  group         owner  clock        age  requester  subject
    1  P4    open    L1    Service Desk  -      response 8h   0s  Ada Obi    VPN drops
    $ tierline backup copy.db
    ! tierline: ~/copy.db: there is something of that name, and a backup overwrites nothing
    ! help: choose another name
    [exit status 1]
    $ tierline backup nowhere/copy.db
    ! tierline: can't copy the desk to ~/nowhere/copy.db: the folder is not there
    ! help: make it, or choose another place
    [exit status 1]
    "#);
}

#[test]
fn a_matrix_is_checked_compared_and_applied() {
    let world = World::with_matrix(TEAM);
    assert_snapshot!(world.transcript(&["matrix check", "matrix diff"]), @r#"
    $ tierline matrix check
    ~/escalation.toml: no mistakes
    $ tierline matrix diff
    ! note: ~/escalation.toml says what revision 1 says
    "#);
    std::fs::write(
        world.path("escalation.toml"),
        TEAM.replace("respond-within = \"15m\"", "respond-within = \"30m\""),
    )
    .unwrap();
    assert_snapshot!(world.transcript(&["list", "matrix diff", "matrix apply --as tess", "matrix diff"]), @r#"
    $ tierline list
    ! note: ~/escalation.toml differs from the matrix in force (revision 1); `tierline matrix diff` shows how, `tierline matrix apply` puts it into force
    ! note: no ticket matches
    $ tierline matrix diff
    group Network: contacts channel chat respond-within 15m to #net-oncall -> channel chat respond-within 30m to #net-oncall
    $ tierline matrix apply --as tess
    ~/escalation.toml is in force as revision 2
    $ tierline matrix diff
    ! note: ~/escalation.toml says what revision 2 says
    "#);
    std::fs::write(world.path("escalation.toml"), TEAM.replace("\"Desktop\"]", "\"Dekstop\"]")).unwrap();
    assert_snapshot!(world.transcript(&["matrix check", "take 1", "matrix apply --as tess"]), @r#"
    $ tierline matrix check
    mistake: unknown group "Dekstop"
      --> ~/escalation.toml:20:28
       |
    20 | escalates-to = ["Network", "Dekstop"]
       |  ^^^^^^^^^
       |
       = help: did you mean "Desktop"?

    mistake: unknown group "Dekstop"
      --> ~/escalation.toml:45:38
       |
    45 | groups = ["Service Desk", "Network", "Dekstop"]
       |  ^^^^^^^^^
       |
       = help: did you mean "Desktop"?
    ~/escalation.toml: 2 mistakes
    [exit status 1]
    $ tierline take 1
    ! note: ~/escalation.toml has mistakes, so this desk takes no commands but goes on by its matrix; `tierline matrix check` shows them
    ! tierline: the desk is open for reading only: ~/escalation.toml has 2 mistakes
    ! help: correct them (`tierline matrix check` shows each with its line), then start again
    [exit status 1]
    $ tierline matrix apply --as tess
    ! tierline: ~/escalation.toml has 2 mistakes
    ! mistake: unknown group "Dekstop"
    !   --> ~/escalation.toml:20:28
    !    |
    ! 20 | escalates-to = ["Network", "Dekstop"]
    !    |  ^^^^^^^^^
    !    |
    !    = help: did you mean "Desktop"?
    ! 
    ! mistake: unknown group "Dekstop"
    !   --> ~/escalation.toml:45:38
    !    |
    ! 45 | groups = ["Service Desk", "Network", "Dekstop"]
    !    |  ^^^^^^^^^
    !    |
    !    = help: did you mean "Desktop"?
    ! help: correct them; nothing was changed
    [exit status 1]
    "#);
}

#[test]
fn the_settings_say_where_they_come_from() {
    let world = World::with_desk();
    std::fs::write(world.path("mine.toml"), "user = \"mia\"\n[keys]\n\"ticket.take\" = [\"x\"]\n").unwrap();
    assert_snapshot!(world.transcript(&["config", "config --config mine.toml --desk other.db --as jo --read-only", "config --config none.toml"]), @r#"
    $ tierline config
    setting  value  from
    desk  ~/desk.db  this folder, beside escalation.toml
    user  mia  the system
    host  desk3  the system
    access  write  built in
    editor  vi  built in
    colour  terminal  look
    borders  unicode  look
    mouse  off  look
    sweep  on  built in
    bell  off  notify
    terminal  off  notify
    config file  ~/home/.config/tierline/config.toml  not there
    state folder  ~/home/.local/state/tierline  the system
    $ tierline config --config mine.toml --desk other.db --as jo --read-only
    setting  value  from
    desk  ~/other.db  the flag --desk
    user  jo  the flag --as
    host  desk3  the system
    access  read-only  the flag --read-only
    editor  vi  built in
    colour  terminal  look
    borders  unicode  look
    mouse  off  look
    sweep  on  built in
    bell  off  notify
    terminal  off  notify
    config file  ~/mine.toml  read
    state folder  ~/home/.local/state/tierline  the system
    key  ticket.take = x  ~/mine.toml
    $ tierline config --config none.toml
    ! tierline: the config file ~/none.toml: No such file or directory (os error 2)
    ! help: name another with --config, or leave it away
    [exit status 2]
    "#);
}

#[test]
fn completions_exist_for_every_shell() {
    let world = World::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = world.must(&["completions", shell]);
        assert!(script.contains("escalate") && script.contains("root-cause"), "{shell}");
    }
}

#[test]
fn the_demo_can_be_kept_and_holds_together() {
    let world = World::empty();
    world.must(&["demo", "--create", "demo.db"]);
    let tickets = world.json(&["--desk", "demo.db", "list", "id:1..", "--limit", "0"]);
    assert!(tickets["total"].as_u64().unwrap() >= 50, "{}", tickets["total"]);
    world.must(&["--desk", "demo.db", "verify"]);
    world.must(&["--desk", "demo.db", "review", "--as", "tess"]);
}

#[test]
fn verify_prints_the_head_and_rebuild_mends() {
    let world = World::with_desk();
    world.must(&["new", "VPN drops", "--for", "Ada Obi"]);
    let first = world.must(&["verify"]);
    assert!(first.starts_with("whole: 1 ticket, 3 events\nhead: event 3 "), "{first}");
    assert_eq!(world.must(&["verify", "--rebuild"]), first);
}
