//! Texts put together from columns: `{category} / {subcategory}`. A missing column takes the words before it
//! along, so that no separator is left hanging.

/// A text with columns in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
    tail: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    lead: String,
    column: String,
}

/// Why a text is no template, and the byte at which that shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTemplate {
    pub at: usize,
    pub why: &'static str,
}

impl Template {
    /// Reads `words {column} words`; `{{` and `}}` stand for the braces themselves.
    ///
    /// # Errors
    /// A brace without its partner, or one without a name in it.
    pub fn parse(text: &str) -> Result<Template, BadTemplate> {
        let mut pieces = Vec::new();
        let mut lead = String::new();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let doubled = chars.peek().is_some_and(|(_, next)| *next == c);
            match c {
                '{' | '}' if doubled => {
                    lead.push(c);
                    chars.next();
                }
                '}' => {
                    return Err(BadTemplate {
                        at,
                        why: "this brace closes nothing: write }} for a brace itself",
                    });
                }
                '{' => {
                    let column = column(&mut chars, at)?;
                    pieces.push(Piece { lead: std::mem::take(&mut lead), column });
                }
                _ => lead.push(c),
            }
        }
        Ok(Template { pieces, tail: lead })
    }

    /// The columns it names.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|piece| piece.column.as_str())
    }

    /// The text of a row; none when every column it names is missing.
    pub fn fill<'a>(&self, cell: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
        let mut out = String::new();
        let mut any = self.pieces.is_empty();
        for (n, piece) in self.pieces.iter().enumerate() {
            let Some(text) = cell(&piece.column) else { continue };
            if any || n == 0 {
                out.push_str(&piece.lead);
            }
            out.push_str(text);
            any = true;
        }
        out.push_str(&self.tail);
        any.then_some(out)
    }
}

fn column(chars: &mut impl Iterator<Item = (usize, char)>, open: usize) -> Result<String, BadTemplate> {
    let mut name = String::new();
    for (at, c) in chars {
        match c {
            '}' if name.trim().is_empty() => {
                return Err(BadTemplate { at, why: "there is no column between the braces" });
            }
            '}' => return Ok(name.trim().to_owned()),
            '{' => return Err(BadTemplate { at, why: "a brace inside of braces" }),
            _ => name.push(c),
        }
    }
    Err(BadTemplate { at: open, why: "this brace is never closed" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, cells: &[(&str, &'static str)]) -> Option<String> {
        let template = Template::parse(template).unwrap();
        template.fill(|name| cells.iter().find(|(known, _)| *known == name).map(|(_, text)| *text))
    }

    #[test]
    fn a_missing_column_takes_its_separator_along() {
        let shape = "{a} / {b} ({c})";
        type Cells = &'static [(&'static str, &'static str)];
        let table: [(Cells, Option<&str>); 5] = [
            (&[("a", "x"), ("b", "y"), ("c", "z")], Some("x / y (z)")),
            (&[("a", "x"), ("c", "z")], Some("x (z)")),
            (&[("b", "y"), ("c", "z")], Some("y (z)")),
            (&[("b", "y")], Some("y)")),
            (&[], None),
        ];
        for (cells, text) in table {
            assert_eq!(filled(shape, cells).as_deref(), text, "{cells:?}");
        }
        assert_eq!(filled("code {{ {a} }}", &[("a", "7")]).as_deref(), Some("code { 7 }"));
        assert_eq!(filled("always", &[]).as_deref(), Some("always"));
    }

    #[test]
    fn braces_without_partner_are_shown() {
        for (text, at) in [("x {a", 2), ("x } y", 2), ("{}", 1), ("{a{b}", 2)] {
            assert_eq!(Template::parse(text).map_err(|bad| bad.at), Err(at), "{text}");
        }
    }
}
