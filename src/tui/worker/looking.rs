//! Reading what the screen shows, all of it of one moment where it can be, and saying what of it is new. Aims a look so
//! that a refresh finds the shown ticket wherever it went.

use std::time::Instant;

use super::bench::{Bench, Want};
use crate::desk::{Anchor, DeskError, Look, Seen, Story, TicketView};
use crate::domain::ids::TicketId;
use crate::tui::msg::{Generation, News};

/// A look and what it is for.
pub(super) struct Aim {
    pub look: Look,
    generation: Generation,
    ticket: Option<TicketId>,
    /// Whether the ticket was in this stretch when it was last read.
    held: bool,
}

impl Bench {
    pub fn look(&mut self, want: Want) {
        let first = self.first.take();
        match want {
            Want::Nothing => {}
            Want::Ticket => self.told(Instant::now(), Bench::look_at_ticket),
            Want::Page => self.told(Instant::now(), |bench| {
                let aim = bench.aim(None, bench.unanswered());
                bench.look_at(aim, first)
            }),
            Want::Everything => self.told(Instant::now(), |bench| {
                let aim = bench.aim_at_all();
                bench.look_at(aim, first)
            }),
        }
    }

    /// How a look went that began then.
    pub(super) fn told(&mut self, started: Instant, look: impl FnOnce(&mut Bench) -> Result<(), DeskError>) {
        match look(self) {
            Ok(()) => {
                self.well(started.elapsed());
                self.introduce();
            }
            Err(error) => self.ill(&error),
        }
    }

    /// The ticket that was asked for together with something greater, and not told yet.
    fn unanswered(&self) -> Option<TicketId> {
        let told = self.said.ticket.as_ref().map(|(generation, _)| *generation);
        self.ticket.filter(|(generation, _)| told != Some(*generation)).map(|(_, id)| id)
    }

    fn look_at_ticket(&mut self) -> Result<(), DeskError> {
        let Some((generation, id)) = self.ticket else { return Ok(()) };
        let view = match self.ahead.take().filter(|view| view.ticket.id == id) {
            Some(view) => Some(view),
            None => self.desk.ticket(id)?.map(Box::new),
        };
        self.say_ticket(generation, id, view);
        Ok(())
    }

    /// The same stretch of the list again; around the ticket that is shown, if it was there and is no more: so a
    /// refresh finds it wherever it went, and where it left the list, the stretch stays.
    pub(super) fn aim_at_all(&self) -> Option<Aim> {
        let shown = self.ticket.map(|(_, id)| id);
        let listed = |id: &TicketId| {
            self.said.page.as_ref().is_some_and(|(_, page, _)| page.rows.iter().any(|row| row.id == *id))
        };
        let stretch = self.said.page.as_ref().map(|(_, page, _)| Anchor::Offset(page.offset));
        let held = shown.filter(listed);
        self.aim(stretch.filter(|_| held.is_some()), shown)
    }

    fn aim(&self, anchor: Option<Anchor>, ticket: Option<TicketId>) -> Option<Aim> {
        let wish = self.page.as_ref()?;
        let story = match (ticket, self.ticket) {
            (Some(id), _) => Story::Of(id),
            (None, Some(_)) => Story::Nobodys,
            (None, None) => Story::Firsts,
        };
        let (query, rows, news) = (wish.query.clone(), wish.rows, self.ear.asks());
        let look = Look { query, anchor: anchor.unwrap_or(wish.anchor), rows, story, news };
        Some(Aim { look, generation: wish.generation, ticket, held: anchor.is_some() })
    }

    fn look_at(&mut self, aim: Option<Aim>, first: Option<(Look, Seen)>) -> Result<(), DeskError> {
        let Some(aim) = aim else { return self.look_at_ticket() };
        let seen = match first.filter(|(look, _)| *look == aim.look) {
            Some((_, seen)) => seen,
            None => self.desk.look(&aim.look)?,
        };
        self.show(aim, seen)
    }

    /// Says what a look saw; where the ticket has left its stretch, after one more look around it.
    pub(super) fn show(&mut self, aim: Aim, mut seen: Seen) -> Result<(), DeskError> {
        let has = |seen: &Seen, id| seen.page.rows.iter().any(|row| row.id == id);
        if let Some(id) = aim.ticket.filter(|id| aim.held && !has(&seen, *id)) {
            let around = self.desk.look(&Look { anchor: Anchor::Around(id), ..aim.look.clone() })?;
            if has(&around, id) {
                seen = around;
            }
        }
        self.ahead = if aim.look.story == Story::Firsts { seen.ticket.take() } else { None };
        self.say_seen(aim.generation, seen, aim.ticket);
        Ok(())
    }

    fn say_seen(&mut self, generation: Generation, seen: Seen, ticket: Option<TicketId>) {
        let heard = seen.heard.and_then(|heard| self.ear.take(heard));
        heard.into_iter().for_each(|news| self.say(news));
        self.say_due(seen.next);
        let page = (generation, seen.page, seen.counts);
        if self.said.page.as_ref() != Some(&page) {
            self.said.page = Some(page.clone());
            self.say(News::Page { generation, page: page.1, counts: page.2 });
        }
        if let (Some(id), Some((generation, wanted))) = (ticket, self.ticket)
            && id == wanted
        {
            self.say_ticket(generation, id, seen.ticket);
        }
    }

    fn say_ticket(&mut self, generation: Generation, id: TicketId, view: Option<Box<TicketView>>) {
        let said = (generation, view);
        if self.said.ticket.as_ref() != Some(&said) {
            self.said.ticket = Some(said.clone());
            self.say(News::Ticket { generation, id, view: said.1 });
        }
    }
}
