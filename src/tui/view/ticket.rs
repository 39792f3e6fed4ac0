//! The ticket's pane: what it is about, where it stands, where it can go, and what was said, the latest first.

use ratatui::text::{Line, Span};

use super::age;
use super::clocks;
use super::column::status;
use super::text::{fit, width, wrap};
use crate::desk::TicketView;
use crate::desk::describe::{Family, fields, resolution, satisfaction, tell};
use crate::domain::event::{Event, Recorded};
use crate::domain::ticket::{Resolution, Status, Ticket};
use crate::matrix::model::Contact;
use crate::rules::next::NextGroup;
use crate::tui::env::Env;
use crate::tui::theme::{Glyph, Role, Theme};

/// What the pane needs to write a line.
struct Page<'a> {
    columns: usize,
    theme: &'a Theme,
    env: &'a Env,
    lines: Vec<Line<'static>>,
}

/// The pane's lines in so many columns.
#[must_use]
pub fn lines(view: &TicketView, columns: usize, theme: &Theme, env: &Env) -> Vec<Line<'static>> {
    let mut page = Page { columns, theme, env, lines: Vec::new() };
    let ticket = &view.ticket;
    page.head(ticket);
    page.standing(view);
    page.clocks(view);
    page.description(ticket);
    page.fields(ticket);
    if ticket.phase().is_live() && !view.next.is_empty() {
        page.lines.push(Line::default());
        page.ways(&view.next);
    }
    page.said(&view.log);
    page.lines
}

