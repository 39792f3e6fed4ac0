//! Each command against each phase of a ticket's life, as one table to read.

use super::*;

/// By `tess`, who may do everything and works everywhere. The ticket came from the Service Desk to Network, where jo
/// owns it; resolved, it is at the Service Desk again and sam's.
const TABLE: &str = "
            open          waiting       resolved          closed
open        -             -             -                 -
edit        edited        edited        edited            -
prioritise  prioritised   prioritised   prioritised       -
take over   taken         taken         taken             -
release     released      released      released          -
assign      assigned      assigned      assigned          -
note        noted         noted         noted             noted
contact     contacted     contacted     contacted         -
route       routed        routed        -                 -
escalate    escalated     escalated     -                 -
call in     called_in     called_in     -                 -
return      returned      returned      -                 -
wait        wait_started  wait_started  -                 -
resume      -             resumed       -                 -
resolve     resolved      resolved      -                 -
confirm     -             -             confirmed+closed  -
not reached -             -             confirmed         -
close       -             -             -                 -
reopen      -             -             reopened          reopened
link        linked        linked        linked            linked
unlink      unlinked      unlinked      unlinked          unlinked
";

fn at(phase: Phase) -> Play {
    let play = Play::opened().does("sam", up("Network")).does("jo", take());
    let play = play.does("sam", Command::Link { other: TicketId(3), relation: Relation::Follows });
    match phase {
        Phase::Open => play,
        Phase::Waiting => play.does("jo", Command::Wait { on: WaitOn::Vendor, until: None, reason: None }),
        Phase::Resolved => play.does("jo", resolve()).does("sam", take()),
        Phase::Closed => play.does("jo", resolve()).does("sam", reached(None)),
    }
}

fn commands() -> Vec<(&'static str, Command)> {
    let reason = || Some(line("because"));
    let edit = Edit { subject: Some(line("Wi-Fi drops")), ..Edit::default() };
    let grade = Prioritise { impact: Some(label("extensive")), ..Prioritise::default() };
    let unreached =
        Confirm { reached: Reached::No, channel: Channel::Phone, satisfaction: None, comment: None };
    let note = || Body::new("x").unwrap();
    vec![
        ("open", Command::Open(Box::new(open()))),
        ("edit", Command::Edit(Box::new(edit))),
        ("prioritise", Command::Prioritise(grade)),
        ("take over", Command::Take { reason: reason() }),
        ("release", Command::Release { reason: None }),
        ("assign", Command::Assign { to: label("tess"), reason: None }),
        ("note", Command::Note { text: note() }),
        ("contact", Command::Contact { text: note(), channel: Channel::Mail }),
        ("route", Command::Route { to: label("Applications"), reason: line("theirs") }),
        ("escalate", Command::Escalate(Box::new(Escalate { to: None, ..escalate("Network") }))),
        ("call in", Command::CallIn { who: label("mia"), reason: line("big") }),
        ("return", Command::Return { to: None, code: ReturnCode::Done, reason: None }),
        ("wait", Command::Wait { on: WaitOn::Change, until: None, reason: None }),
        ("resume", Command::Resume { reason: None }),
        ("resolve", resolve()),
        ("confirm", reached(Some(4))),
        ("not reached", Command::Confirm(unreached)),
        ("close", Command::Close { reason: None }),
        ("reopen", reopen()),
        ("link", Command::Link { other: TicketId(4), relation: Relation::RelatesTo }),
        ("unlink", Command::Unlink { other: TicketId(3) }),
    ]
}

fn cell(phase: Phase, command: &Command) -> String {
    match at(phase).act("tess", command) {
        Ok(events) => {
            events.iter().map(|it| it.kind().trim_start_matches("ticket.")).collect::<Vec<_>>().join("+")
        }
        Err(Refusal { reason: Reason::State, .. }) => String::from("-"),
        Err(refusal) => format!("{:?}", refusal.reason),
    }
}

#[test]
fn each_command_in_each_phase() {
    let row = |(name, command): (&str, Command)| {
        let [open, waiting, resolved, closed] = Phase::ALL.map(|phase| cell(phase, &command));
        format!("{name:<12}{open:<14}{waiting:<14}{resolved:<18}{closed}\n")
    };
    let head = format!("{:<12}{:<14}{:<14}{:<18}{}\n", "", "open", "waiting", "resolved", "closed");
    let table = head + &commands().into_iter().map(row).collect::<String>();
    assert_eq!(table, TABLE.trim_start_matches('\n'), "\n{table}");
}
