//! How roles look: which style a breached ticket or a focused border has, and which glyphs draw a mark or a
//! frame. Chosen from data once; never reads the environment. No role is told by colour alone: where there
//! is no colour, bold, underline and reverse carry what they can and the views' letters the rest.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

/// What a piece of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Text,
    Title,
    /// Second in importance: ages, labels, hints.
    Muted,
    /// Headings of columns and sections.
    Heading,
    Border,
    FocusBorder,
    /// The glyph before the selected row.
    Mark,
    Urgent,
    Breached,
    Warned,
    Waiting,
    Resolved,
    Error,
    Success,
    /// A line that must be noticed: offline, unsafe drive.
    Banner,
    /// A line that its person must hear of.
    Notice,
    /// The key in a key hint.
    Key,
    /// What a disabled action's hint looks like.
    Disabled,
    Field,
    SelectedField,
    /// The chosen entry of a list in a dialog.
    Chosen,
    /// The part of a text that a search found.
    Match,
}

impl Role {
    pub const ALL: [Self; 22] = [
        Self::Text,
        Self::Title,
        Self::Muted,
        Self::Heading,
        Self::Border,
        Self::FocusBorder,
        Self::Mark,
        Self::Urgent,
        Self::Breached,
        Self::Warned,
        Self::Waiting,
        Self::Resolved,
        Self::Error,
        Self::Success,
        Self::Banner,
        Self::Notice,
        Self::Key,
        Self::Disabled,
        Self::Field,
        Self::SelectedField,
        Self::Chosen,
        Self::Match,
    ];
}

/// A drawn sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Glyph {
    Mark,
    Ellipsis,
    /// From one group to the next.
    Arrow,
    Back,
    Up,
    Down,
    Check,
    Cross,
    Bullet,
    /// Stands for "nobody" or "nothing".
    Dash,
    Times,
    /// Between parts of one line.
    Dot,
    /// The three shades of a clock's strip: counted, paused, outside hours.
    Counted,
    Paused,
    Outside,
    /// Of a tree: a way off, the last one, and what goes on between.
    Branch,
    Corner,
    Stem,
}

/// Glyph, its Unicode form, its ASCII form: all one column wide.
const GLYPHS: [(Glyph, &str, &str); 18] = [
    (Glyph::Mark, "▸", ">"),
    (Glyph::Ellipsis, "…", "~"),
    (Glyph::Arrow, "→", ">"),
    (Glyph::Back, "←", "<"),
    (Glyph::Up, "↑", "^"),
    (Glyph::Down, "↓", "v"),
    (Glyph::Check, "✓", "+"),
    (Glyph::Cross, "✗", "x"),
    (Glyph::Bullet, "•", "*"),
    (Glyph::Dash, "—", "-"),
    (Glyph::Times, "×", "x"),
    (Glyph::Dot, "·", "-"),
    (Glyph::Counted, "█", "#"),
    (Glyph::Paused, "░", "="),
    (Glyph::Outside, "·", "."),
    (Glyph::Branch, "├", "|"),
    (Glyph::Corner, "└", "`"),
    (Glyph::Stem, "│", "|"),
];

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Palette {
    /// The terminal's own sixteen colours, on whatever background it has.
    #[default]
    Sixteen,
    Mono,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Charset {
    #[default]
    Unicode,
    Ascii,
}

/// What a person or a configuration asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Wish {
    /// What the environment suggests.
    #[default]
    Auto,
    On,
    Off,
}

/// Wishes, and the values of the environment variables that decide where there is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wants<'a> {
    pub colour: Wish,
    pub ascii: Wish,
    pub no_color: Option<&'a str>,
    pub term: Option<&'a str>,
    pub lc_all: Option<&'a str>,
    pub lc_ctype: Option<&'a str>,
    pub lang: Option<&'a str>,
}

