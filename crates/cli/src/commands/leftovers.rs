//! Half-written private files: taken away when the program is interrupted, and at the next start when it was killed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use unlisted_engine::incident::sweep_leftovers;
use unlisted_store::Vault;

use super::incident::interrupted::{INTERRUPTED, Interruption};
use crate::terminal;
use crate::words::{n, t};

/// Takes away what a program that was stopped left, and says so. That it cannot be done now keeps nobody from their record.
pub(crate) fn sweep(vault: &Vault) {
    match sweep_leftovers(vault) {
        Ok(0) | Err(_) => {}
        Ok(deleted) => terminal::say(&n("leftovers.deleted", deleted, &[])),
    }
}

/// From now on an interruption takes away what is half written before the program ends. Where this computer gives no way to, the next
/// start does it.
pub(crate) fn watch(vault: &Vault) -> Watch {
    let watch = Watch(Arc::default());
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return watch };
    let (vault, is_ending) = (vault.clone(), Arc::clone(&watch.0));
    if let Ok(interruption) = runtime.block_on(async { Interruption::watched() }) {
        std::thread::spawn(move || {
            runtime.block_on(interruption.comes());
            is_ending.store(true, Ordering::SeqCst);
            end(&vault);
        });
    }
    watch
}

/// Whether an interruption is ending the program.
pub(crate) struct Watch(Arc<AtomicBool>);

impl Watch {
    /// After the writing: while an interruption is ending the program there is nothing more to say, least of all that the part is gone.
    pub(crate) fn wait_if_ending(&self) {
        while self.0.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[expect(clippy::exit, clippy::disallowed_methods, reason = "the file is being written on another thread, which is not to go on")]
fn end(vault: &Vault) {
    // Twice: the other thread may have been about to write once more.
    let swept = sweep_leftovers(vault).and_then(|_| sweep_leftovers(vault));
    terminal::say(&t(if swept.is_ok() { "leftovers.interrupted" } else { "leftovers.left" }, &[]));
    std::process::exit(INTERRUPTED);
}
