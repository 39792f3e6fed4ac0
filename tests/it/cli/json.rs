//! The shapes of `--json`: what scripts rely on.

use insta::assert_snapshot;
use serde_json::Value;

use super::{TEAM, World};

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

/// Random ids and hashes would change each run.
fn fixed(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            for (name, inner) in fields.iter_mut() {
                *inner = match name.as_str() {
                    "command" | "hash" | "head" if inner.is_string() => Value::from("…"),
                    _ => fixed(inner.take()),
                };
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| *one = fixed(one.take())),
        _ => {}
    }
    value
}

#[test]
fn a_command_gives_the_ticket_and_its_events() {
    let world = World::with_matrix(TEAM);
    assert_snapshot!(pretty(&fixed(world.json(&["new", "VPN drops", "--for", "Ada Obi"]))), @r#"
    {
      "done": [
        {
          "events": [
            {
              "actor": "mia",
              "at": "2026-11-22T09:12:00Z",
              "body": {
                "channel": "phone",
                "grade": {
                  "impact": "limited",
                  "priority": "P3",
                  "rank": 2,
                  "urgency": "medium"
                },
                "queue": {
                  "group": "Service Desk",
                  "rank": 0,
                  "tier": "L1"
                },
                "requester": {
                  "name": "Ada Obi"
                },
                "subject": "VPN drops",
                "v": 1
              },
              "command": "…",
              "host": "desk3",
              "id": 3,
              "kind": "ticket.opened",
              "matrix": 1,
              "seq": 1,
              "ticket": 1
            }
          ],
          "ticket": {
            "bounces": 0,
            "category": null,
            "channel": "phone",
            "clock": null,
            "closed": null,
            "due": null,
            "escalations": 0,
            "group": "Service Desk",
            "handoffs": 0,
            "id": 1,
            "impact": "limited",
            "opened": "2026-11-22T09:12:00Z",
            "owner": null,
            "priority": "P3",
            "reopens": 0,
            "requester": "Ada Obi",
            "resolved": null,
            "seq": 1,
            "status": "open",
            "subject": "VPN drops",
            "tier": "L1",
            "updated": "2026-11-22T09:12:00Z",
            "urgency": "medium"
          }
        }
      ],
      "v": 1
    }
    "#);
    assert_snapshot!(pretty(&fixed(world.json(&["list"]))), @r#"
    {
      "tickets": [
        {
          "bounces": 0,
          "category": null,
          "channel": "phone",
          "clock": null,
          "closed": null,
          "due": null,
          "escalations": 0,
          "group": "Service Desk",
          "handoffs": 0,
          "id": 1,
          "impact": "limited",
          "opened": "2026-11-22T09:12:00Z",
          "owner": null,
          "priority": "P3",
          "reopens": 0,
          "requester": "Ada Obi",
          "resolved": null,
          "seq": 1,
          "status": "open",
          "subject": "VPN drops",
          "tier": "L1",
          "updated": "2026-11-22T09:12:00Z",
          "urgency": "medium"
        }
      ],
      "total": 1,
      "v": 1
    }
    "#);
    assert_snapshot!(pretty(&fixed(world.json(&["show", "1"]))), @r##"
    {
      "tickets": [
        {
          "attempts": 0,
          "bounces": 0,
          "category": null,
          "channel": "phone",
          "clock": null,
          "closed": null,
          "contact": null,
          "contacts": 0,
          "description": null,
          "due": null,
          "escalations": 0,
          "events": [
            {
              "actor": "mia",
              "at": "2026-11-22T09:12:00Z",
              "body": {
                "channel": "phone",
                "grade": {
                  "impact": "limited",
                  "priority": "P3",
                  "rank": 2,
                  "urgency": "medium"
                },
                "queue": {
                  "group": "Service Desk",
                  "rank": 0,
                  "tier": "L1"
                },
                "requester": {
                  "name": "Ada Obi"
                },
                "subject": "VPN drops",
                "v": 1
              },
              "command": "…",
              "host": "desk3",
              "id": 3,
              "kind": "ticket.opened",
              "matrix": 1,
              "seq": 1,
              "ticket": 1
            }
          ],
          "fields": {},
          "first_contact": null,
          "group": "Service Desk",
          "handoff": null,
          "handoffs": 0,
          "home": "Service Desk",
          "id": 1,
          "impact": "limited",
          "last_contact": null,
          "links": [],
          "next": [
            {
              "check_list": [
                {
                  "field": "tried",
                  "gap": "What was tried is missing",
                  "label": "What was tried",
                  "value": null
                }
              ],
              "contacts": [
                {
                  "channel": "chat",
                  "respond_within": "15m",
                  "to": "#net-oncall"
                }
              ],
              "group": "Network",
              "tier": "L2"
            },
            {
              "check_list": [
                {
                  "field": "tried",
                  "gap": "What was tried is missing",
                  "label": "What was tried",
                  "value": null
                }
              ],
              "contacts": [],
              "group": "Desktop",
              "tier": "L2"
            }
          ],
          "next_at": null,
          "notes": 0,
          "opened": "2026-11-22T09:12:00Z",
          "override_reason": null,
          "owner": null,
          "owner_since": null,
          "priority": "P3",
          "queue_since": "2026-11-22T09:12:00Z",
          "reopens": 0,
          "requester": "Ada Obi",
          "resolution": null,
          "resolved": null,
          "satisfaction": null,
          "seq": 1,
          "status": "open",
          "subject": "VPN drops",
          "tier": "L1",
          "tier_since": "2026-11-22T09:12:00Z",
          "trail": [],
          "updated": "2026-11-22T09:12:00Z",
          "urgency": "medium",
          "waiting": null
        }
      ],
      "v": 1
    }
    "##);
}

#[test]
fn an_error_is_an_object_on_standard_error() {
    let world = World::with_matrix(TEAM);
    world.must(&["new", "VPN drops", "--for", "Ada Obi"]);
    assert_snapshot!(pretty(&world.json(&["escalate", "1", "--reason", "x"])), @r#"
    {
      "error": {
        "help": [
          "fill in what is missing",
          "a field of the hand-off is given as --field NAME=TEXT"
        ],
        "kind": "usage",
        "message": "the hand-off of #1 is not complete: What was tried is missing",
        "missing": [
          {
            "field": "tried",
            "why": "What was tried is missing"
          }
        ],
        "status": 2,
        "troubles": []
      },
      "v": 1
    }
    "#);
    assert_snapshot!(pretty(&world.json(&["take", "1", "--as", "zoe"])), @r#"
    {
      "error": {
        "help": [
          "say who you are with --as NAME, or have [[people]] name = \"zoe\" added to the matrix"
        ],
        "kind": "refused",
        "message": "zoe is not among this desk's people and can only read",
        "missing": [],
        "status": 3,
        "troubles": []
      },
      "v": 1
    }
    "#);
    assert_snapshot!(pretty(&world.json(&["frob"])), @r#"
    {
      "error": {
        "help": [
          "usage: tierline [OPTIONS] [VERB]"
        ],
        "kind": "usage",
        "message": "there is no verb 'frob'",
        "missing": [],
        "status": 2,
        "troubles": []
      },
      "v": 1
    }
    "#);
}

#[test]
fn every_json_has_its_version() {
    let world = World::with_desk();
    world.must(&["new", "VPN drops", "--for", "Ada Obi"]);
    let verbs: [&[&str]; 12] = [
        &["list"],
        &["show", "1"],
        &["log"],
        &["review"],
        &["matrix", "show"],
        &["matrix", "check"],
        &["matrix", "diff"],
        &["matrix", "apply"],
        &["verify"],
        &["doctor"],
        &["config"],
        &["keys"],
    ];
    for verb in verbs {
        assert_eq!(world.json(verb)["v"], 1, "{verb:?}");
    }
}

#[test]
fn times_are_utc_and_what_is_not_there_is_null() {
    let world = World::with_desk();
    world.must(&["new", "VPN drops", "--for", "Ada Obi"]);
    let ticket = &world.json(&["list"])["tickets"][0];
    assert_eq!(ticket["opened"], "2026-11-22T09:12:00Z");
    assert!(ticket["owner"].is_null() && ticket["resolved"].is_null());
}
