//! A query as SQL over the table `ticket`: the same answers in the same order as `domain::query` gives in
//! memory. Every value is a parameter. Knows the names of columns, but neither opens nor writes anything.
//!
//! `live = 1` is written so that a partial index serves, and the default order is plain columns, so that the
//! index is walked and nothing sorted. A group's or owner's name in any case is looked for among the names in
//! `tally`. A condition on phase, live, group and owner alone holds for `tally` too.

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};

use crate::domain::case::fold_case;
use crate::domain::query::bound::{Check, Clause};
use crate::domain::query::column::{NEVER, Name, Number};
use crate::domain::query::order::{self, Part, Step, steps};
use crate::domain::query::{Phrase, Query, Reach, Scope, Sense, Sort, Way};
use crate::domain::row::Row;
use crate::domain::words::words;

/// The parts of `SELECT … FROM ticket WHERE {condition} ORDER BY {order}`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filter {
    pub condition: String,
    /// For the condition's `?`, in their order.
    pub params: Vec<Value>,
    pub order: String,
}

/// A condition of its own, to join to a filter's by `AND`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Condition {
    pub sql: String,
    /// For its `?`, in their order.
    pub params: Vec<Value>,
}

/// Most subqueries for names in one condition: SQLite refuses hundreds.
const MAX_LOOKUPS: usize = 16;

const TALLY: &str = " FROM tally WHERE ";

/// Gives a connection the functions that conditions and orders call: each connection, before its first query.
///
/// # Errors
/// When SQLite has no memory for it.
pub(super) fn register(conn: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function(
        "fold_case",
        1,
        flags,
        |call| Ok(fold_case(&argument(call, 0)).into_owned()),
    )?;
    conn.create_scalar_function("fold_starts", 2, flags, |call| {
        Ok(fold_case(&argument(call, 0)).starts_with(argument(call, 1).as_ref()))
    })?;
    conn.create_scalar_function("says", 3, flags, |call| {
        let reach = if call.get_raw(2) == ValueRef::Integer(1) { Reach::Start } else { Reach::Word };
        let phrase = Phrase::new(&argument(call, 1), reach);
        Ok(phrase.is_some_and(|phrase| phrase.is_in(&words(&argument(call, 0)))))
    })
}

/// What isn't text counts as none, what isn't UTF-8 as its readable part: a function never fails a query.
fn argument<'a>(call: &'a Context<'_>, n: usize) -> std::borrow::Cow<'a, str> {
    match call.get_raw(n) {
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => "".into(),
    }
}

/// The condition and order of a query.
pub(super) fn sql(query: &Query, scope: &Scope) -> Filter {
    let bound = query.bind(scope);
    let mut clauses: Vec<&Clause> = bound.clauses.iter().collect();
    clauses.sort_by_key(|clause| clause.any.iter().map(cost).max());
    let mut out = Condition::default();
    for clause in clauses {
        out.joined(" AND ");
        out.clause(clause);
    }
    if out.sql.is_empty() {
        out.sql.push('1');
    }
    Filter { condition: out.sql, params: out.params, order: order_by(&query.sort) }
}

/// The condition for the rows that stand before `row` in an order: counted, they are its place. The row need
/// not be in the table.
pub(super) fn before(sort: &[Sort], row: &Row) -> Condition {
    let steps = steps(sort);
    let mut out = Condition::default();
    if steps.iter().all(|step| step.way == Way::Up) {
        out.row_values(&steps, row);
    } else {
        out.nested(&steps, row);
    }
    out
}

fn order_by(sort: &[Sort]) -> String {
    let step = |step: Step| match step.way {
        Way::Up => part(step.part),
        Way::Down => format!("{} DESC", part(step.part)),
    };
    steps(sort).into_iter().map(step).collect::<Vec<_>>().join(", ")
}

/// What to ask first: columns, then other tables, then functions on each row.
fn cost(check: &Check) -> u8 {
    match check {
        Check::Live | Check::Exact(..) | Check::Present(_) | Check::Between(..) | Check::Missing(_) => 0,
        Check::Anywhere(_) => 1,
        Check::Folded(name, _) | Check::Starts(name, _) if is_tallied(*name) => 1,
        Check::Folded(..) | Check::Starts(..) => 2,
        Check::Said(..) => 3,
    }
}

/// The projection `tally` has a row for each group with each owner.
fn is_tallied(name: Name) -> bool {
    matches!(name, Name::Group | Name::Owner)
}

fn text_column(name: Name) -> &'static str {
    match name {
        Name::Priority => "priority",
        Name::Tier => "tier",
        Name::Group => "grp",
        Name::Owner => "owner",
        Name::Category => "category",
        Name::Impact => "impact",
        Name::Urgency => "urgency",
        Name::Channel => "channel",
        Name::Subject => "subject",
        Name::Requester => "requester",
    }
}

fn number_column(number: Number) -> &'static str {
    match number {
        Number::Id => "id",
        Number::Phase => "phase",
        Number::PriorityRank => "prio_rank",
        Number::TierRank => "tier_rank",
        Number::Due | Number::Breach => "due",
        Number::Warn => "warn",
        Number::Opened => "opened",
        Number::Updated => "updated",
        Number::Resolved => "resolved",
        Number::Closed => "closed",
        Number::Reopens => "reopens",
        Number::Bounces => "bounces",
        Number::Handoffs => "handoffs",
        Number::Escalations => "escalations",
    }
}

fn may_be_null(number: Number) -> bool {
    matches!(number, Number::Resolved | Number::Closed)
}

