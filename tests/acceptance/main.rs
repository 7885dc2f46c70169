//! One binary for all acceptance tests.

mod bad_input;
mod bad_store;
mod by_hand;
mod canary;
mod chance;
mod demo;
mod documents;
mod ending;
mod forget;
mod given;
mod interview;
mod needles;
mod people;
mod plan_and_ledger;
mod prepare;
mod program;
mod reading;
mod rehearsal;
mod reporting;
mod resume;
mod schema;
mod served;
mod threatened;
mod tidy;
mod wire;
mod words;
