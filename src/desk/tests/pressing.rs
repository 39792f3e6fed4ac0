//! What the header counts of that which presses: exact while it is little, and bounded where it is much.

use super::*;
use crate::domain::stamp::Span;

const MATRIX: &str = "[desk]\nname = \"T\"\n[priority]\nlevels = [\"P1\"]\nurgency = [\"high\"]\nimpact.all = [\"P1\"]\n\
    [[tiers]]\nname = \"L1\"\n[[groups]]\nname = \"Desk\"\ntier = \"L1\"\n[targets.P1]\ncalendar = \"always\"\nown = \"30m\"\n";

/// A desk whose tickets were opened so many minutes ago.
fn with(folder: &Path, opened: &[i64]) -> Desk {
    std::fs::write(folder.join("escalation.toml"), MATRIX).unwrap();
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

#[test]
fn much_is_not_counted_to_its_end() {
    assert_eq!(counted(&[45; 40]), (Count::AtLeast(40), Count::AtLeast(0)));
    let mut some = vec![45; 20];
    some.extend([5; 40]);
    assert_eq!(counted(&some), (Count::Exactly(20), Count::AtLeast(20)));
}
