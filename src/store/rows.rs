//! A queue's row in and out of its table. Always what `Row::of` makes of the fold and the outlook; knows the
//! columns' names and numbers, and nothing of why a row changed.

use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, ToSql, params_from_iter};

use super::error::StoreError;
use crate::domain::clock::Clock;
use crate::domain::event::Channel;
use crate::domain::ids::{Seq, TicketId};
use crate::domain::row::{Outlook, Row, RowGrade, RowPlace, RowTally, RowTimes};
use crate::domain::stamp::Stamp;
use crate::domain::ticket::Phase;

/// Stands for "never" where a moment is to come, so that it sorts last.
pub(super) const NEVER: i64 = i64::MAX;

/// What a list reads, in this order. `next` is no list's business and would only make its index wider; `live` is
/// derived.
pub(super) const COLUMNS: &str = "id,seq,phase,subject,requester,category,channel,priority,prio_rank,impact,urgency,\
grp,tier,tier_rank,owner,opened,updated,resolved,closed,clock,due,warn,handoffs,escalations,bounces,reopens";

const INSERT: &str = "INSERT INTO ticket(id,seq,phase,subject,requester,category,channel,priority,prio_rank,impact,\
urgency,grp,tier,tier_rank,owner,opened,updated,resolved,closed,clock,due,warn,next,handoffs,escalations,bounces,\
reopens,live)VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,\
?26,?27,?3<2)";

const UPDATE: &str = "UPDATE ticket SET seq=?2,phase=?3,subject=?4,requester=?5,category=?6,channel=?7,priority=?8,\
prio_rank=?9,impact=?10,urgency=?11,grp=?12,tier=?13,tier_rank=?14,owner=?15,opened=?16,updated=?17,resolved=?18,\
closed=?19,clock=?20,due=?21,warn=?22,next=?23,handoffs=?24,escalations=?25,bounces=?26,reopens=?27,live=?3<2 \
WHERE id=?1";

/// Leaves out what `ticket_next` is made of: SQLite rewrites an index whenever one of its columns is named.
const UPDATE_IN_PLACE: &str = "UPDATE ticket SET seq=?2,phase=?3,subject=?4,requester=?5,category=?6,channel=?7,\
priority=?8,prio_rank=?9,impact=?10,urgency=?11,grp=?12,tier=?13,tier_rank=?14,owner=?15,opened=?16,updated=?17,\
resolved=?18,closed=?19,clock=?20,due=?21,warn=?22,handoffs=?24,escalations=?25,bounces=?26,reopens=?27,\
live=?3<2 WHERE id=?1";

/// Where a ticket stood before a change: what has to be taken from the tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub seq: Seq,
    pub phase: i64,
    pub group: String,
    pub owner: String,
    pub next: i64,
}

impl Standing {
    pub fn of(row: &Row) -> Standing {
        Standing {
            seq: row.seq,
            phase: code(row.phase),
            group: row.place.group.clone(),
            owner: row.owner.clone(),
            next: moment(row.outlook.next),
        }
    }

    /// Counted under the same heads.
    pub fn counts_as(&self, other: &Standing) -> bool {
        (self.phase, &self.group, &self.owner) == (other.phase, &other.group, &other.owner)
    }
}

pub(super) fn code(phase: Phase) -> i64 {
    match phase {
        Phase::Open => 0,
        Phase::Waiting => 1,
        Phase::Resolved => 2,
        Phase::Closed => 3,
    }
}

fn phase(code: i64) -> Phase {
    match code {
        0 => Phase::Open,
        1 => Phase::Waiting,
        2 => Phase::Resolved,
        _ => Phase::Closed,
    }
}

/// Released numbers: a clock's never changes.
fn clock_code(clock: Option<Clock>) -> i64 {
    match clock {
        None => 0,
        Some(Clock::Response) => 1,
        Some(Clock::Own) => 2,
        Some(Clock::Update) => 3,
        Some(Clock::Tier) => 4,
        Some(Clock::Resolve) => 5,
        Some(Clock::Confirm) => 6,
    }
}

fn clock(code: i64) -> Option<Clock> {
    Clock::ALL.into_iter().find(|clock| clock_code(Some(*clock)) == code)
}

fn moment(at: Option<Stamp>) -> i64 {
    at.map_or(NEVER, |at| at.0)
}

fn ahead(at: i64) -> Option<Stamp> {
    Some(at).filter(|at| *at != NEVER).map(Stamp)
}

