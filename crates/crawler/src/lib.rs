//! The only room with a network client.
//!
//! A [`source::Source`] describes requests and reads answers; the [`gate`] admits each request; a
//! [`transport`] sends what was admitted and returns an [`exchange::Exchange`] of the wire bytes; [`decode`] undoes
//! encodings under caps; [`extract`] turns bytes into text, for documents in a process [`apart`]. [`given`] reads what the person gave as files, [`results`]
//! the saved result pages among them. Nothing here decides whom a page is about.

pub mod apart;
pub mod archive;
pub mod decode;
pub mod exchange;
pub mod extract;
pub mod gate;
pub mod given;
pub mod request;
pub mod results;
pub mod source;
pub mod sources;
pub mod transport;
pub mod verdict;
