//! Loopback only: the made-up web of the demo, and later the local page
