//! The process in which documents are read: this program, started again with a hidden command.

use std::ffi::OsString;
use std::sync::Arc;

use unlisted_engine::documents::{Apart, Documents, Limits, NotAtAll, serve as serve_one};

/// The hidden command: one document comes on standard input, what it says goes to standard output.
const COMMAND: &str = "read-document";

/// Whether this process was started to read a document.
pub(crate) fn is_asked(args: &[OsString]) -> bool {
    matches!(args, [_, command] if command == COMMAND)
}

/// Reads one document; the exit code.
pub(crate) fn serve() -> u8 {
    u8::from(!serve_one(std::io::stdin(), std::io::stdout()))
}

/// Reads documents in processes of their own.
pub(crate) fn apart() -> Arc<dyn Documents> {
    match std::env::current_exe() {
        Ok(program) => Arc::new(Apart::new(program, vec![COMMAND.into()], Limits::default())),
        // Without a way to start it, no document is read: never here.
        Err(_) => Arc::new(NotAtAll),
    }
}
