//! Styles as a terminal holds them, and the shortest way from one to another. Knows nothing of cells' places.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// What shows on a blank cell too.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);
const SUPPORTED: Modifier = SEEN_ON_BLANK.union(Modifier::BOLD).union(Modifier::DIM).union(Modifier::ITALIC);

/// Modifier, code that sets it, code that clears it. Bold and dim share theirs.
const CODES: [(Modifier, u8, u8); 6] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
    (Modifier::CROSSED_OUT, 9, 29),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    pub fg: Color,
    pub bg: Color,
    pub modifier: Modifier,
}

impl Pen {
    pub const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    pub fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// The same look with everything dropped that does not show: on a blank without line or reversal only
    /// the background does. Two cells of one look are then equal.
    pub fn visible(self, blank: Blank) -> Self {
        let kept = Self { modifier: self.modifier.intersection(SUPPORTED), ..self };
        match blank {
            Blank::Yes if !kept.shows_on_blank() => {
                Self { fg: Color::Reset, modifier: Modifier::empty(), ..kept }
            }
            _ => kept,
        }
    }

    /// Whether a blank written with this pen looks like one of style `wanted` (a [`Pen::visible`] one).
    pub fn blanks_like(self, wanted: Self) -> bool {
        if wanted.shows_on_blank() { self == wanted } else { self.bg == wanted.bg && !self.shows_on_blank() }
    }

    fn shows_on_blank(self) -> bool {
        self.modifier.intersects(SEEN_ON_BLANK)
    }

    /// Writes the shorter of: the differences alone, or everything after a reset.
    pub fn switch(self, to: Self, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let mut step = Sgr::default();
        step.differences(self, to);
        let mut fresh = Sgr::default();
        if to != Self::PLAIN {
            fresh.number(0);
            fresh.differences(Self::PLAIN, to);
        }
        let shorter = if fresh.0.len() <= step.0.len() { fresh } else { step };
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(&shorter.0);
        out.push(b'm');
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blank {
    Yes,
    No,
}

/// The parameters of one `CSI … m`.
#[derive(Default)]
struct Sgr(Vec<u8>);

impl Sgr {
    fn number(&mut self, n: u8) {
        if !self.0.is_empty() {
            self.0.push(b';');
        }
        push_number(&mut self.0, u16::from(n));
    }

    fn differences(&mut self, from: Pen, to: Pen) {
        let mut held = from.modifier;
        for (modifier, _, off) in CODES {
            if held.contains(modifier) && !to.modifier.contains(modifier) {
                self.number(off);
                for (cleared, _, _) in CODES.iter().filter(|row| row.2 == off) {
                    held.remove(*cleared);
                }
            }
        }
        for (modifier, on, _) in CODES {
            if to.modifier.contains(modifier) && !held.contains(modifier) {
                self.number(on);
            }
        }
        if from.fg != to.fg {
            self.colour(to.fg, 30, 90);
        }
        if from.bg != to.bg {
            self.colour(to.bg, 40, 100);
        }
    }

    fn colour(&mut self, colour: Color, base: u8, bright: u8) {
        match (ansi(colour), colour) {
            (Some(n @ 0..=7), _) => self.number(base + n),
            (Some(n), _) => self.number(bright + n - 8),
            (None, Color::Indexed(n)) => self.numbers(&[base + 8, 5, n]),
            (None, Color::Rgb(r, g, b)) => self.numbers(&[base + 8, 2, r, g, b]),
            _ => self.number(base + 9),
        }
    }

    fn numbers(&mut self, all: &[u8]) {
        for n in all {
            self.number(*n);
        }
    }
}

/// The place of a colour among the terminal's own sixteen.
fn ansi(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(n @ 0..=15) => n,
        _ => return None,
    })
}

pub(super) fn push_number(out: &mut Vec<u8>, n: u16) {
    if n >= 10 {
        push_number(out, n / 10);
    }
    out.push(b'0' + (n % 10) as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn switched(from: Pen, to: Pen) -> String {
        let mut out = Vec::new();
        from.switch(to, &mut out);
        String::from_utf8(out).unwrap().replace('\x1b', "^")
    }

    fn pen(fg: Color, bg: Color, modifier: Modifier) -> Pen {
        Pen { fg, bg, modifier }
    }

    #[test]
    fn the_shorter_way_is_taken() {
        let red = pen(Color::Red, Color::Reset, Modifier::empty());
        let bold_red = pen(Color::Red, Color::Reset, Modifier::BOLD);
        let all = pen(Color::Rgb(1, 22, 255), Color::Indexed(200), Modifier::BOLD | Modifier::REVERSED);
        assert_eq!(switched(red, red), "");
        assert_eq!(switched(Pen::PLAIN, red), "^[31m");
        assert_eq!(switched(red, bold_red), "^[1m");
        assert_eq!(switched(bold_red, red), "^[22m");
        assert_eq!(switched(all, Pen::PLAIN), "^[m");
        assert_eq!(switched(all, bold_red), "^[0;1;31m");
        assert_eq!(switched(Pen::PLAIN, all), "^[1;7;38;2;1;22;255;48;5;200m");
    }

    #[test]
    fn dim_survives_the_end_of_bold() {
        let both = pen(Color::Reset, Color::Green, Modifier::BOLD | Modifier::DIM);
        let dim = pen(Color::Reset, Color::Green, Modifier::DIM);
        assert_eq!(switched(both, dim), "^[22;2m");
    }

    #[test]
    fn crossed_out_goes_on_and_off() {
        let struck = pen(Color::Red, Color::Blue, Modifier::CROSSED_OUT);
        let plain = pen(Color::Red, Color::Blue, Modifier::empty());
        assert_eq!(switched(plain, struck), "^[9m");
        assert_eq!(switched(struck, plain), "^[29m");
    }

    #[test]
    fn the_sixteen_have_short_forms_however_they_are_named() {
        let named = pen(Color::LightRed, Color::DarkGray, Modifier::empty());
        let indexed = pen(Color::Indexed(9), Color::Indexed(8), Modifier::empty());
        assert_eq!(switched(Pen::PLAIN, named), "^[91;100m");
        assert_eq!(switched(Pen::PLAIN, indexed), "^[91;100m");
    }

    #[test]
    fn a_blank_keeps_only_what_shows() {
        let loud = pen(Color::Red, Color::Blue, Modifier::BOLD | Modifier::SLOW_BLINK);
        assert_eq!(loud.visible(Blank::Yes), pen(Color::Reset, Color::Blue, Modifier::empty()));
        assert_eq!(loud.visible(Blank::No), pen(Color::Red, Color::Blue, Modifier::BOLD));
        let lined = pen(Color::Red, Color::Blue, Modifier::UNDERLINED);
        assert_eq!(lined.visible(Blank::Yes), lined);
        assert!(!lined.blanks_like(pen(Color::Reset, Color::Blue, Modifier::empty())));
        assert!(loud.blanks_like(pen(Color::Reset, Color::Blue, Modifier::empty())));
    }
}
