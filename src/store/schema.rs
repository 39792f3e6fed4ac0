//! The tables, and the steps that lead an older file to them. A released step is never edited; a change is
//! one more step. Everything but `event` is a projection.
//!
//! `event` lies in the order of its streams (`place` = ticket << 20 | seq), so that a ticket's whole story is
//! read from neighbouring pages after another host's commit has emptied the cache; `id` is the order of the
//! log. `ticket_live` holds every column of a list, for the same reason. The text is terse because SQLite
//! reads it at every open: it should stay within few pages.

use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;
use super::header;

/// In the file's header: "tier".
pub(super) const APPLICATION: i64 = 0x7469_6572;

/// The newest format this version knows.
pub const VERSION: i64 = 2;

/// Step n leads from format n to n+1.
pub(super) const STEPS: [&str; VERSION as usize] = [V1, V2];

const V1: &str = "
CREATE TABLE event(place INTEGER PRIMARY KEY,id INTEGER NOT NULL UNIQUE,at INTEGER NOT NULL,actor TEXT NOT NULL,\
host TEXT NOT NULL,kind TEXT NOT NULL,body TEXT NOT NULL,matrix INTEGER NOT NULL,command BLOB,\
digest BLOB NOT NULL,hash BLOB NOT NULL,ticket INTEGER AS(place>>20),seq INTEGER AS(place&1048575))STRICT;
CREATE UNIQUE INDEX event_command ON event(command)WHERE command IS NOT NULL;
CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT,'the log is never rewritten');END;
CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT,'the log never forgets');END;
CREATE TABLE ticket(id INTEGER PRIMARY KEY,seq INTEGER NOT NULL,phase INTEGER NOT NULL,live INTEGER NOT NULL,\
subject TEXT NOT NULL,requester TEXT NOT NULL,category TEXT NOT NULL,channel TEXT NOT NULL,priority TEXT NOT NULL,\
prio_rank INTEGER NOT NULL,impact TEXT NOT NULL,urgency TEXT NOT NULL,grp TEXT NOT NULL,tier TEXT NOT NULL,\
tier_rank INTEGER NOT NULL,owner TEXT NOT NULL,opened INTEGER NOT NULL,updated INTEGER NOT NULL,\
due INTEGER NOT NULL,resolved INTEGER,closed INTEGER,handoffs INTEGER NOT NULL,escalations INTEGER NOT NULL,\
bounces INTEGER NOT NULL,reopens INTEGER NOT NULL)STRICT;
CREATE INDEX ticket_live ON ticket(prio_rank,due,opened,id,live,seq,phase,subject,requester,category,channel,\
priority,impact,urgency,grp,tier,tier_rank,owner,updated,resolved,closed,handoffs,escalations,bounces,reopens)\
WHERE live=1;
CREATE INDEX ticket_due ON ticket(due,live,phase,grp)WHERE live=1;
CREATE TABLE tally(phase INTEGER,live INTEGER,grp TEXT,owner TEXT,n INTEGER NOT NULL,\
PRIMARY KEY(live DESC,phase,grp,owner))STRICT,WITHOUT ROWID;
CREATE TABLE matrix_revision(number INTEGER PRIMARY KEY,place INTEGER NOT NULL,at INTEGER NOT NULL,\
actor TEXT NOT NULL,host TEXT NOT NULL,digest BLOB NOT NULL)STRICT;
CREATE VIRTUAL TABLE words USING fts5(text,content='',tokenize='ascii',columnsize=0);
";

/// What lies ahead of a ticket: its clock in force, and when the matrix next acts by itself. `foreseen` says whether
/// the rows were written by that revision; a desk of the older format gets its outlooks when it is next opened.
/// `ticket_resolved` is written with `+0` so that no list's condition can be mistaken for its own: with a condition
/// that names the same phase twice SQLite's planner fails; so is `ticket_confirm`, along which a header counts what is
/// late to be confirmed without reading a ticket. `outbox`: who must hear of which event, and when that was
/// delivered. Three rows of `tally` with a `live` of -1 are the horizon (`store/horizon.rs`). `quiet`: the runs of events of which nobody is told, because they were history when they were written.
const V2: &str = "
DROP INDEX ticket_live;
DROP INDEX ticket_due;
ALTER TABLE ticket ADD COLUMN clock INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN warn INTEGER NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE ticket ADD COLUMN next INTEGER NOT NULL DEFAULT 9223372036854775807;
UPDATE ticket SET next=due WHERE due<9223372036854775807;
CREATE INDEX ticket_live ON ticket(due,prio_rank,opened,id,live,seq,phase,subject,requester,category,channel,\
priority,impact,urgency,grp,tier,tier_rank,owner,updated,resolved,closed,clock,warn,handoffs,escalations,\
bounces,reopens)WHERE live=1;
CREATE INDEX ticket_resolved ON ticket(id)WHERE phase+0=2;
CREATE INDEX ticket_confirm ON ticket(due,clock,phase)WHERE phase+0=2;
CREATE INDEX ticket_next ON ticket(next)WHERE next<9223372036854775807;
ALTER TABLE matrix_revision ADD COLUMN foreseen INTEGER NOT NULL DEFAULT 0;
INSERT INTO tally(live,phase,grp,owner,n)VALUES(-1,-1,'posted','',0),\
(-1,-1,'revision','',(SELECT ifnull(max(number),0) FROM matrix_revision)),\
(-1,-1,'next','',(SELECT ifnull(min(next),9223372036854775807) FROM ticket));
CREATE INDEX event_rated ON event(kind)WHERE kind='ticket.handoff_rated';
CREATE TABLE outbox(event INTEGER NOT NULL,whom TEXT NOT NULL,place INTEGER NOT NULL,told INTEGER,\
PRIMARY KEY(event,whom))STRICT,WITHOUT ROWID;
CREATE TABLE quiet(first INTEGER PRIMARY KEY,last INTEGER NOT NULL)STRICT;
INSERT INTO quiet SELECT 1,id FROM event ORDER BY id DESC LIMIT 1;
";

/// The file's format number.
pub(super) fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.prepare_cached("PRAGMA user_version")?.query_row([], |row| row.get(0))?)
}

/// Leads an older file to the newest format, all steps in one transaction or none.
pub(super) fn migrate(conn: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&tx)?;
    for (number, step) in (1i64..).zip(steps).skip(usize::try_from(from).unwrap_or(usize::MAX)) {
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", number)?;
    }
    Ok(tx.commit()?)
}

/// Writes the tables into a file that holds nothing yet, inside the caller's transaction.
pub(super) fn lay(conn: &Connection) -> Result<(), StoreError> {
    for step in STEPS {
        conn.execute_batch(step)?;
    }
    conn.pragma_update(None, "application_id", APPLICATION)?;
    conn.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// Refuses a file that another program, or a newer tierline, has made meanwhile.
pub(super) fn check(conn: &Connection) -> Result<i64, StoreError> {
    let application = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version = version(conn)?;
    header::ours(application, version)?;
    Ok(version)
}
