//! Rows of the console's action table as plain data: the binary hands them in, because the command line and the
//! console don't know each other.

/// One action and its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The heading it stands under.
    pub group: &'static str,
    /// The stable dotted name, as in the key file.
    pub name: &'static str,
    /// The default keys, the one shown first.
    pub keys: &'static [&'static str],
    /// One line.
    pub doc: &'static str,
}
