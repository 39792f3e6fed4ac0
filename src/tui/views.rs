//! The saved views of the queue: a name and a query each. Built in; reads no file. What is open comes in the order
//! that the desk's index has (due, priority, opened), so that a page is read and not the whole desk.

/// A view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// As the queue's title has it.
    pub name: &'static str,
    /// In the query language.
    pub query: &'static str,
    pub doc: &'static str,
}

/// The views in the order of their list; the first is shown at the start.
pub static VIEWS: &[View] = &[
    View {
        name: "my groups",
        query: "is:open is:ours sort:due,prio,opened",
        doc: "Everything my groups have to do",
    },
    View { name: "mine", query: "is:open is:mine sort:due,prio,opened", doc: "What I have taken" },
    View {
        name: "unowned",
        query: "is:open is:unowned sort:due,prio,opened",
        doc: "Waiting for somebody to take it",
    },
    View {
        name: "urgent",
        query: "is:open prio:P1..P2 sort:due,prio,opened",
        doc: "P1 and P2, wherever they are",
    },
    View { name: "waiting", query: "is:waiting sort:due", doc: "Held by a requester, a vendor or a change" },
    View {
        name: "to confirm",
        query: "is:resolved sort:due,resolved",
        doc: "Resolved, to be confirmed with the requester",
    },
    View {
        name: "escalated",
        query: "is:open is:escalated sort:due,prio,opened",
        doc: "Handed to a higher tier",
    },
    View {
        name: "open",
        query: "is:open sort:due,prio,opened",
        doc: "Open and waiting tickets of all groups",
    },
    View { name: "all", query: "sort:-updated", doc: "Every ticket, the latest change first" },
];
