//! Names: those of the slate in all their forms, and other people's near them.

mod find;
pub(crate) mod first_names;
pub(crate) mod index;
pub mod others;
mod short_forms;
mod sounds;

pub(crate) use find::{Finder, Hit};
