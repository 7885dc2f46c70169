//! The made-up web: what its server does, and whether its files are what they are said to be.

mod behaviour;
mod client;
mod expected;
mod rules;
