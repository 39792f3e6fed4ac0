//! What the header counts of that which presses: exact while it is little, and bounded where it is much.

use super::*;
use crate::domain::event::Outcome;
use crate::domain::stamp::Span;

const MATRIX: &str = "[desk]\nname = \"T\"\n[priority]\nlevels = [\"P1\"]\nurgency = [\"high\"]\nimpact.all = [\"P1\"]\n\
    [[tiers]]\nname = \"L1\"\n[[groups]]\nname = \"Desk\"\ntier = \"L1\"\n[targets.P1]\ncalendar = \"always\"\nown = \"30m\"\n";

/// A desk whose tickets were opened so many minutes ago.
fn with(folder: &Path, opened: &[i64]) -> Desk {
    by(MATRIX, folder, opened)
}

fn by(matrix: &str, folder: &Path, opened: &[i64]) -> Desk {
    std::fs::write(folder.join("escalation.toml"), matrix).unwrap();
    let ago = |minutes: i64| Clock::Fixed(around(folder).clock.now().plus(Span::MINUTE.times(-minutes)));
    Desk::create(&settings(folder, "mia"), &around(folder), None).unwrap();
    for minutes in opened {
        let then = Surroundings { clock: ago(*minutes), ..around(folder) };
        let mut desk = Desk::open(&settings(folder, "mia"), &then).unwrap();
        desk.run(None, &super::open("VPN drops"), new_id()).unwrap();
    }
    Desk::open(&settings(folder, "mia"), &around(folder)).unwrap()
}

fn counted(opened: &[i64]) -> (Count, Count) {
    let dir = tempfile::tempdir().unwrap();
    let counts = with(dir.path(), opened).look(&look("is:open", None)).unwrap().counts;
    (counts.breached, counts.soon)
}

#[test]
fn what_ran_out_and_what_will_within_the_hour_is_counted_apart() {
    assert_eq!(counted(&[]), (Count::Exactly(0), Count::Exactly(0)));
    assert_eq!(counted(&[45, 31, 30, 29, 0]), (Count::Exactly(3), Count::Exactly(2)));
}

/// Resolves the first tickets an hour ago; the matrix wants them confirmed within half an hour.
fn with_resolved(opened: &[i64], resolved: i64) -> Counts {
    let dir = tempfile::tempdir().unwrap();
    let matrix = MATRIX.replace("own = ", "confirm = \"30m\"\nown = ");
    let mut desk = by(&matrix, dir.path(), opened);
    for id in 1..=resolved {
        let then = Clock::Fixed(around(dir.path()).clock.now().plus(Span::HOUR.times(-1)));
        let mut desk =
            Desk::open(&settings(dir.path(), "mia"), &Surroundings { clock: then, ..around(dir.path()) })
                .unwrap();
        let resolve = Command::Resolve {
            root_cause: Line::new("worn cable").unwrap(),
            resolution: Body::new("replaced it").unwrap(),
            outcome: Outcome::Fixed,
        };
        desk.run(Some(TicketId(id)), &resolve, new_id()).unwrap();
    }
    desk.look(&look("is:open", None)).unwrap().counts
}

#[test]
fn what_should_have_been_confirmed_is_breached_too() {
    let counts = with_resolved(&[70, 70, 45, 5], 2);
    assert_eq!((counts.breached, counts.soon, counts.resolved), (Count::Exactly(3), Count::Exactly(1), 2));
    let counts = with_resolved(&[70; 40], 40);
    assert_eq!((counts.breached, counts.resolved), (Count::AtLeast(40), 40));
}

#[test]
fn much_is_not_counted_to_its_end() {
    assert_eq!(counted(&[45; 40]), (Count::AtLeast(40), Count::AtLeast(0)));
    let mut some = vec![45; 20];
    some.extend([5; 40]);
    assert_eq!(counted(&some), (Count::Exactly(20), Count::AtLeast(20)));
}
