//! Pure policy: `decide` turns a ticket, a command and the context into events or a refusal. Never reads a
//! clock, a file or the environment; never changes anything.
