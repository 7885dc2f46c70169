//! Documents are read in a process of their own, under limits: a crash, an endless loop or a bomb takes only that with it.
//!
//! [`Apart`] starts the program again with a hidden command, hands the bytes over on its standard input and takes blocks
//! back from its standard output (`protocol`). The other end is [`serve`]. This process never parses such bytes.
//! What is enforced where stands in [`serve`].

mod protocol;
mod serve;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::time::Duration;

use url::Url;

pub use self::serve::serve;
use crate::extract::{Bounds, Extracted, Problem, Sort, extract, extract_document, sniff};

/// Reads documents.
pub trait Documents: Send + Sync + std::fmt::Debug {
    /// Reads bytes that were said to be `content_type` and stand at `address`; never fails, like [`extract`].
    fn read(&self, bytes: &[u8], content_type: &str, address: Option<&Url>) -> Extracted;
}

/// Whether bytes are a document, which is read by [`Documents`], rather than a page, which [`extract`] reads.
pub fn is_document(bytes: &[u8], content_type: &str, address: Option<&Url>) -> bool {
    matches!(sniff(bytes, content_type, address), Sort::Document(_))
}

/// Reads them in this very process: for tests of what is read, never for a stranger's bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Here;

impl Documents for Here {
    fn read(&self, bytes: &[u8], content_type: &str, address: Option<&Url>) -> Extracted {
        extract_document(bytes, content_type, address, &Bounds::default())
    }
}

/// Reads none: every document ends as not read.
#[derive(Clone, Copy, Debug, Default)]
pub struct NotAtAll;

impl Documents for NotAtAll {
    fn read(&self, bytes: &[u8], content_type: &str, address: Option<&Url>) -> Extracted {
        extract(bytes, content_type, address, &Bounds::default())
    }
}

/// What one reading may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of memory.
    pub memory: u64,
    /// Time on a processor, in whole seconds.
    pub processor: Duration,
    /// Time by the clock.
    pub clock: Duration,
    /// Bytes of the answer.
    pub answer: usize,
    /// Readings at once.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory: 448 << 20,
            processor: Duration::from_secs(8),
            clock: Duration::from_secs(10),
            answer: 48 << 20,
            at_once: 2,
        }
    }
}

/// Reads them in a process of their own.
#[derive(Debug)]
pub struct Apart {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    running: Mutex<usize>,
    ended: Condvar,
}

impl Apart {
    /// With the program that serves, and the arguments that make it do so.
    pub fn new(program: PathBuf, arguments: Vec<OsString>, limits: Limits) -> Self {
        Self { program, arguments, limits, running: Mutex::new(0), ended: Condvar::new() }
    }

    fn start(&self) -> std::io::Result<Child> {
        let mut command = Command::new(&self.program);
        // Nothing of the environment is needed, and it may hold keys.
        command.args(&self.arguments).env_clear();
        if cfg!(windows) {
            command.envs(std::env::var_os("SystemRoot").map(|v| ("SystemRoot", v)));
        }
        alone(&mut command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
    }

    fn asked(&self, request: Vec<u8>) -> Result<Vec<u8>, Problem> {
        let mut child = self.start().map_err(|_| Problem::Fault)?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Problem::Fault);
        };
        // It may end before it has read everything; then the rest need not be written.
        let writing = std::thread::spawn(move || input.write_all(&request).is_ok());
        let (tell, told) = mpsc::channel();
        let most = u64::try_from(self.limits.answer).unwrap_or(u64::MAX);
        let reading = std::thread::spawn(move || {
            let mut answer = Vec::new();
            let whole = output.take(most.saturating_add(1)).read_to_end(&mut answer).is_ok();
            // Nobody listens any more once the time is over.
            tell.send(whole.then_some(answer)).is_ok()
        });
        let answer = told.recv_timeout(self.limits.clock);
        let is_late = answer.is_err();
        if is_late || matches!(&answer, Ok(Some(a)) if a.len() > self.limits.answer) {
            // It may have ended by itself just now.
            child.kill().unwrap_or_default();
        }
        let status = child.wait();
        for thread in [writing, reading] {
            thread.join().unwrap_or_default();
        }
        match (answer, status) {
            (Err(_), _) => Err(Problem::TooHeavy),
            (Ok(Some(answer)), Ok(status)) if status.success() && answer.len() <= self.limits.answer => Ok(answer),
            (Ok(Some(answer)), _) if answer.len() > self.limits.answer => Err(Problem::TooHeavy),
            (Ok(_), Ok(status)) if was_stopped(status) => Err(Problem::TooHeavy),
            _ => Err(Problem::Broken),
        }
    }
}

impl Documents for Apart {
    fn read(&self, bytes: &[u8], content_type: &str, address: Option<&Url>) -> Extracted {
        let Sort::Document(kind) = sniff(bytes, content_type, address) else {
            return extract(bytes, content_type, address, &Bounds::default());
        };
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        while *running >= self.limits.at_once.max(1) {
            running = self.ended.wait(running).unwrap_or_else(PoisonError::into_inner);
        }
        *running += 1;
        drop(running);
        let request = protocol::request(bytes, content_type, address, &self.limits);
        let answer = self.asked(request).and_then(|answer| protocol::read_answer(&answer).ok_or(Problem::Broken));
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        *running = running.saturating_sub(1);
        drop(running);
        self.ended.notify_one();
        answer.unwrap_or_else(|problem| Extracted::nothing(kind.media(), problem))
    }
}

/// Ctrl-C is for this process: the other ends by itself, and what it read is not taken for a failure.
#[cfg(unix)]
fn alone(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(windows)]
fn alone(command: &mut Command) {
    const NEW_GROUP: u32 = 0x200;
    const NO_WINDOW: u32 = 0x0800_0000;
    std::os::windows::process::CommandExt::creation_flags(command, NEW_GROUP | NO_WINDOW);
}

#[cfg(not(any(unix, windows)))]
fn alone(_command: &mut Command) {}

/// Whether it was ended from outside: by a limit, or because it could get no more memory.
#[cfg(unix)]
fn was_stopped(status: ExitStatus) -> bool {
    std::os::unix::process::ExitStatusExt::signal(&status).is_some()
}

#[cfg(not(unix))]
fn was_stopped(status: ExitStatus) -> bool {
    // A program that gets no more memory ends itself with a code of the system.
    status.code().is_none_or(|code| !(0..=255).contains(&code))
}
