//! The documents: JSON for programs, HTML for people, plain text for the terminal.

pub mod html;
pub mod json;
pub mod text;
