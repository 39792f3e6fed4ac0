//! Pure facts: ids, text, tickets, events, the fold and the query language. Never reads a clock, a file
//! or the environment, and never refuses an event: `apply` is total.
