//! Brings history in from elsewhere: a mapping turns foreign rows into events with their own times.
//! Never writes a part of a file: all of it, or nothing.
