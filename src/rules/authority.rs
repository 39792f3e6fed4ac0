//! Who may do what. Without people in the matrix anyone may do anything; with them, a stranger reads only. One
//! check for every way in; never looks at how a command was given.

use super::{Context, Refusal};
use crate::domain::event::Author;
use crate::domain::ids::TicketId;
use crate::domain::text::Label;
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;
use crate::matrix::model::{Person, Right, Role, When};

/// Whether the actor may use `right`, on this ticket where there is one.
///
/// # Errors
/// A refusal that names the person, the role and the right.
pub fn check(ctx: &Context, right: Right, ticket: Option<&Ticket>) -> Result<(), Refusal> {
    let Some(person) = person(ctx)? else { return Ok(()) };
    let Some(role) = ctx.matrix.role(person.role.as_str()) else { return Err(without_role(person)) };
    let why = match leave(ctx, role, right, ticket) {
        Leave::Given => return Ok(()),
        Leave::Never => {
            format!("{} is {} here, and {} may not {}", person.name, role.name, role.name, right.word())
        }
        Leave::Elsewhere(when, ticket) => {
            format!("{} may {} only {}, and {} is not", role.name, right.word(), when.text, named(ticket))
        }
    };
    Err(Refusal::authority(why, who_may(ctx, right, ticket)))
}

/// What a role lets its people do.
enum Leave<'a> {
    Given,
    Never,
    /// Only with other tickets than this one.
    Elsewhere(&'a When, &'a Ticket),
}

fn leave<'a>(ctx: &Context, role: &'a Role, right: Right, ticket: Option<&'a Ticket>) -> Leave<'a> {
    match (role.within.get(&right), ticket) {
        (Some(when), Some(ticket)) if !ctx.holds(when, ticket) => Leave::Elsewhere(when, ticket),
        (Some(_), _) => Leave::Given,
        (None, _) if role.may.contains(&right) => Leave::Given,
        (None, _) => Leave::Never,
    }
}

/// Whether somebody works in a group; without people in the matrix everyone does.
#[must_use]
pub fn works_in(matrix: &Matrix, name: &str, group: &str) -> bool {
    matrix.team.people.is_empty()
        || matrix.person(name).is_some_and(|person| person.groups.iter().any(|own| *own == *group))
}

/// Refuses what is the business of the group that has the ticket, unless the actor works there, owns the ticket or may
/// assign it.
///
/// # Errors
/// A refusal that names who works there.
pub fn at_home(ctx: &Context, ticket: &Ticket, right: Right, what: &str) -> Result<(), Refusal> {
    if has_it(ctx.matrix, ctx.me(), ticket) || check(ctx, Right::Assign, Some(ticket)).is_ok() {
        return Ok(());
    }
    let (id, me, group) = (ticket.id, ctx.me(), home_of(ticket));
    Err(Refusal::authority(
        format!("{what} {id} is up to {group}, in whose queue it is, and {me} does not work there"),
        who_may(ctx, right, Some(ticket)),
    ))
}

/// Refuses what is asked of the requester, unless the actor works in the group that has the ticket or in one of the first
/// tier, or may assign it: a ticket that a route opened further up never had a first group to come back to.
///
/// # Errors
/// A refusal that names who could.
pub fn at_front(ctx: &Context, ticket: &Ticket, what: &str) -> Result<(), Refusal> {
    if fronts(ctx.matrix, ctx.me(), ticket) || check(ctx, Right::Assign, Some(ticket)).is_ok() {
        return Ok(());
    }
    let (id, me, group) = (ticket.id, ctx.me(), home_of(ticket));
    Err(Refusal::authority(
        format!(
            "{what} {id} is up to {group}, in whose queue it is, or to the first tier, and {me} works in neither"
        ),
        who_may(ctx, Right::Close, Some(ticket)),
    ))
}

fn fronts(matrix: &Matrix, name: &str, ticket: &Ticket) -> bool {
    let first = |group: &Label| matrix.queue(group.as_str()).is_some_and(|queue| queue.rank == 0);
    has_it(matrix, name, ticket) || matrix.person(name).is_some_and(|person| person.groups.iter().any(first))
}

