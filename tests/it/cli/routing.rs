//! Where tickets go: routes on opening and on a change of category, and `matrix route`, which tells it beforehand.

use insta::assert_snapshot;

use super::{TEAM, World};

const ROUTES: &str = r#"
[[routes]]
name = "network of whole sites"
when = "category:network/* prio:P1..P2"
to = "Network"
[[routes]]
when = "category:software/*"
to = "Desktop"
"#;

fn world() -> World {
    World::with_matrix(&format!("{TEAM}{ROUTES}"))
}

#[test]
fn a_category_that_is_corrected_sends_the_ticket_where_it_belongs() {
    let world = world();
    world.must(&["new", "mail is slow", "--for", "Ada", "--category", "network/mail"]);
    assert_snapshot!(world.transcript(&[
        "take 1",
        "edit 1 --category software/mail",
        "edit 1 --category hr/pay",
        "log 1",
    ]), @r#"
    $ tierline take 1
    #1 took it
    $ tierline edit 1 --category software/mail
    #1 changed category software/mail; L1 Service Desk → L2 Desktop routed by "category:software/*"
    $ tierline edit 1 --category hr/pay
    #1 changed category hr/pay
    $ tierline log 1
    2026-11-22 10:12 CET  mia opened it by phone for Ada as P3 in L1 Service Desk
    2026-11-22 10:12 CET  mia took it
    2026-11-22 10:12 CET  mia changed category software/mail
    2026-11-22 10:12 CET  mia L1 Service Desk → L2 Desktop routed by "category:software/*"
    2026-11-22 10:12 CET  mia changed category hr/pay
    "#);
}
