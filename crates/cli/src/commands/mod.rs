//! One file for each command.

pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod incident;
pub(crate) mod init;
pub(crate) mod ledger;
mod leftovers;
pub(crate) mod links;
pub(crate) mod plan;
pub(crate) mod prepare;
pub(crate) mod report;
pub(crate) mod sources;
pub(crate) mod vault;
