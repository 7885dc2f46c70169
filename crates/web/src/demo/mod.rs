//! The made-up web of the demonstration: many hosts behind one port of this computer.
//!
//! The files of `fixtures/web/` are built into the program; `fixtures/README.md` says how they are written. Which host a
//! request is for stands in its `Host` header, whether it "came" by https in `X-Forwarded-Proto`, as the rehearsal
//! transport sends them. The server speaks HTTP/1.1 by hand, because misbehaving is half of its purpose: it hangs, breaks
//! off, drips, and sends bombs when a page says so. It listens on 127.0.0.1 and nowhere else.

mod answer;
mod bundled;
mod connection;
mod generated;
mod log;
mod page;
mod request;
mod routes;
mod search;
mod server;
mod site;

pub use bundled::{SUBJECT, bundled};
pub use generated::generated;
pub use log::LogLine;
pub use page::{BadPage, Deed, Limit, Page};
pub use server::DemoWeb;
pub use site::Site;
