//! The catalogue while the program runs: the shipped words until a configuration is read, then that one's.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use unlisted_engine::config;
use unlisted_reporter::Words;

static WORDS: RwLock<Option<Arc<Words>>> = RwLock::new(None);

/// The catalogue.
pub(crate) fn words() -> Arc<Words> {
    if let Some(words) = WORDS.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
        return Arc::clone(words);
    }
    let shipped = Arc::new(Words::new(config::shipped_words()));
    *WORDS.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&shipped));
    shipped
}

/// From now on the words of this configuration.
pub(crate) fn use_those_of(config: &config::Config) {
    *WORDS.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(Words::new(config.words.clone())));
}

/// The language of `--config FOLDER` holds for help and for what is wrong with the command line as well. A folder that cannot be
/// used is told later, by the command.
pub(crate) fn use_those_named_in(args: &[OsString]) {
    let after = args.iter().skip_while(|a| *a != "--config").nth(1).map(PathBuf::from);
    let joined = || args.iter().find_map(|a| a.to_str()?.strip_prefix("--config=").map(PathBuf::from));
    if let Some(folder) = after.or_else(joined)
        && let Ok(config) = config::Config::load(Some(&folder))
    {
        use_those_of(&config);
    }
}

/// The text under `section.key` with its gaps filled.
pub(crate) fn t(key: &str, gaps: &[(&str, &str)]) -> String {
    words().fill(key, gaps)
}

/// The text under `key_one` or `key_many` with `{n}` and the other gaps filled.
pub(crate) fn n(key: &str, n: usize, gaps: &[(&str, &str)]) -> String {
    words().count(key, n, gaps)
}

/// The text under `section.name`; `otherwise` when there is none.
pub(crate) fn t_or(key: &str, gaps: &[(&str, &str)], otherwise: impl FnOnce() -> String) -> String {
    let words = words();
    if words.has(key) { words.fill(key, gaps) } else { otherwise() }
}

/// What the computer says when something cannot be read or written.
pub(crate) fn io(error: &std::io::Error) -> String {
    io_kind(error.kind())
}

/// The same for a kind of fault.
pub(crate) fn io_kind(kind: ErrorKind) -> String {
    let key = match kind {
        ErrorKind::NotFound => "io.missing",
        ErrorKind::PermissionDenied => "io.no-permission",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::WriteZero => "io.full",
        ErrorKind::ReadOnlyFilesystem => "io.read-only",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "io.in-use",
        ErrorKind::AlreadyExists => "io.taken",
        ErrorKind::IsADirectory => "io.a-folder",
        ErrorKind::NotADirectory => "io.no-folder",
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => "io.broken",
        ErrorKind::AddrInUse => "io.busy",
        _ => "io.other",
    };
    t(key, &[])
}