/// Works where the ticket is, or owns it. Where nobody of the desk works, such as at a vendor's, somebody else has to
/// look after it.
fn has_it(matrix: &Matrix, name: &str, ticket: &Ticket) -> bool {
    let group = home_of(ticket);
    works_in(matrix, name, group) || ticket.owner_name() == Some(name) || members(matrix, group).is_empty()
}

/// Who works in a group.
#[must_use]
pub fn members<'m>(matrix: &'m Matrix, group: &str) -> Vec<&'m str> {
    let people = matrix.team.people.iter();
    people.filter(|p| p.groups.iter().any(|own| *own == *group)).map(|p| p.name.as_str()).collect()
}

fn person<'a>(ctx: &Context<'a>) -> Result<Option<&'a Person>, Refusal> {
    if ctx.matrix.team.people.is_empty() {
        return Ok(None);
    }
    ctx.matrix.person(ctx.me()).map(Some).ok_or_else(|| {
        Refusal::authority(
            format!("{} is not among this desk's people and can only read", ctx.me()),
            format!(
                "say who you are with --as NAME, or have [[people]] name = {:?} added to the matrix",
                ctx.me()
            ),
        )
    })
}

/// A ticket that is only being opened has no number yet.
fn named(ticket: &Ticket) -> String {
    if ticket.id == TicketId::DESK { String::from("this one") } else { ticket.id.to_string() }
}

fn without_role(person: &Person) -> Refusal {
    Refusal::authority(
        format!("{} has the role {}, which the matrix does not define", person.name, person.role),
        "have the role defined under [roles] in the matrix",
    )
}

/// Who would be allowed what the actor was not; the owner first, where giving a ticket up is what would help.
fn who_may(ctx: &Context, right: Right, ticket: Option<&Ticket>) -> String {
    const NAMED: usize = 4;
    let owner = ticket.and_then(Ticket::owner_name).filter(|_| right == Right::TakeOver);
    let gives_up = |person: &&Person| {
        owner.is_some_and(|owner| person.name == *owner) && stands(ctx, person, Right::Release, ticket)
    };
    let people = || ctx.matrix.team.people.iter().filter(|person| person.name != *ctx.me());
    let others = people().filter(|person| !gives_up(person) && would_do(ctx, person, right, ticket));
    let names = people().filter(gives_up).chain(others).map(|person| person.name.as_str());
    let names: Vec<&str> = names.take(NAMED).collect();
    let known = |role: &Role| role.may.contains(&right) || role.within.contains_key(&right);
    match (names.is_empty(), ticket) {
        (false, _) => format!("ask {}", names.join(" or ")),
        (true, Some(ticket)) if ctx.matrix.team.roles.iter().any(known) => {
            format!("nobody else may do that with {} either; see [roles] in the matrix", named(ticket))
        }
        (true, _) => format!("no other role has {:?}; add it to a role's `may` in the matrix", right.word()),
    }
}

/// Whether the check would let somebody else do it, and they work where that is asked for too.
fn would_do(ctx: &Context, person: &Person, right: Right, ticket: Option<&Ticket>) -> bool {
    let has = || ticket.is_none_or(|ticket| has_it(ctx.matrix, person.name.as_str(), ticket));
    let there = || ticket.is_none_or(|ticket| works_in(ctx.matrix, person.name.as_str(), home_of(ticket)));
    stands(ctx, person, right, ticket)
        && match right {
            Right::Take | Right::TakeOver => there(),
            Right::Close => {
                ticket.is_none_or(|ticket| fronts(ctx.matrix, person.name.as_str(), ticket))
                    || stands(ctx, person, Right::Assign, ticket)
            }
            Right::Route | Right::Escalate | Right::Return | Right::Wait | Right::Resolve => {
                has() || stands(ctx, person, Right::Assign, ticket)
            }
            _ => true,
        }
}

/// The check, as if another asked; a role may be bound by what is theirs.
fn stands(ctx: &Context, person: &Person, right: Right, ticket: Option<&Ticket>) -> bool {
    let author = Author { actor: person.name.clone(), host: ctx.author.host.clone() };
    let theirs = Context { author: &author, ..*ctx };
    let role = ctx.matrix.role(person.role.as_str());
    role.is_some_and(|role| matches!(leave(&theirs, role, right, ticket), Leave::Given))
}

fn home_of(ticket: &Ticket) -> &str {
    ticket.place.queue.group.as_str()
}
