//! An event in one human sentence: the log pane, `tierline log` and exports say the same. Text of tickets is
//! neutralised here, so what comes out can be drawn.
