//! The files of `config/`, embedded by the build script.

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