impl Page<'_> {
    fn head(&mut self, ticket: &Ticket) {
        let (grade, times) = (&ticket.grade, self.theme.glyph(Glyph::Times));
        let axes = [grade.impact.as_str(), grade.urgency.as_str()];
        let axes: Vec<&str> = axes.into_iter().filter(|axis| !axis.is_empty()).collect();
        let grade = format!("{}  {}", grade.priority, axes.join(&format!(" {times} ")));
        let grade = grade.trim_end().to_owned();
        let room = self.columns.saturating_sub(width(&grade) + 2);
        let mut subject = wrap(ticket.about.subject.as_str(), room.max(20)).into_iter();
        let first = subject.next().unwrap_or_default();
        let gap = self.columns.saturating_sub(width(&first) + width(&grade));
        let role = if ticket.grade.rank == 0 { Role::Urgent } else { Role::Text };
        self.lines.push(Line::from(vec![
            Span::styled(first, self.theme.style(Role::Title)),
            Span::raw(" ".repeat(gap)),
            Span::styled(grade, self.theme.style(role)),
        ]));
        self.lines.extend(subject.map(|line| Line::styled(line, self.theme.style(Role::Title))));
        let about = &ticket.about;
        let dot = format!(" {} ", self.theme.glyph(Glyph::Dot));
        let contact =
            about.requester.contact.as_ref().map(|contact| format!(", {contact}")).unwrap_or_default();
        let who = format!("{}{contact}", about.requester.name);
        let parts =
            [Some(who), about.category.as_ref().map(ToString::to_string), Some(about.channel.name().into())];
        self.text(&parts.into_iter().flatten().collect::<Vec<_>>().join(&dot), Role::Text);
    }

    fn standing(&mut self, view: &TicketView) {
        let ticket = &view.ticket;
        let now = self.env.now;
        let place = &ticket.place.queue;
        let owner = match ticket.owner_name() {
            None => String::from("nobody's"),
            Some(name) if name == self.env.me.actor.as_str() => String::from("yours"),
            Some(name) => format!("{name}'s"),
        };
        let old = age::lasted(now.since(ticket.times.opened));
        let mut pieces = vec![
            (ticket.phase().name().to_owned(), status(ticket.phase())),
            (format!("{} {}, {owner}", place.tier, place.group), Role::Text),
            (format!("{old} old"), Role::Muted),
        ];
        let tally = ticket.tally;
        let counts =
            [("escalated", tally.escalations), ("returned", tally.bounces), ("reopened", tally.reopens)];
        for (what, n) in counts.into_iter().filter(|(_, n)| *n > 0) {
            let times = self.theme.glyph(Glyph::Times);
            pieces.push((format!("{what} {n}{times}"), Role::Muted));
        }
        self.pieces(pieces);
        if let Some((text, role)) = self.status(view) {
            self.text(&text, role);
        }
        for link in &ticket.links {
            self.text(&format!("{} {}", link.relation.name().replace('-', " "), link.other), Role::Muted);
        }
    }

    fn status(&self, view: &TicketView) -> Option<(String, Role)> {
        let (now, zone) = (self.env.now, &self.env.zone);
        let resolved = resolution(&view.ticket, &view.log).map(|it| self.resolved(&it));
        match &view.ticket.status {
            Status::Open => None,
            Status::Waiting(waiting) => {
                let until = waiting
                    .until
                    .map_or_else(String::new, |until| format!(" until {}", zone.short(until, now)));
                let since = age::lasted(now.since(waiting.since));
                Some((format!("waits on {}{until}, for {since} so far", waiting.on.name()), Role::Waiting))
            }
            Status::Resolved(_) => resolved.map(|text| (text, Role::Resolved)),
            Status::Closed(how) => {
                let closed = format!("closed: {}{}", how.name(), satisfaction(&view.ticket));
                let parts: Vec<String> = [closed].into_iter().chain(resolved).collect();
                Some((parts.join("\n"), Role::Muted))
            }
        }
    }

    fn resolved(&self, it: &Resolution) -> String {
        let when = self.env.zone.short(it.at, self.env.now);
        let how = format!("{} by {} {when}", it.outcome.name(), it.by);
        format!("{how}\ncause: {}\nresolution: {}", it.root_cause, it.resolution)
    }

    /// What is left of each clock.
    fn clocks(&mut self, view: &TicketView) {
        let pieces = clocks::pieces(view, self.theme, self.env);
        if !pieces.is_empty() {
            self.pieces(pieces);
        }
    }

    fn description(&mut self, ticket: &Ticket) {
        if let Some(text) = &ticket.about.description {
            self.lines.push(Line::default());
            self.text(text.as_str(), Role::Text);
        }
    }

    fn fields(&mut self, ticket: &Ticket) {
        // A hand-off repeats what stands above already.
        let above =
            [ticket.about.subject.as_str(), ticket.grade.impact.as_str(), ticket.grade.urgency.as_str()];
        let mut own = fields(&self.env.matrix, ticket);
        own.retain(|(_, value)| !above.contains(&value.as_str()));
        if own.is_empty() {
            return;
        }
        self.lines.push(Line::default());
        for (label, value) in own {
            self.labelled(&label, value.as_str(), Role::Text);
        }
    }

    /// Where it can go from here, who answers there and how fast, and what the hand-off still needs: what it needs
    /// wherever it goes is named once.
    /// The usual way in full, the others by name: what they need stands in the form, and notes need the room.
    fn ways(&mut self, ways: &[NextGroup]) {
        let Some((usual, others)) = ways.split_first() else { return };
        self.next(usual);
        let others: Vec<String> =
            others.iter().map(|next| format!("{} {}", next.queue.tier, next.queue.group)).collect();
        if !others.is_empty() {
            self.labelled("or", &others.join(", "), Role::Muted);
        }
    }

    fn next(&mut self, next: &NextGroup) {
        let dot = format!(" {} ", self.theme.glyph(Glyph::Dot));
        let mut parts = vec![format!("{} {}", next.queue.tier, next.queue.group)];
        parts.extend(next.contacts.iter().map(contact));
        self.labelled("next", &parts.join(&dot), Role::Text);
        let gaps: Vec<&str> = next.check_list.iter().filter_map(|item| item.gap.as_deref()).collect();
        let all = next.check_list.len();
        match (all, gaps.is_empty()) {
            (0, _) => {}
            (_, true) => {
                let check = self.theme.glyph(Glyph::Check);
                self.labelled("hand-off", &format!("{check} complete, {all} of {all}"), Role::Success);
            }
            (_, false) => {
                let known = all - gaps.len();
                self.labelled("hand-off", &format!("{known} of {all}: {}", gaps.join(", ")), Role::Warned);
            }
        }
    }

    /// Notes, contacts and reasons: what people wrote.
    fn said(&mut self, log: &[Recorded]) {
        let opening = |it: &&Recorded| !matches!(it.event, Event::Opened(_));
        for recorded in log.iter().rev().filter(opening) {
            let told = tell(recorded, self.env.teller());
            let (Some(said), Family::Note | Family::Contact) = (told.said, told.family) else { continue };
            self.lines.push(Line::default());
            let when = self.env.zone.short(recorded.at, self.env.now);
            let actor = &recorded.author.actor;
            let dot = self.theme.glyph(Glyph::Dot);
            let how =
                if told.family == Family::Note { String::new() } else { format!(" {dot} {}", told.what) };
            self.lines.push(Line::from(vec![
                Span::styled(
                    fit(&format!("{when} {actor}"), self.columns, self.theme).into_owned(),
                    self.theme.style(Role::Heading),
                ),
                Span::styled(how, self.theme.style(Role::Muted)),
            ]));
            self.text(&said, Role::Text);
        }
    }

    /// Pieces beside each other with a gap, and below where there is no room; none is cut in two that fits.
    fn pieces(&mut self, pieces: Vec<(String, Role)>) {
        let (mut line, mut used) = (Line::default(), 0);
        for (text, role) in pieces {
            let text = fit(&text, self.columns, self.theme).into_owned();
            if used > 0 && used + 2 + width(&text) > self.columns {
                self.lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push_span(Span::raw("  "));
                used += 2;
            }
            used += width(&text);
            line.push_span(Span::styled(text, self.theme.style(role)));
        }
        self.lines.push(line);
    }

    fn text(&mut self, text: &str, role: Role) {
        let style = self.theme.style(role);
        self.lines.extend(wrap(text, self.columns).into_iter().map(|line| Line::styled(line, style)));
    }

    fn labelled(&mut self, label: &str, text: &str, role: Role) {
        const LABEL: usize = 10;
        let label = fit(label, LABEL.max(self.columns / 3), self.theme).into_owned();
        let indent = LABEL.max(width(&label) + 2);
        for (n, line) in wrap(text, self.columns.saturating_sub(indent)).into_iter().enumerate() {
            let head = if n == 0 { label.as_str() } else { "" };
            let gap = " ".repeat(indent.saturating_sub(width(head)));
            self.lines.push(Line::from(vec![
                Span::styled(format!("{head}{gap}"), self.theme.style(Role::Muted)),
                Span::styled(line, self.theme.style(role)),
            ]));
        }
    }
}

