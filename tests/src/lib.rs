//! The acceptance tests: one package, one binary
