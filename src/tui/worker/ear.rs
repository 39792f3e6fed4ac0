//! Which notices are news: those behind the last that was heard of, without what was seen at the end of the last
//! console. Who opens a desk for the first time hears of what comes from then on.

use crate::desk::view::News as Wanted;
use crate::desk::{Heard, Stands};
use crate::domain::ids::EventId;
use crate::tui::model::inbox::Unseen;
use crate::tui::msg::News;

#[derive(Debug, Default)]
pub struct Ear {
    /// From the last console.
    seen: Option<Unseen>,
    /// None: nothing was heard yet.
    since: Option<EventId>,
}

impl Ear {
    pub fn new(seen: Option<Unseen>) -> Ear {
        Ear { seen, since: None }
    }

    /// What to ask the desk for.
    pub fn asks(&self) -> Wanted {
        match (self.since, &self.seen) {
            (Some(event), _) => Wanted::Since(event),
            (None, Some(seen)) => Wanted::Since(seen.since()),
            (None, None) => Wanted::FromNowOn,
        }
    }

    /// What is to be said of the answer. What is settled by now needs nobody's eye.
    pub fn take(&mut self, heard: Heard) -> Option<News> {
        let first = self.since.is_none();
        // Another desk lies in the place of the one that was seen.
        let seen = self.seen.as_ref().filter(|seen| seen.upto <= heard.upto);
        let news = |event| seen.is_none_or(|seen| !seen.was_seen(event));
        let upto = heard.upto;
        let wanted = heard.notices.into_iter().filter(|it| it.stands == Stands::Still && news(it.event));
        let notices: Vec<_> = wanted.rev().collect();
        let said = !notices.is_empty() || first && seen.is_none();
        self.since = Some(upto);
        said.then_some(News::Heard { notices, upto })
    }
}
