//! Ten lines: everything else is in the library.
fn main() {}
