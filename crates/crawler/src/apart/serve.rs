//! The process apart: takes its limits upon itself, reads one document, answers, ends.
//!
//! On Linux and other Unix systems it can from then on open nothing more, no file and no socket (it may hold no further
//! descriptor), start no process where the system counts them for its user, write no file and leave no core dump; its
//! time on a processor is limited, and on Linux its memory as well. macOS counts memory otherwise and does not hold it
//! to that. On Windows none of these exist without unsafe code: there the clock and the size of the answer are held to
//! from outside. Everywhere the environment is empty.

use std::io::{Read, Write};
use std::time::Duration;

use super::protocol;
use crate::extract::{Bounds, Extracted, Problem, extract_document};

/// Room for readers that call themselves.
const STACK: usize = 48 << 20;
/// Bytes taken in at most.
const MOST: u64 = 80 << 20;

/// Serves one question; whether it could.
pub fn serve(mut input: impl Read + Send, mut output: impl Write) -> bool {
    // A reader that panics tells nothing: its words could quote the document.
    std::panic::set_hook(Box::new(|_| {}));
    let answer = std::thread::scope(|scope| {
        let own = std::thread::Builder::new().stack_size(STACK);
        let reading = own.spawn_scoped(scope, move || {
            let mut asked = Vec::new();
            input.by_ref().take(MOST).read_to_end(&mut asked).ok()?;
            let asked = protocol::read_request(&asked)?;
            limit(asked.memory, asked.processor)?;
            let read = std::panic::catch_unwind(|| {
                extract_document(asked.bytes, &asked.content_type, asked.address.as_ref(), &Bounds::default())
            });
            let broken = |_| Extracted::nothing(unlisted_model::Media::Other, Problem::Broken);
            Some(protocol::answer(&read.unwrap_or_else(broken)))
        });
        reading.ok()?.join().ok().flatten()
    });
    answer.is_some_and(|answer| output.write_all(&answer).and_then(|()| output.flush()).is_ok())
}

/// Takes limits upon this process; `None` if the system refuses.
#[cfg(unix)]
fn limit(memory: u64, processor: Duration) -> Option<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    at_most(Resource::Core, 0).ok()?;
    at_most(Resource::Fsize, 0).ok()?;
    // Descriptors that are open stay; none can be added, so there is no file and no network.
    at_most(Resource::Nofile, 0).ok()?;
    at_most(Resource::Cpu, processor.as_secs().max(1)).ok()?;
    at_most(Resource::Data, memory).ok()?;
    #[cfg(target_os = "linux")]
    {
        at_most(Resource::Nproc, 0).ok()?;
        // Reserved and shared memory come on top of what is written to.
        at_most(Resource::As, memory.saturating_add(384 << 20)).ok()?;
    }
    Some(())
}

#[cfg(not(unix))]
fn limit(_memory: u64, _processor: Duration) -> Option<()> {
    Some(())
}
