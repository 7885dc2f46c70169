//! One binary for all acceptance tests.

mod by_hand;
mod chance;
mod demo;
mod given;
mod needles;
mod people;
mod plan_and_ledger;
mod program;
mod reading;
mod rehearsal;
mod resume;
mod schema;
mod served;
mod tidy;