impl Wants<'_> {
    /// `NO_COLOR` counts when it is not empty (no-color.org).
    fn palette(&self) -> Palette {
        let unwanted = self.no_color.is_some_and(|value| !value.is_empty());
        match self.colour {
            Wish::On => Palette::Sixteen,
            Wish::Off => Palette::Mono,
            Wish::Auto if unwanted || self.term == Some("dumb") => Palette::Mono,
            Wish::Auto => Palette::Sixteen,
        }
    }

    /// The first of the locale's variables that is set and not empty decides, as in setlocale(3). The Linux
    /// console's font lacks most of the glyphs.
    fn charset(&self) -> Charset {
        let set = |value: &&str| !value.is_empty();
        let locale =
            [self.lc_all, self.lc_ctype, self.lang].into_iter().flatten().find(set).unwrap_or_default();
        let locale = locale.to_ascii_lowercase();
        let utf8 = locale.contains("utf-8") || locale.contains("utf8");
        match self.ascii {
            Wish::On => Charset::Ascii,
            Wish::Off => Charset::Unicode,
            Wish::Auto if !utf8 || self.term == Some("linux") => Charset::Ascii,
            Wish::Auto => Charset::Unicode,
        }
    }
}

/// Styles and glyphs of a console; small enough to be copied about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Theme {
    palette: Palette,
    charset: Charset,
}

impl Theme {
    pub fn new(palette: Palette, charset: Charset) -> Self {
        Self { palette, charset }
    }

    pub fn choose(wants: &Wants<'_>) -> Self {
        Self::new(wants.palette(), wants.charset())
    }

    pub fn palette(self) -> Palette {
        self.palette
    }

    pub fn charset(self) -> Charset {
        self.charset
    }

    pub fn style(self, role: Role) -> Style {
        let (colour, modifier) = look(role);
        let style = Style::new().add_modifier(modifier);
        match (self.palette, colour) {
            (Palette::Sixteen, Some(colour)) => style.fg(colour),
            _ => style.add_modifier(instead_of_colour(role)),
        }
    }

    pub fn glyph(self, glyph: Glyph) -> &'static str {
        let row = GLYPHS.iter().find(|row| row.0 == glyph);
        match (row, self.charset) {
            (Some((_, unicode, _)), Charset::Unicode) => unicode,
            (Some((_, _, ascii)), Charset::Ascii) => ascii,
            (None, _) => "?",
        }
    }

    /// The lines of a frame. `horizontal_top` serves for rules across the screen too.
    pub fn border(self) -> border::Set<'static> {
        match self.charset {
            Charset::Unicode => border::PLAIN,
            Charset::Ascii => ASCII_BORDER,
        }
    }
}

/// Colour and modifiers of a role. Black, white and the grays are left out, for one background or another
/// swallows each of them, and so is yellow, which does not show on white.
fn look(role: Role) -> (Option<Color>, Modifier) {
    let (none, bold) = (Modifier::empty(), Modifier::BOLD);
    match role {
        Role::Text | Role::Field => (None, none),
        Role::Title | Role::Key | Role::Heading => (None, bold),
        Role::Muted | Role::Border | Role::Disabled => (None, Modifier::DIM),
        Role::FocusBorder | Role::Mark => (Some(Color::Cyan), bold),
        Role::Breached | Role::Error => (Some(Color::Red), bold),
        Role::Urgent => (Some(Color::Red), none),
        Role::Warned => (Some(Color::Magenta), bold),
        Role::Waiting => (Some(Color::Cyan), none),
        Role::Resolved | Role::Success => (Some(Color::Green), none),
        Role::Banner => (Some(Color::Red), Modifier::REVERSED.union(bold)),
        Role::Notice => (Some(Color::Magenta), Modifier::REVERSED.union(bold)),
        Role::SelectedField | Role::Match => (None, Modifier::UNDERLINED),
        Role::Chosen => (None, Modifier::REVERSED),
    }
}

