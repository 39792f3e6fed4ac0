//! The ladder: a frame per tier with its groups, how to reach them and how soon they answer, and the way up.

use super::canvas::{Canvas, span, widest};
use super::{ChartSpan, Tone};
use crate::matrix::model::{Contact, Group, Matrix, Tier};
use crate::matrix::wording::{exact, limit};

pub(super) fn draw(canvas: &mut Canvas, matrix: &Matrix) {
    canvas.lines.push(super::ChartLine::default());
    for (rank, tier) in matrix.tiers.iter().enumerate() {
        frame_top(canvas, matrix, tier);
        let groups: Vec<&Group> = matrix.groups.iter().filter(|group| group.tier == rank).collect();
        for (place, group) in groups.iter().enumerate() {
            if place > 0 {
                inside(canvas, Vec::new(), Vec::new());
            }
            draw_group(canvas, group);
        }
        frame_bottom(canvas, rank + 1 == matrix.tiers.len());
    }
}

fn frame_top(canvas: &mut Canvas, matrix: &Matrix, tier: &Tier) {
    let marks = canvas.marks();
    let title = tier.title.as_ref().map(|title| format!(" {} {title}", marks.dot)).unwrap_or_default();
    let limits: Vec<String> = matrix
        .targets
        .iter()
        .filter_map(|target| Some(format!("{} {}", target.priority, limit(*target.tier.get(&tier.name)?))))
        .collect();
    let limits = if limits.is_empty() { String::new() } else { format!(" {} ", limits.join("  ")) };
    let name = canvas.fit(&format!(" {}{title} ", tier.name), canvas.width / 2);
    let limits = canvas.fit(&limits, canvas.width / 2 - 6);
    let used = unicode_width::UnicodeWidthStr::width(format!("{name}{limits}").as_str());
    let rule = marks.flat.repeat(canvas.width.saturating_sub(used + 4));
    canvas.line(vec![
        span(Tone::Frame, format!("{}{}", marks.top[0], marks.flat)),
        span(Tone::Title, name),
        span(Tone::Frame, rule),
        span(Tone::Value, limits),
        span(Tone::Frame, format!("{}{}", marks.flat, marks.top[1])),
    ]);
}

fn frame_bottom(canvas: &mut Canvas, last: bool) {
    let marks = canvas.marks();
    let stem = if last { marks.flat } else { marks.stem };
    let left = (canvas.width - 3) / 2;
    let right = canvas.width - 3 - left;
    let rule = format!("{}{stem}{}", marks.flat.repeat(left), marks.flat.repeat(right));
    canvas.line(vec![span(Tone::Frame, format!("{}{rule}{}", marks.bottom[0], marks.bottom[1]))]);
    if !last {
        canvas.line(vec![span(Tone::Frame, format!("{}{}", " ".repeat(left + 1), marks.down))]);
    }
}

fn inside(canvas: &mut Canvas, left: Vec<ChartSpan>, right: Vec<ChartSpan>) {
    let side = canvas.marks().side;
    let mut spans = vec![span(Tone::Frame, format!("{side} "))];
    spans.extend(canvas.apart(canvas.width - 4, left, right));
    spans.push(span(Tone::Frame, format!(" {side}")));
    canvas.line(spans);
}

fn draw_group(canvas: &mut Canvas, group: &Group) {
    let right = canvas.marks().right;
    let ups: Vec<&str> = group.escalates_to.iter().map(|up| up.as_str()).collect();
    let mut left = vec![span(Tone::Key, &group.name)];
    if !ups.is_empty() {
        left.push(span(Tone::Muted, format!("  {right} {}", ups.join(", "))));
    }
    inside(canvas, left, Vec::new());
    let channels = widest(group.contacts.iter().map(|contact| contact.channel.as_str()), 16);
    for contact in &group.contacts {
        draw_contact(canvas, contact, channels);
    }
    if group.contacts.is_empty() {
        inside(canvas, vec![span(Tone::Warn, "  no contact given")], Vec::new());
    }
}

fn draw_contact(canvas: &mut Canvas, contact: &Contact, channels: usize) {
    let mut left = vec![
        span(Tone::Muted, format!("  {}  ", canvas.cell(contact.channel.as_str(), channels))),
        span(Tone::Value, &contact.to),
    ];
    left.extend(contact.when.as_ref().map(|when| span(Tone::Muted, format!("  if {}", when.text))));
    let answers =
        contact.respond_within.map(|within| span(Tone::Value, format!("answers in {}", exact(within))));
    inside(canvas, left, answers.into_iter().collect());
}
