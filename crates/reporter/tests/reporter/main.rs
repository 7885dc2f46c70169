//! The reporter's tests, about features: exposures and their order, routes, documents, words.
#![allow(missing_docs, reason = "test code")]

mod bundle;
mod canary;
mod catalogue;
mod config;
mod contrast;
mod documents;
mod exposures;
mod hostile_text;
mod knowledge;
mod prepare;
mod sample;