pub(super) fn standing(conn: &Connection, id: TicketId) -> Result<Option<Standing>, StoreError> {
    let mut query = conn.prepare_cached("SELECT seq,phase,grp,owner,next FROM ticket WHERE id=?1")?;
    let standing = query.query_row([id.0], |row| {
        Ok(Standing {
            seq: Seq(row.get(0)?),
            phase: row.get(1)?,
            group: row.get(2)?,
            owner: row.get(3)?,
            next: row.get(4)?,
        })
    });
    Ok(standing.optional()?)
}

/// A ticket's whole row.
pub(super) fn of(conn: &Connection, id: TicketId) -> Result<Option<Row>, StoreError> {
    let sql = format!("SELECT {COLUMNS},next FROM ticket WHERE id=?1");
    let whole = |sql: &SqlRow<'_>| {
        let mut row = read(sql)?;
        row.outlook.next = ahead(sql.get(26)?);
        Ok(row)
    };
    Ok(conn.prepare_cached(&sql)?.query_row([id.0], whole).optional()?)
}

/// Writes a row; `before` is where the ticket stood, none if it is new.
pub(super) fn write(conn: &Connection, row: &Row, before: Option<&Standing>) -> Result<(), StoreError> {
    let now = Standing::of(row);
    let sql = match before {
        None => INSERT,
        Some(was) if was.next == now.next => UPDATE_IN_PLACE,
        Some(_) => UPDATE,
    };
    conn.prepare_cached(sql)?.execute(params_from_iter(values(row)))?;
    Ok(())
}

/// A column's value without a copy of its text.
enum Cell<'a> {
    Number(i64),
    Text(&'a str),
    Moment(Option<Stamp>),
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Number(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Cell::Text(text) => ToSqlOutput::from(*text),
            Cell::Moment(moment) => {
                ToSqlOutput::Owned(moment.map_or(Value::Null, |moment| Value::Integer(moment.0)))
            }
        })
    }
}

fn values(row: &Row) -> [Cell<'_>; 27] {
    let (grade, place, times, tally) = (&row.grade, &row.place, &row.times, &row.tally);
    let outlook = &row.outlook;
    [
        Cell::Number(row.id.0),
        Cell::Number(row.seq.0),
        Cell::Number(code(row.phase)),
        Cell::Text(&row.subject),
        Cell::Text(&row.requester),
        Cell::Text(&row.category),
        Cell::Text(row.channel.name()),
        Cell::Text(&grade.priority),
        Cell::Number(grade.rank.into()),
        Cell::Text(&grade.impact),
        Cell::Text(&grade.urgency),
        Cell::Text(&place.group),
        Cell::Text(&place.tier),
        Cell::Number(place.rank.into()),
        Cell::Text(&row.owner),
        Cell::Number(times.opened.0),
        Cell::Number(times.updated.0),
        Cell::Moment(times.resolved),
        Cell::Moment(times.closed),
        Cell::Number(clock_code(outlook.clock)),
        Cell::Number(moment(outlook.due)),
        Cell::Number(moment(outlook.warn)),
        Cell::Number(moment(outlook.next)),
        Cell::Number(tally.handoffs.into()),
        Cell::Number(tally.escalations.into()),
        Cell::Number(tally.bounces.into()),
        Cell::Number(tally.reopens.into()),
    ]
}

/// Reads a row selected as [`COLUMNS`]; its next moment is not known.
pub(super) fn read(sql: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let channel: String = sql.get(6)?;
    Ok(Row {
        id: TicketId(sql.get(0)?),
        seq: Seq(sql.get(1)?),
        phase: phase(sql.get(2)?),
        subject: sql.get(3)?,
        requester: sql.get(4)?,
        category: sql.get(5)?,
        channel: Channel::ALL.into_iter().find(|known| known.name() == channel).unwrap_or(Channel::Other),
        grade: RowGrade {
            priority: sql.get(7)?,
            rank: sql.get(8)?,
            impact: sql.get(9)?,
            urgency: sql.get(10)?,
        },
        place: RowPlace { group: sql.get(11)?, tier: sql.get(12)?, rank: sql.get(13)? },
        owner: sql.get(14)?,
        times: RowTimes {
            opened: Stamp(sql.get(15)?),
            updated: Stamp(sql.get(16)?),
            resolved: sql.get::<_, Option<i64>>(17)?.map(Stamp),
            closed: sql.get::<_, Option<i64>>(18)?.map(Stamp),
        },
        outlook: Outlook {
            clock: clock(sql.get(19)?),
            due: ahead(sql.get(20)?),
            warn: ahead(sql.get(21)?),
            next: None,
        },
        tally: RowTally {
            handoffs: sql.get(22)?,
            escalations: sql.get(23)?,
            bounces: sql.get(24)?,
            reopens: sql.get(25)?,
        },
    })
}
