//! Figures over a desk: counts and shares, computed from rows and events. Never writes.
