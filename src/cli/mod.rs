//! The command line: one file per verb, arguments and one function. Never uses the console.
