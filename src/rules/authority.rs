//! Who may do what. Without people in the matrix anyone may do anything; with them, a stranger reads only. One
//! check for every way in; never looks at how a command was given.

use super::{Context, Refusal};
use crate::domain::ids::TicketId;
use crate::domain::text::Label;
use crate::domain::ticket::Ticket;
use crate::matrix::Matrix;
use crate::matrix::model::{Person, Right, Role};

/// Whether the actor may use `right`, on this ticket where there is one.
///
/// # Errors
/// A refusal that names the person, the role and the right.
pub fn check(ctx: &Context, right: Right, ticket: Option<&Ticket>) -> Result<(), Refusal> {
    let Some(person) = person(ctx)? else { return Ok(()) };
    let Some(role) = ctx.matrix.role(person.role.as_str()) else { return Err(without_role(person)) };
    let bound = role.within.get(&right);
    if bound.is_none() && !role.may.contains(&right) {
        return Err(Refusal::authority(
            format!("{} is {} here, and {} may not {}", person.name, role.name, role.name, right.word()),
            who_may(ctx.matrix, right, &person.role),
        ));
    }
    match (bound, ticket) {
        (Some(when), Some(ticket)) if !ctx.holds(when, ticket) => Err(Refusal::authority(
            format!("{} may {} only {}, and {} is not", role.name, right.word(), when.text, named(ticket)),
            who_may(ctx.matrix, right, &person.role),
        )),
        _ => Ok(()),
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
pub fn at_home(ctx: &Context, ticket: &Ticket, what: &str) -> Result<(), Refusal> {
    let group = ticket.place.queue.group.as_str();
    let owns = ticket.owner.as_ref().is_some_and(|owner| owner.name == *ctx.me());
    if owns || works_in(ctx.matrix, ctx.me(), group) || check(ctx, Right::Assign, Some(ticket)).is_ok() {
        return Ok(());
    }
    let members = members(ctx.matrix, group);
    let help = match members.is_empty() {
        true => format!("nobody works in {group}: ask whoever may assign tickets"),
        false => format!("ask {}", members.join(" or ")),
    };
    let (id, me) = (ticket.id, ctx.me());
    Err(Refusal::authority(
        format!("{what} {id} is {group}'s to do, in whose queue it is, and {me} does not work there"),
        help,
    ))
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

/// Somebody of another role than the one that was refused.
fn who_may(matrix: &Matrix, right: Right, refused: &Label) -> String {
    let team = &matrix.team;
    let allowed = |role: &&Role| role.may.contains(&right) || role.within.contains_key(&right);
    let others = team.roles.iter().filter(|role| role.name != *refused).filter(allowed);
    let roles: Vec<&str> = others.map(|role| role.name.as_str()).collect();
    let with_role = |person: &&Person| roles.contains(&person.role.as_str());
    let names: Vec<&str> =
        team.people.iter().filter(with_role).map(|person| person.name.as_str()).take(4).collect();
    match names.is_empty() {
        true => format!("no other role has {:?}; add it to a role's `may` in the matrix", right.word()),
        false => format!("ask {}", names.join(" or ")),
    }
}