/// What a role gets on top where its colour can't be shown.
fn instead_of_colour(role: Role) -> Modifier {
    match role {
        Role::Breached => Modifier::REVERSED,
        Role::Urgent => Modifier::BOLD,
        Role::Error => Modifier::UNDERLINED,
        Role::Waiting | Role::Resolved => Modifier::DIM,
        _ => Modifier::empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn utf8() -> Wants<'static> {
        Wants { lang: Some("en_US.UTF-8"), term: Some("xterm-256color"), ..Wants::default() }
    }

    #[test]
    fn no_role_is_lost_on_either_background() {
        let theme = Theme::new(Palette::Sixteen, Charset::Unicode);
        for role in Role::ALL {
            let style = theme.style(role);
            let safe = [Color::Red, Color::Magenta, Color::Cyan, Color::Green];
            assert!(style.fg.is_none_or(|fg| safe.contains(&fg)), "{role:?} {style:?}");
            assert_eq!(style.bg, None, "{role:?}");
        }
    }

    #[test]
    fn without_colour_there_is_no_colour_and_what_matters_still_stands_out() {
        let mono = Theme::new(Palette::Mono, Charset::Unicode);
        for role in Role::ALL {
            assert_eq!((mono.style(role).fg, mono.style(role).bg), (None, None), "{role:?}");
        }
        let text = mono.style(Role::Text);
        for role in [Role::Breached, Role::Urgent, Role::Warned, Role::Error, Role::Banner, Role::Mark] {
            assert_ne!(mono.style(role), text, "{role:?}");
        }
        assert_ne!(mono.style(Role::Breached), mono.style(Role::Warned));
    }

    #[test]
    fn every_role_and_glyph_is_listed_once() {
        for (i, role) in Role::ALL.iter().enumerate() {
            assert!(!Role::ALL[..i].contains(role), "{role:?}");
        }
        for (i, (glyph, ..)) in GLYPHS.iter().enumerate() {
            assert!(GLYPHS[..i].iter().all(|row| row.0 != *glyph), "{glyph:?}");
        }
    }

    #[test]
    fn glyphs_are_one_column_and_ascii_where_asked() {
        let (unicode, ascii) =
            (Theme::new(Palette::Mono, Charset::Unicode), Theme::new(Palette::Mono, Charset::Ascii));
        for (glyph, ..) in GLYPHS {
            assert_eq!(unicode.glyph(glyph).width(), 1, "{glyph:?}");
            assert!(ascii.glyph(glyph).is_ascii() && ascii.glyph(glyph).len() == 1, "{glyph:?}");
            assert_ne!(unicode.glyph(glyph), "?");
        }
        let set = ascii.border();
        assert!([set.top_left, set.vertical_right, set.horizontal_top].iter().all(|line| line.is_ascii()));
    }

    #[test]
    fn no_color_counts_unless_empty_or_overruled() {
        let chosen = |wants: Wants<'_>| Theme::choose(&wants).palette();
        assert_eq!(chosen(utf8()), Palette::Sixteen);
        assert_eq!(chosen(Wants { no_color: Some("1"), ..utf8() }), Palette::Mono);
        assert_eq!(chosen(Wants { no_color: Some(""), ..utf8() }), Palette::Sixteen);
        assert_eq!(chosen(Wants { no_color: Some("1"), colour: Wish::On, ..utf8() }), Palette::Sixteen);
        assert_eq!(chosen(Wants { colour: Wish::Off, ..utf8() }), Palette::Mono);
    }

    #[test]
    fn the_locale_decides_about_glyphs_unless_overruled() {
        let chosen = |wants: Wants<'_>| Theme::choose(&wants).charset();
        assert_eq!(chosen(utf8()), Charset::Unicode);
        assert_eq!(chosen(Wants::default()), Charset::Ascii, "no locale is the C locale");
        assert_eq!(chosen(Wants { lc_all: Some("C"), ..utf8() }), Charset::Ascii);
        assert_eq!(
            chosen(Wants { lc_all: Some(""), lc_ctype: Some("C.utf8"), ..Wants::default() }),
            Charset::Unicode
        );
        assert_eq!(chosen(Wants { lc_ctype: Some("POSIX"), ..utf8() }), Charset::Ascii);
        assert_eq!(chosen(Wants { term: Some("linux"), ..utf8() }), Charset::Ascii);
        assert_eq!(chosen(Wants { ascii: Wish::On, ..utf8() }), Charset::Ascii);
        assert_eq!(chosen(Wants { ascii: Wish::Off, ..Wants::default() }), Charset::Unicode);
    }
}
