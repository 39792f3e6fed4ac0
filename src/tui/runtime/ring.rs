//! Calling a person who looks elsewhere: the bell, and the terminal's own notification, as they are switched on. Only
//! harmless text goes into a sequence.

use crate::desk::settings::{Bell, Notify, TerminalNotice};
use crate::domain::text::neutral;

/// More than a notification shows.
const LONGEST: usize = 200;

/// What to write to the terminal.
#[must_use]
pub fn bytes(notify: Notify, text: &str) -> Vec<u8> {
    let text: String = neutral(text).chars().take(LONGEST).collect();
    let mut out = match notify.terminal {
        TerminalNotice::Off => String::new(),
        // A number before a semicolon would make it another command of that family.
        TerminalNotice::Osc9 => format!("\x1b]9;tierline: {text}\x1b\\"),
        TerminalNotice::Osc777 => format!("\x1b]777;notify;tierline;{}\x1b\\", text.replace(';', ",")),
    };
    if notify.bell == Bell::On {
        out.push('\x07');
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(bell: Bell, terminal: TerminalNotice, text: &str) -> String {
        String::from_utf8(bytes(Notify { bell, terminal }, text)).unwrap()
    }

    #[test]
    fn nothing_is_sent_unless_it_was_switched_on() {
        assert_eq!(bytes(Notify::default(), "#7 own clock over its limit"), b"");
        assert_eq!(sent(Bell::On, TerminalNotice::Off, "x"), "\x07");
        assert_eq!(sent(Bell::Off, TerminalNotice::Osc9, "#7"), "\x1b]9;tierline: #7\x1b\\");
        assert_eq!(sent(Bell::On, TerminalNotice::Osc777, "#7"), "\x1b]777;notify;tierline;#7\x1b\\\x07");
    }

    #[test]
    fn a_hostile_subject_can_not_leave_its_sequence() {
        for terminal in [TerminalNotice::Osc9, TerminalNotice::Osc777] {
            let out = sent(Bell::Off, terminal, "a\x07b\x1b\\c\u{9c}d;e\u{202e}");
            let text = out.strip_prefix("\x1b]").and_then(|rest| rest.strip_suffix("\x1b\\")).unwrap();
            assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{out:?}");
        }
        assert_eq!(sent(Bell::Off, TerminalNotice::Osc777, "a;b").matches(';').count(), 3);
        assert!(sent(Bell::Off, TerminalNotice::Osc9, &"x".repeat(9_000)).len() < 300);
    }
}
