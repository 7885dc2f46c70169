//! Loopback only: what the program serves to the computer that it runs on.
//!
//! [`demo`] serves the made-up web of `unlisted demo`. The local page, which is how most people will use the program, comes
//! in part 6; nothing of it is here yet.

pub mod demo;
