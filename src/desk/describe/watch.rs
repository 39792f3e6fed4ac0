//! What came by itself. The actor beside it only noticed it, so each sentence says so, and since when it was so.

use super::{Family, Told, told};
use crate::desk::clock::Zone;
use crate::domain::event::{ActKind, Breached, Deed, Resumed, StepFired, Warned};
use crate::domain::stamp::{Span, Stamp};
use crate::domain::text::Label;

pub fn warned(it: &Warned, zone: &Zone, noticed: Stamp) -> Told {
    let since = since(it.due, zone, noticed);
    told(Family::Watch, format!("noticed: {} clock at {}% of its limit{since}", it.clock.name(), it.share))
}

pub fn breached(it: &Breached, zone: &Zone, noticed: Stamp) -> Told {
    let since = since(it.due, zone, noticed);
    told(Family::Watch, format!("noticed: {} clock over its limit{since}", it.clock.name()))
}

pub fn resumed(it: &Resumed, zone: &Zone, noticed: Stamp) -> Told {
    let what = match it.due {
        Some(due) => format!("noticed: the time of waiting is over{}", since(due, zone, noticed)),
        None => String::from("resumed work"),
    };
    told(Family::Status, what).because(it.reason.as_ref())
}

pub fn fired(it: &StepFired, zone: &Zone, noticed: Stamp) -> Told {
    let since = since(it.due, zone, noticed);
    let turn = if it.turn > 1 { format!(", turn {}", it.turn) } else { String::new() };
    let clock = it.clock.map_or(String::new(), |clock| format!(" ({} clock)", clock.name()));
    told(Family::Watch, format!("noticed: step \"{}\"{clock}{turn}{since}: {}", it.step, deeds(it)))
}

/// What a step did, or did not and why.
#[must_use]
pub fn deeds(it: &StepFired) -> String {
    it.did.iter().map(deed).collect::<Vec<_>>().join("; ")
}

fn deed(deed: &Deed) -> String {
    let named =
        |before: &str, name: Option<&Label>| name.map_or(String::new(), |name| format!("{before}{name}"));
    let (to, who) = (deed.to.as_ref(), deed.who.as_ref());
    let done = match deed.act {
        ActKind::Escalate => named("escalate to ", to),
        ActKind::Notify => named("tell ", who),
        ActKind::Release => named("release it from ", who),
        ActKind::Raise => named("raise it to ", to),
        ActKind::Suggest => named("suggest to escalate to ", to),
        ActKind::Other => String::from("something that a newer version does"),
    };
    let done = if done.is_empty() { deed.act.name() } else { done.as_str() };
    match &deed.skipped {
        Some(why) => format!("{done}, not done: {why}"),
        None => done.to_owned(),
    }
}

/// Says when it came, unless it was noticed at once.
fn since(due: Stamp, zone: &Zone, noticed: Stamp) -> String {
    if noticed.since(due) < Span::MINUTE {
        return String::new();
    }
    format!(", since {}", zone.short(due, noticed))
}
