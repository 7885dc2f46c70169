//! One binary for all acceptance tests.

mod demo;
mod needles;
mod people;
mod program;
mod reading;
mod rehearsal;
mod schema;
mod served;
mod tidy;
