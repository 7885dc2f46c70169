//! The documents: JSON for programs, HTML and Markdown for people, CSV for spreadsheets, plain text for the terminal.

pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod text;
