//! Two desks on one file, each with what it saw last: whatever they do, each command they were told is done is in
//! the log exactly once, and the projections are what the log tells.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::event::WaitOn;
use crate::domain::ids::EventId;

#[derive(Debug, Clone, Copy)]
enum Act {
    Look,
    Take,
    Release,
    Wait,
    Resume,
    Note,
    /// The same command once more, as after a lost answer.
    Repeat,
}

const ACTS: [Act; 7] = [Act::Look, Act::Take, Act::Release, Act::Wait, Act::Resume, Act::Note, Act::Repeat];

fn command(act: Act) -> Option<Command> {
    Some(match act {
        Act::Take => take(),
        Act::Release => Command::Release { reason: None },
        Act::Wait => Command::Wait { on: WaitOn::Vendor, until: None, reason: None },
        Act::Resume => Command::Resume { reason: None },
        Act::Note => Command::Note { text: Body::new("x").unwrap() },
        Act::Look | Act::Repeat => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn each_command_that_was_done_is_in_the_log_exactly_once(
        acts in prop::collection::vec((0..2usize, prop::sample::select(ACTS.to_vec())), 1..24)
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut desks = [desk(dir.path(), "mia"), desk(dir.path(), "jo")];
        let first = new_id();
        let id = desks[0].run(None, &open("VPN drops"), first).unwrap().ticket.id;
        let mut done = BTreeSet::from([first]);
        let mut last = (None, open("VPN drops"), first);
        for (who, act) in acts {
            let (on, wish, command_id) = match (act, command(act)) {
                (Act::Look, _) => {
                    desks[who].look(&look("", Some(id))).unwrap();
                    continue;
                }
                (_, Some(wish)) => (Some(id), wish, new_id()),
                (_, None) => last.clone(),
            };
            match desks[who].run(on, &wish, command_id) {
                Ok(_) => { done.insert(command_id); }
                Err(DeskError::Refused(_)) => prop_assert!(!done.contains(&command_id), "{wish:?} was done"),
                Err(error) => prop_assert!(false, "{error}"),
            }
            last = (on, wish, command_id);
        }
        let log = desks[0].log(EventId(0), 1_000).unwrap();
        let written: Vec<_> = log.iter().filter(|it| it.ticket == id).filter_map(|it| it.command).collect();
        prop_assert_eq!(written.len(), done.len());
        prop_assert_eq!(written.into_iter().collect::<BTreeSet<_>>(), done);
        prop_assert!(desks[1].verify(&mut |_| crate::store::Go::On).unwrap().is_clean());
    }
}