/// `chat #net-oncall, answers within 15m`.
#[must_use]
pub fn contact(contact: &Contact) -> String {
    let within = contact.respond_within.map_or_else(String::new, |span| format!(", answers within {span}"));
    format!("{} {}{within}", contact.channel, contact.to)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::event::{Channel, Outcome, Reached};
    use crate::domain::text::{Body, Label, Line as Text};
    use crate::matrix::read;
    use crate::rules::Command;
    use crate::rules::command::Confirm;
    use crate::rules::next::next_groups;
    use crate::tui::sample::{env, life, open};
    use crate::tui::theme::{Charset, Palette};

    fn page(view: &TicketView, env: &Env) -> String {
        let theme = Theme::new(Palette::Mono, Charset::Unicode);
        lines(view, 100, &theme, env).iter().map(|line| format!("{line}\n")).collect()
    }

    #[test]
    fn a_closed_ticket_still_says_how_it_was_resolved_and_what_the_requester_said() {
        let resolve = Command::Resolve {
            root_cause: Text::soften("worn cable"),
            resolution: Body::soften("replaced it"),
            outcome: Outcome::Fixed,
        };
        let (reached, satisfaction) = (Reached::Yes, Some(4));
        let confirm = Confirm { reached, channel: Channel::Phone, satisfaction, comment: None };
        let view = life(
            7,
            vec![
                (60, "jo", open("x", "y", "limited", "low")),
                (30, "jo", resolve),
                (9, "mia", Command::Confirm(confirm)),
            ],
        );
        let page = page(&view, &env());
        assert!(
            page.contains(
                "closed: confirmed, satisfaction 4 of 5\nfixed by jo 10:31\ncause: worn cable\nresolution: replaced it"
            ),
            "{page}"
        );
    }

    #[test]
    fn what_travels_stands_in_the_order_of_the_matrix() {
        let mut view = life(7, vec![(60, "mia", open("x", "y", "limited", "low"))]);
        for (name, text) in [("aside", "one"), ("tried", "two"), ("summary", "three")] {
            view.ticket.about.fields.insert(Label::soften(name), Body::soften(text));
        }
        let page = page(&view, &env());
        let at = |label: &str| page.find(label).unwrap_or_else(|| panic!("{page}"));
        assert!(at("Summary") < at("What was tried") && at("What was tried") < at("aside"), "{page}");
    }

    #[test]
    fn the_usual_way_is_told_in_full_and_the_others_by_name() {
        let text = include_str!("../../../assets/demo/escalation.toml");
        let env = Env { matrix: Arc::new(read(text, "demo").unwrap().matrix), ..env() };
        let mut view = life(7, vec![(60, "mia", open("x", "y", "extensive", "high"))]);
        view.next = next_groups(&env.context(), &view.ticket);
        let page = page(&view, &env);
        assert_eq!(page.matches("What was tried is missing").count(), 1, "{page}");
        assert!(page.contains("L2 Desktop · chat #desktop") && page.contains("2 of 3: "), "{page}");
        assert!(page.contains("or        L2 Network, L2 Applications"), "{page}");
    }
}