fn part(part: Part) -> String {
    match part {
        Part::Number(number) if may_be_null(number) => format!("ifnull({}, 0)", number_column(number)),
        Part::Number(number) => number_column(number).to_owned(),
        Part::NoNumber(number) => missing(number),
        Part::Folded(name) => format!("fold_case({})", text_column(name)),
        Part::Exact(name) => text_column(name).to_owned(),
        Part::NoName(name) => format!("({} = '')", text_column(name)),
    }
}

fn missing(number: Number) -> String {
    let column = number_column(number);
    match number {
        Number::Due | Number::Warn => format!("({column} = {NEVER})"),
        Number::Breach => format!("(clock = 0 OR {column} = {NEVER})"),
        _ if may_be_null(number) => format!("({column} IS NULL)"),
        _ => "0".to_owned(),
    }
}

impl Condition {
    fn joined(&mut self, by: &str) {
        if !self.sql.is_empty() {
            self.sql.push_str(by);
        }
    }

    fn value(&mut self, value: impl Into<Value>) -> &'static str {
        self.params.push(value.into());
        "?"
    }

    fn clause(&mut self, clause: &Clause) {
        self.sql.push_str(if clause.sense == Sense::Not { "NOT (" } else { "(" });
        let mut or = "";
        for check in &clause.any {
            self.sql.push_str(or);
            self.check(check);
            or = " OR ";
        }
        self.sql.push_str(if clause.any.is_empty() { "0)" } else { ")" });
    }

    /// Never NULL, so that `NOT` turns it round.
    fn check(&mut self, check: &Check) {
        let sql = match check {
            Check::Live => "live = 1".to_owned(),
            Check::Exact(name, names) => self.exact(*name, names),
            Check::Folded(name, text) => {
                let mark = self.value(text.clone());
                self.over_names(*name, |column| format!("fold_case({column}) = {mark}"))
            }
            Check::Starts(name, text) => {
                let mark = self.value(text.clone());
                self.over_names(*name, |column| format!("fold_starts({column}, {mark})"))
            }
            Check::Present(name) => format!("{} <> ''", text_column(*name)),
            Check::Between(number, low, high) => self.between(*number, *low, *high),
            Check::Missing(number) => missing(*number),
            Check::Said(name, phrase) => {
                let text = self.value(phrase.words().join(" "));
                let reach = self.value(i64::from(phrase.reach() == Reach::Start));
                format!("says({}, {text}, {reach})", text_column(*name))
            }
            Check::Anywhere(phrase) => {
                let phrase = self.value(match_text(phrase));
                format!("id IN (SELECT rowid >> 20 FROM words WHERE words MATCH {phrase})")
            }
        };
        self.sql.push_str(&sql);
    }

    /// A test of a name: of the few different ones where those are kept, else of each row's.
    fn over_names(&self, name: Name, test: impl Fn(&str) -> String) -> String {
        let column = text_column(name);
        if !is_tallied(name) || self.sql.matches(TALLY).count() >= MAX_LOOKUPS {
            return test(column);
        }
        format!("{column} IN (SELECT {column}{TALLY}{})", test(column))
    }

    fn exact(&mut self, name: Name, names: &[String]) -> String {
        let column = text_column(name);
        let marks: Vec<&str> = names.iter().map(|name| self.value(name.clone())).collect();
        match marks.as_slice() {
            [] => "0".to_owned(),
            [mark] => format!("{column} = {mark}"),
            marks => format!("{column} IN ({})", marks.join(", ")),
        }
    }

    fn between(&mut self, number: Number, low: i64, high: i64) -> String {
        let column = number_column(number);
        let mut sides = Vec::new();
        if may_be_null(number) {
            sides.push(format!("{column} IS NOT NULL"));
        }
        if number == Number::Breach {
            sides.push("clock > 0".to_owned());
        }
        if low == high {
            sides.push(format!("{column} = {}", self.value(low)));
        } else {
            if low != i64::MIN {
                sides.push(format!("{column} >= {}", self.value(low)));
            }
            if high != i64::MAX {
                sides.push(format!("{column} <= {}", self.value(high)));
            }
        }
        if sides.is_empty() { "1".to_owned() } else { format!("({})", sides.join(" AND ")) }
    }

    fn row_values(&mut self, steps: &[Step], row: &Row) {
        let columns: Vec<String> = steps.iter().map(|step| part(step.part)).collect();
        let marks: Vec<&str> = steps.iter().map(|step| self.value(row_value(*step, row))).collect();
        self.sql = format!("({}) < ({})", columns.join(", "), marks.join(", "));
    }

    /// `(a < ? OR (a = ? AND (b > ? OR (…))))`
    fn nested(&mut self, steps: &[Step], row: &Row) {
        let Some((step, rest)) = steps.split_first() else {
            return self.sql.push('0');
        };
        let column = part(step.part);
        let mark = self.value(row_value(*step, row));
        let sign = if step.way == Way::Up { "<" } else { ">" };
        self.sql.push_str(&format!("({column} {sign} {mark}"));
        if !rest.is_empty() {
            let mark = self.value(row_value(*step, row));
            self.sql.push_str(&format!(" OR ({column} = {mark} AND "));
            self.nested(rest, row);
            self.sql.push(')');
        }
        self.sql.push(')');
    }
}

fn row_value(step: Step, row: &Row) -> Value {
    match step.part.value(row) {
        order::Value::Number(number) => Value::Integer(number),
        order::Value::Text(text) => Value::Text(text.into_owned()),
    }
}

/// Words are letters and digits only, so that nothing in the quotes is syntax.
fn match_text(phrase: &Phrase) -> String {
    let star = if phrase.reach() == Reach::Start { " *" } else { "" };
    format!("\"{}\"{star}", phrase.words().join(" "))
}

#[cfg(test)]
mod tests;
