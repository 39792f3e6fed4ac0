//! The desk's file: SQLite. The only room that knows SQL; it knows no policy.
