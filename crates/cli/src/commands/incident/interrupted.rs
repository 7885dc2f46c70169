//! Ctrl-C or a closed window in the middle of `incident add`: what was told so far is kept before the program ends.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use unlisted_model::SubjectId;
use unlisted_model::incident::{Entry, NewEntry};
use unlisted_store::{StoreError, Vault};

use crate::failure::Failure;
use crate::terminal;
use crate::words::t;

/// Exit code: interrupted, saved.
pub(in crate::commands) const INTERRUPTED: i32 = 130;

/// What would be kept if the program had to end now.
pub(super) struct Keeper {
    told: Arc<Mutex<Option<NewEntry>>>,
    vault: Vault,
    id: SubjectId,
}

impl Keeper {
    /// Begins to watch for an interruption. Where this computer gives no way to, an interruption ends the program as always.
    pub(super) fn watching(vault: &Vault, id: &SubjectId) -> Self {
        let keeper = Self { told: Arc::default(), vault: vault.clone(), id: id.clone() };
        let (told, vault, id) = (Arc::clone(&keeper.told), vault.clone(), id.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        if let Ok(runtime) = runtime
            && let Ok(interruption) = runtime.block_on(async { Interruption::watched() })
        {
            std::thread::spawn(move || {
                runtime.block_on(interruption.comes());
                keep_and_end(&told, &vault, &id);
            });
        }
        keeper
    }

    /// Notes what is told by now.
    pub(super) fn note(&self, entry: NewEntry) {
        *lock(&self.told) = Some(entry);
    }

    /// Keeps the entry. An interruption meanwhile waits for it, and then finds nothing left to keep.
    pub(super) fn keep(&self, entry: &NewEntry) -> Result<Entry, StoreError> {
        let mut told = lock(&self.told);
        let kept = self.vault.add_entry(&self.id, entry)?;
        *told = None;
        Ok(kept)
    }

    /// From now on nothing is to be kept.
    pub(super) fn drop_it(&self) {
        *lock(&self.told) = None;
    }
}

fn lock(told: &Mutex<Option<NewEntry>>) -> MutexGuard<'_, Option<NewEntry>> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ctrl-C, the window being closed, a request to end. From the moment that it is made none of them ends the program by itself.
#[cfg(unix)]
pub(in crate::commands) struct Interruption([tokio::signal::unix::Signal; 3]);

#[cfg(unix)]
impl Interruption {
    pub(in crate::commands) fn watched() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self([signal(SignalKind::interrupt())?, signal(SignalKind::hangup())?, signal(SignalKind::terminate())?]))
    }

    pub(in crate::commands) async fn comes(self) {
        let [mut pressed, mut closed, mut ended] = self.0;
        tokio::select! {
            _ = pressed.recv() => {}
            _ = closed.recv() => {}
            _ = ended.recv() => {}
        }
    }
}

/// Ctrl-C, or the window being closed. From the moment that it is made neither ends the program by itself.
#[cfg(windows)]
pub(in crate::commands) struct Interruption(tokio::signal::windows::CtrlC, tokio::signal::windows::CtrlClose);

#[cfg(windows)]
impl Interruption {
    pub(in crate::commands) fn watched() -> std::io::Result<Self> {
        Ok(Self(tokio::signal::windows::ctrl_c()?, tokio::signal::windows::ctrl_close()?))
    }

    pub(in crate::commands) async fn comes(mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

#[expect(
    clippy::exit,
    clippy::disallowed_methods,
    reason = "the questions are being read on another thread, which nothing can wake"
)]
fn keep_and_end(told: &Mutex<Option<NewEntry>>, vault: &Vault, id: &SubjectId) {
    let mut told = lock(told);
    let Some(entry) = told.take() else {
        std::process::exit(INTERRUPTED);
    };
    // Enter was not pressed behind the last question.
    terminal::say("\n");
    match vault.add_entry(id, &entry) {
        Ok(kept) => {
            terminal::say(&t("incident.ended", &[]));
            let number = kept.incident.to_string();
            terminal::out(&t("incident.kept", &[("number", &number)])).unwrap_or_default();
            std::process::exit(INTERRUPTED);
        }
        Err(error) => {
            terminal::say(&Failure::from(error).words);
            std::process::exit(1);
        }
    }
}
